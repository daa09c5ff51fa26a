// Document: checklist (2026), item 2.5.2-1.xiv: an address of a cloud that was given back goes to another customer, and
// the record still leads there. Two signs together make a question: a certificate that names only others, and a page
// that sends visitors to somebody else's name.
#include "probes/base/text.h"
#include "probes/domain/public_suffix.h"
#include "probes/web/page_references.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

bool is_anothers(const std::string& name, const Target& endpoint) {
  const std::string_view bare = name.starts_with("*.") ? std::string_view(name).substr(2) : std::string_view(name);
  const auto theirs = registry_name(bare), ours = registry_name(endpoint.name);
  return theirs && ours && *theirs != *ours;
}

// Where a page at that address sends its visitors, if that is a name of somebody else.
std::string sent_elsewhere(const Question& question, const Observation& place, std::vector<ObservationId>& evidence) {
  std::vector<std::string> locations;
  if (const Observation* seen = beside<HttpSecure>(question, place)) {
    evidence.push_back(seen->id);
    const auto& headers = fact_of<HttpSecure>(*seen)->headers;
    if (const auto at = headers.find("location"); at != headers.end()) locations.push_back(at->second);
  }
  if (const Observation* seen = beside<HttpPlain>(question, place)) {
    evidence.push_back(seen->id);
    locations.push_back(fact_of<HttpPlain>(*seen)->location);
  }
  for (const std::string& location : locations)
    if (std::string host = host_of_url(location); is_anothers(host, question.target)) return host;
  return {};
}

Judgement by_page(const Question& question, const Observation& place, const std::string& provider,
                  const std::vector<std::string>& names) {
  std::vector<ObservationId> evidence;
  const std::string elsewhere = sent_elsewhere(question, place, evidence);
  const Parameters told = {{"provider", provider}, {"names", list_text(names, 4)}, {"elsewhere", elsewhere}};
  Judgement out = elsewhere.empty() ? judged(Verdict::Unknown, "address-holder-untold", told)
                                    : judged(Verdict::Attention, "address-may-be-anothers", told);
  out.evidence = std::move(evidence);
  return out;
}

Judgement by_certificates(const Question& question, const Observation& place, const std::string& provider) {
  std::vector<std::string> others;
  std::vector<ObservationId> evidence;
  const Error* why = nullptr;
  for (const Observation* seen : question.facts.of<CertificateChain>(question.target)) {
    if (seen->address != place.address) continue;
    evidence.push_back(seen->id);
    const auto* chain = fact_of<CertificateChain>(*seen);
    if (!chain || chain->certificates.empty()) {
      if (!seen->fact) why = &seen->fact.error();
      continue;
    }
    bool is_ours = chain->name_matches == Answer::Yes;
    for (const std::string& name : chain->certificates.front().names)
      is_anothers(name, question.target) ? others.push_back(name) : void(is_ours = true);
    if (!is_ours) continue;
    Judgement met = judged(Verdict::Met, "certificate-names-endpoint", {{"provider", provider}});
    met.evidence = {seen->id};
    return met;
  }
  if (evidence.empty()) return judged(Verdict::Unknown, "never-observed");
  Judgement out = !others.empty() ? by_page(question, place, provider, others)
                  : why           ? could_not_observe(*why)
                                  : judged(Verdict::Unknown, "address-holder-untold", {{"provider", provider}});
  out.evidence.insert(out.evidence.begin(), evidence.begin(), evidence.end());
  return out;
}

Judgement held_of(const Question& question, const EndpointPlace& place, const Observation& seen) {
  if (place.scope != AddressScope::Public) return judged(Verdict::NotApplicable, "place-not-public");
  for (const PlaceSaid& said : place.said)
    if (said.kind == PlaceSource::Cloud && said.region != "*") return by_certificates(question, seen, said.list);
  for (const PlaceList& list : place.consulted)
    if (list.kind == PlaceSource::Cloud) return judged(Verdict::NotApplicable, "address-in-no-cloud");
  return judged(Verdict::Unknown, "place-no-data");
}

}  // namespace

Judgement judge_address_held(const Question& question) {
  const auto seen = heard(question, EndpointPlace::name);
  Judgement out = worst_of<EndpointPlace>(
      question, [&](const EndpointPlace& place, const Observation& at) { return held_of(question, place, at); });
  out.never_asked = seen.empty();  // facts of before this question
  return out;
}

}  // namespace kenshin
