// What was seen of an endpoint's TLS: versions, suites, groups. A list holds what was proven accepted; `complete` says
// whether all the rest was proven refused. Shapes: docs/schema/facts.json.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace kenshin {

// Three-valued, and NotApplicable where the question makes no sense. Unknown is zero: forgetting is never a yes.
enum class Answer { Unknown, No, Yes, NotApplicable };

// ProtocolVersion on the wire (RFC 8446 4.1.2 and before).
enum class TlsVersion : std::uint16_t { Ssl3 = 0x0300, Tls10 = 0x0301, Tls11 = 0x0302, Tls12 = 0x0303, Tls13 = 0x0304 };
enum class SuiteId : std::uint16_t {};  // IANA "TLS Cipher Suites"; names in probes/tls/code_points.h
enum class GroupId : std::uint16_t {};  // IANA "TLS Supported Groups"

// One answer with what decided it: "server_hello", "alert handshake_failure", "reset, thrice alike" ...
struct Decided {
  Answer accepted = Answer::Unknown;
  std::string because;
  friend bool operator==(const Decided&, const Decided&) = default;
};

struct TlsVersions {
  static constexpr std::string_view name = "tls.versions";
  std::map<TlsVersion, Decided> versions;  // one entry for each version that was asked
  friend bool operator==(const TlsVersions&, const TlsVersions&) = default;
};

enum class ChosenBy { Unknown, Server, Client };

struct SuiteList {
  std::vector<SuiteId> suites;  // ascending code points
  bool complete = false;
  ChosenBy chosen_by = ChosenBy::Unknown;
  std::string because;  // why it is not complete; empty where it is
  friend bool operator==(const SuiteList&, const SuiteList&) = default;
};
struct TlsSuites {
  static constexpr std::string_view name = "tls.suites";
  std::map<TlsVersion, SuiteList> versions;  // versions that are accepted, or may be
  friend bool operator==(const TlsSuites&, const TlsSuites&) = default;
};

struct GroupList {
  std::vector<GroupId> groups;  // in the server's order where `ordered`, else ascending
  bool complete = false;
  bool ordered = false;
  std::string because;
  friend bool operator==(const GroupList&, const GroupList&) = default;
};
struct TlsGroups {
  static constexpr std::string_view name = "tls.groups";
  std::map<TlsVersion, GroupList> versions;
  friend bool operator==(const TlsGroups&, const TlsGroups&) = default;
};

}  // namespace kenshin
