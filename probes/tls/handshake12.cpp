#include "probes/tls/handshake12.h"

#include <algorithm>

#include "probes/certificate/message.h"
#include "probes/tls/code_points.h"
#include "probes/tls/extensions.h"

namespace kenshin {

namespace {

constexpr std::uint8_t change_cipher_spec = 20, handshake = 22;
constexpr std::uint8_t hello_request = 0, server_hello = 2, new_session_ticket = 4, certificate = 11,
                       server_key_exchange = 12, certificate_request = 13, server_hello_done = 14,
                       client_key_exchange = 16, finished = 20;
constexpr std::uint8_t no_renegotiation = 100;
constexpr std::size_t largest_ticket = 8192, most_messages = 16;

Error malformed(std::string what) { return {Error::Kind::Malformed, std::move(what)}; }
Error unsupported(std::string what) { return {Error::Kind::Unsupported, std::move(what)}; }

Buffer message_of(std::uint8_t type, Bytes body) {
  Writer out;
  out.u8(type);
  out.vec24([&](Writer& content) { content.put(body); });
  return out.take();
}

void append(Buffer& to, Bytes more) { to.insert(to.end(), more.begin(), more.end()); }

bool offers(const HelloOffer& offer, SuiteId suite) {
  return std::find(offer.suites.begin(), offer.suites.end(), suite) != offer.suites.end();
}

// One handshake. Each step returns false where it ended the handshake.
class Dialogue {
 public:
  Dialogue(Connection12& connection, const HelloOffer& offer, const Session12* resume)
      : connection_(connection), offer_(offer), resume_(resume) {}

  Seen12 run() {
    const bool done = greet() && read_hello() && read_flight() && (seen_.resumed ? abbreviated() : full());
    seen_.finished = done;
    if (!done && seen_.reply.hello() == nullptr) seen_.reply = seen_.ended;
    return std::move(seen_);
  }

 private:
  bool end(Error why) {
    seen_.ended.said = std::move(why);
    return false;
  }
  bool end(Alert alert) {
    seen_.ended.said = alert;
    return false;
  }

  bool greet() {
    if (offer_.version == TlsVersion::Ssl3) return end(unsupported("SSLv3 is not finished"));
    const Buffer hello = client_hello_message(offer_, connection_.random()(hello_randomness));
    randoms_.client.assign(hello.begin() + 6, hello.begin() + 38);
    transcript_ = hello;
    const Buffer record =
        connection_.writing() == nullptr ? hello_record(offer_, hello) : connection_.sealed(handshake, hello);
    const auto sent = connection_.send(record);
    return sent ? true : end(sent.error());
  }

  // The next handshake message or ChangeCipherSpec. RFC 5246 7.4.1.1: a HelloRequest is no part of the handshake.
  std::optional<ProtectedEvent> next() {
    for (;;) {
      auto event = connection_.next();
      if (!event) return end(event.error()), std::nullopt;
      if (const auto* alert = std::get_if<Alert>(&*event)) {
        if (is_remark(*alert) && alert->description != no_renegotiation) continue;
        return end(*alert), std::nullopt;
      }
      if (std::holds_alternative<ApplicationData>(*event)) continue;
      const auto* message = std::get_if<HandshakeMessage>(&*event);
      if (message != nullptr && message->type == hello_request && message->body.empty()) continue;
      return std::move(*event);
    }
  }

  bool read_hello() {
    const auto event = next();
    if (!event) return false;
    const auto* message = std::get_if<HandshakeMessage>(&*event);
    if (message == nullptr || message->type != server_hello) return end(malformed("no ServerHello"));
    auto hello = parse_server_hello(message->body);
    if (!hello) return end(malformed("ServerHello: " + hello.error().detail));
    append(transcript_, message_of(message->type, message->body));
    seen_.reply.said = *hello;
    const auto suite = suite12(hello->suite);
    if (hello->retry || hello->version < TlsVersion::Tls10 || hello->version > TlsVersion::Tls12)
      return end(unsupported(std::string(version_name(hello->version)) + " is not finished here"));
    if (!offers(offer_, hello->suite)) return end(malformed("chose a suite that was not offered"));
    if (!suite || !fits(*suite, hello->version)) return end(unsupported(suite_name(hello->suite)));
    if (hello->compression != 0) return end(unsupported("compression"));
    suite_ = *suite;
    version_ = hello->version;
    hash_ = prf_hash(suite_, version_);
    randoms_.server = hello->random;
    if (connection_.writing() == nullptr) connection_.speak(version_);
    seen_.session.version = version_;
    seen_.session.suite = hello->suite;
    seen_.session.id = hello->session_id;
    seen_.session.extended_master_secret = hello->extensions.contains(extension_type::extended_master_secret);
    encrypt_then_mac_ = hello->extensions.contains(extension_type::encrypt_then_mac);
    return true;
  }

  // Up to ServerHelloDone; or up to the ChangeCipherSpec of a server that resumes, with its ticket.
  bool read_flight() {
    while (seen_.reply.flight.size() < most_messages) {
      const auto event = next();
      if (!event) return false;
      if (std::holds_alternative<ChangeCipherSpec>(*event)) {
        cipher_changed_ = true;
        return take_up();
      }
      const auto& message = std::get<HandshakeMessage>(*event);
      append(transcript_, message_of(message.type, message.body));
      if (message.type == new_session_ticket) {
        if (!take_ticket(message)) return false;
        continue;
      }
      seen_.reply.flight.push_back(message);
      if (message.type == server_hello_done) return true;
    }
    return end(malformed("an endless flight"));
  }

  bool take_up() {
    if (resume_ == nullptr || !seen_.reply.flight.empty()) return end(malformed("a ChangeCipherSpec out of place"));
    if (resume_->suite != seen_.session.suite || resume_->version != version_)
      return end(malformed("resumed with another suite or version"));
    seen_.resumed = true;
    seen_.session.master = resume_->master;
    seen_.session.extended_master_secret = resume_->extended_master_secret;
    if (!seen_.ticket_came) seen_.session.ticket = resume_->ticket;
    return true;
  }

  bool take_ticket(const HandshakeMessage& message) {
    const auto ticket = parse_new_session_ticket12(message.body);
    if (!ticket) return end(malformed("NewSessionTicket: " + ticket.error().detail));
    seen_.ticket_came = true;
    seen_.session.lifetime_hint = ticket->lifetime_hint;
    if (ticket->ticket.size() <= largest_ticket) seen_.session.ticket = ticket->ticket;
    return true;
  }

  Result<AgreedSecret> agree() {
    const Buffer* const parameters = seen_.reply.message(server_key_exchange);
    if (suite_.agreement == KeyAgreement::Rsa) {
      const Buffer* const body = seen_.reply.message(certificate);
      const auto chain = parse_certificate_message(body == nullptr ? Bytes() : Bytes(*body));
      if (!chain || chain->empty()) return malformed("no certificate");
      return agree_by_rsa(chain->front(), offer_.version, connection_.random());
    }
    if (parameters == nullptr) return malformed("no ServerKeyExchange");
    const bool curves = suite_.agreement == KeyAgreement::Ecdhe;
    const auto sent =
        parse_server_key_exchange(*parameters, curves ? KeyExchangeKind::Ecdhe : KeyExchangeKind::Dhe, version_);
    if (!sent) return malformed("ServerKeyExchange: " + sent.error().detail);
    return curves ? agree_by_ecdhe(*sent) : agree_by_dhe(*sent, connection_.random());
  }

  // Our ChangeCipherSpec and Finished, behind what is already to be sent.
  bool finish(Buffer records) {
    append(records, connection_.sealed(change_cipher_spec, Buffer{1}));
    const auto keys = key_block(suite_, version_, seen_.session.master, randoms_);
    connection_.write_with({suite_, version_, keys.client, encrypt_then_mac_});
    const Buffer verify = client_verify_data(hash_, seen_.session.master, transcript_);
    const Buffer message = message_of(finished, verify);
    append(transcript_, message);
    append(records, connection_.sealed(handshake, message));
    const auto sent = connection_.send(records);
    if (!sent) return end(sent.error());
    ours_ = verify;
    return true;
  }

  bool read_finished() {
    while (!cipher_changed_) {
      const auto event = next();
      if (!event) return false;
      cipher_changed_ = std::holds_alternative<ChangeCipherSpec>(*event);
      if (cipher_changed_) break;
      const auto& message = std::get<HandshakeMessage>(*event);
      if (message.type != new_session_ticket || seen_.ticket_came) return end(malformed("a message out of place"));
      append(transcript_, message_of(message.type, message.body));
      if (!take_ticket(message)) return false;
    }
    const auto keys = key_block(suite_, version_, seen_.session.master, randoms_);
    connection_.read_with({suite_, version_, keys.server, encrypt_then_mac_});
    const auto event = next();
    if (!event) return false;
    const auto* message = std::get_if<HandshakeMessage>(&*event);
    theirs_ = server_verify_data(hash_, seen_.session.master, transcript_);
    if (message == nullptr || message->type != finished || message->body != theirs_)
      return end(malformed("a Finished that is not right"));
    append(transcript_, message_of(message->type, message->body));
    return true;
  }

  bool full() {
    const auto agreed = agree();
    if (!agreed) return end(agreed.error());
    Buffer messages;
    if (seen_.reply.message(certificate_request) != nullptr)
      append(messages, message_of(certificate, Buffer{0, 0, 0}));  // RFC 5246 7.4.6: none to send
    append(messages, message_of(client_key_exchange, agreed->message));
    append(transcript_, messages);
    seen_.session.master = seen_.session.extended_master_secret
                               ? extended_master_secret(hash_, agreed->premaster, transcript_)
                               : master_secret(hash_, agreed->premaster, randoms_);
    if (!finish(connection_.sealed(handshake, messages)) || !read_finished()) return false;
    return keep();
  }

  bool abbreviated() { return read_finished() && finish({}) && keep(); }

  bool keep() {
    connection_.client_verify_data = ours_;
    connection_.server_verify_data = theirs_;
    return true;
  }

  Connection12& connection_;
  const HelloOffer& offer_;
  const Session12* resume_;
  Seen12 seen_;
  Suite12 suite_;
  TlsVersion version_{};
  std::string_view hash_;  // into suite_, or of a literal
  HelloRandoms randoms_;
  Buffer transcript_;  // handshake messages with their headers
  Buffer ours_, theirs_;
  bool encrypt_then_mac_ = false, cipher_changed_ = false;
};

}  // namespace

Seen12 handshake12(Connection12& connection, const HelloOffer& offer, const Session12* resume) {
  return Dialogue(connection, offer, resume).run();
}

Seen12 lone_handshake12(Conversation& conversation, const HelloOffer& offer, const Session12* resume, Tally& tally) {
  auto connection = connect12(conversation, tally);
  if (connection) return handshake12(*connection, conversation.named(offer), resume);
  Seen12 out;
  out.reply.said = out.ended.said = connection.error();
  return out;
}

std::string ending(const Seen12& seen) { return seen.finished ? "finished" : ending(seen.ended); }

std::optional<HelloOffer> finishable_offer(const Learned& learned, TlsVersion version) {
  const auto at = learned.offers.find(version);
  if (at == learned.offers.end() || version < TlsVersion::Tls10 || version > TlsVersion::Tls12) return std::nullopt;
  HelloOffer out = at->second;
  out.version = version;
  out.supported.clear();
  out.shares = KeyShares::None;
  out.keys.clear();
  out.session_id.clear();
  out.compressions = {0};
  out.more.clear();
  std::vector<SuiteId> accepted;
  if (const auto* list = learned.suites_of(version)) accepted = list->suites;
  if (const auto reply = learned.replies.find(version); reply != learned.replies.end())
    if (const auto* hello = reply->second.hello())
      if (std::find(accepted.begin(), accepted.end(), hello->suite) == accepted.end()) accepted.push_back(hello->suite);
  out.suites.clear();
  for (const SuiteId id : accepted)
    if (const auto suite = suite12(id); suite && fits(*suite, version)) out.suites.push_back(id);
  out.groups.erase(
      std::remove_if(out.groups.begin(), out.groups.end(), [](GroupId group) { return !can_agree_on(group); }),
      out.groups.end());
  if (out.suites.empty()) return std::nullopt;
  constexpr std::size_t most_suites = 60;
  out.suites.resize(std::min(out.suites.size(), most_suites));
  return out;
}

Finishable highest_finishable(const Learned& learned) {
  bool all_refused = true;
  for (const TlsVersion version : {TlsVersion::Tls12, TlsVersion::Tls11, TlsVersion::Tls10}) {
    if (auto offer = finishable_offer(learned, version)) return {std::move(offer), {}};
    all_refused = all_refused && learned.speaks(version) == Answer::No;
  }
  if (all_refused) return {std::nullopt, {Answer::NotApplicable, "no version of TLS 1.0 to 1.2"}};
  return {std::nullopt, {Answer::Unknown, "no handshake can be finished below TLS 1.3"}};
}

}  // namespace kenshin
