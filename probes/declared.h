// What the user declared in kenshin.toml, kept among the facts: saved facts, a profile and a date stay all a judge
// needs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/tls/facts.h"

namespace kenshin {

enum class Role { Consult, Login, Api, Media, Website, Mail, Data, Terminal, Server };
enum class Owner { Unknown, Clinic, Vendor, GeneralService };
enum class SystemKind { Unknown, Dedicated, GeneralPurpose };

struct PersonOnDay {  // {by, on}
  std::string by;
  Day on;
  friend bool operator==(const PersonOnDay&, const PersonOnDay&) = default;
};

struct ApprovedChange {
  Day on;
  std::string what;
  friend bool operator==(const ApprovedChange&, const ApprovedChange&) = default;
};

struct LocatedIn {
  std::string country, by;
  Day on;
  friend bool operator==(const LocatedIn&, const LocatedIn&) = default;
};

struct DeclaredClinic {
  static constexpr std::string_view name = "declared.clinic";
  std::string clinic_name, public_url;
  SystemKind system = SystemKind::Unknown;
  Answer affects_medical_information_system = Answer::Unknown;
  std::optional<PersonOnDay> inventory_complete;
  std::string media_out_of_band;                   // the reason; empty: not declared
  std::vector<std::string> not_applicable;         // item ids the clinic rules out
  Answer former_domains_listed = Answer::Unknown;  // also by an empty list; Unknown: nobody said, nor was asked
  friend bool operator==(const DeclaredClinic&, const DeclaredClinic&) = default;
};

struct DeclaredEndpoint {
  static constexpr std::string_view name = "declared.endpoint";
  Role role = Role::Consult;
  Owner owner = Owner::Unknown;
  std::string tls12_reason;
  std::optional<LocatedIn> located_in;
  std::string plain_http = {};  // "http://NAME:PORT"; empty: not declared
  friend bool operator==(const DeclaredEndpoint&, const DeclaredEndpoint&) = default;
};

struct DeclaredDomain {
  static constexpr std::string_view name = "declared.domain";
  Role role = Role::Consult;
  Owner owner = Owner::Unknown;
  std::string holder, registrar;  // holder: the clinic's name where the owner is the clinic and none is declared
  std::optional<Day> in_service_since;
  Answer auto_renew = Answer::Unknown;
  Answer mail = Answer::Unknown;
  std::vector<ApprovedChange> approved_changes;
  friend bool operator==(const DeclaredDomain&, const DeclaredDomain&) = default;
};

struct DeclaredFormerDomain {
  static constexpr std::string_view name = "declared.former_domain";
  std::optional<Day> last_used;
  std::string intent;  // "keep", "released"
  friend bool operator==(const DeclaredFormerDomain&, const DeclaredFormerDomain&) = default;
};

struct DeclaredHost {
  static constexpr std::string_view name = "declared.host";
  Role role = Role::Terminal;
  Owner owner = Owner::Unknown;
  friend bool operator==(const DeclaredHost&, const DeclaredHost&) = default;
};

struct DeclaredDecision {  // target: clinic
  static constexpr std::string_view name = "declared.decision";
  std::string item, verdict, by, role, basis, comment;
  Day on;
  std::optional<Day> review_by;
  friend bool operator==(const DeclaredDecision&, const DeclaredDecision&) = default;
};

struct DeclaredDocument {  // target: clinic
  static constexpr std::string_view name = "declared.document";
  std::string item, title, version;
  std::optional<Day> date, valid_until;
  std::string file;     // base name, as given
  std::string sha256;   // as declared, or computed from the file
  std::string problem;  // "missing", "hash_differs"; empty: as declared
  friend bool operator==(const DeclaredDocument&, const DeclaredDocument&) = default;
};

struct DeclaredWaiver {  // target: clinic
  static constexpr std::string_view name = "declared.waiver";
  std::string item, target, reason, approver, ticket;  // target: a pattern with *, empty: all
  Day created, expires;
  friend bool operator==(const DeclaredWaiver&, const DeclaredWaiver&) = default;
};

struct DeclaredAccepted {  // target: the host
  static constexpr std::string_view name = "declared.accepted";
  std::string what, reason, owner;  // what: "updates"
  Day expires;
  friend bool operator==(const DeclaredAccepted&, const DeclaredAccepted&) = default;
};

// Where the scan looked from; target: clinic.
struct Vantage {
  static constexpr std::string_view name = "vantage";
  Answer ipv6 = Answer::Unknown;            // a route to the IPv6 Internet exists here
  std::optional<int> clock_offset_seconds;  // nothing: not measured
  std::string trust_store;
  friend bool operator==(const Vantage&, const Vantage&) = default;
};

}  // namespace kenshin
