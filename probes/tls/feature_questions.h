// The questions of probes/tls/features.h that several extensions share: up to TLS 1.2, and in TLS 1.3.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "probes/tls/known_hello.h"

namespace kenshin {

// Protocols a server may choose from, the common ones first (IANA "TLS ALPN Protocol IDs").
const std::vector<std::string>& known_protocols();
// One that nobody speaks.
constexpr std::string_view unknown_protocol = "kenshin-no-such-protocol";
// The protocol an ALPN extension of the server names; nothing where it is not exactly one.
std::optional<std::string> chosen_protocol(Bytes body);

// RFC 8701: an extension nobody knows.
HelloExtension unknown_extension();

// What one question, or a few in a row, brought.
struct FeatureAnswers {
  TlsExtensions said;
  // What stands on a refusal: it is taken back where a control hello was refused, too
  // (docs/decisions/0004-a-refusal-needs-a-control.md).
  std::map<Feature, Heard> refused;

  // A yes stays; a no stands only until a yes comes; what is unknown gives way.
  void learn(Feature, Decided);
  // A ServerHello is a yes, a refusal a no.
  void learn_tolerance(Feature, const Heard&);
};

// All parts as one, the refusals among them after two controls more.
TlsExtensions together(Conversation&, const std::vector<FeatureAnswers>& parts, Tally&);

// What a ServerHello up to TLS 1.2 can tell, in the highest accepted version.
void ask_old_extensions(Conversation&, const Learned&, FeatureAnswers&, Tally&);
// There, too: a hello of CBC suites, with an extension nobody knows and without extended_master_secret.
void ask_cbc_and_unknown(Conversation&, const Learned&, FeatureAnswers&, Tally&);
// What EncryptedExtensions and Certificate can tell, and certificate compression.
void ask_tls13_extensions(Conversation&, const Learned&, FeatureAnswers&, Tally&);

}  // namespace kenshin
