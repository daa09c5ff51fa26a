// A TLS 1.3 client without a socket: records in, bytes to send out, and what was seen. RFC 8446 4 and A.1. It refuses
// what a server may not do, and never throws for what one sends.
#pragma once

#include <optional>
#include <string>

#include "probes/tls/hello13.h"
#include "probes/tls/protection.h"

namespace kenshin {

class Client13 {
 public:
  // The offer with the name it is to send; the ticket of the wish must outlive it.
  Client13(const Wish13&, Buffer randomness);

  // What goes first.
  Buffer hello() const { return hello_.records(); }
  // Takes the server's next record; what to send in answer, often nothing.
  Buffer take(const Record&);
  // The connection ended, or nothing came in time.
  void ended(const Error&);
  // Application data in a record; only when idle().
  Buffer request(Bytes content);

  bool over() const { return state_ == State::Over; }   // nothing more is to be read
  bool idle() const { return state_ == State::After; }  // both sides finished: tickets, alerts and data may come
  const Seen13& seen() const { return seen_; }

 private:
  enum class State { Hello, Extensions, Request, Certificate, Verify, Finished, After, Over };

  void fail(Error::Kind, std::string detail);
  void alert(Bytes content);
  void messages(Buffer& out);
  void message(const HandshakeMessage&, Buffer& out);
  void server_hello(const HandshakeMessage&, Buffer& out);
  void retry(const ServerHello&, Buffer& out);
  void agree(const ServerHello&);
  void extensions(const HandshakeMessage&);
  void certificate_request(const HandshakeMessage&);
  void certificate(const HandshakeMessage&);
  void verify(const HandshakeMessage&);
  void finished(const HandshakeMessage&, Buffer& out);
  Buffer last_flight();
  void send_handshake(Protection&, Bytes message, Buffer& out);
  void send_certificate(Protection&, Buffer& out);
  void ticket(const HandshakeMessage&);
  void add(const HandshakeMessage&);
  Buffer hash() const { return transcript_hash(suite_.hash, messages_); }

  Wish13 wish_;
  Hello13 hello_;
  State state_ = State::Hello;
  Seen13 seen_;
  Suite13 suite_;
  std::vector<SchemeId> asked_schemes_;  // of the CertificateRequest
  Buffer messages_;                      // the handshake so far, for its hash
  Buffer handshake_;                     // content of handshake records, not yet cut into messages
  std::optional<KeySchedule> keys_;
  Buffer client_secret_, server_secret_;  // handshake traffic
  Buffer early_secret_;                   // client_early_traffic_secret
  Buffer resumption_secret_;
  std::optional<Protection> receiving_, sending_;
};

}  // namespace kenshin
