// The JSON of probes/tls/facts.h: names of enumerators and members, listed once for reading and writing.
// Include only in .cpp files.
#pragma once

#include "probes/base/json_fields.h"
#include "probes/tls/code_points.h"
#include "probes/tls/facts.h"

namespace kenshin {

constexpr EnumNames<Answer, 4> enum_names(Answer) {
  return {{{Answer::Unknown, "unknown"},
           {Answer::No, "no"},
           {Answer::Yes, "yes"},
           {Answer::NotApplicable, "not_applicable"}}};
}
constexpr EnumNames<TlsVersion, 6> enum_names(TlsVersion) {
  return {{{TlsVersion::Ssl2, "SSLv2"},
           {TlsVersion::Ssl3, "SSLv3"},
           {TlsVersion::Tls10, "TLSv1.0"},
           {TlsVersion::Tls11, "TLSv1.1"},
           {TlsVersion::Tls12, "TLSv1.2"},
           {TlsVersion::Tls13, "TLSv1.3"}}};
}
constexpr EnumNames<ChosenBy, 3> enum_names(ChosenBy) {
  return {{{ChosenBy::Unknown, "unknown"}, {ChosenBy::Server, "server"}, {ChosenBy::Client, "client"}}};
}

constexpr EnumNames<Feature, 17> enum_names(Feature) {
  return {{{Feature::VersionTolerance, "version_tolerance"},
           {Feature::LargeHelloTolerance, "large_hello_tolerance"},
           {Feature::UnknownExtensionTolerance, "unknown_extension_tolerance"},
           {Feature::DowngradeSentinel, "downgrade_sentinel"},
           {Feature::FallbackScsv, "fallback_scsv"},
           {Feature::SecureRenegotiation, "secure_renegotiation"},
           {Feature::EncryptThenMac, "encrypt_then_mac"},
           {Feature::ExtendedMasterSecret, "extended_master_secret"},
           {Feature::ExtendedMasterSecretRequired, "extended_master_secret_required"},
           {Feature::Heartbeat, "heartbeat"},
           {Feature::OcspStapling, "ocsp_stapling"},
           {Feature::SignedTimestamps, "signed_certificate_timestamps"},
           {Feature::MaxFragmentLength, "max_fragment_length"},
           {Feature::RecordSizeLimit, "record_size_limit"},
           {Feature::Alpn, "alpn"},
           {Feature::AlpnStrict, "alpn_strict"},
           {Feature::Compression, "compression"}}};
}
constexpr EnumNames<Weakness, 24> enum_names(Weakness) {
  return {{{Weakness::Heartbleed, "heartbleed"},
           {Weakness::CcsInjection, "ccs_injection"},
           {Weakness::Ticketbleed, "ticketbleed"},
           {Weakness::Robot, "robot"},
           {Weakness::Poodle, "poodle"},
           {Weakness::TlsPoodle, "tls_poodle"},
           {Weakness::PaddingOracle, "padding_oracle"},
           {Weakness::Drown, "drown"},
           {Weakness::Freak, "freak"},
           {Weakness::Logjam, "logjam"},
           {Weakness::Sweet32, "sweet32"},
           {Weakness::Rc4, "rc4"},
           {Weakness::Beast, "beast"},
           {Weakness::Lucky13, "lucky13"},
           {Weakness::Crime, "crime"},
           {Weakness::Breach, "breach"},
           {Weakness::Raccoon, "raccoon"},
           {Weakness::DheAt, "dheat"},
           {Weakness::InvalidCurve, "invalid_curve"},
           {Weakness::StarttlsInjection, "starttls_injection"},
           {Weakness::Opossum, "opossum"},
           {Weakness::InsecureRenegotiation, "insecure_renegotiation"},
           {Weakness::ClientRenegotiation, "client_renegotiation"},
           {Weakness::FallbackScsv, "fallback_scsv"}}};
}

inline std::string to_key(SuiteId suite) { return suite_name(suite); }
inline bool from_key(std::string_view text, SuiteId& suite) {
  const auto known = suite_named(text);
  return known ? (suite = *known, true) : false;
}
inline std::string to_key(GroupId group) { return group_name(group); }
inline bool from_key(std::string_view text, GroupId& group) {
  const auto known = group_named(text);
  return known ? (group = *known, true) : false;
}
inline std::string to_key(SchemeId scheme) { return scheme_name(scheme); }
inline bool from_key(std::string_view text, SchemeId& scheme) {
  const auto known = scheme_named(text);
  return known ? (scheme = *known, true) : false;
}

template <class V>
void fields(V& v, Decided& f) {
  v("accepted", f.accepted);
  v("because", f.because);
}
template <class V>
void fields(V& v, SuiteList& f) {
  v("suites", f.suites);
  v("complete", f.complete);
  v("chosen_by", f.chosen_by);
  v.may("because", f.because);
  v.may("ordered", f.ordered);
  v.may("prefers_chacha", f.prefers_chacha);
}
template <class V>
void fields(V& v, GroupList& f) {
  v("groups", f.groups);
  v("complete", f.complete);
  v("ordered", f.ordered);
  v.may("because", f.because);
}

template <class V>
void fields(V& v, SchemeList& f) {
  v("schemes", f.schemes);
  v("complete", f.complete);
  v.may("because", f.because);
}
template <class V>
void fields(V& v, DhGroup& f) {
  v("bits", f.bits);
  v("prime", f.prime);
  v("generator", f.generator);
  v("known_as", f.known_as);
  v("safe_prime", f.safe_prime);
  v("versions", f.versions);
}
template <class V>
void fields(V& v, TlsKeyExchange& f) {
  v("dh_groups", f.dh_groups);
  v("complete", f.complete);
  v.may("because", f.because);
  v("honours_ffdhe", f.honours_ffdhe);
  v("dh_value_reused", f.dh_value_reused);
  v("ecdh_value_reused", f.ecdh_value_reused);
}
template <class V>
void fields(V& v, TlsExtensions& f) {
  v("features", f.features);
  v("alpn", f.alpn);
  v("certificate_compression", f.certificate_compression);
}
template <class V>
void fields(V& v, TlsSessions& f) {
  v("by_id", f.by_id);
  v("by_ticket", f.by_ticket);
  v("psk_dhe_ke", f.psk_dhe_ke);
  v("psk_ke", f.psk_ke);
  v("early_data", f.early_data);
  v("ticket_lifetime_seconds", f.ticket_lifetime_seconds);
  v("max_early_data", f.max_early_data);
}
template <class V>
void fields(V& v, TlsClientCertificate& f) {
  v("requested", f.requested);
  v("required", f.required);
  v("authorities", f.authorities);
}
template <class V>
void fields(V& v, Vulnerability& f) {
  v("vulnerable", f.vulnerable);
  v("because", f.because);
}
template <class V>
void fields(V& v, TlsTranscript& f) {
  v("suite", f.suite);
  v("scheme", f.scheme);
  v("random", f.random);
  v("certificate", f.certificate);
  v("messages", f.messages);
}

}  // namespace kenshin
