#include "reports/changes.h"

#include <algorithm>
#include <tuple>

namespace kenshin {

namespace {

// What is not there is like what does not apply.
Verdict verdict_of(const std::optional<FindingOutcome>& it) { return it ? it->verdict : Verdict::NotApplicable; }

Verdict verdict_of(Observed observed) {
  switch (observed) {
    case Observed::NotObserved:
    case Observed::NotApplicable: return Verdict::NotApplicable;
    case Observed::Unknown: return Verdict::Unknown;
    case Observed::Met:
    case Observed::Supported: return Verdict::Met;
    case Observed::Conditional: return Verdict::Conditional;
    case Observed::Attention: return Verdict::Attention;
    case Observed::NotMet: return Verdict::NotMet;
  }
  return Verdict::Unknown;
}

std::optional<Turn> turn_of(Verdict before, Verdict after) {
  if (before == after) return std::nullopt;
  if (before == Verdict::NotApplicable) return Turn::Appeared;
  if (after == Verdict::NotApplicable) return Turn::Gone;
  if (after == Verdict::Unknown) return Turn::NotTold;
  if (before == Verdict::Unknown) return Turn::Told;
  return is_worse(after, before) ? Turn::Worse : Turn::Better;
}

std::optional<Turn> turn_of_waiver(bool before, bool after) {
  if (before == after) return std::nullopt;
  return before ? Turn::WaiverEnded : Turn::WaiverBegan;
}

std::optional<Turn> turn_of(const std::optional<FindingOutcome>& before, const std::optional<FindingOutcome>& after) {
  if (const auto turn = turn_of(verdict_of(before), verdict_of(after))) return turn;
  if (!before || !after) return std::nullopt;
  const bool speaks = after->verdict != Verdict::Met && after->verdict != Verdict::NotApplicable;
  return speaks && before->reason != after->reason ? std::optional(Turn::OtherReason) : std::nullopt;
}

auto key_of(const FindingOutcome& it) { return std::tie(it.criterion, it.target_kind, it.target); }
auto order_of(const FindingOutcome& it) {
  return std::tuple(std::tie(it.criterion, it.target_kind, it.target), std::tie(it.reason, it.verdict));
}

using Findings = std::vector<FindingOutcome>;

Findings sorted(Findings findings) {
  std::stable_sort(findings.begin(), findings.end(),
                   [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
  return findings;
}

// The findings of one key on either side: those of the same reason first, then whatever is left in its order.
void pair_up(Findings before, Findings after, std::vector<FindingChange>& out) {
  const auto add = [&](std::optional<FindingOutcome> was, std::optional<FindingOutcome> is) {
    if (const auto turn = turn_of(was, is)) out.push_back({*turn, std::move(was), std::move(is)});
  };
  for (auto now = after.begin(); now != after.end();) {
    const auto same =
        std::find_if(before.begin(), before.end(), [&](const auto& it) { return it.reason == now->reason; });
    if (same == before.end()) {
      ++now;
      continue;
    }
    add(std::move(*same), std::move(*now));
    before.erase(same);
    now = after.erase(now);
  }
  for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i)
    add(i < before.size() ? std::optional(std::move(before[i])) : std::nullopt,
        i < after.size() ? std::optional(std::move(after[i])) : std::nullopt);
}

std::vector<FindingChange> finding_changes(const Outcome& before, const Outcome& after) {
  const Findings was = sorted(before.findings), is = sorted(after.findings);
  std::vector<FindingChange> out;
  auto w = was.begin(), i = is.begin();
  while (w != was.end() || i != is.end()) {
    const FindingOutcome& first = i == is.end() || (w != was.end() && key_of(*w) < key_of(*i)) ? *w : *i;
    const auto other = [&](const FindingOutcome& it) { return key_of(it) != key_of(first); };
    const auto w_end = std::find_if(w, was.end(), other), i_end = std::find_if(i, is.end(), other);
    pair_up({w, w_end}, {i, i_end}, out);
    w = w_end;
    i = i_end;
  }
  std::stable_sort(out.begin(), out.end(), [](const FindingChange& a, const FindingChange& b) {
    return a.turn != b.turn ? a.turn < b.turn : a.latest().force > b.latest().force;
  });
  return out;
}

const ItemOutcome* item_of(const Outcome& outcome, const ItemId& id) {
  const auto at = std::find_if(outcome.items.begin(), outcome.items.end(), [&](const auto& it) { return it.id == id; });
  return at == outcome.items.end() ? nullptr : &*at;
}

// Rows that fit no item are named by their line: they are no items.
bool is_row(const ItemOutcome& item) { return item.id.text.starts_with('~'); }

void look_at_items(const Outcome& before, const Outcome& after, Changes& out) {
  const bool both_declare = before.has_checklist() && after.has_checklist();
  for (const auto& now : after.items) {
    if (is_row(now)) continue;
    const ItemOutcome* was = item_of(before, now.id);
    const auto observed = was ? std::optional(was->observed) : std::nullopt;
    auto turn = turn_of(was ? verdict_of(was->observed) : Verdict::NotApplicable, verdict_of(now.observed));
    if (!turn && was) turn = turn_of_waiver(was->waived_until.has_value(), now.waived_until.has_value());
    if (turn) out.items.push_back({*turn, now.id, now.title, observed, now.observed});
    if (both_declare && was && was->declared != now.declared)
      out.ticks.push_back({now.id, now.title, was->declared, now.declared});
  }
  for (const auto& was : before.items)
    if (!is_row(was) && !item_of(after, was.id) && verdict_of(was.observed) != Verdict::NotApplicable)
      out.items.push_back({Turn::Gone, was.id, was.title, was.observed, std::nullopt});
  std::stable_sort(out.items.begin(), out.items.end(), [](const auto& a, const auto& b) { return a.turn < b.turn; });
}

std::vector<RuleChange> rule_changes(const Outcome& before, const Outcome& after) {
  std::vector<RuleChange> out;
  const auto compare = [&](const std::string& what, const std::string& was, const std::string& is) {
    if (was != is) out.push_back({what, was, is});
  };
  compare("profile", before.profile + " " + before.profile_edition, after.profile + " " + after.profile_edition);
  compare("tool", before.tool_version, after.tool_version);
  auto names = before.editions;
  names.insert(after.editions.begin(), after.editions.end());
  const auto edition = [](const Outcome& outcome, const std::string& name) {
    const auto at = outcome.editions.find(name);
    return at == outcome.editions.end() ? std::string() : at->second;
  };
  for (const auto& [name, ignored] : names) compare(name, edition(before, name), edition(after, name));
  return out;
}

}  // namespace

std::string_view turn_name(Turn turn) {
  switch (turn) {
    case Turn::Worse: return "worse";
    case Turn::WaiverEnded: return "waiver_ended";
    case Turn::NotTold: return "no_longer_told";
    case Turn::Appeared: return "appeared";
    case Turn::Told: return "now_told";
    case Turn::OtherReason: return "other_reason";
    case Turn::Gone: return "gone";
    case Turn::WaiverBegan: return "waiver_began";
    case Turn::Better: return "better";
  }
  return "worse";
}

int Changes::count(Turn turn) const {
  return static_cast<int>(
      std::count_if(findings.begin(), findings.end(), [&](const FindingChange& it) { return it.turn == turn; }));
}

Changes changes_between(const Outcome& before, const Outcome& after) {
  Changes out;
  out.before_on = before.judged_on;
  out.after_on = after.judged_on;
  out.before_clinic = before.clinic;
  out.after_clinic = after.clinic;
  out.before_cut_short = !before.finished;
  out.after_cut_short = !after.finished;
  out.rules = rule_changes(before, after);
  out.findings = finding_changes(before, after);
  look_at_items(before, after, out);
  return out;
}

bool is_regression(const Changes& changes) {
  const auto fails = [](const FindingChange& it) {
    if (!it.after || it.after->waived || it.after->force != Force::Must) return false;
    return it.turn == Turn::Worse ||
           ((it.turn == Turn::Told || it.turn == Turn::Appeared) && it.after->verdict == Verdict::NotMet);
  };
  return std::any_of(changes.findings.begin(), changes.findings.end(), fails) ||
         std::any_of(changes.items.begin(), changes.items.end(),
                     [](const ItemChange& it) { return it.turn == Turn::WaiverEnded && it.after == Observed::NotMet; });
}

}  // namespace kenshin
