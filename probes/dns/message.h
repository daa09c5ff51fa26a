// Messages of the DNS (RFC 1035 4): the question we send to one name server, and a strict reading of what comes back.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "probes/dns/records.h"

namespace kenshin {

struct DnsQuestion {
  std::string name;  // canonical form, "." for the root
  DnsType type{};
  friend bool operator==(const DnsQuestion&, const DnsQuestion&) = default;
};

struct DnsRecord {
  std::string name;
  DnsType type{};
  std::uint32_t ttl = 0;
  Buffer data;  // names in it are written out
};

struct DnsMessage {
  std::uint16_t id = 0;
  bool is_answer = false, authoritative = false, truncated = false;
  int rcode = 0;  // RFC 1035 4.1.1, without the extension of RFC 6891
  DnsQuestion question;
  std::vector<DnsRecord> answer, authority, additional;  // class IN alone, without OPT
};

// One question without recursion, EDNS with a payload of 1232 bytes (RFC 6891 6.2.3). Malformed where the name is none.
Result<Buffer> dns_query(const DnsQuestion&, std::uint16_t id);

// A whole message of exactly one question; Malformed otherwise. Compression points backwards only, and what it spells
// is bounded, so the work is linear in the message's length. A truncated message may lack records at its end.
Result<DnsMessage> parse_dns_message(Bytes);

// Whether it is the answer to that very question: id, QR, name, type.
bool answers(const DnsMessage&, const DnsQuestion&, std::uint16_t id);

// As IANA's registry of DNS RCODEs calls it: "SERVFAIL"; "rcode 17" for one that is not seen in answers to queries.
std::string rcode_name(int rcode);

}  // namespace kenshin
