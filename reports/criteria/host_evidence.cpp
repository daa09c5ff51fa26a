#include "reports/criteria/host_evidence.h"

#include <algorithm>
#include <optional>

#include "probes/host/evidence_grade.h"

namespace kenshin {

namespace {

using std::chrono::hours;

bool together(Instant a, Instant b) { return abs(a - b) <= hours(1); }

}  // namespace

int Seen::days_off_since(Instant at) const {
  if (!off) return 0;
  const Instant from = std::max(at, off->from), to = std::min(fact->collected_at, off->to);
  return from < to ? static_cast<int>(std::chrono::floor<std::chrono::days>(to - from).count()) : 0;
}

int Seen::days_since(Instant at) const {
  return static_cast<int>((on() - day_in_japan(at)).count()) - days_off_since(at);
}

Seen last_seen(const Question& question) {
  Seen seen;
  const auto collections = question.facts.of<HostCollection>(question.target);
  for (const Observation* observation : collections) {
    const auto* fact = fact_of<HostCollection>(*observation);
    if (fact && (!seen.fact || fact->collected_at >= seen.fact->collected_at)) seen = {observation, fact, nullptr, {}};
  }
  if (!seen.fact) {
    seen.unusable = collections.empty() ? judged(Verdict::Unknown, "never-observed")
                                        : could_not_observe(collections.back()->fact.error());
    for (const Observation* observation : collections) seen.unusable.evidence.push_back(observation->id);
    return seen;
  }
  const auto age = (question.on - seen.on()).count();
  if (age < -1) {  // a day for the clocks of two machines
    seen.unusable = judged(Verdict::Unknown, "facts-ahead", {{"collected", to_text(seen.on())}});
    seen.unusable.evidence = {seen.collection->id};
    seen.fact = nullptr;
    return seen;
  }
  seen.off = in_collection<LastPowerOff>(question, seen);
  if (age <= question.profile.host.facts_old_days) return seen;
  seen.unusable = judged(Verdict::Unknown, "facts-old",
                         {{"collected", to_text(seen.on())},
                          {"days", std::to_string(age)},
                          {"limit", std::to_string(question.profile.host.facts_old_days)}});
  seen.unusable.evidence = {seen.collection->id};
  seen.fact = nullptr;
  return seen;
}

const Observation* of_collection(const Question& question, const Observation& collection, std::string_view fact_name) {
  const Observation* found = nullptr;
  for (const Observation* observation : question.facts.named(question.target, fact_name))
    if (together(observation->at, collection.at)) found = observation;
  return found;
}

Judgement at_most_declared(const HostCollection& collection, Judgement judgement) {
  if (evidence_grade(collection) != EvidenceGrade::D) return judgement;
  if (judgement.verdict != Verdict::Met && judgement.verdict != Verdict::Conditional) return judgement;
  Judgement out = judged(Verdict::Attention, "declared-only", {{"on", to_text(day_in_japan(collection.collected_at))}});
  out.evidence = std::move(judgement.evidence);
  return out;
}

const DeclaredAccepted* accepted_updates(const Question& question) {
  for (const Observation* observation : question.facts.of<DeclaredAccepted>(question.target)) {
    const auto* accepted = fact_of<DeclaredAccepted>(*observation);
    if (!accepted || accepted->what != "updates" || accepted->reason.empty() || accepted->owner.empty()) continue;
    const auto left = (accepted->expires - question.on).count();
    if (left >= 0 && left <= question.profile.host.accepted_max_days) return accepted;
  }
  return nullptr;
}

Judgement unless_accepted(const Question& question, Judgement judgement) {
  if (judgement.verdict != Verdict::NotMet && judgement.verdict != Verdict::Attention) return judgement;
  const DeclaredAccepted* accepted = accepted_updates(question);
  if (!accepted) return judgement;
  Judgement out =
      judged(Verdict::Conditional, "updates-held",
             {{"reason", accepted->reason}, {"owner", accepted->owner}, {"until", to_text(accepted->expires)}});
  out.evidence = std::move(judgement.evidence);
  return out;
}

}  // namespace kenshin
