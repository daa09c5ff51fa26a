// The code points of TLS by their IANA names (registries "TLS Cipher Suites", "TLS Supported Groups", "TLS Alerts",
// "TLS SignatureScheme"). A code point without a name is written 0x1234.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "probes/tls/facts.h"

namespace kenshin {

std::span<const SuiteId> all_suites();  // every named suite, TLS 1.3's too, without the signalling values (SCSV)
bool is_tls13_suite(SuiteId);
std::span<const GroupId> all_groups();  // every named group a TLS 1.3 server may choose

std::span<const SuiteId> sslv2_kinds();   // SSL 2.0's CIPHER-KINDs, above 0xFFFF
std::span<const SchemeId> all_schemes();  // every named scheme; DSA's, SHA-224's and MD5's pairs of TLS 1.2, too

std::string suite_name(SuiteId);  // SSL 2.0: "SSL_CK_…"
std::string group_name(GroupId);
std::string scheme_name(SchemeId);
std::optional<SuiteId> suite_named(std::string_view);  // also "0x1234", "0x010080"
std::optional<GroupId> group_named(std::string_view);
std::optional<SchemeId> scheme_named(std::string_view);
std::string_view version_name(TlsVersion);  // "TLSv1.2"

std::string_view feature_name(Feature);    // as in JSON: "secure_renegotiation"
std::string_view weakness_name(Weakness);  // "heartbleed"

// "handshake_failure" for 40; "alert 250" for one without a name (RFC 8446 6).
std::string alert_name(std::uint8_t description);

}  // namespace kenshin
