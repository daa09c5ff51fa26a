#include "probes/dns/message.h"

#include <algorithm>

namespace kenshin {

namespace {

constexpr std::uint16_t class_in = 1, type_opt = 41, payload = 1232;
constexpr std::size_t header_size = 12, longest_name = 255;
constexpr std::size_t most_records = 1000;

// A name in the message at `at`, written out without compression (RFC 1035 4.1.4); `at` moves behind it.
bool spell_out(Bytes message, std::size_t& at, Buffer& out) {
  std::size_t here = at, before = at;  // each pointer must lead before the place its run of labels began
  std::size_t length = 1;
  bool jumped = false;
  for (;;) {
    if (here >= message.size()) return false;
    const std::uint8_t octet = message[here];
    if (octet >= 0xc0) {
      if (here + 1 >= message.size()) return false;
      const std::size_t to = static_cast<std::size_t>((octet & 0x3f) << 8 | message[here + 1]);
      if (!jumped) at = here + 2;
      jumped = true;
      if (to >= before || to < header_size) return false;
      here = before = to;
      continue;
    }
    if (octet > 63) return false;
    if ((length += octet + (octet == 0 ? 0U : 1U)) > longest_name || here + 1 + octet > message.size()) return false;
    out.insert(out.end(), message.begin() + static_cast<std::ptrdiff_t>(here),
               message.begin() + static_cast<std::ptrdiff_t>(here + 1 + octet));
    here += 1U + octet;
    if (octet != 0) continue;
    if (!jumped) at = here;
    return true;
  }
}

class Reading {
 public:
  explicit Reading(Bytes message) : message_(message) {}

  bool name(std::string& out) {
    Buffer bytes;
    if (!spell_out(message_, at_, bytes)) return false;
    Reader in(bytes);
    out = read_dns_name(in);
    return in.ok();
  }
  bool u16(std::uint16_t& out) {
    if (left() < 2) return false;
    out = static_cast<std::uint16_t>(message_[at_] << 8 | message_[at_ + 1]);
    at_ += 2;
    return true;
  }
  // The record data, names written out where RFC 1035 lets them be abbreviated (RFC 3597 4).
  bool data(DnsType type, Buffer& out) {
    std::uint16_t size = 0;
    if (!u16(size) || left() < size) return false;
    const std::size_t end = at_ + size;
    std::size_t names = 0, fixed = 0;
    switch (type) {
      case DnsType::Ns:
      case DnsType::Cname: names = 1; break;
      case DnsType::Soa: names = 2; break;
      case DnsType::Mx: names = 1, fixed = 2; break;
      default: fixed = size; break;
    }
    if (fixed > size) return false;
    copy(fixed, out);
    for (; names > 0; --names)
      if (!spell_out(message_, at_, out)) return false;
    if (at_ > end) return false;
    copy(end - at_, out);
    return true;
  }
  bool record(std::vector<DnsRecord>& into) {
    DnsRecord out;
    std::uint16_t type = 0, of_class = 0, high = 0, low = 0;
    if (!name(out.name) || !u16(type) || !u16(of_class) || !u16(high) || !u16(low)) return false;
    out.type = static_cast<DnsType>(type);
    out.ttl = static_cast<std::uint32_t>(high) << 16 | low;
    if (!data(out.type, out.data)) return false;
    if (type != type_opt && of_class == class_in) into.push_back(std::move(out));
    return true;
  }
  std::size_t left() const { return message_.size() - at_; }

 private:
  void copy(std::size_t count, Buffer& out) {
    const auto from = message_.begin() + static_cast<std::ptrdiff_t>(at_);
    out.insert(out.end(), from, from + static_cast<std::ptrdiff_t>(count));
    at_ += count;
  }
  Bytes message_;
  std::size_t at_ = 0;
};

}  // namespace

Result<Buffer> dns_query(const DnsQuestion& question, std::uint16_t id) {
  const auto name = dns_name_bytes(question.name);
  if (!name) return name.error();
  Writer out;
  out.u16(id);
  out.u16(0);  // a standard query, RD = 0
  out.u16(1);
  out.u16(0);
  out.u16(0);
  out.u16(1);
  out.put(Bytes(*name));
  out.u16(static_cast<std::uint16_t>(question.type));
  out.u16(class_in);
  out.u8(0);  // OPT, RFC 6891 6.1.2
  out.u16(type_opt);
  out.u16(payload);
  out.u32(0);
  out.u16(0);
  return out.take();
}

Result<DnsMessage> parse_dns_message(Bytes bytes) {
  const Error malformed{Error::Kind::Malformed, "not a DNS message"};
  Reading in(bytes);
  DnsMessage out;
  std::uint16_t flags = 0, questions = 0, counts[3] = {}, type = 0, of_class = 0;
  if (!in.u16(out.id) || !in.u16(flags) || !in.u16(questions)) return malformed;
  for (auto& count : counts)
    if (!in.u16(count)) return malformed;
  out.is_answer = (flags & 0x8000) != 0;
  out.authoritative = (flags & 0x0400) != 0;
  out.truncated = (flags & 0x0200) != 0;
  out.rcode = flags & 0x000f;
  if ((flags & 0x7800) != 0 || questions != 1) return malformed;  // opcode QUERY
  if (!in.name(out.question.name) || !in.u16(type) || !in.u16(of_class) || of_class != class_in) return malformed;
  out.question.type = static_cast<DnsType>(type);
  if (std::size_t{counts[0]} + counts[1] + counts[2] > most_records)
    return Error{Error::Kind::Malformed, "a DNS message of more than 1000 records"};
  std::vector<DnsRecord>* const sections[] = {&out.answer, &out.authority, &out.additional};
  for (int i = 0; i < 3; ++i)
    for (int left = counts[i]; left > 0; --left)
      if (!in.record(*sections[i])) return out.truncated ? Result<DnsMessage>(std::move(out)) : malformed;
  if (in.left() != 0) return malformed;
  return out;
}

bool answers(const DnsMessage& message, const DnsQuestion& question, std::uint16_t id) {
  return message.is_answer && message.id == id && message.question == question;
}

std::string rcode_name(int rcode) {
  switch (rcode) {
    case 1: return "FORMERR";
    case 2: return "SERVFAIL";
    case 3: return "NXDOMAIN";
    case 4: return "NOTIMP";
    case 5: return "REFUSED";
    case 9: return "NOTAUTH";
    default: return "rcode " + std::to_string(rcode);
  }
}

}  // namespace kenshin
