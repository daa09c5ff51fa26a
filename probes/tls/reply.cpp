#include "probes/tls/reply.h"

#include "probes/tls/code_points.h"

namespace kenshin {

namespace {

class Listening {
 public:
  // True when nothing more is awaited.
  bool take(const FlightEvent& event) {
    if (const auto* message = std::get_if<HandshakeMessage>(&event)) return take(*message);
    if (const auto* alert = std::get_if<Alert>(&event)) {
      if (is_remark(*alert)) return false;
      if (reply_.hello() != nullptr && wants_identity(*alert)) reply_.broke = Error::Kind::Closed;
      else reply_.said = *alert;
      return true;
    }
    if (const auto* error = std::get_if<Error>(&event)) return end(*error);
    return end({Error::Kind::Malformed, "encrypted before a ServerHello"});
  }
  Reply broken(const Error& why, bool inconclusive) {
    end(why);
    reply_.broke = why.kind;
    reply_.inconclusive = inconclusive;
    return reply();
  }
  Reply reply() { return std::move(reply_); }

 private:
  // Said for want of the client's certificate, not about the hello.
  bool wants_identity(Alert alert) const {
    constexpr std::uint8_t certificate_request = 13;
    constexpr std::uint8_t no_certificate = 41, certificate_unknown = 46, unknown_ca = 48, access_denied = 49,
                           certificate_required = 116;
    const auto said = alert.description;
    return (said >= no_certificate && said <= certificate_unknown) || said == unknown_ca || said == access_denied ||
           said == certificate_required || reply_.message(certificate_request) != nullptr;
  }
  bool end(const Error& why) {
    if (!reply_.hello()) reply_.said = why;
    return true;
  }
  bool take(const HandshakeMessage& message) {
    constexpr std::uint8_t hello_request = 0, server_hello = 2, server_hello_done = 14;
    if (!reply_.hello()) {
      if (message.type == hello_request) return false;  // RFC 5246 7.4.1.1: may come at any time
      if (message.type != server_hello) return end({Error::Kind::Malformed, "another message before the ServerHello"});
      const auto hello = parse_server_hello(message.body);
      if (!hello) return end({Error::Kind::Malformed, "ServerHello: " + hello.error().detail});
      reply_.said = *hello;
      return hello->version >= TlsVersion::Tls13;
    }
    reply_.flight.push_back(message);
    return message.type == server_hello_done;
  }

  Reply reply_{Error{Error::Kind::Closed, "closed without an answer"}, {}};
};

}  // namespace

Reply first_flight(Line& line) {
  Listening listening;
  for (;;) {
    const auto event = line.next();
    if (!event) return listening.broken(event.error(), line.answered());
    if (listening.take(*event)) return listening.reply();
  }
}

const Buffer* Reply::message(std::uint8_t type) const {
  for (const auto& message : flight)
    if (message.type == type) return &message.body;
  return nullptr;
}

std::string ending(const Reply& reply) {
  if (const auto* hello = reply.hello()) return hello->retry ? "hello_retry_request" : "server_hello";
  if (const auto* alert = reply.alert()) return "alert " + alert_name(alert->description);
  const Error& error = *reply.error();
  return error.kind == Error::Kind::NotAsked ? error.detail : std::string(error_name(error.kind));
}

bool decides(const Reply& reply) {
  return reply.hello() != nullptr || (reply.alert() != nullptr && is_refusal(*reply.alert()));
}

}  // namespace kenshin
