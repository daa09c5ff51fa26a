// Evidence of a TLS 1.3 handshake that a third party can check offline: RFC 8446 4.4.1, 4.4.3.
#pragma once

#include "probes/tls/handshake13.h"
#include "probes/tls/learned.h"

namespace kenshin {

// Absent where no CertificateVerify was right: a resumption, or a handshake that did not come so far.
Result<TlsTranscript> transcript_of(const Seen13&);

// Of the handshake that was learned from, else of one made for it. Absent where TLS 1.3 is not spoken, else how the
// handshake failed.
Result<TlsTranscript> observe_transcript(Conversation&, const Learned&, Tally&);

// Whether the holder of that certificate's key signed a handshake whose ClientHello has the random the transcript
// names. Malformed with what does not hold: the messages' form, random, suite, certificate, scheme or signature.
Result<Done> check_transcript(const TlsTranscript&, Bytes leaf_der);

}  // namespace kenshin
