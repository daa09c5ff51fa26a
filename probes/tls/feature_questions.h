// The questions of probes/tls/features.h that several extensions share: up to TLS 1.2, and in TLS 1.3.
#pragma once

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

// Fills what a ServerHello up to TLS 1.2 can tell; in the highest accepted version. `out` may hold answers already.
void observe_old_extensions(Conversation&, const Learned&, TlsExtensions& out, Tally&);
// Fills what EncryptedExtensions and Certificate can tell, and certificate compression.
void observe_tls13_extensions(Conversation&, const Learned&, TlsExtensions& out, Tally&);

// A yes stays; a no stands only until a yes comes; what is unknown gives way.
void learn(TlsExtensions&, Feature, Decided);

}  // namespace kenshin
