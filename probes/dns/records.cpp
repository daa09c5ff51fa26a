#include "probes/dns/records.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::size_t longest_name = 255, longest_label = 63;  // RFC 1035 2.3.4

bool is_plain(std::uint8_t byte) {
  return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '_' || byte == '*';
}

void append_label(Bytes label, std::string& out) {
  for (std::uint8_t byte : label) {
    if (byte >= 'A' && byte <= 'Z') byte = static_cast<std::uint8_t>(byte - 'A' + 'a');
    if (is_plain(byte)) {
      out += static_cast<char>(byte);
      continue;
    }
    out += '\\';
    for (const int digit : {byte / 100, byte / 10 % 10, byte % 10}) out += static_cast<char>('0' + digit);
  }
}

Instant instant_of(std::uint32_t seconds) { return Instant(std::chrono::seconds(seconds)); }

}  // namespace

std::string_view dns_type_name(DnsType type) {
  switch (type) {
    case DnsType::A: return "A";
    case DnsType::Ns: return "NS";
    case DnsType::Cname: return "CNAME";
    case DnsType::Soa: return "SOA";
    case DnsType::Mx: return "MX";
    case DnsType::Txt: return "TXT";
    case DnsType::Aaaa: return "AAAA";
    case DnsType::Srv: return "SRV";
    case DnsType::Ds: return "DS";
    case DnsType::Rrsig: return "RRSIG";
    case DnsType::Dnskey: return "DNSKEY";
    case DnsType::Tlsa: return "TLSA";
    case DnsType::Https: return "HTTPS";
    case DnsType::Caa: return "CAA";
  }
  return "?";
}

std::string read_dns_name(Reader& in) {
  std::string out;
  std::size_t used = 1;
  for (;;) {
    const std::uint8_t length = in.u8();
    if (!in.ok()) return {};
    if (length == 0) return out.empty() ? "." : out;
    if (length > longest_label || (used += length + 1U) > longest_name) return in.fail(), std::string();
    const Bytes label = in.take(length);
    if (!in.ok()) return {};
    if (!out.empty()) out += '.';
    append_label(label, out);
  }
}

Result<Buffer> dns_name_bytes(std::string_view text) {
  const Error malformed{Error::Kind::Malformed, "not a name of the DNS: " + one_line(text, 80)};
  Buffer out;
  if (text != ".")
    for (const auto label : split(text, '.')) {
      Buffer bytes;
      for (std::size_t i = 0; i < label.size(); ++i) {
        if (label[i] != '\\') {
          bytes.push_back(static_cast<std::uint8_t>(label[i]));
          continue;
        }
        const auto digits = label.substr(i + 1, 3);
        const bool decimal = digits.size() == 3 &&
                             std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
        const int value = decimal ? (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0') : 256;
        if (value > 255) return malformed;
        bytes.push_back(static_cast<std::uint8_t>(value));
        i += 3;
      }
      if (bytes.empty() || bytes.size() > longest_label) return malformed;
      out.push_back(static_cast<std::uint8_t>(bytes.size()));
      out.insert(out.end(), bytes.begin(), bytes.end());
    }
  out.push_back(0);
  if (out.size() > longest_name) return malformed;
  return out;
}

Result<std::string> parse_address(Bytes rdata, DnsType type) {
  const bool is_v4 = type == DnsType::A;
  if (rdata.size() != (is_v4 ? 4U : 16U)) return Error{Error::Kind::Malformed, "an address of the wrong length"};
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(is_v4 ? AF_INET : AF_INET6, rdata.data(), text.data(), text.size());
  return std::string(text.data());
}

Result<std::string> parse_name(Bytes rdata) {
  Reader in(rdata);
  auto name = read_dns_name(in);
  return in.finish(std::move(name));
}

Result<SoaRecord> parse_soa(Bytes rdata) {  // RFC 1035 3.3.13
  Reader in(rdata);
  SoaRecord out;
  out.primary = read_dns_name(in);
  out.mailbox = read_dns_name(in);
  out.serial = in.u32();
  out.refresh = in.u32();
  out.retry = in.u32();
  out.expire = in.u32();
  out.minimum = in.u32();
  return in.finish(std::move(out));
}

Result<MxRecord> parse_mx(Bytes rdata) {  // RFC 1035 3.3.9
  Reader in(rdata);
  MxRecord out;
  out.preference = in.u16();
  out.host = read_dns_name(in);
  return in.finish(std::move(out));
}

Result<std::string> parse_txt(Bytes rdata) {  // RFC 1035 3.3.14: one string or more
  Reader in(rdata);
  std::string out;
  do {
    Reader text = in.vec8();
    out += text_of(text.rest());
  } while (!in.done());
  return in.finish(std::move(out));
}

Result<SrvRecord> parse_srv(Bytes rdata) {
  Reader in(rdata);
  SrvRecord out;
  out.priority = in.u16();
  out.weight = in.u16();
  out.port = in.u16();
  out.target = read_dns_name(in);
  return in.finish(std::move(out));
}

Result<CaaRecord> parse_caa(Bytes rdata) {  // RFC 8659 4.1
  Reader in(rdata);
  CaaRecord out;
  out.critical = (in.u8() & 0x80) != 0;
  Reader tag = in.vec8();
  out.tag = lower_ascii(text_of(tag.rest()));
  const bool sound = !out.tag.empty() && std::all_of(out.tag.begin(), out.tag.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
  if (!sound) in.fail();
  out.value = text_of(in.rest());
  return in.finish(std::move(out));
}

Result<DsRecord> parse_ds(Bytes rdata) {  // RFC 4034 5.1; digest lengths: SHA-1, RFC 4509, RFC 6605
  Reader in(rdata);
  DsRecord out;
  out.key_tag = in.u16();
  out.algorithm = in.u8();
  out.digest_type = in.u8();
  const Bytes digest = in.rest();
  out.digest.assign(digest.begin(), digest.end());
  const std::size_t wanted = out.digest_type == 1 ? 20 : out.digest_type == 2 ? 32 : out.digest_type == 4 ? 48 : 0;
  if (digest.empty() || (wanted != 0 && digest.size() != wanted)) in.fail();
  return in.finish(std::move(out));
}

Result<DnskeyRecord> parse_dnskey(Bytes rdata) {  // RFC 4034 2.1
  Reader in(rdata);
  DnskeyRecord out;
  out.flags = in.u16();
  if (in.u8() != 3) in.fail();  // 2.1.2: the protocol
  out.algorithm = in.u8();
  const Bytes key = in.rest();
  out.key.assign(key.begin(), key.end());
  if (key.empty()) in.fail();
  return in.finish(std::move(out));
}

Result<TlsaRecord> parse_tlsa(Bytes rdata) {  // RFC 6698 2.1
  Reader in(rdata);
  TlsaRecord out;
  out.usage = in.u8();
  out.selector = in.u8();
  out.matching = in.u8();
  const Bytes data = in.rest();
  out.data.assign(data.begin(), data.end());
  const std::size_t wanted = out.matching == 1 ? 32 : out.matching == 2 ? 64 : 0;
  if (data.empty() || (wanted != 0 && data.size() != wanted)) in.fail();
  return in.finish(std::move(out));
}

Result<HttpsRecord> parse_https(Bytes rdata) {  // RFC 9460 2.2
  Reader in(rdata);
  HttpsRecord out;
  out.priority = in.u16();
  out.target = read_dns_name(in);
  while (!in.done()) {
    const int key = in.u16();
    in.vec16();
    if (!out.parameters.empty() && key <= out.parameters.back()) in.fail();  // strictly ascending
    out.parameters.push_back(key);
  }
  return in.finish(std::move(out));
}

Result<RrsigRecord> parse_rrsig(Bytes rdata) {  // RFC 4034 3.1
  Reader in(rdata);
  RrsigRecord out;
  out.covered = static_cast<DnsType>(in.u16());
  out.algorithm = in.u8();
  in.u8();   // labels
  in.u32();  // original TTL
  out.expires = instant_of(in.u32());
  out.begins = instant_of(in.u32());
  out.key_tag = in.u16();
  out.signer = read_dns_name(in);
  if (in.rest().empty()) in.fail();
  return in.finish(std::move(out));
}

}  // namespace kenshin
