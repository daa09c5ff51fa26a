// The JSON of probes/web/facts.h.
// Include only in .cpp files.
#pragma once

#include "probes/tls/facts_fields.h"
#include "probes/web/facts.h"

namespace kenshin {

template <class V>
void fields(V& v, Cookie& f) {
  v("name", f.name);
  v("secure", f.secure);
  v("http_only", f.http_only);
  v("same_site", f.same_site);
}
template <class V>
void fields(V& v, HttpSecure& f) {
  v("status", f.status);
  v("headers", f.headers);
  v("cookies", f.cookies);
  v("encodings", f.encodings);
  v.may("body_size", f.body_size);
}
template <class V>
void fields(V& v, HttpPlain& f) {
  v("answers", f.answers);
  v("status", f.status);
  v("location", f.location);
  v("upgrades", f.upgrades);
  v.may("body_size", f.body_size);
}

}  // namespace kenshin
