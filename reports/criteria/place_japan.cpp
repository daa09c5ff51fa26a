// Document: checklist (2026), item 2.5.2-2.i: what the law demands to be kept stays within the reach of Japanese law.
// An address only hints at that; the operator's word is needed for a pass. A geo database alone never fails anybody,
// and a front (CDN, anycast) proves nothing either way (docs/user-guide.md).
#include <algorithm>
#include <chrono>

#include "probes/base/text.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

enum class Attested { No, Japan, Elsewhere };

struct Declaration {
  Attested attested = Attested::No;
  Role role = Role::Consult;
  std::string country;
};

Declaration declaration_of(const Question& question) {
  Declaration out;
  const auto* declared = question.facts.one<DeclaredEndpoint>(question.target);
  if (!declared) return out;
  out.role = declared->role;
  if (!declared->located_in) return out;
  out.country = declared->located_in->country;
  out.attested = lower_ascii(out.country) == "jp" ? Attested::Japan : Attested::Elsewhere;
  return out;
}

// What the lists that are young enough say, by kind; nullptr where they say nothing.
struct Sayings {
  const PlaceSaid *cloud = nullptr, *front = nullptr, *delegated = nullptr, *geo = nullptr;
  const PlaceList* decisive = nullptr;  // the list behind the saying that leads
  bool any_list = false, any_old = false;
};

Sayings sayings_of(const Question& question, const EndpointPlace& place) {
  Sayings out;
  for (const PlaceList& list : place.consulted) {
    const bool old =
        list.as_of && question.on - *list.as_of > std::chrono::days(question.profile.regions.hard_limit_days);
    (old ? out.any_old : out.any_list) = true;
    if (old) continue;
    for (const PlaceSaid& said : place.said) {
      if (said.kind != list.kind || said.list != list.list) continue;
      const bool everywhere = said.kind == PlaceSource::Front || said.region == "*";
      const PlaceSaid*& slot = everywhere                            ? out.front
                               : said.kind == PlaceSource::Cloud     ? out.cloud
                               : said.kind == PlaceSource::Delegated ? out.delegated
                                                                     : out.geo;
      slot = &said;
      if (slot == out.front || (!out.front && slot == out.cloud) || !out.decisive) out.decisive = &list;
    }
  }
  return out;
}

std::string dated(const PlaceList* list) {
  if (list == nullptr) return {};
  return list->list + " " + (list->as_of ? to_text(*list->as_of) : list->edition);
}

Judgement by_attestation(const Declaration& declared, const char* met, const Parameters& told) {
  return declared.attested == Attested::Japan ? judged(Verdict::Met, met, told)
                                              : judged(Verdict::Attention, "place-not-attested", told);
}

Judgement by_region(const Question& question, const Declaration& declared, const Sayings& seen) {
  const PlaceSaid& cloud = *seen.cloud;
  const Parameters told = {{"provider", cloud.list}, {"place", cloud.region}, {"data", dated(seen.decisive)}};
  const RegionRow* row = question.profile.regions.row_of(cloud.list, cloud.region, cloud.zone);
  if (row == nullptr) return judged(Verdict::Attention, "place-region-unknown", told);
  if (row->in_japan == Answer::Yes) return by_attestation(declared, "place-region-japan", told);
  const bool holds_data = declared.role == Role::Data && row->mark != Mark::Recalled;
  return holds_data ? judged(Verdict::NotMet, "place-region-abroad", told)
                    : judged(Verdict::Attention, "place-region-abroad-front", told);
}

Judgement by_country(const Declaration& declared, const Sayings& seen) {
  const auto country = [](const PlaceSaid* said) { return said ? said->country : std::string(); };
  const Parameters told = {
      {"geo", country(seen.geo)}, {"delegated", country(seen.delegated)}, {"data", dated(seen.decisive)}};
  if (seen.geo && seen.geo->country != "JP") return judged(Verdict::Attention, "place-geo-abroad", told);
  if (seen.geo && seen.delegated && seen.delegated->country == "JP") {
    const Parameters both = {{"provider", "-"}, {"place", "JP"}, {"data", dated(seen.decisive)}};
    return declared.attested == Attested::Japan ? judged(Verdict::Met, "place-country-japan", told)
                                                : judged(Verdict::Attention, "place-not-attested", both);
  }
  return judged(Verdict::Attention, "place-undetermined", told);
}

Judgement place_judged(const Question& question, const EndpointPlace& place) {
  const Declaration declared = declaration_of(question);
  if (place.scope != AddressScope::Public) return judged(Verdict::Unknown, "place-not-public");
  const Sayings seen = sayings_of(question, place);
  if (!seen.any_list) return judged(Verdict::Unknown, seen.any_old ? "place-data-old" : "place-no-data");
  if (!seen.decisive) return judged(Verdict::Unknown, "place-not-listed");
  if (seen.front)
    return judged(Verdict::Attention, "place-front",
                  {{"provider", seen.front->list}, {"service", seen.front->zone}, {"data", dated(seen.decisive)}});
  if (seen.cloud) {
    Judgement by = by_region(question, declared, seen);
    if (by.verdict == Verdict::NotMet || declared.attested != Attested::Elsewhere) return by;
  }
  if (declared.attested == Attested::Elsewhere)
    return judged(Verdict::Attention, "place-declared-abroad", {{"country", declared.country}});
  return by_country(declared, seen);
}

}  // namespace

Judgement judge_place_japan(const Question& question) {
  const auto seen = heard(question, EndpointPlace::name);
  Judgement out = worst_of<EndpointPlace>(
      question, [&](const EndpointPlace& place, const Observation&) { return place_judged(question, place); });
  out.never_asked = seen.empty();  // facts of before this question
  return out;
}

}  // namespace kenshin
