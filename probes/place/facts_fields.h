// The JSON of probes/place/facts.h.
// Include only in .cpp files.
#pragma once

#include "probes/base/json_fields.h"
#include "probes/place/facts.h"

namespace kenshin {

constexpr EnumNames<AddressScope, 5> enum_names(AddressScope) {
  return {{{AddressScope::Public, "public"},
           {AddressScope::Loopback, "loopback"},
           {AddressScope::Private, "private"},
           {AddressScope::Documentation, "documentation"},
           {AddressScope::Special, "special"}}};
}
constexpr EnumNames<PlaceSource, 4> enum_names(PlaceSource) {
  return {{{PlaceSource::Cloud, "cloud"},
           {PlaceSource::Front, "front"},
           {PlaceSource::Delegated, "delegated"},
           {PlaceSource::Geo, "geo"}}};
}

template <class V>
void fields(V& v, PlaceList& f) {
  v("kind", f.kind);
  v("list", f.list);
  v("edition", f.edition);
  v("as_of", f.as_of);
}
template <class V>
void fields(V& v, PlaceSaid& f) {
  v("kind", f.kind);
  v("list", f.list);
  v("within", f.within);
  v("region", f.region);
  v("zone", f.zone);
  v("country", f.country);
}
template <class V>
void fields(V& v, EndpointPlace& f) {
  v("scope", f.scope);
  v("consulted", f.consulted);
  v("said", f.said);
}

}  // namespace kenshin
