// Document: checklist (2026), item 2.5.1-1.v. A Windows that is updated moves its build and revision every month
// (Patch Tuesday); a revision that stood still between two collections is proof of the contrary. Titles and dates of
// installed updates are hints and decide nothing.
#include <algorithm>

#include "reports/criteria/host_evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

struct Revision {
  Day on;
  Instant at;
  int build = 0, ubr = 0;
  ObservationId collection, identity;
  bool same_as(const Revision& other) const { return build == other.build && ubr == other.ubr; }
};

// One entry for each collection that tells build and revision, oldest first.
std::vector<Revision> revisions(const Question& question) {
  std::vector<Revision> out;
  for (const Observation* collection : question.facts.of<HostCollection>(question.target)) {
    const auto* collected = fact_of<HostCollection>(*collection);
    const Observation* identity = of_collection(question, *collection, OsIdentity::name);
    const auto* os = identity ? fact_of<OsIdentity>(*identity) : nullptr;
    if (!collected || !os || !os->build || !os->ubr) continue;
    out.push_back({day_in_japan(collected->collected_at), collected->collected_at, *os->build, *os->ubr, collection->id,
                   identity->id});
  }
  std::stable_sort(out.begin(), out.end(), [](const Revision& a, const Revision& b) { return a.on < b.on; });
  return out;
}

Judgement hint_of(const Question& question, const Seen& seen) {
  const auto* last = in_collection<UpdatesLastOsUpdate>(question, seen);
  if (!last) return judged(Verdict::Unknown, "one-collection-only");
  const int days = seen.days_since(last->at);
  if (days <= question.profile.host.cumulative_old_days) return judged(Verdict::Unknown, "one-collection-only");
  return judged(Verdict::Attention, "update-date-old",
                {{"at", to_text(day_in_japan(last->at))}, {"days", std::to_string(days)}});
}

Judgement current(const Question& question, const OsIdentity& os, const Seen& seen) {
  if (os.family != "windows") return judged(Verdict::NotApplicable, "revision-on-windows-only");
  const auto all = revisions(question);
  if (all.size() < 2) return hint_of(question, seen);
  const Revision& last = all.back();
  auto first_alike = all.size() - 1;
  while (first_alike > 0 && all[first_alike - 1].same_as(last)) --first_alike;
  const auto limit = question.profile.host.revision_unchanged_days;
  const auto stood = (last.on - all[first_alike].on).count() - seen.days_off_since(all[first_alike].at);
  const Parameters told = {{"revision", std::to_string(last.build) + "." + std::to_string(last.ubr)},
                           {"since", to_text(all[first_alike].on)},
                           {"until", to_text(last.on)},
                           {"days", std::to_string(stood)}};
  if (stood > limit) return judged(Verdict::NotMet, "revision-stood-still", told);
  const bool moved = first_alike > 0 && (last.on - all[first_alike - 1].on).count() <= limit;
  return moved ? judged(Verdict::Met, "revision-moved", told) : hint_of(question, seen);
}

}  // namespace

Judgement judge_updates_current(const Question& question) {
  Judgement out = of_host<OsIdentity>(
      question, [&](const OsIdentity& os, const Seen& seen) { return current(question, os, seen); });
  for (const Revision& revision : revisions(question))
    for (const ObservationId& id : {revision.identity, revision.collection})
      if (std::find(out.evidence.begin(), out.evidence.end(), id) == out.evidence.end()) out.evidence.push_back(id);
  return unless_accepted(question, std::move(out));
}

}  // namespace kenshin
