#include "probes/tls/flight.h"

#include <algorithm>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::size_t largest_record = 16384 + 2048;  // RFC 5246 6.2.3
constexpr std::size_t largest_message = 256 * 1024;   // a chain of many large certificates; our own bound
constexpr std::size_t header = 5;

enum class Content : std::uint8_t { ChangeCipherSpec = 20, Alert = 21, Handshake = 22, ApplicationData = 23 };

bool starts_a_record(Bytes bytes) {
  const bool type = bytes[0] >= 20 && bytes[0] <= 24;
  return type && (bytes.size() < 2 || bytes[1] == 3);
}

std::string what_instead(Bytes bytes) {
  // The header of an SSL 2.0 message: two bytes of length with the high bit set, then its type.
  if (bytes.size() >= 3 && (bytes[0] & 0x80) != 0 && (bytes[2] == 4 || bytes[2] == 0)) return "an SSL 2.0 message";
  const auto line = text_of(bytes.first(std::min<std::size_t>(bytes.size(), 80)));
  return "the answer begins \"" + one_line(line.substr(0, line.find_first_of("\r\n")), 60) + "\"";
}

}  // namespace

FlightEvent FlightReader::fail(Error::Kind kind, std::string detail) {
  failed_ = true;
  return Error{kind, std::move(detail)};
}

void RecordReader::push(Bytes bytes) { bytes_.insert(bytes_.end(), bytes.begin(), bytes.end()); }

Result<std::optional<Record>> RecordReader::next() {
  const auto fail = [&](Error::Kind kind, std::string detail) { return *(failed_ = Error{kind, std::move(detail)}); };
  if (failed_) return *failed_;
  if (bytes_.empty()) return std::optional<Record>();
  if (!starts_a_record(bytes_))
    return records_ == 0 ? fail(Error::Kind::NotTls, what_instead(bytes_)) : fail(Error::Kind::Malformed, "no record");
  if (bytes_.size() < header) return std::optional<Record>();
  Reader in(bytes_);
  Record out;
  out.type = in.u8();
  out.version = in.u16();
  const std::size_t length = in.u16();
  if (length > largest_record) return fail(Error::Kind::Malformed, "a record of " + std::to_string(length) + " bytes");
  if (in.left() < length) return std::optional<Record>();
  const Bytes fragment = in.take(length);
  out.fragment = {fragment.begin(), fragment.end()};
  bytes_.erase(bytes_.begin(), bytes_.begin() + static_cast<std::ptrdiff_t>(header + length));
  ++records_;
  return std::optional(std::move(out));
}

std::optional<FlightEvent> FlightReader::message() {
  if (messages_.size() < 4) return std::nullopt;
  Reader in(messages_);
  const std::uint8_t type = in.u8();
  const std::size_t length = in.u24();
  if (length > largest_message)
    return fail(Error::Kind::Malformed, "a handshake message of " + std::to_string(length) + " bytes");
  if (in.left() < length) return std::nullopt;
  const Bytes body = in.take(length);
  HandshakeMessage out{type, {body.begin(), body.end()}};
  messages_.erase(messages_.begin(), messages_.begin() + static_cast<std::ptrdiff_t>(4 + length));
  return out;
}

std::optional<FlightEvent> FlightReader::next() {
  while (!failed_) {
    if (auto whole = message()) return whole;
    auto record = records_.next();
    if (!record) return fail(record.error().kind, record.error().detail);
    if (!*record) return std::nullopt;
    const auto content = static_cast<Content>((*record)->type);
    const Buffer& body = (*record)->fragment;
    std::optional<FlightEvent> event;
    switch (content) {
      case Content::Handshake: messages_.insert(messages_.end(), body.begin(), body.end()); break;
      case Content::Alert: {
        const auto alert = parse_alert(body);
        event = alert ? FlightEvent(*alert) : fail(Error::Kind::Malformed, "an alert of another form");
        break;
      }
      case Content::ChangeCipherSpec:
      case Content::ApplicationData: event = Encrypted{}; break;
      default: event = fail(Error::Kind::Malformed, "a record of a type that is out of place"); break;
    }
    // RFC 8446 5.1: a handshake message may not be interleaved with other records.
    if (event && !failed_ && !messages_.empty())
      return fail(Error::Kind::Malformed, "a message cut short by another record");
    if (event) return event;
  }
  return std::nullopt;
}

}  // namespace kenshin
