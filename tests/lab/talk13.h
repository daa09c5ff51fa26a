// A conversation with one server on loopback that is known to speak TLS 1.3, for the questions that build on that.
#pragma once

#include <string>

#include "probes/tls/client_certificate.h"
#include "probes/tls/sessions13.h"
#include "probes/tls/transcript.h"
#include "probes/tls/wish13.h"
#include "tests/lab/peers.h"

namespace kenshin::lab {

inline const Pki& ec_pki() {
  static const Pki made(KeyKind::EcP256);
  return made;
}

// A conversation with a server that speaks TLS 1.3.
class Talk13 {
 public:
  explicit Talk13(std::uint16_t port) : session_(session()), conversation_(asked(port), session_) {
    learned.versions.versions[TlsVersion::Tls13] = {Answer::Yes, "server_hello"};
  }
  TlsSessions sessions() {
    TlsSessions out;
    observe_sessions13(conversation_, learned, out, tally);
    return out;
  }
  TlsClientCertificate client_certificate() { return observe_client_certificate(conversation_, learned, tally); }
  Result<TlsTranscript> transcript() { return observe_transcript(conversation_, learned, tally); }
  Seen13 shake() { return handshake13(conversation_, *finishing_wish(learned), tally); }
  Reply exchange(const HelloOffer& offer) { return conversation_.exchange(offer, tally); }

  Learned learned;
  Tally tally{0};

 private:
  static Session session() {
    Session out;
    out.now = real_now;
    return out;
  }
  static Asked asked(std::uint16_t port) { return {{TargetKind::Endpoint, consult_name, port}, "127.0.0.1"}; }
  Session session_;
  Conversation conversation_;
};

inline std::string told(const Decided& decided) {
  const char* names[] = {"unknown", "no", "yes", "not applicable"};
  return std::string(names[static_cast<int>(decided.accepted)]) + ": " + decided.because;
}

}  // namespace kenshin::lab
