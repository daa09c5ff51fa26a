// Document: checklist (2026), item 2.5.2-1.xiv: the name did not change hands since somebody accepted what was true of
// it. WHOIS of .jp names no registrar, and a transfer of holder (移転) sets the day of registration anew there. One
// changed value is a question; a new holder or registrar together with other name servers, unapproved, is a breach.
#include <algorithm>

#include "probes/base/text.h"
#include "probes/domain/holder.h"
#include "reports/criteria/domain_registration.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

using Texts = std::vector<std::string>;

Texts ascending(Texts all) {
  std::sort(all.begin(), all.end());
  return all;
}

// Periods that follow a renewal or an order come and go by themselves (RFC 3915 3.1).
Texts lasting(const Texts& states) {
  Texts out;
  for (const std::string& state : states)
    if (!state.ends_with(" period") || state == "redemption period") out.push_back(state);
  return ascending(std::move(out));
}

std::string list_or_dash(const Texts& all) { return all.empty() ? "—" : join(all, ", "); }

class Difference {
 public:
  Difference(const DeclaredBaseline& before, const Registration& now) : before_(before), now_(now) {
    if (before.registrar_id && now.registrar_id) texts("registrar", *before.registrar_id, *now.registrar_id);
    else if (before.registrar && now.registrar) texts("registrar", *before.registrar, *now.registrar);
    lists("name_servers", ascending(before.name_servers), ascending(now.name_servers));
    lists("state", lasting(before.state), lasting(now.state));
    lists("locks", ascending(before.locks), ascending(now.locks));
    texts("signed", before.is_signed ? "yes" : "no", now.is_signed ? "yes" : "no");
    if (before.created && now.created) texts("created", to_text(*before.created), to_text(*now.created));
    if (holder_is_comparable() && before.holder_hash != now.holder_hash) add("holder", "*", "**");
  }

  bool any() const { return !parameters_.empty(); }
  bool has(std::string_view what) const { return std::find(changed_.begin(), changed_.end(), what) != changed_.end(); }
  bool changed_hands() const {
    const bool anew =
        is_jp(now_) && !holder_is_comparable() && before_.created && now_.created && *now_.created > *before_.created;
    return has("name_servers") && (has("holder") || has("registrar") || anew);
  }
  // {changes} for those who read the codes; "changed.X" for the sentences of reports/formats/phrases.h.
  Parameters told() const {
    Parameters out = {{"taken", to_text(day_in_japan(before_.taken))}, {"changes", join(shown_, "; ")}};
    out.insert(out.end(), parameters_.begin(), parameters_.end());
    return out;
  }

 private:
  bool holder_is_comparable() const {
    return !before_.holder_hash.empty() && !now_.holder_hash.empty() &&
           salt_of(before_.holder_hash) == salt_of(now_.holder_hash);
  }
  void add(const std::string& what, const std::string& old_value, const std::string& new_value) {
    changed_.push_back(what);
    const std::string both = what == "holder" ? "" : old_value + " → " + new_value;
    parameters_.emplace_back("changed." + what, both);
    shown_.push_back(both.empty() ? what : what + ": " + both);
  }
  void texts(const std::string& what, const std::string& old_value, const std::string& new_value) {
    if (old_value != new_value) add(what, old_value, new_value);
  }
  void lists(const std::string& what, const Texts& old_values, const Texts& new_values) {
    if (old_values != new_values) add(what, list_or_dash(old_values), list_or_dash(new_values));
  }

  const DeclaredBaseline& before_;
  const Registration& now_;
  Texts changed_, shown_;
  Parameters parameters_;
};

Judgement changed_of(const Question& question, const Registration& seen) {
  if (auto why = unless_held_by_the_operator(question, seen)) return *why;
  const auto* before = question.facts.one<DeclaredBaseline>(question.target);
  if (!before) return judged(Verdict::Attention, "no-baseline");
  const Difference difference(*before, seen);
  const Parameters told = difference.told();
  if (!difference.any()) return judged(Verdict::Met, "as-accepted", told);
  if (change_was_approved_since(question, day_in_japan(before->taken)))
    return judged(Verdict::Met, "changed-as-approved", told);
  return difference.changed_hands() ? judged(Verdict::NotMet, "changed-hands", told)
                                    : judged(Verdict::Attention, "changed", told);
}

// RFC 9083 10.2.3. Few registries tell; what is not told proves nothing.
bool speaks_of_hands(const RegistrationEvent& event) {
  return event.action == "transfer" || event.action == "reregistration";
}

Judgement transferred_of(const Question& question, const Registration& seen) {
  if (auto why = unless_held_by_the_operator(question, seen)) return *why;
  const auto* before = question.facts.one<DeclaredBaseline>(question.target);
  if (!before) return judged(Verdict::Unknown, "no-baseline-to-compare");
  if (seen.events.empty()) return judged(Verdict::Unknown, "events-not-shown");
  const Parameters since = {{"taken", to_text(day_in_japan(before->taken))}};
  const RegistrationEvent* approved = nullptr;
  const auto told = [&](const RegistrationEvent& event) {
    return Parameters{since.front(), {"event", event.action}, {"at", to_text(day_in_japan(event.at))}};
  };
  for (const RegistrationEvent& event : seen.events) {
    if (!speaks_of_hands(event) || event.at <= before->taken) continue;
    if (!change_was_approved_around(question, day_in_japan(event.at)))
      return judged(Verdict::Attention, "transferred", told(event));
    approved = &event;
  }
  return approved ? judged(Verdict::Met, "transferred-as-approved", told(*approved))
                  : judged(Verdict::Met, "not-transferred", since);
}

// What it was compared with is evidence, too.
Judgement with_baseline(const Question& question, Judgement judgement) {
  for (const Observation* declared : question.facts.of<DeclaredBaseline>(question.target))
    if (!judgement.evidence.empty()) judgement.evidence.push_back(declared->id);
  return judgement;
}

}  // namespace

Judgement judge_domain_changed(const Question& question) {
  return with_baseline(question, worst_of<Registration>(question, [&](const Registration& seen, const Observation&) {
                         return changed_of(question, seen);
                       }));
}

Judgement judge_domain_transferred(const Question& question) {
  return with_baseline(question, worst_of<Registration>(question, [&](const Registration& seen, const Observation&) {
                         return transferred_of(question, seen);
                       }));
}

}  // namespace kenshin
