// A TLS 1.3 handshake driven by hand, so that it can ask for one group, one scheme, psk_ke alone or 0-RTT, and keep the
// transcript: RFC 8446 4, 5, 7.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <vector>

#include "probes/tls/conversation.h"

namespace kenshin {

// RFC 8446 4.6.1, with the secret it resumes.
struct SessionTicket {
  Buffer identity, secret;  // PskIdentity.identity; the PSK derived from resumption_master_secret
  SuiteId suite{};
  std::uint32_t lifetime = 0, age_add = 0;
  std::optional<std::uint32_t> max_early_data;
  std::chrono::steady_clock::time_point received{};
};

// probes/tls/client_identity.h
struct ClientIdentity;

struct Wish13 {
  HelloOffer offer;             // version, suites, groups, schemes, extensions; keys are added for `shares`
  std::vector<GroupId> shares;  // groups to send a key share of (those libcrypto can make); empty: wait for a retry
  bool finish = false;          // send our Finished and wait for tickets until the server is silent
  const SessionTicket* resume = nullptr;
  bool dhe = true, ke = false;               // psk_key_exchange_modes of a resumption
  bool early_data = false;                   // offers it with the ticket; nothing is sent under it but its end
  const ClientIdentity* identity = nullptr;  // shown where one is asked for; nullptr: an empty Certificate
  Buffer request;  // application data, sent once where the finished server is silent; empty: nothing
};

struct Sent13Certificate {
  Buffer der;
  std::map<std::uint16_t, Buffer> extensions;  // CertificateEntry.extensions: 5 status_request, 18 SCT
};

// What was seen until it ended. Everything before the end holds, whatever the end.
struct Seen13 {
  Reply reply;                                 // ServerHello, or how it failed; the flight holds the decrypted messages
  std::optional<GroupId> retried_for;          // the group a HelloRetryRequest named
  bool decrypted = false;                      // EncryptedExtensions came and was authentic
  std::map<std::uint16_t, Buffer> extensions;  // of EncryptedExtensions
  std::vector<GroupId> groups;                 // its supported_groups (RFC 8446 4.2.7); empty: not sent
  bool certificate_requested = false;
  std::vector<Buffer> authorities;  // DER names of the CertificateRequest
  std::vector<Sent13Certificate> certificates;
  std::optional<SchemeId> scheme;  // of a CertificateVerify whose signature is right
  std::optional<Alert> alert;      // that came after the ServerHello; no close_notify of a finished one
  bool finished = false;           // the server's Finished is right
  bool resumed = false, early_data_accepted = false;
  std::vector<SessionTicket> tickets;
  Buffer transcript;  // messages from ClientHello to CertificateVerify, with their headers
  Buffer answer;      // application data of the server, its first 16 KiB
  std::optional<Error>
      end;  // what broke off what began with a ServerHello: Malformed, Unsupported, Closed, Reset, Timeout
};

// One connection. Groups that can be had as a share: x25519, x448, secp256r1, secp384r1, secp521r1, ffdhe*.
Seen13 handshake13(Conversation&, const Wish13&, Tally&);
bool can_share(GroupId);

}  // namespace kenshin
