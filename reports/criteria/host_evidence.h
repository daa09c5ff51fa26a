// Host facts age: they tell of the last day the machine was seen, and each is the newest of a series of collections. A
// PC that was off over the holidays is not neglected: days count back from that day and not from today, and the days
// between its last shutdown and its start do not count, where the collector could tell them.
#pragma once

#include <chrono>
#include <utility>

#include "reports/criteria/evidence.h"

namespace kenshin {

// What is known of the newest collection of a host, or why nothing can be said of it.
struct Seen {
  const Observation* collection = nullptr;
  const HostCollection* fact = nullptr;
  const LastPowerOff* off = nullptr;  // where it is known
  Judgement unusable;                 // where fact is nullptr
  Day on() const { return day_in_japan(fact->collected_at); }
  int days_since(Instant at) const;  // days on which it was on, or may have been
  int days_off_since(Instant at) const;
};
Seen last_seen(const Question&);

// The observation of that fact that belongs to a collection (made within the hour), or nullptr.
const Observation* of_collection(const Question&, const Observation& collection, std::string_view fact_name);
template <class F>
const F* in_collection(const Question& question, const Seen& seen) {
  const Observation* found = of_collection(question, *seen.collection, F::name);
  return found ? fact_of<F>(*found) : nullptr;
}

// What a person declared (evidence grade D) is no measurement: at best a question to look after.
Judgement at_most_declared(const HostCollection&, Judgement);

// What `one(const F&, const Seen&)` says of the fact F in the newest collection. Unknown where the host or the fact was
// not seen, could not be seen, or was seen too long ago.
template <class F, class One>
Judgement of_host(const Question& question, One one) {
  const Seen seen = last_seen(question);
  if (!seen.fact) return seen.unusable;
  const Observation* found = of_collection(question, *seen.collection, F::name);
  if (!found) return judged(Verdict::Unknown, "never-observed");
  const F* fact = fact_of<F>(*found);
  Judgement out = fact          ? one(*fact, seen)
                  : found->fact ? could_not_observe({Error::Kind::Malformed, std::string(F::name)})
                                : could_not_observe(found->fact.error());
  out.evidence = {found->id, seen.collection->id};
  return at_most_declared(*seen.fact, std::move(out));
}

// The same of a list: "asked, and there is none" is an answer there, and the same as an empty list.
template <class F, class One>
Judgement of_list(const Question& question, One one) {
  const Seen seen = last_seen(question);
  const Observation* found = seen.fact ? of_collection(question, *seen.collection, F::name) : nullptr;
  if (!found || found->fact || found->fact.error().kind != Error::Kind::Absent) return of_host<F>(question, one);
  Judgement out = one(F{}, seen);
  out.evidence = {found->id, seen.collection->id};
  return at_most_declared(*seen.fact, std::move(out));
}

// "updates" held back by the owner, in force on the day of judging and reaching no further than the profile allows.
const DeclaredAccepted* accepted_updates(const Question&);
// A weakness that is held back so becomes Conditional, with reason, owner and end; anything else stays.
Judgement unless_accepted(const Question&, Judgement);

}  // namespace kenshin
