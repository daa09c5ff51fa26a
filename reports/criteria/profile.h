// A profile says what is demanded: for each criterion its force and rank, the thresholds, and where each comes from.
// Profiles are data (profiles/*.json); the loader is strict. Thresholds are typed: no expression language.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/data_files.h"
#include "probes/base/id.h"
#include "probes/base/result.h"
#include "probes/declared.h"
#include "probes/tls/facts.h"
#include "reports/criteria/caa_issuers.h"
#include "reports/criteria/distrust.h"
#include "reports/criteria/finding.h"
#include "reports/criteria/regions.h"

namespace kenshin {

struct ProfileRow {
  CriterionId criterion;
  std::string row;  // "TLS-C-02"
  Force force = Force::Note;
  std::optional<Force> found;   // the force of a NotMet, where that differs
  int rank = 0;                 // small first in the list of things to do
  std::string edition, source;  // of the demand
  Mark mark = Mark::Policy;
};

// How IPA's guideline grades a suite: 高, 推奨, 例外, 外 (in none of the held lists).
enum class SuiteGrade { Outside, Exception, Recommended, High };

struct SuiteLists {  // reports/criteria/suites-ipa-*.json
  std::string edition;
  Day as_of;
  std::string source;
  Mark mark = Mark::Policy;
  std::map<SuiteId, SuiteGrade> grades;
  std::set<SuiteId> recalled;        // members that no copy at hand confirms: never a plain Met
  bool exception_list_held = false;  // without it a suite outside 推奨 is Attention, not NotMet
  SuiteGrade grade(SuiteId) const;
};

struct TlsRules {
  TlsVersion floor = TlsVersion::Tls12;           // below: NotMet
  SuiteGrade demanded = SuiteGrade::Recommended;  // of every accepted TLS 1.2 suite
  Verdict outside = Verdict::Attention;           // a suite below that grade, but not prohibited
  Verdict without_tls13 = Verdict::Attention;     // TLS 1.2 alone and no reason declared
  std::vector<std::string> prohibited;            // families of reports/criteria/suite_families.h
  std::set<GroupId> weak_groups;                  // below the demanded strength
  Verdict weak_group = Verdict::Attention;
  std::set<SchemeId> weak_schemes;  // of signatures in the handshake
  int dh_bits = 2048;               // the smallest prime of DHE
  Verdict weak_dh = Verdict::Attention;
};

struct LifetimeLimit {  // CA/B Forum BR 6.3.2: certificates issued on or after `from`
  Day from;
  int days = 0;
  Mark mark = Mark::Confirmed;  // Recalled: beyond it is Attention
};
struct CertificateRules {
  std::vector<LifetimeLimit> lifetime;
  int rsa_bits = 2048;
  std::set<std::string> curves;             // "EC-P-256" …
  std::set<std::string> weak_curves;        // known to be too small; any other key is Attention
  std::set<std::string> weak_signatures;    // substrings such as "sha1", "md5", in lower case
  std::set<std::string> strong_signatures;  // likewise; a name in neither is Unknown
  int warn_fraction = 6;                    // warn at 1/6 of the lifetime left …
  int warn_days = 7;                        // … or 7 days, whichever is more
  int store_old_days = 400;                 // a system store older than this tells nothing of trust
  int timestamps = 2;                       // from so many logs
  Day client_auth_from;                     // issued from then on, a server's certificate is no client's
};

struct WebRules {
  int hsts_days = 180;
};

struct DomainRules {
  int young_days = 180;
  int expiry_warn_days = 45;              // .jp, unless auto_renew is declared
  int gtld_expiry_warn_days = 60;         // others, unless it is declared
  int renewal_late_days = 7;              // a generic name that renews itself is renewed earlier
  int renewal_grace_days = 3;             // a date that stands still for longer was not renewed
  int approved_window_days = 31;          // an approved change is dated so near to the registry's day
  std::map<std::string, Verdict> states;  // RDAP state → verdict; an unknown word is Attention
};

struct HostRules {  // days count back from the last day the machine was seen
  int support_warn_days = 90;
  int consumer_esu_years = 2;  // Windows 10's ESU for private persons
  int check_met_days = 7, check_fail_days = 30;
  int pending_fail_days = 30;        // security updates wait, and nothing was installed for longer
  int cumulative_old_days = 60;      // a Windows update date this old is a hint of neglect
  int revision_unchanged_days = 35;  // between two collections
  int reboot_fail_days = 14;
  int signature_met_days = 3, signature_fail_days = 7;
  int facts_old_days = 30;                                  // facts collected longer ago: Unknown
  int accepted_max_days = 180;                              // an `accepted` may not reach further ahead
  int lock_minutes = 15;                                    // of idleness, until a terminal locks itself
  int privileged_accounts = 2;                              // more of them are asked about
  std::set<int> exposed_ports;                              // of services that belong behind a firewall
  std::set<Role> antivirus_required;                        // roles where "no product" is NotMet …
  std::set<Role> antivirus_required_on_windows;             // … and where it is on Windows alone
  std::set<std::string> antivirus_counts_without_realtime;  // product ids: "xprotect"
};

struct SupportCycle {                         // reports/criteria/end-of-support.json
  std::string product, cycle, edition_class;  // "windows-11", "24H2", "home_pro"
  std::optional<int> build;
  std::optional<Day> security_until;   // nothing: not known
  std::optional<Day> extended_until;   // LTS, ESU
  bool extended_for_everyone = false;  // needs no contract (Debian LTS); otherwise it must be proven
  std::string note;
};
struct EndOfSupport {
  std::string edition;
  Day as_of;
  std::string source;
  int hard_limit_days = 200;
  std::vector<SupportCycle> cycles;
};

// Which programmes hold each root, from probes/certificate/roots.json.
struct RootHolders {
  std::string edition;
  Day as_of;
  std::string source;
  std::vector<std::string> programmes;                     // all there are
  std::map<std::string, std::set<std::string>> by_sha256;  // of the root
};

struct Profile {
  std::string id;  // "checklist-2026"
  std::string edition;
  std::string title_ja, title_en;
  Day as_of;
  std::string source;
  std::vector<ProfileRow> rows;
  TlsRules tls;
  CertificateRules certificate;
  WebRules web;
  DomainRules domain;
  HostRules host;
  SuiteLists suites;
  EndOfSupport support;
  RootHolders roots;
  Distrust distrust;
  Regions regions;
  CaaIssuers caa_issuers;

  const ProfileRow* row_of(const CriterionId&) const;
};

std::vector<std::string> profile_names(const DataFiles&);
// With its suite lists and end-of-support data. `id` is a name ("ipa-high") of the data files, or a path ending in
// .json. A profile with "based_on" takes from that one every row and key it does not give itself; one without must give
// all. Errors name file, line and key.
Result<Profile> load_profile(const DataFiles&, std::string_view id);

Result<SuiteLists> load_suite_lists(std::string_view text, std::string_view file_name);
Result<EndOfSupport> load_end_of_support(std::string_view text, std::string_view file_name);

std::string_view grade_name(SuiteGrade);  // "recommended" ...

}  // namespace kenshin
