#include "probes/tls/client13.h"

#include <algorithm>

#include "probes/certificate/read.h"
#include "probes/tls/client_identity.h"
#include "probes/tls/encrypted_messages.h"
#include "probes/tls/extensions.h"
#include "probes/tls/server_messages.h"
#include "probes/tls/signature.h"

namespace kenshin {

namespace {

namespace content {
constexpr std::uint8_t change_cipher_spec = 20, alert = 21, handshake = 22, application_data = 23;
}
namespace handshake_type {
constexpr std::uint8_t server_hello = 2, new_session_ticket = 4, end_of_early_data = 5, encrypted_extensions = 8,
                       certificate = 11, certificate_request = 13, certificate_verify = 15, finished = 20,
                       key_update = 24;
}

constexpr std::size_t largest_message = 256 * 1024, largest_answer = 16 * 1024, most_tickets = 16;

Buffer framed(std::uint8_t type, Bytes body) {
  Writer out;
  out.u8(type);
  out.vec24([&](Writer& content) { content.put(body); });
  return out.take();
}

void append(Buffer& to, Bytes bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }

template <class T>
bool contains(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// RFC 8446 D.4
constexpr std::uint8_t change_cipher_spec_record[] = {20, 3, 3, 0, 1, 1};

}  // namespace

Client13::Client13(const Wish13& wish, Buffer randomness) : wish_(wish), hello_(wish, std::move(randomness)) {
  seen_.reply.said = Error{Error::Kind::Closed, "closed without an answer"};
  messages_ = hello_.message();
  if (!hello_.offers_early_data()) return;
  const auto suite = suite13(hello_.ticket()->suite);
  early_secret_ =
      KeySchedule(suite->hash, hello_.ticket()->secret).derive("c e traffic", transcript_hash(suite->hash, messages_));
}

void Client13::fail(Error::Kind kind, std::string detail) { ended({kind, std::move(detail)}); }

void Client13::ended(const Error& why) {
  if (state_ == State::Over) return;
  // Once both sides are finished an end of the connection breaks nothing off.
  const bool broken = state_ != State::After || why.kind == Error::Kind::Malformed;
  state_ = State::Over;
  if (seen_.reply.hello() == nullptr) seen_.reply.said = why;
  else if (broken) seen_.end = why;
}

void Client13::alert(Bytes bytes) {
  const auto read = parse_alert(bytes);
  if (!read) return fail(Error::Kind::Malformed, "an alert of another form");
  if (state_ == State::Hello && is_remark(*read)) return;
  constexpr std::uint8_t close_notify = 0;
  if (seen_.reply.hello() == nullptr) seen_.reply.said = *read;
  else if (!idle() || read->description != close_notify) seen_.alert = *read;
  state_ = State::Over;
}

Buffer Client13::take(const Record& sealed) {
  Buffer out;
  if (over() || sealed.type == content::change_cipher_spec) return out;  // RFC 8446 5: dropped
  if (sealed.type == content::alert) {
    alert(sealed.fragment);
    return out;
  }
  Record record = sealed;
  if (receiving_) {
    auto opened = receiving_->open(sealed);
    if (!opened) {
      fail(opened.error().kind, opened.error().detail);
      return out;
    }
    record = std::move(*opened);
  }
  if (record.type == content::alert) {
    alert(record.fragment);
  } else if (record.type == content::handshake) {
    append(handshake_, record.fragment);
    messages(out);
  } else if (record.type == content::application_data && idle()) {
    const Bytes data = record.fragment;
    append(seen_.answer, data.first(std::min(data.size(), largest_answer - seen_.answer.size())));
    if (seen_.answer.size() == largest_answer) state_ = State::Over;
  } else {
    fail(Error::Kind::Malformed, "a record of a type that is out of place");
  }
  return out;
}

void Client13::messages(Buffer& out) {
  while (!over() && handshake_.size() >= 4) {
    Reader in(handshake_);
    HandshakeMessage next;
    next.type = in.u8();
    const std::size_t length = in.u24();
    if (length > largest_message)
      return fail(Error::Kind::Malformed, "a handshake message of " + std::to_string(length) + " bytes");
    if (in.left() < length) return;
    const Bytes body = in.take(length);
    next.body = {body.begin(), body.end()};
    handshake_.erase(handshake_.begin(), handshake_.begin() + static_cast<std::ptrdiff_t>(4 + length));
    message(next, out);
  }
}

void Client13::add(const HandshakeMessage& message) {
  append(messages_, framed(message.type, message.body));
  if (state_ != State::Hello) seen_.reply.flight.push_back(message);
}

void Client13::message(const HandshakeMessage& message, Buffer& out) {
  switch (state_) {
    case State::Hello: return server_hello(message, out);
    case State::Extensions: return extensions(message);
    case State::Request:
      if (message.type == handshake_type::certificate_request) return certificate_request(message);
      return certificate(message);
    case State::Certificate: return certificate(message);
    case State::Verify: return verify(message);
    case State::Finished: return finished(message, out);
    case State::After:
      if (message.type == handshake_type::new_session_ticket) return ticket(message);
      if (message.type == handshake_type::key_update) return receiving_->update();
      return fail(Error::Kind::Malformed, "a message out of place after the handshake");
    case State::Over: return;
  }
}

void Client13::server_hello(const HandshakeMessage& message, Buffer& out) {
  if (message.type == 0) return;  // HelloRequest of TLS 1.2 and before
  if (message.type != handshake_type::server_hello)
    return fail(Error::Kind::Malformed, "another message before the ServerHello");
  const auto hello = parse_server_hello(message.body);
  if (!hello) return fail(Error::Kind::Malformed, "ServerHello: " + hello.error().detail);
  add(message);
  if (hello->retry) return retry(*hello, out);
  seen_.reply.said = *hello;
  if (hello->version != TlsVersion::Tls13) {  // the flight of an older version is for others to read
    state_ = State::Over;
    return;
  }
  if (!handshake_.empty()) return fail(Error::Kind::Malformed, "more in clear behind the ServerHello");
  agree(*hello);
}

void Client13::retry(const ServerHello& request, Buffer& out) {
  const auto suite = suite13(request.suite);
  if (suite_.hash != nullptr) return fail(Error::Kind::Malformed, "a second HelloRetryRequest");
  seen_.retried_for = request.group;
  const auto leave = [&](Error why) {
    seen_.reply.said = request;
    ended(why);
  };
  if (!contains(hello_.offer().suites, request.suite)) return leave({Error::Kind::Malformed, "a suite not offered"});
  if (!suite) return leave({Error::Kind::Unsupported, "a suite kenshin cannot speak"});
  suite_ = *suite;
  if (const auto next = hello_.retry(request, messages_, suite->hash); !next) return leave(next.error());
  append(messages_, hello_.message());
  append(out, change_cipher_spec_record);
  append(out, hello_.records());
}

void Client13::agree(const ServerHello& hello) {
  const auto suite = suite13(hello.suite);
  if (!contains(hello_.offer().suites, hello.suite) || (suite_.hash != nullptr && suite_.id != hello.suite))
    return fail(Error::Kind::Malformed, "a suite not offered");
  if (!suite) return fail(Error::Kind::Unsupported, "a suite kenshin cannot speak");
  suite_ = *suite;
  const auto psk = hello.extensions.find(extension_type::pre_shared_key);
  seen_.resumed = psk != hello.extensions.end();
  const SessionTicket* ticket = hello_.ticket();
  // RFC 8446 4.2.11: the one identity that was offered, with its hash
  if (seen_.resumed && (ticket == nullptr || psk->second != Buffer{0, 0} ||
                        EVP_MD_get_type(suite13(ticket->suite)->hash) != EVP_MD_get_type(suite_.hash)))
    return fail(Error::Kind::Malformed, "a pre-shared key not offered");
  if (!hello.group && !(seen_.resumed && wish_.ke)) return fail(Error::Kind::Malformed, "no key share");
  if (hello.group && seen_.resumed && !wish_.dhe) return fail(Error::Kind::Malformed, "a key share not offered");
  Buffer shared;
  if (hello.group) {
    const OwnShare* own = hello_.share(*hello.group);
    if (own == nullptr) {
      const bool sent = std::any_of(hello_.offer().keys.begin(), hello_.offer().keys.end(),
                                    [&](const KeyShare& key) { return key.group == *hello.group; });
      return sent ? fail(Error::Kind::Unsupported, "a group kenshin cannot speak")
                  : fail(Error::Kind::Malformed, "a key share not offered");
    }
    auto agreed = own->agree(hello.share);
    if (!agreed) return fail(Error::Kind::Malformed, agreed.error().detail);
    shared = std::move(*agreed);
  }
  keys_.emplace(suite_.hash, seen_.resumed ? Bytes(ticket->secret) : Bytes());
  keys_->advance(shared);
  client_secret_ = keys_->derive("c hs traffic", hash());
  server_secret_ = keys_->derive("s hs traffic", hash());
  receiving_.emplace(suite_, server_secret_);
  state_ = State::Extensions;
}

void Client13::extensions(const HandshakeMessage& message) {
  auto read = parse_encrypted_extensions(message.body);
  if (message.type != handshake_type::encrypted_extensions || !read)
    return fail(Error::Kind::Malformed, "no EncryptedExtensions");
  add(message);
  seen_.decrypted = true;
  seen_.extensions = std::move(*read);
  const auto groups = seen_.extensions.find(extension_type::supported_groups);
  if (groups != seen_.extensions.end()) {
    auto list = parse_group_list(groups->second);
    if (!list) return fail(Error::Kind::Malformed, "supported_groups: " + list.error().detail);
    seen_.groups = std::move(*list);
  }
  if (seen_.extensions.contains(extension_type::early_data)) {
    if (!hello_.offers_early_data() || !seen_.resumed) return fail(Error::Kind::Malformed, "early data not offered");
    seen_.early_data_accepted = true;
  }
  state_ = seen_.resumed ? State::Finished : State::Request;
}

void Client13::certificate_request(const HandshakeMessage& message) {
  auto read = parse_certificate_request(message.body, TlsVersion::Tls13);
  if (!read) return fail(Error::Kind::Malformed, "CertificateRequest: " + read.error().detail);
  add(message);
  seen_.certificate_requested = true;
  seen_.authorities = std::move(read->authorities);
  asked_schemes_ = std::move(read->schemes);
  state_ = State::Certificate;
}

void Client13::certificate(const HandshakeMessage& message) {
  constexpr std::uint8_t compressed_certificate = 25;  // RFC 8879 4: only where the wish asked for it
  if (message.type == compressed_certificate) {
    add(message);
    return fail(Error::Kind::Unsupported, "a compressed certificate");
  }
  if (message.type != handshake_type::certificate) return fail(Error::Kind::Malformed, "no Certificate");
  auto read = parse_certificate13(message.body);
  if (!read) return fail(read.error().kind, "Certificate: " + read.error().detail);
  add(message);
  seen_.certificates = std::move(*read);
  state_ = State::Verify;
  if (seen_.certificates.empty()) fail(Error::Kind::Malformed, "a server without a certificate");
}

void Client13::verify(const HandshakeMessage& message) {
  const auto read = parse_certificate_verify(message.body);
  if (message.type != handshake_type::certificate_verify || !read)
    return fail(Error::Kind::Malformed, "no CertificateVerify");
  const OwnedX509 leaf = x509_from_der(seen_.certificates.front().der);
  EVP_PKEY* key = leaf ? X509_get0_pubkey(leaf.get()) : nullptr;
  const bool right = key != nullptr && may_sign13(read->scheme, *key) &&
                     is_signature(read->scheme, *key, signed_content13(server_context, hash()), read->signature);
  ERR_clear_error();
  add(message);
  state_ = State::Finished;
  if (!right) {  // keys of algorithms libcrypto does not know end here, too; the rest of the handshake still holds
    seen_.end = Error{Error::Kind::Malformed, "a CertificateVerify that could not be verified"};
    return;
  }
  seen_.scheme = read->scheme;
  seen_.transcript = messages_;
}

void Client13::finished(const HandshakeMessage& message, Buffer& out) {
  const Buffer expected = finished_value(suite_.hash, server_secret_, hash());
  if (message.type != handshake_type::finished || message.body != expected)
    return fail(Error::Kind::Malformed, "a Finished that is not right");
  add(message);
  seen_.finished = true;
  if (!wish_.finish || seen_.end) {
    state_ = State::Over;
    return;
  }
  if (!handshake_.empty()) return fail(Error::Kind::Malformed, "more behind the Finished");
  keys_->advance({});
  receiving_.emplace(suite_, keys_->derive("s ap traffic", hash()));
  const Buffer application = keys_->derive("c ap traffic", hash());
  append(out, last_flight());
  sending_.emplace(suite_, application);
  resumption_secret_ = keys_->derive("res master", hash());
  state_ = State::After;
}

void Client13::send_handshake(Protection& sending, Bytes message, Buffer& out) {
  constexpr std::size_t most = 16384;
  for (std::size_t at = 0; at < message.size(); at += most)
    append(out, sending.seal(content::handshake, message.subspan(at, std::min(most, message.size() - at))));
  append(messages_, message);
}

// RFC 8446 4.4.2, 4.4.3; empty without an identity that can sign by a scheme the server takes.
void Client13::send_certificate(Protection& sending, Buffer& out) {
  const ClientIdentity* identity = wish_.identity;
  const auto scheme = std::find_if(asked_schemes_.begin(), asked_schemes_.end(), [&](SchemeId asked) {
    return identity != nullptr && may_sign13(asked, *identity->key);
  });
  const bool signs = scheme != asked_schemes_.end();
  Writer body;
  body.u8(0);
  body.vec24([&](Writer& list) {
    if (!signs) return;
    for (const Buffer& der : identity->chain) {
      list.vec24([&](Writer& entry) { entry.put(der); });
      list.u16(0);
    }
  });
  send_handshake(sending, framed(handshake_type::certificate, body.view()), out);
  if (!signs) return;
  Writer proof;
  proof.u16(static_cast<std::uint16_t>(*scheme));
  const Buffer signature = sign(*scheme, *identity->key, signed_content13(client_context, hash()));
  proof.vec16([&](Writer& bytes) { bytes.put(signature); });
  send_handshake(sending, framed(handshake_type::certificate_verify, proof.view()), out);
}

// RFC 8446 4.4, 4.5: EndOfEarlyData, a Certificate where one was asked for, Finished.
Buffer Client13::last_flight() {
  Buffer out(std::begin(change_cipher_spec_record), std::end(change_cipher_spec_record));
  if (seen_.early_data_accepted) {
    Protection early(suite_, early_secret_);
    send_handshake(early, framed(handshake_type::end_of_early_data, {}), out);
  }
  Protection sending(suite_, client_secret_);
  if (seen_.certificate_requested) send_certificate(sending, out);
  send_handshake(sending, framed(handshake_type::finished, finished_value(suite_.hash, client_secret_, hash())), out);
  return out;
}

void Client13::ticket(const HandshakeMessage& message) {
  auto read = parse_new_session_ticket13(message.body);
  if (!read) return fail(Error::Kind::Malformed, "NewSessionTicket: " + read.error().detail);
  if (seen_.tickets.size() == most_tickets || read->ticket.size() > largest_returned) return;
  SessionTicket made;
  made.secret = hkdf_expand_label(suite_.hash, resumption_secret_, "resumption", read->nonce,
                                  static_cast<std::size_t>(EVP_MD_get_size(suite_.hash)));
  made.identity = std::move(read->ticket);
  made.suite = suite_.id;
  made.lifetime = read->lifetime;
  made.age_add = read->age_add;
  made.max_early_data = read->max_early_data;
  made.received = std::chrono::steady_clock::now();
  seen_.tickets.push_back(std::move(made));
}

Buffer Client13::request(Bytes bytes) { return sending_->seal(content::application_data, bytes); }

}  // namespace kenshin
