#include "probes/net/starttls_replies.h"

#include <algorithm>

#include "probes/base/text.h"

namespace kenshin {

namespace {

const Step wrong{Said::Wrong, 0, {}};

std::string shown(std::string_view text) { return one_line(trim(text), 120); }

bool has_any(std::string_view text, std::initializer_list<std::string_view> words) {
  const std::string lower = lower_ascii(text);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return lower.find(word) != std::string::npos; });
}

Step meaning(Step step, Meaning meaning) {
  if (step.said == Said::No) step.meaning = meaning;
  return step;
}

// Goes over the whole lines; `judge` gives More for one that decides nothing.
template <class Judge>
Step by_line(Bytes bytes, Judge judge) {
  const std::string_view text = text_of(bytes);
  std::size_t at = 0;
  for (auto end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', at)) {
    const std::string_view line = trim(text.substr(at, end - at));
    at = end + 1;
    const Said said = judge(line);
    if (said == Said::Wrong) return wrong;
    if (said != Said::More) return {said, at, shown(line)};
  }
  return {};
}

bool begins(std::string_view line, std::string_view word) {
  if (lower_ascii(line.substr(0, word.size())) != word) return false;
  return line.size() == word.size() || line[word.size()] == ' ' || line[word.size()] == '(';
}

bool is_code(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// One element of BER with a definite length (X.690 8.1); false where it is none.
bool element(Reader& in, std::uint8_t& tag, Bytes& body) {
  tag = in.u8();
  std::size_t length = in.u8();
  if (length > 0x80) {
    const std::size_t width = length & 0x7F;
    length = 0;
    if (width > 4) return false;
    for (std::size_t i = 0; i < width; ++i) length = length << 8 | in.u8();
  } else if (length == 0x80) {
    return false;
  }
  body = in.take(length);
  return in.ok();
}

// The size of the element that begins here, header and all; 0 while that cannot be told.
std::size_t element_size(Bytes bytes) {
  if (bytes.size() < 2) return 0;
  if (bytes[1] < 0x80) return std::size_t{2} + bytes[1];
  const std::size_t width = bytes[1] & 0x7F;
  if (bytes.size() < 2 + width) return 0;
  std::size_t length = 0;
  for (std::size_t i = 0; i < width; ++i) length = length << 8 | bytes[2 + i];
  return 2 + width + length;
}

}  // namespace

Step hear_code(Bytes bytes, std::string_view wanted, std::string_view not_offered) {
  std::string code;
  const Step heard = by_line(bytes, [&](std::string_view line) {
    const std::string_view its = line.substr(0, 3);
    const char after = line.size() > 3 ? line[3] : ' ';
    if (code.empty()) {
      if (!is_code(its) || (after != ' ' && after != '-')) return Said::Wrong;
      code = its;
    }
    if (its != code || after == '-') return Said::More;  // RFC 959 4.2: lines between may be anything
    return code.starts_with(wanted) ? Said::Yes : Said::No;
  });
  if (code.starts_with('4')) return meaning(heard, Meaning::NotNow);  // RFC 5321 4.2.1, RFC 959 4.2, RFC 3977 3.2
  const bool is_absence = !code.empty() && not_offered.find(code) != std::string_view::npos;
  return meaning(heard, is_absence ? Meaning::NotOffered : Meaning::Refused);
}

Step hear_imap_greeting(Bytes bytes) {
  const Step heard = by_line(bytes, [](std::string_view line) {
    if (begins(line, "* ok")) return Said::Yes;
    return begins(line, "* bye") || begins(line, "* preauth") ? Said::No : Said::Wrong;
  });
  return meaning(heard, begins(heard.text, "* bye") ? Meaning::NotNow : Meaning::Refused);
}

Step hear_tagged(Bytes bytes, std::string_view tag) {
  const Step heard = by_line(bytes, [&](std::string_view line) {
    if (begins(line, "* bye")) return Said::No;
    if (!line.starts_with(tag)) return Said::More;
    return begins(trim(line.substr(tag.size())), "ok") ? Said::Yes : Said::No;
  });
  const bool passing = begins(heard.text, "* bye") ||
                       has_any(heard.text, {"[unavailable]", "[limit]", "[inuse]", "[serverbug]", "[contactadmin]"});
  return meaning(heard, passing ? Meaning::NotNow : Meaning::NotOffered);
}

Step hear_pop3_greeting(Bytes bytes) {
  const Step heard = by_line(bytes, [](std::string_view line) {
    if (begins(line, "+ok")) return Said::Yes;
    return begins(line, "-err") ? Said::No : Said::Wrong;
  });
  const bool passing = has_any(heard.text, {"[sys/temp]", "[in-use]", "[login-delay]"});
  return meaning(heard, passing ? Meaning::NotNow : Meaning::Refused);
}

Step hear_pop3(Bytes bytes) {
  const Step heard = hear_pop3_greeting(bytes);
  if (heard.meaning == Meaning::NotNow || has_any(heard.text, {"[sys/perm]"})) return heard;
  return meaning(heard, Meaning::NotOffered);
}

Step hear_sieve_greeting(Bytes bytes) {
  const Step heard = by_line(bytes, [](std::string_view line) {
    if (begins(line, "ok")) return Said::Yes;
    if (begins(line, "no") || begins(line, "bye")) return Said::No;
    return line.starts_with('"') || line.empty() ? Said::More : Said::Wrong;
  });
  const bool passing = begins(heard.text, "bye") || has_any(heard.text, {"(trylater"});
  return meaning(heard, passing ? Meaning::NotNow : Meaning::Refused);
}

Step hear_sieve(Bytes bytes) {
  const Step heard = hear_sieve_greeting(bytes);
  return heard.meaning == Meaning::NotNow ? heard : meaning(heard, Meaning::NotOffered);
}

namespace {

// RFC 6120 4.9.3: conditions that pass.
Step stream_error(std::string_view text, std::size_t at) {
  const bool passing =
      has_any(text, {"<resource-constraint", "<system-shutdown", "<internal-server-error", "<policy-violation"});
  return {Said::No, text.size(), shown(text.substr(at)), passing ? Meaning::NotNow : Meaning::Refused};
}

}  // namespace

Step hear_xmpp_features(Bytes bytes) {
  const std::string_view text = text_of(bytes);
  if (const auto at = text.find_first_not_of(" \t\r\n"); at != std::string_view::npos && text[at] != '<') return wrong;
  if (const auto at = text.find("<stream:error"); at != std::string_view::npos)
    return text.find("</stream:error>", at) == std::string_view::npos ? Step() : stream_error(text, at);
  for (const std::string_view close : {"</stream:features>", "<stream:features/>"}) {
    const auto at = text.find(close);
    if (at == std::string_view::npos) continue;
    const bool offered = text.substr(0, at).find("urn:ietf:params:xml:ns:xmpp-tls") != std::string_view::npos;
    return {offered ? Said::Yes : Said::No, at + close.size(), "STARTTLS is not among the features",
            Meaning::NotOffered};
  }
  return {};
}

Step hear_xmpp_proceed(Bytes bytes) {
  const std::string_view text = text_of(bytes);
  if (const auto at = text.find_first_not_of(" \t\r\n"); at != std::string_view::npos && text[at] != '<') return wrong;
  for (const std::string_view word : {"<proceed", "<failure", "<stream:error"}) {
    const auto at = text.find(word);
    const auto end = at == std::string_view::npos ? at : text.find('>', at);
    if (end == std::string_view::npos) continue;
    // Behind '>' TLS begins; an element with content ends with its closing tag.
    const std::string_view closing = "</proceed>";
    const bool has_content = text[end - 1] != '/' && text.substr(end + 1).starts_with(closing);
    return {word == "<proceed" ? Said::Yes : Said::No, end + 1 + (has_content ? closing.size() : 0),
            shown(text.substr(at))};
  }
  return {};
}

Step hear_ldap(Bytes bytes) {
  constexpr std::uint8_t sequence = 0x30, integer = 0x02, enumerated = 0x0A, extended_response = 0x78;
  constexpr std::uint8_t protocol_error = 2, busy = 51, unavailable = 52;
  if (!bytes.empty() && bytes[0] != sequence) return wrong;
  const std::size_t whole = element_size(bytes);
  if (whole > 65536) return wrong;
  if (whole == 0 || bytes.size() < whole) return {};
  Reader outer(bytes.first(whole));
  std::uint8_t tag = 0;
  Bytes message, id, response, result;
  if (!element(outer, tag, message)) return wrong;
  Reader in(message);
  if (!element(in, tag, id) || tag != integer || id.size() != 1 || !element(in, tag, response) ||
      tag != extended_response)
    return wrong;
  Reader answer(response);
  if (!element(answer, tag, result) || tag != enumerated || result.size() != 1) return wrong;
  if (id[0] == 0) return {Said::No, whole, "a notice of disconnection", Meaning::NotNow};  // RFC 4511 4.4.1
  const Step heard{result[0] == 0 && id[0] == 1 ? Said::Yes : Said::No, whole,
                   "resultCode " + std::to_string(result[0])};
  if (result[0] == busy || result[0] == unavailable) return meaning(heard, Meaning::NotNow);
  return meaning(heard, result[0] == protocol_error ? Meaning::NotOffered : Meaning::Refused);
}

Step hear_postgres(Bytes bytes) {
  constexpr std::size_t longest_error = 4096;
  if (bytes.empty()) return {};
  switch (bytes[0]) {
    case 'S': return {Said::Yes, 1, {}};
    case 'N': return {Said::No, 1, "N", Meaning::NotOffered};
    case 'E': break;
    default: return wrong;
  }
  // An ErrorResponse ends with an empty field, a text of protocol 2.0 with its NUL.
  if (bytes.back() != 0 && bytes.size() < longest_error) return {};
  using namespace std::string_view_literals;
  const std::string_view text = text_of(bytes.subspan(1));
  const bool passing =  // SQLSTATE: insufficient resources, operator intervention (PostgreSQL, appendix A)
      text.find("\0C53"sv) != std::string_view::npos || text.find("\0C57"sv) != std::string_view::npos;
  return {Said::No, bytes.size(), shown(text), passing ? Meaning::NotNow : Meaning::Refused};
}

Step hear_mysql(Bytes bytes) {
  constexpr std::uint8_t error_packet = 0xFF, protocol_10 = 10;
  constexpr std::uint16_t client_ssl = 0x0800;
  if (bytes.size() < 5) return {};
  const std::size_t length = std::size_t{bytes[0]} | std::size_t{bytes[1]} << 8 | std::size_t{bytes[2]} << 16;
  if (length > 65536 || length == 0) return wrong;
  if (bytes.size() < 4 + length) return {};
  const Bytes packet = bytes.subspan(4, length);
  if (packet[0] == error_packet) {
    const int code = packet.size() < 3 ? 0 : packet[1] | packet[2] << 8;
    constexpr int too_many_connections = 1040, out_of_resources = 1041, shutting_down = 1053;
    const bool passing = code == too_many_connections || code == out_of_resources || code == shutting_down;
    return {Said::No, 4 + length, shown(text_of(packet.subspan(std::min<std::size_t>(3, packet.size())))),
            passing ? Meaning::NotNow : Meaning::Refused};
  }
  if (packet[0] != protocol_10) return wrong;
  const auto end = std::find(packet.begin() + 1, packet.end(), std::uint8_t{0});  // of the server's version
  const auto left = static_cast<std::size_t>(packet.end() - end);
  constexpr std::size_t to_capabilities = 1 + 4 + 8 + 1;  // the NUL, thread id, nonce, filler
  if (left < to_capabilities + 2) return wrong;
  const auto at = end + static_cast<std::ptrdiff_t>(to_capabilities);
  const auto capabilities = static_cast<std::uint16_t>(at[0] | at[1] << 8);
  const bool offered = (capabilities & client_ssl) != 0;
  return {offered ? Said::Yes : Said::No, 4 + length, offered ? "" : "TLS is not among the capabilities",
          Meaning::NotOffered};
}

Step hear_rdp(Bytes bytes) {
  constexpr std::uint8_t tpkt = 3, connection_confirm = 0xD0, response = 2, failure = 3;
  if (!bytes.empty() && bytes[0] != tpkt) return wrong;
  if (bytes.size() < 4) return {};
  const std::size_t whole = std::size_t{bytes[2]} << 8 | bytes[3];
  if (whole < 11) return wrong;
  if (bytes.size() < whole) return {};
  if (bytes[5] != connection_confirm) return wrong;
  if (whole < 19) return {Said::No, whole, "no negotiation: plain RDP", Meaning::NotOffered};
  const std::uint8_t value = bytes[15];  // selectedProtocol or failureCode, little endian
  // MS-RDPBCGR 2.2.1.2.2: TLS is not allowed, there is no certificate for it.
  if (bytes[11] == failure)
    return {Said::No, whole, "failureCode " + std::to_string(value),
            value == 2 || value == 3 ? Meaning::NotOffered : Meaning::Refused};
  if (bytes[11] != response) return wrong;
  // MS-RDPBCGR 2.2.1.2.1: 0 is plain RDP, 4 is no TLS (RDSTLS); 1, 2 and 8 go on with TLS.
  const bool tls = value == 1 || value == 2 || value == 8;
  return {tls ? Said::Yes : Said::No, whole, "selectedProtocol " + std::to_string(value),
          value == 0 ? Meaning::NotOffered : Meaning::Refused};
}

}  // namespace kenshin
