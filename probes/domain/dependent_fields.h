// The JSON of probes/domain/dependent_facts.h.
// Include only in .cpp files.
#pragma once

#include "probes/dns/facts_fields.h"
#include "probes/domain/dependent_facts.h"
#include "probes/domain/facts_fields.h"

namespace kenshin {

constexpr EnumNames<DependentKind, 11> enum_names(DependentKind) {
  return {{{DependentKind::Ns, "ns"},
           {DependentKind::Mx, "mx"},
           {DependentKind::Cname, "cname"},
           {DependentKind::Srv, "srv"},
           {DependentKind::Spf, "spf"},
           {DependentKind::Dmarc, "dmarc"},
           {DependentKind::Https, "https"},
           {DependentKind::Script, "script"},
           {DependentKind::Form, "form"},
           {DependentKind::Frame, "frame"},
           {DependentKind::Link, "link"}}};
}

template <class V>
void fields(V& v, Dependent& f) {
  v("name", f.name);
  v("kind", f.kind);
  v("found_in", f.found_in);
  v("registry_name", f.registry_name);
  v("resolves", f.resolves);
  v("because", f.because);
  v("provider", f.provider);
  v("claimable", f.claimable);
  v("claimable_because", f.claimable_because);
}

template <class V>
void fields(V& v, RegistryWord& f) {
  v("registered", f.registered);
  v("kind", f.kind);
  v("state", f.state);
  v("created", f.created);
  v("expires", f.expires);
  v("because", f.because);
}

template <class V>
void fields(V& v, PageRead& f) {
  v("url", f.url);
  v("references", f.references);
  v("because", f.because);
}

template <class V>
void fields(V& v, DomainDependents& f) {
  v("dependents", f.dependents);
  v("registry", f.registry);
  v("pages", f.pages);
  v("untold", f.untold);
}

}  // namespace kenshin
