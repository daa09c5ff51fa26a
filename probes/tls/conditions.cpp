#include "probes/tls/conditions.h"

#include <algorithm>
#include <array>

#include "probes/tls/code_points.h"
#include "probes/tls/known_hello.h"

namespace kenshin {

namespace {

constexpr int breakable_bits = 1024;
constexpr std::array all_before_tls13{TlsVersion::Tls12, TlsVersion::Tls11, TlsVersion::Tls10, TlsVersion::Ssl3,
                                      TlsVersion::Ssl2};

std::string at(TlsVersion version, const std::string& text) { return std::string(version_name(version)) + ": " + text; }

// Why it cannot be told which suites of the version are accepted; empty where it can.
std::string unlisted(const Learned& learned, TlsVersion version) {
  const auto asked = learned.versions.versions.find(version);
  if (asked == learned.versions.versions.end()) return version == TlsVersion::Ssl2 ? "" : at(version, "not asked");
  if (asked->second.accepted == Answer::No) return "";
  const SuiteList* list = learned.suites_of(version);
  if (list == nullptr) return at(version, asked->second.because);
  if (list->complete) return "";
  return at(version, list->because.empty() ? asked->second.because : list->because);
}

template <class Versions, class Has>
Vulnerability by_suite(const Learned& learned, const Versions& versions, Has has) {
  std::string doubt;
  for (const TlsVersion version : versions) {
    if (const SuiteList* list = learned.suites_of(version))
      for (const SuiteId suite : list->suites)
        if (has(suite)) return {Answer::Yes, at(version, suite_name(suite))};
    if (doubt.empty()) doubt = unlisted(learned, version);
  }
  if (!doubt.empty()) return {Answer::Unknown, doubt};
  const auto spoken = speaks_before_tls13(learned);
  const bool only_tls13 = spoken.accepted == Answer::NotApplicable && learned.speaks(TlsVersion::Ssl2) != Answer::Yes;
  if (only_tls13) return {Answer::NotApplicable, spoken.because};
  return {Answer::No, "no such suite is accepted"};
}

template <class Has>
Vulnerability by_suite(const Learned& learned, Has has) {
  return by_suite(learned, all_before_tls13, has);
}

bool has_any(SuiteId suite, std::initializer_list<std::string_view> parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return name_has(suite, part); });
}

bool is_export(SuiteId suite) { return name_has(suite, "_EXPORT"); }
bool has_small_blocks(SuiteId suite) {
  return has_any(suite, {"_3DES_", "_DES_", "_DES40_", "_IDEA_", "_RC2_", "28147", "_MAGMA_"});
}
bool is_ephemeral_dh(SuiteId suite) { return has_any(suite, {"_DHE_", "_DH_anon_"}); }
bool is_static_dh(SuiteId suite) { return has_any(suite, {"_DH_RSA_", "_DH_DSS_"}); }

const Decided* feature(const TlsExtensions& extensions, Feature feature) {
  const auto found = extensions.features.find(feature);
  return found == extensions.features.end() ? nullptr : &found->second;
}

}  // namespace

Vulnerability poodle(const Learned& learned) { return by_suite(learned, std::array{TlsVersion::Ssl3}, is_cbc); }

Vulnerability drown(const Learned& learned) {
  const auto asked = learned.versions.versions.find(TlsVersion::Ssl2);
  if (asked == learned.versions.versions.end()) return {Answer::Unknown, "SSLv2 not asked"};
  if (asked->second.accepted == Answer::Yes) return {Answer::Yes, at(TlsVersion::Ssl2, asked->second.because)};
  return {asked->second.accepted, at(TlsVersion::Ssl2, asked->second.because)};
}

Vulnerability freak(const Learned& learned) {
  return by_suite(learned, [](SuiteId suite) { return is_export(suite) && name_has(suite, "TLS_RSA_"); });
}

Vulnerability logjam(const Learned& learned) {
  const auto suites = by_suite(learned, [](SuiteId suite) {
    return is_export(suite) && has_any(suite, {"_DHE_", "_DH_"});
  });
  if (suites.vulnerable == Answer::Yes) return suites;
  const auto& groups = learned.key_exchange.dh_groups;
  for (const DhGroup& group : groups)
    if (group.bits <= breakable_bits) {
      const std::string name = group.known_as.empty() ? "" : ", " + group.known_as;
      return {Answer::Yes, "p of " + std::to_string(group.bits) + " bits" + name};
    }
  const auto ephemeral = by_suite(learned, is_ephemeral_dh);
  if (ephemeral.vulnerable != Answer::Yes) return ephemeral;
  if (suites.vulnerable == Answer::Unknown) return suites;
  const auto& exchange = learned.key_exchange;
  if (!exchange.complete || groups.empty())
    return {Answer::Unknown, exchange.because.empty() ? "the primes are not all known" : exchange.because};
  const auto least = std::min_element(groups.begin(), groups.end(),
                                      [](const DhGroup& a, const DhGroup& b) { return a.bits < b.bits; });
  return {Answer::No, "p of " + std::to_string(least->bits) + " bits or more"};
}

Vulnerability sweet32(const Learned& learned) { return by_suite(learned, has_small_blocks); }

Vulnerability rc4(const Learned& learned) {
  return by_suite(learned, [](SuiteId suite) { return name_has(suite, "_RC4_"); });
}

Vulnerability beast(const Learned& learned) {
  return by_suite(learned, std::array{TlsVersion::Tls10, TlsVersion::Ssl3}, is_cbc);
}

Vulnerability raccoon(const Learned& learned) {
  const auto fixed = by_suite(learned, is_static_dh);
  if (fixed.vulnerable == Answer::Yes) return {Answer::Yes, "condition: static DH, " + fixed.because};
  const auto& reused = learned.key_exchange.dh_value_reused;
  if (reused.accepted == Answer::Yes) return {Answer::Yes, "condition: Ys comes back, " + reused.because};
  const auto ephemeral = by_suite(learned, is_ephemeral_dh);
  if (ephemeral.vulnerable != Answer::Yes) return ephemeral;
  if (fixed.vulnerable == Answer::Unknown) return fixed;
  if (reused.accepted == Answer::No) return {Answer::No, "a new Ys each time, " + reused.because};
  return {Answer::Unknown, reused.because.empty() ? "whether Ys comes back was not asked" : reused.because};
}

Vulnerability dheat(const Learned& learned) {
  int most = 0;
  for (const DhGroup& group : learned.key_exchange.dh_groups) most = std::max(most, group.bits);
  const auto found = by_suite(learned, is_ephemeral_dh);
  if (found.vulnerable == Answer::Yes) {
    const std::string size = most > 0 ? ", p of " + std::to_string(most) + " bits" : "";
    return {Answer::Yes, "condition: DHE" + size + ", " + found.because};
  }
  if (learned.speaks(TlsVersion::Tls13) == Answer::No) return found;
  if (learned.speaks(TlsVersion::Tls13) != Answer::Yes) return {Answer::Unknown, "TLSv1.3 is unknown"};
  const auto listed = learned.groups.versions.find(TlsVersion::Tls13);
  if (listed == learned.groups.versions.end()) return {Answer::Unknown, "no list of TLSv1.3 groups"};
  for (const GroupId group : listed->second.groups)
    if (const auto name = group_name(group); name.rfind("ffdhe", 0) == 0)
      return {Answer::Yes, "condition: " + at(TlsVersion::Tls13, name)};
  if (!listed->second.complete) return {Answer::Unknown, at(TlsVersion::Tls13, listed->second.because)};
  if (found.vulnerable == Answer::Unknown) return found;
  return {Answer::No, "no DHE is accepted"};
}

// A client that does not offer encrypt-then-MAC gets CBC without it, whatever the server can do (RFC 7366 2).
Vulnerability lucky13(const Learned& learned, const TlsExtensions& extensions) {
  const auto found = by_suite(learned, is_cbc);
  if (found.vulnerable != Answer::Yes) return found;
  const Decided* then_mac = feature(extensions, Feature::EncryptThenMac);
  const bool offered = then_mac != nullptr && then_mac->accepted == Answer::Yes;
  return {Answer::Yes,
          "condition: CBC, " + found.because + (offered ? ", encrypt-then-MAC where the client offers it" : "")};
}

Vulnerability crime(const Learned& learned, const TlsExtensions& extensions) {
  const auto spoken = speaks_before_tls13(learned);
  if (spoken.accepted != Answer::Yes) return {spoken.accepted, spoken.because};
  const Decided* compression = feature(extensions, Feature::Compression);
  if (compression == nullptr) return {Answer::Unknown, "compression not asked"};
  return {compression->accepted, compression->because};
}

Vulnerability missing_fallback_scsv(const TlsExtensions& extensions) {
  const Decided* scsv = feature(extensions, Feature::FallbackScsv);
  if (scsv == nullptr) return {Answer::Unknown, "fallback not asked"};
  if (scsv->accepted == Answer::Yes) return {Answer::No, scsv->because};
  if (scsv->accepted == Answer::No) return {Answer::Yes, scsv->because};
  return {scsv->accepted, scsv->because};
}

}  // namespace kenshin
