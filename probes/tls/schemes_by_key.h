// The schemes of TLS 1.2 where a server has keys of several kinds: it may choose the suite first, and then fail for
// want of a scheme that the other kind's suite would have had (RFC 5246 7.4.1.4.1).
#pragma once

#include "probes/tls/learned.h"

namespace kenshin {

// Asks for the schemes again, with the suites of one kind of key at a time, where suites of more than one kind were
// accepted; else asks nothing. Adds to the list of TLS 1.2, which is whole only where every kind was refused the rest
// and the suites are all known. At the end stand controls.
void ask_schemes_by_key(Conversation&, Learned&, Tally&);

}  // namespace kenshin
