// The JSON of probes/domain/outside_facts.h.
// Include only in .cpp files.
#pragma once

#include "probes/dns/facts_fields.h"
#include "probes/domain/outside_facts.h"

namespace kenshin {

template <class V>
void fields(V& v, IssuedCertificate& f) {
  v("issuer", f.issuer);
  v("not_before", f.not_before);
  v("not_after", f.not_after);
  v("names", f.names);
  v("more_names", f.more_names);
}

template <class V>
void fields(V& v, IssuedCertificates& f) {
  v("source", f.source);
  v("server", f.server);
  v("because", f.because);
  v("certificates", f.certificates);
}

template <class V>
void fields(V& v, ArchivedPage& f) {
  v("at", f.at);
  v("status", f.status);
  v("digest", f.digest);
}

template <class V>
void fields(V& v, ArchivedPages& f) {
  v("server", f.server);
  v("first", f.first);
  v("last", f.last);
  v("pages", f.pages);
  v("cut", f.is_cut);
}

template <class V>
void fields(V& v, Lookalike& f) {
  v("name", f.name);
  v("resolves", f.resolves);
  v("mail", f.mail);
}

template <class V>
void fields(V& v, DomainLookalikes& f) {
  v("asked", f.asked);
  v("live", f.live);
  v("more", f.more);
  v("untold", f.untold);
}

}  // namespace kenshin
