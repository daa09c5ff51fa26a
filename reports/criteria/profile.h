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
#include "reports/criteria/finding.h"

namespace kenshin {

struct ProfileRow {
  CriterionId criterion;
  std::string row;  // "TLS-C-02"
  Force force = Force::Note;
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
  bool exception_list_held = false;  // without it a suite outside 推奨 is Attention, not NotMet
  SuiteGrade grade(SuiteId) const;
};

struct TlsRules {
  TlsVersion floor = TlsVersion::Tls12;           // below: NotMet
  SuiteGrade demanded = SuiteGrade::Recommended;  // of every accepted TLS 1.2 suite
  Verdict outside = Verdict::Attention;           // a suite below that grade, but not prohibited
  Verdict without_tls13 = Verdict::Attention;     // TLS 1.2 alone and no reason declared
  std::vector<std::string> prohibited;  // families: "null" "anon" "export" "des" "3des" "rc4" "static_rsa" …
  std::set<GroupId> weak_groups;        // below the demanded strength
};

struct LifetimeLimit {  // CA/B Forum BR 6.3.2: certificates issued on or after `from`
  Day from;
  int days = 0;
};
struct CertificateRules {
  std::vector<LifetimeLimit> lifetime;
  int rsa_bits = 2048;
  std::set<std::string> curves;           // "EC-P-256" …
  std::set<std::string> weak_signatures;  // substrings such as "sha1", "md5"
  int warn_fraction = 6;                  // warn at 1/6 of the lifetime left …
  int warn_days = 7;                      // … or 7 days, whichever is more
};

struct DomainRules {
  int young_days = 180;
  int expiry_warn_days = 45;              // .jp, unless auto_renew is declared
  std::map<std::string, Verdict> states;  // RDAP state → verdict; an unknown word is Attention
};

struct HostRules {
  int support_warn_days = 90;
  int check_met_days = 7, check_fail_days = 30;
  int pending_attention_days = 14, pending_fail_days = 30;
  int cumulative_fail_days = 60;
  int signature_met_days = 3, signature_fail_days = 7;
  int facts_old_days = 30;            // facts collected longer ago: Unknown
  std::set<Role> antivirus_required;  // roles where "no product" is NotMet
};

struct SupportCycle {                         // reports/criteria/end-of-support.json
  std::string product, cycle, edition_class;  // "windows-11", "24H2", "home_pro"
  std::optional<int> build;
  std::optional<Day> security_until;  // nothing: not known
  std::optional<Day> extended_until;  // LTS, ESU
  std::string note;
};
struct EndOfSupport {
  std::string edition;
  Day as_of;
  std::string source;
  int hard_limit_days = 200;
  std::vector<SupportCycle> cycles;
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
  DomainRules domain;
  HostRules host;
  SuiteLists suites;
  EndOfSupport support;

  const ProfileRow* row_of(const CriterionId&) const;
};

std::vector<std::string> profile_names(const DataFiles&);
// With its suite lists and end-of-support data. `id` is a name ("ipa-high") of the data files, or a path ending in
// .json.
Result<Profile> load_profile(const DataFiles&, std::string_view id);

}  // namespace kenshin
