// What the DNS says of a declared domain. Each question keeps what it came to: a time-out is never "no record".
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/dns/records.h"
#include "probes/tls/facts.h"

namespace kenshin {

struct DnsSaid {
  DnsFound found = DnsFound::Unknown;
  bool secure = false;               // validated
  std::string because;               // why nothing is known, or why it is bogus
  std::vector<std::string> values;   // the records, a text each; foreign
  std::vector<std::string> aliases;  // the targets of CNAMEs on the way
  friend bool operator==(const DnsSaid&, const DnsSaid&) = default;
};

enum class DnssecState { Unknown, Insecure, Secure, Bogus };

struct DomainDnssec {
  DnssecState state = DnssecState::Unknown;
  std::string because;                  // of Unknown and Bogus
  DnsSaid ds_said;                      // without values; JSON: "ds_question"
  std::vector<DsRecord> ds;             // in the parent
  std::vector<int> key_algorithms;      // of the DNSKEYs, ascending, each once
  std::optional<Instant> signed_until;  // the earliest end of a signature seen
  friend bool operator==(const DomainDnssec&, const DomainDnssec&) = default;
};

// Who may issue certificates for `name` (RFC 8659 3).
struct CaaSet {
  std::string name;
  std::string found_at;  // the name or the parent that has the records; empty: none has
  DnsFound found = DnsFound::Unknown;
  std::string because;
  std::vector<CaaRecord> records;  // values are foreign
  friend bool operator==(const CaaSet&, const CaaSet&) = default;
};

struct DomainMail {
  DnsSaid mx;                           // "10 mail.example.jp", ascending; "0 .": no mail (RFC 7505)
  DnsSaid spf, dmarc, mta_sts;          // texts that begin as such a record must
  std::map<std::string, DnsSaid> tlsa;  // by mail host, at port 25 (RFC 7672)
  friend bool operator==(const DomainMail&, const DomainMail&) = default;
};

struct DomainDns {
  static constexpr std::string_view name = "domain.dns";
  std::string through;  // the resolver that was asked; empty: the root servers downwards
  DomainDnssec dnssec;
  DnsSaid name_servers, addresses;
  DnsSaid https;     // "1 ." and the like
  DnsSaid wildcard;  // addresses of a label nobody can have registered
  DomainMail mail;
  std::vector<CaaSet> caa;  // of the domain, then of the declared endpoints below it
  friend bool operator==(const DomainDns&, const DomainDns&) = default;
};

// What one name server says of a zone when it is asked itself.
struct NameServerSeen {
  std::string name, address;               // address: empty where the name has none that can be asked
  DnsFound resolves = DnsFound::Unknown;   // the name's addresses
  Answer authoritative = Answer::Unknown;  // No: it answers, and not for this zone
  std::optional<std::int64_t> serial;      // of its SOA
  std::vector<std::string> name_servers;   // the NS it gives, ascending
  std::string because;                     // of No and Unknown
  friend bool operator==(const NameServerSeen&, const NameServerSeen&) = default;
};

struct DomainDelegation {
  static constexpr std::string_view name = "domain.delegation";
  std::string zone, parent;                // the registered name and the zone above it
  DnsFound delegated = DnsFound::Unknown;  // NoName, NoRecords: the parent knows no such zone
  std::string because;                     // why nothing is known of the parent's list
  std::vector<std::string> name_servers;   // that the parent names, ascending
  std::vector<NameServerSeen> servers;     // of the parent's list and the zone's own, by name
  friend bool operator==(const DomainDelegation&, const DomainDelegation&) = default;
};

}  // namespace kenshin
