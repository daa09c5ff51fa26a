// Which groups and signature schemes a server agrees to. Connection i asks for group i and scheme i together; what was
// refused in a pair, and all that is unlikely, goes into one last hello of its kind.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "probes/tls/certificate_key.h"
#include "probes/tls/learned.h"

namespace kenshin {

// What one question came to. A group or scheme is told where the server used it.
struct Agreed {
  Heard heard;
  std::optional<GroupId> group;
  std::optional<SchemeId> scheme;
};

struct AgreementPlan {
  std::vector<GroupId> likely_groups, groups;  // `groups`: every one there is
  std::vector<SchemeId> likely_schemes, schemes;
  std::function<bool(GroupId)> pairable;  // may be asked together with a scheme
  std::function<Agreed(GroupId, SchemeId)> ask_pair;
  std::function<Agreed(const std::vector<GroupId>&)> ask_groups;
  std::function<Agreed(const std::vector<SchemeId>&)> ask_schemes;
};

struct Agreement {
  std::vector<GroupId> groups;                 // ascending
  std::vector<SchemeId> schemes;               // ascending
  std::vector<Heard> group_ends, scheme_ends;  // the refusals they rest on
  std::string broken;                          // what the server did that no server may; empty: nothing
  bool ordered = false;                        // `groups` stand in the server's order
  std::shared_ptr<const Seen13> handshake;     // TLS 1.3: one whose CertificateVerify was right; may be nullptr
};

// `known` holds what was proven before.
Agreement search_agreement(const AgreementPlan&, Agreement known = {});

// TLS 1.2 and before: ECDHE alone, by the ServerKeyExchange (RFC 8422 5.4); schemes from TLS 1.2 on. `suites` are of
// ECDHE; the key is that of the certificate, whose curve has to be offered, too.
Agreement search_old_agreement(Conversation&, TlsVersion, const std::vector<SuiteId>& suites, const CertificateKey&,
                               Tally& groups, Tally& schemes);
// TLS 1.3: the server's own list in EncryptedExtensions (RFC 8446 4.2.7) where it sends one, HelloRetryRequests where
// not; schemes by CertificateVerify. `offer` was accepted.
Agreement search_tls13_agreement(Conversation&, const HelloOffer& offer, Tally& groups, Tally& schemes);

}  // namespace kenshin
