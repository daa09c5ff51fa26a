// What the enumeration of an endpoint address learned, for the questions that build on it (extensions, sessions,
// weaknesses): they ask only what can be asked of this server.
#pragma once

#include <map>
#include <memory>

#include "probes/tls/conversation.h"
#include "probes/tls/facts.h"

namespace kenshin {

struct ClientIdentity;  // probes/tls/client_identity.h
struct Seen13;          // probes/tls/handshake13.h

struct Learned {
  TlsVersions versions;
  TlsSuites suites;
  TlsGroups groups;
  TlsSignatureSchemes schemes;
  TlsKeyExchange key_exchange;
  // For each accepted version a hello the server answered, and the answer (before TLS 1.3 with its flight).
  std::map<TlsVersion, HelloOffer> offers;
  std::map<TlsVersion, Reply> replies;
  // A TLS 1.3 handshake whose CertificateVerify was right; nullptr: none was seen.
  std::shared_ptr<const Seen13> handshake;
  const ClientIdentity* identity = nullptr;  // to show where a certificate is asked for; nullptr: none

  Answer speaks(TlsVersion version) const {
    const auto at = versions.versions.find(version);
    return at == versions.versions.end() ? Answer::Unknown : at->second.accepted;
  }
  // The accepted suites of the version; empty where there are none. `complete`: nothing else is accepted.
  const SuiteList* suites_of(TlsVersion version) const {
    const auto at = suites.versions.find(version);
    return at == suites.versions.end() ? nullptr : &at->second;
  }
};

}  // namespace kenshin
