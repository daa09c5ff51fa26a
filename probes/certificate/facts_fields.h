// The JSON of probes/certificate/facts.h.
// Include only in .cpp files.
#pragma once

#include "probes/certificate/facts.h"
#include "probes/tls/facts_fields.h"

namespace kenshin {

constexpr EnumNames<StoreKind, 2> enum_names(StoreKind) {
  return {{{StoreKind::System, "system"}, {StoreKind::Bundle, "bundle"}}};
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
void fields(V& v, CertificateChain& f) {
  v("certificates", f.certificates);
  v("version", f.version);
  v("trusted", f.trusted);
  v("name_matches", f.name_matches);
  v("anchor_is_local", f.anchor_is_local);
  v("anchor", f.anchor);
  v("problems", f.problems);
  v("store", f.store);
}

}  // namespace kenshin
