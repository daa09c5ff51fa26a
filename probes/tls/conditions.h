// Weaknesses that follow from what a server accepts, without a test of their own: an accepted suite, version, group or
// extension. A condition that is met is no proof of an attack that works; `because` says which it is.
#pragma once

#include "probes/tls/learned.h"

namespace kenshin {

// Yes with the version and suite that show it; No where every list is complete and none has it; NotApplicable where
// only TLS 1.3 is spoken; Unknown with what could not be told.
Vulnerability poodle(const Learned&);   // CVE-2014-3566: CBC in SSL 3.0
Vulnerability drown(const Learned&);    // CVE-2016-0800: SSL 2.0 here (its key elsewhere is another question)
Vulnerability freak(const Learned&);    // CVE-2015-0204: RSA_EXPORT
Vulnerability logjam(const Learned&);   // CVE-2015-4000: DHE_EXPORT, or p of 1024 bits or less
Vulnerability sweet32(const Learned&);  // CVE-2016-2183: blocks of 64 bits
Vulnerability rc4(const Learned&);      // RFC 7465
Vulnerability beast(const Learned&);    // CVE-2011-3389: CBC in TLS 1.0 and before
Vulnerability raccoon(const Learned&);  // CVE-2020-1968: static DH, or a Ys that comes back
Vulnerability dheat(const Learned&);    // CVE-2002-20001: DHE at all
Vulnerability lucky13(const Learned&, const TlsExtensions&);  // CVE-2013-0169: CBC at all
Vulnerability crime(const Learned&, const TlsExtensions&);    // CVE-2012-4929: TLS compression
Vulnerability missing_fallback_scsv(const TlsExtensions&);    // RFC 7507

}  // namespace kenshin
