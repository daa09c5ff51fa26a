// The JSON of probes/host/facts.h as it stands in kenshin.facts/1.
// Include only in .cpp files.
#pragma once

#include "probes/host/facts.h"
#include "probes/tls/facts_fields.h"

namespace kenshin {

constexpr EnumNames<SignatureState, 4> enum_names(SignatureState) {
  return {{{SignatureState::Unknown, "unknown"},
           {SignatureState::Current, "current"},
           {SignatureState::Outdated, "outdated"},
           {SignatureState::NotApplicable, "not_applicable"}}};
}

template <class V>
void fields(V& v, HostCollection& f) {
  v("collected_at", f.collected_at);
  v("collector", f.collector);
  v("collector_version", f.collector_version);
  v("elevated", f.elevated);
  v("label", f.label);
  v("id", f.id);
  v("container", f.container);
  v.may("nonce", f.nonce);
  v.may("signed_by", f.signed_by);
}
template <class V>
void fields(V& v, OsIdentity& f) {
  v("family", f.family);
  v("id", f.id);
  v("version", f.version);
  v("pretty", f.pretty);
  v("edition", f.edition);
  v("type", f.type);
  v("build", f.build);
  v("ubr", f.ubr);
  v("kernel", f.kernel);
}
template <class V>
void fields(V& v, OsExtendedSupport& f) {
  v("commercial_year", f.commercial_year);
  v("consumer", f.consumer);
}
template <class V>
void fields(V& v, UpdatesLastCheck& f) {
  v("at", f.at);
  v("valid_until", f.valid_until);
  v("basis", f.basis);
}
template <class V>
void fields(V& v, UpdatesLastOsUpdate& f) {
  v("at", f.at);
  v("kb", f.kb);
  v("basis", f.basis);
}
template <class V>
void fields(V& v, UpdatesPending& f) {
  v("installed", f.installed);
  v("total", f.total);
  v("security", f.security);
  v("held", f.held);
  v("security_known", f.security_known);
}
template <class V>
void fields(V& v, UpdatesAuto& f) {
  v("mode", f.mode);
  v("paused_until", f.paused_until);
  v("managed", f.managed);
}
template <class V>
void fields(V& v, RebootRequired& f) {
  v("required", f.required);
  v("since", f.since);
  v("basis", f.basis);
}
template <class V>
void fields(V& v, AntivirusProduct& f) {
  v("id", f.id);
  v("name", f.product);
  v("evidence", f.evidence);
  v("active", f.active);
  v("realtime", f.realtime);
  v("signature_state", f.signature_state);
  v("signature_at", f.signature_at);
  v("signature_basis", f.signature_basis);
}
template <class V>
void fields(V& v, AntivirusProducts& f) {
  v("products", f.products);
}

}  // namespace kenshin
