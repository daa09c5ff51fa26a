#include "probes/tls/connection12.h"

#include <memory>

#include "probes/base/crypto.h"

namespace kenshin {

namespace {

constexpr std::size_t largest_message = 256 * 1024;  // a chain of many large certificates; our own bound
enum class ContentType : std::uint8_t { ChangeCipherSpec = 20, Alert = 21, Handshake = 22, ApplicationData = 23 };

Error malformed(const char* what) { return {Error::Kind::Malformed, what}; }

// The first whole message of the bytes, taken out of them.
Result<std::optional<HandshakeMessage>> cut_message(Buffer& bytes) {
  if (bytes.size() < 4) return std::optional<HandshakeMessage>();
  Reader in(bytes);
  HandshakeMessage out{in.u8(), {}};
  const std::size_t size = in.u24();
  if (size > largest_message) return malformed("a handshake message that is too long");
  if (in.left() < size) return std::optional<HandshakeMessage>();
  const Bytes body = in.take(size);
  out.body.assign(body.begin(), body.end());
  bytes.erase(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(4 + size));
  return std::optional(std::move(out));
}

}  // namespace

Buffer Connection12::sealed(std::uint8_t type, Bytes content) {
  return writing_ ? writing_->seal(type, content) : record_of(type, version_, content);
}

Result<ProtectedEvent> Connection12::next() {
  for (;;) {
    auto message = cut_message(messages_);
    if (!message) return message.error();
    if (*message) return ProtectedEvent(std::move(**message));
    auto record = wire_.record();
    if (!record) return record.error();
    auto content = reading_ ? reading_->open(*record) : Result<Buffer>(std::move(record->fragment));
    if (!content) return content.error();
    const auto type = static_cast<ContentType>(record->type);
    // RFC 5246 6.2.1: messages are not interleaved with other records, and no cipher changes within one.
    if (type != ContentType::Handshake && !messages_.empty()) return malformed("a message cut short by another record");
    switch (type) {
      case ContentType::Handshake: messages_.insert(messages_.end(), content->begin(), content->end()); break;
      case ContentType::Alert: {
        const auto alert = parse_alert(*content);
        if (!alert) return malformed("an alert of another form");
        return ProtectedEvent(*alert);
      }
      case ContentType::ChangeCipherSpec:
        if (*content != Buffer{1}) return malformed("a ChangeCipherSpec of another form");
        return ProtectedEvent(ChangeCipherSpec{});
      case ContentType::ApplicationData:
        if (!reading_) return malformed("application data in clear");
        return ProtectedEvent(ApplicationData{std::move(*content)});
      default: return malformed("a record of a type that is out of place");
    }
  }
}

Result<Connection12> connect12(Conversation& conversation, Tally& tally) {
  auto opened = conversation.open(tally);
  if (!opened) return opened.error();
  const auto line = std::make_shared<Line>(std::move(*opened));
  return Connection12({[line](Bytes bytes) { return line->send(bytes); }, [line] { return line->record(); },
                       [line](Deadline deadline) { line->wait_until(deadline); }},
                      random_bytes);
}

}  // namespace kenshin
