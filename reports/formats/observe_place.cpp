#include "reports/formats/observe_place.h"

#include "probes/base/text.h"

namespace kenshin {

namespace {

std::string_view scope_text(AddressScope scope) {
  switch (scope) {
    case AddressScope::Public: return "public";
    case AddressScope::Loopback: return "loopback: stands nowhere in particular";
    case AddressScope::Private: return "of a local network: stands nowhere in particular";
    case AddressScope::Documentation: return "for examples: stands nowhere in particular";
    case AddressScope::Special: return "of special use: stands nowhere in particular";
  }
  return "unknown";
}
std::string said_text(const PlaceSaid& said) {
  std::string out = said.list + ": " + (said.country.empty() ? said.region : said.country);
  if (!said.zone.empty() && said.zone != said.region) out += " (" + said.zone + ")";
  return out + (said.within.empty() ? "" : ", " + said.within);
}

}  // namespace

TextRows place_rows(const EndpointPlace& fact) {
  TextRows out{{"address", std::string(scope_text(fact.scope))}};
  if (fact.scope != AddressScope::Public) return out;
  if (fact.consulted.empty()) {
    out.emplace_back("stands in", "could not tell: no list of ranges has data");
    return out;
  }
  if (fact.said.empty()) out.emplace_back("stands in", "in none of the lists");
  for (const auto& said : fact.said) out.emplace_back("stands in", said_text(said));
  std::vector<std::string> lists;
  for (const auto& list : fact.consulted) lists.push_back(list.list + " " + (list.as_of ? to_text(*list.as_of) : "-"));
  out.emplace_back("lists", join(lists, ", "));
  return out;
}

}  // namespace kenshin
