// From observations to a judgement: several addresses are judged worst-of, what could not be seen becomes Unknown with
// its reason, and every observation looked at is evidence (docs/architecture.md, "could not test").
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "probes/facts.h"
#include "reports/criteria/criterion.h"

namespace kenshin {

using Parameters = std::vector<std::pair<std::string, std::string>>;

// A judgement without evidence yet. Values are made safe to show on one line; an empty one becomes a dash.
Judgement judged(Verdict, std::string code, Parameters = {});
// Unknown, reason "could-not-observe" {kind, detail}; the wording files have a sentence error.KIND for each kind.
Judgement could_not_observe(const Error&);

// The observations of a fact that count: a failed IPv6 address is left out where this place has no IPv6 at all and
// another address was asked.
std::vector<const Observation*> heard(const Question&, std::string_view fact_name);

// The worst of what `one` says of each; Unknown "never-observed" where there is none. Where several addresses were
// asked, the reason carries the address that decided.
template <class One>
Judgement worst(const std::vector<const Observation*>& observations, One one) {
  Judgement out = judged(Verdict::NotApplicable, "");
  std::vector<ObservationId> evidence;
  for (const Observation* seen : observations) {
    Judgement next = seen->fact ? one(*seen) : could_not_observe(seen->fact.error());
    evidence.push_back(seen->id);
    evidence.insert(evidence.end(), next.evidence.begin(), next.evidence.end());
    const bool firmer = next.verdict == out.verdict && out.never_asked && !next.never_asked;
    if (!out.because.code.empty() && !is_worse(next.verdict, out.verdict) && !firmer) continue;
    out = std::move(next);
    if (observations.size() > 1 && !seen->address.empty())
      out.because.parameters.emplace_back("address", seen->address);
  }
  if (observations.empty()) return judged(Verdict::Unknown, "never-observed");
  out.evidence = std::move(evidence);
  return out;
}

// worst() over the observations of F: `one(const F&, const Observation&)`.
template <class F, class One>
Judgement worst_of(const Question& question, One one) {
  return worst(heard(question, F::name), [&](const Observation& seen) {
    const F* fact = fact_of<F>(seen);
    return fact ? one(*fact, seen) : could_not_observe({Error::Kind::Malformed, std::string(F::name)});
  });
}

// The observation of F at the same address, or nullptr.
template <class F>
const Observation* beside(const Question& question, const Observation& seen) {
  for (const Observation* other : question.facts.of<F>(question.target))
    if (other->address == seen.address && fact_of<F>(*other)) return other;
  return nullptr;
}

// Counts "some, things (+3)" when there are more than `most`.
std::string list_text(const std::vector<std::string>&, std::size_t most = 8);

}  // namespace kenshin
