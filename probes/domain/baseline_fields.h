// The JSON of probes/domain/baseline.h.
// Include only in .cpp files.
#pragma once

#include "probes/base/json_fields.h"
#include "probes/domain/baseline.h"

namespace kenshin {

template <class V>
void fields(V& v, BaselineCertificate& f) {
  v("endpoint", f.endpoint);
  v("spki_sha256", f.spki_sha256);
  v("issuer", f.issuer);
}

template <class V>
void fields(V& v, DeclaredBaseline& f) {
  v("taken", f.taken);
  v("source", f.source);
  v("server", f.server);
  v("registrar", f.registrar);
  v("registrar_id", f.registrar_id);
  v("holder_hash", f.holder_hash);
  v("created", f.created);
  v("expires", f.expires);
  v("state", f.state);
  v("locks", f.locks);
  v("name_servers", f.name_servers);
  v("signed", f.is_signed);
  v("certificates", f.certificates);
  v.may("issuers", f.issuers);
  v.may("dependents", f.dependents);
}

}  // namespace kenshin
