// The JSON of probes/domain/facts.h.
// Include only in .cpp files.
#pragma once

#include "probes/domain/facts.h"
#include "probes/tls/facts_fields.h"

namespace kenshin {

constexpr EnumNames<RegistrationKind, 6> enum_names(RegistrationKind) {
  return {{{RegistrationKind::Unknown, "unknown"},
           {RegistrationKind::General, "general"},
           {RegistrationKind::Organisational, "organisational"},
           {RegistrationKind::Prefecture, "prefecture"},
           {RegistrationKind::Geographic, "geographic"},
           {RegistrationKind::Gtld, "gtld"}}};
}
constexpr EnumNames<HolderCompared, 3> enum_names(HolderCompared) {
  return {{{HolderCompared::Unknown, "unknown"}, {HolderCompared::Same, "same"}, {HolderCompared::Other, "other"}}};
}

template <class V>
void fields(V& v, RegistrationEvent& f) {
  v("action", f.action);
  v("at", f.at);
}

template <class V>
void fields(V& v, Registration& f) {
  v("registered", f.registered);
  v("source", f.source);
  v("server", f.server);
  v("kind", f.kind);
  v("state", f.state);
  v("state_text", f.state_text);
  v("created", f.created);
  v("expires", f.expires);
  v("updated", f.updated);
  v("locks", f.locks);
  v("registrar", f.registrar);
  v("name_servers", f.name_servers);
  v("signed", f.is_signed);
  v("holder_compared", f.holder_compared);
  v.may("registrar_id", f.registrar_id);
  v.may("registrar_expires", f.registrar_expires);
  v.may("events", f.events);
  v.may("holder_hash", f.holder_hash);
  v.may("answered_at", f.answered_at);
}

}  // namespace kenshin
