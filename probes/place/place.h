// The probe endpoint.place: what the lists on this computer say of an address. No connection, no look-up.
#pragma once

#include <span>
#include <vector>

#include "probes/place/country_file.h"
#include "probes/place/ranges.h"
#include "probes/probe.h"

namespace kenshin {

// Lists without data are not consulted. Of an address that stands nowhere in particular only its scope is told.
EndpointPlace place_of(const IpAddress&, std::span<const RangeFile>, const CountryFile* countries);

// One observation, of EndpointPlace. Malformed where the address asked is none, and where session.mmdb cannot be read.
std::vector<Observation> observe_place(const Asked&, Session&);

}  // namespace kenshin
