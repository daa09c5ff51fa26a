#include "probes/place/place.h"

namespace kenshin {

namespace {

PlaceSaid said_by(const RangeList& list, const LabelledRange& row) {
  const RangeLabel& label = list.labels[row.label];
  PlaceSaid out{list.kind, list.name, to_text(row.range), {}, {}, {}};
  if (list.kind == PlaceSource::Delegated) out.country = label.region;
  else out.region = label.region;
  out.zone = label.zone;
  return out;
}

Result<EndpointPlace> place(const Asked& asked, const Session& session) {
  const auto address = parse_ip(asked.address);
  if (!address) return address.error();
  if (session.mmdb.empty()) return place_of(*address, shipped_ranges(), nullptr);
  const auto countries = CountryFile::open(session.mmdb);
  if (!countries) return countries.error();
  return place_of(*address, shipped_ranges(), &*countries);
}

}  // namespace

EndpointPlace place_of(const IpAddress& address, std::span<const RangeFile> files, const CountryFile* countries) {
  EndpointPlace out;
  out.scope = scope_of(address);
  if (out.scope != AddressScope::Public) return out;
  for (const RangeFile& file : files) {
    if (file.list.ranges.empty()) continue;
    out.consulted.push_back({file.list.kind, file.list.name, file.list.edition, file.list.as_of});
    if (const LabelledRange* row = file.list.find(address)) out.said.push_back(said_by(file.list, *row));
  }
  if (countries == nullptr) return out;
  out.consulted.push_back(countries->list());
  if (const auto country = countries->country_of(address))
    out.said.push_back({PlaceSource::Geo, out.consulted.back().list, "", "", "", *country});
  return out;
}

std::vector<Observation> observe_place(const Asked& asked, Session& session) {
  return {observed<EndpointPlace>(asked.target, asked.address, session.now(), 0, place(asked, session))};
}

}  // namespace kenshin
