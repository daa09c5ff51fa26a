// The record data of the types we ask for, read strictly: RFC 1035, 3596 (AAAA), 2782 (SRV), 4034 (DS, DNSKEY, RRSIG),
// 6698 (TLSA), 8659 (CAA), 9460 (HTTPS). Names in it are whole: what a message abbreviates is written out before
// (probes/dns/message.h). Everything is foreign text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/bytes.h"
#include "probes/base/calendar.h"
#include "probes/base/result.h"

namespace kenshin {

enum class DnsType : std::uint16_t {  // IANA DNS parameters
  A = 1,
  Ns = 2,
  Cname = 5,
  Soa = 6,
  Mx = 15,
  Txt = 16,
  Aaaa = 28,
  Srv = 33,
  Ds = 43,
  Rrsig = 46,
  Dnskey = 48,
  Tlsa = 52,
  Https = 65,
  Caa = 257
};

std::string_view dns_type_name(DnsType);  // "AAAA"

// The labels that follow, without compression, as text: lower case, no final dot, "." for the root. A byte that is no
// letter, digit, hyphen, underscore or asterisk is written \DDD (RFC 1035 5.1). Fails the reader where the name is
// longer than 255 bytes.
std::string read_dns_name(Reader&);
// The same name in bytes; Malformed where a label is empty or longer than 63, or the whole longer than 255.
Result<Buffer> dns_name_bytes(std::string_view text);

// What a question came to. Unknown is no answer of the DNS: it stands where nothing could be told. Bogus: what came is
// signed wrongly, and is not read.
enum class DnsFound { Unknown, Records, NoRecords, NoName, Bogus };
constexpr bool is_absent(DnsFound found) { return found == DnsFound::NoRecords || found == DnsFound::NoName; }

struct SoaRecord {
  std::string primary, mailbox;
  std::uint32_t serial = 0, refresh = 0, retry = 0, expire = 0, minimum = 0;
};
struct MxRecord {
  std::uint16_t preference = 0;
  std::string host;  // ".": no mail is accepted (RFC 7505)
  friend bool operator==(const MxRecord&, const MxRecord&) = default;
};
struct SrvRecord {
  std::uint16_t priority = 0, weight = 0, port = 0;
  std::string target;  // ".": the service is not offered (RFC 2782)
};
struct CaaRecord {
  bool critical = false;
  std::string tag, value;  // the tag in lower case
  friend bool operator==(const CaaRecord&, const CaaRecord&) = default;
};
struct DsRecord {
  int key_tag = 0, algorithm = 0, digest_type = 0;
  Buffer digest;
  friend bool operator==(const DsRecord&, const DsRecord&) = default;
};
struct DnskeyRecord {
  int flags = 0, algorithm = 0;
  Buffer key;
};
struct TlsaRecord {
  int usage = 0, selector = 0, matching = 0;
  Buffer data;
};
struct HttpsRecord {
  int priority = 0;    // 0: an alias
  std::string target;  // ".": the owner itself, or nobody for an alias
  std::vector<int> parameters;
};
struct RrsigRecord {
  DnsType covered{};
  int algorithm = 0, key_tag = 0;
  Instant expires, begins;  // read as times after 1970; they wrap in 2106 (RFC 4034 3.1.5)
  std::string signer;
};

Result<std::string> parse_address(Bytes, DnsType);  // A or AAAA, as text
Result<std::string> parse_name(Bytes);              // NS, CNAME
Result<SoaRecord> parse_soa(Bytes);
Result<MxRecord> parse_mx(Bytes);
Result<std::string> parse_txt(Bytes);  // its strings run together
Result<SrvRecord> parse_srv(Bytes);
Result<CaaRecord> parse_caa(Bytes);
Result<DsRecord> parse_ds(Bytes);
Result<DnskeyRecord> parse_dnskey(Bytes);
Result<TlsaRecord> parse_tlsa(Bytes);
Result<HttpsRecord> parse_https(Bytes);
Result<RrsigRecord> parse_rrsig(Bytes);

}  // namespace kenshin
