// The JSON of probes/certificate/facts.h.
// Include only in .cpp files.
#pragma once

#include "probes/certificate/facts.h"
#include "probes/tls/facts_fields.h"

namespace kenshin {

constexpr EnumNames<StoreKind, 3> enum_names(StoreKind) {
  return {{{StoreKind::System, "system"}, {StoreKind::Bundle, "bundle"}, {StoreKind::Programmes, "programmes"}}};
}
constexpr EnumNames<Standing, 3> enum_names(Standing) {
  return {{{Standing::Unknown, "unknown"}, {Standing::Good, "good"}, {Standing::Revoked, "revoked"}}};
}

template <class V>
void fields(V& v, Certificate& f) {
  v("subject", f.subject);
  v("issuer", f.issuer);
  v("sha256", f.sha256);
  v("serial", f.serial);
  v("not_before", f.not_before);
  v("not_after", f.not_after);
  v("key", f.key);
  v("signature", f.signature);
  v("names", f.names);
  v("policies", f.policies);
  v("is_ca", f.is_ca);
  v("self_issued", f.self_issued);
  v("server_auth", f.server_auth);
  v.may("extended_key_usage", f.extended_key_usage);
  v.may("key_usage", f.key_usage);
  v.may("ocsp_urls", f.ocsp_urls);
  v.may("ca_issuers_urls", f.ca_issuers_urls);
  v.may("crl_urls", f.crl_urls);
  v.may("must_staple", f.must_staple);
  v.may("spki_sha256", f.spki_sha256);
  v.may("key_problems", f.key_problems);
  v("der", f.der);
}
template <class V>
void fields(V& v, TrustStore& f) {
  v("kind", f.kind);
  v("name", f.name);
  v("sha256", f.sha256);
  v("as_of", f.as_of);
}
template <class V>
void fields(V& v, Anchor& f) {
  v("subject", f.subject);
  v("sha256", f.sha256);
}
template <class V>
void fields(V& v, SignedTimestamp& f) {
  v("log_id", f.log_id);
  v("at", f.at);
  v("source", f.source);
  v("verified", f.verified);
}
template <class V>
void fields(V& v, CertificateChain& f) {
  v("certificates", f.certificates);
  v("version", f.version);
  v("trusted", f.trusted);
  v("name_matches", f.name_matches);
  v("anchor_is_local", f.anchor_is_local);
  v("anchor", f.anchor);
  v("problems", f.problems);
  v("store", f.store);
  v.may("anchors", f.anchors);
  v.may("timestamps", f.timestamps);
}
template <class V>
void fields(V& v, RevocationAnswer& f) {
  v("standing", f.standing);
  v("because", f.because);
  v("url", f.url);
  v("revoked_at", f.revoked_at);
  v("this_update", f.this_update);
  v("next_update", f.next_update);
}
template <class V>
void fields(V& v, CertificateStanding& f) {
  v("sha256", f.sha256);
  v("staple", f.staple);
  v("ocsp", f.ocsp);
  v("crl", f.crl);
}
template <class V>
void fields(V& v, CertificateRevocation& f) {
  v("certificates", f.certificates);
}
template <class V>
void fields(V& v, CertificateSelection& f) {
  v("by_key", f.by_key);
  v("refused", f.refused);
  v.may("undecided", f.undecided);
  v("without_name", f.without_name);
  v("with_wrong_name", f.with_wrong_name);
  v("without_name_sha256", f.without_name_sha256);
  v("wrong_name_sha256", f.wrong_name_sha256);
}

}  // namespace kenshin
