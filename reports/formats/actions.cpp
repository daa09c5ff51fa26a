#include "reports/formats/actions.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace kenshin {

namespace {

bool asks_for_something(const Finding& finding) {
  switch (finding.verdict) {
    case Verdict::Met:
    case Verdict::NotApplicable: return false;
    case Verdict::Unknown:
    case Verdict::Conditional: return finding.force == Force::Must;
    case Verdict::Attention: return finding.force != Force::Note;
    // An open door of a machine is worth closing, whichever item asks for it.
    case Verdict::NotMet: return finding.force != Force::Note || finding.target.kind == TargetKind::Host;
  }
  return false;
}

// For every finding the items it answers, by index.
std::vector<std::vector<const ItemAnswer*>> items_of_findings(const Report& report) {
  std::vector<std::vector<const ItemAnswer*>> out(report.findings.size());
  for (const auto& answer : report.answers)
    for (const std::size_t index : answer.findings)
      if (index < out.size()) out[index].push_back(&answer);
  return out;
}

// The declared owner and role of the target come first, then the item's usual addressee.
Charge charge_of(const Report& report, const Finding& finding, const std::vector<const ItemAnswer*>& items) {
  const CatalogueItem* item = items.empty() ? nullptr : report.catalogue.find(items.front()->id);
  const Charge usual = item ? item->charge : Charge::Clinic;
  Owner owner = Owner::Unknown;
  Role role = Role::Consult;
  if (const auto* e = report.facts.one<DeclaredEndpoint>(finding.target)) owner = e->owner, role = e->role;
  if (const auto* d = report.facts.one<DeclaredDomain>(finding.target)) owner = d->owner, role = d->role;
  if (const auto* h = report.facts.one<DeclaredHost>(finding.target)) owner = h->owner, role = h->role;
  const auto* held = report.facts.one<Registration>(finding.target);
  if (owner == Owner::Unknown && held && held->holder_compared == HolderCompared::Same) owner = Owner::Clinic;
  const bool is_former = report.facts.one<DeclaredFormerDomain>(finding.target) != nullptr;
  if (is_former || finding.target.kind == TargetKind::Clinic) return Charge::Clinic;
  if (finding.because.code == "no-baseline") return Charge::Clinic;  // nobody else runs this program
  if (owner == Owner::Vendor) return Charge::Vendor;
  if (role == Role::Website) return Charge::WebAgency;
  return owner == Owner::Clinic && usual == Charge::Vendor ? Charge::Clinic : usual;
}

// A roll-up is reached through the part that decided it.
void add_roll_ups(const Report& report, std::vector<const ItemAnswer*>& items) {
  const std::size_t direct = items.size();
  for (const auto& answer : report.answers) {
    const bool because = std::any_of(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(direct), [&](auto* it) {
      return std::find(answer.because_of.begin(), answer.because_of.end(), it->id) != answer.because_of.end();
    });
    if (because && std::find(items.begin(), items.end(), &answer) == items.end()) items.push_back(&answer);
  }
}

using Matter = std::tuple<Verdict, Force, std::string, std::string, Target,
                          std::vector<std::pair<std::string, std::string>>, Charge>;

Matter matter_of(const Finding& finding, Charge charge) {
  if (finding.verdict == Verdict::Unknown)
    return {finding.verdict, finding.force, {}, finding.because.code, finding.target, finding.because.parameters,
            charge};
  return {finding.verdict, finding.force, finding.criterion.text, finding.because.code, {}, {}, charge};
}

}  // namespace

std::vector<Action> actions_of(const Report& report) {
  const auto items = items_of_findings(report);
  std::vector<Action> actions;
  std::map<Matter, std::size_t> known;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Finding& finding = report.findings[i];
    if (!asks_for_something(finding)) continue;
    const Charge charge = charge_of(report, finding, items[i]);
    const auto [at, is_new] = known.emplace(matter_of(finding, charge), actions.size());
    if (is_new) actions.push_back({{}, charge, {}, false, nullptr});
    Action& action = actions[at->second];
    action.findings.push_back(&finding);
    for (const auto* answer : items[i])
      if (std::find(action.items.begin(), action.items.end(), answer) == action.items.end())
        action.items.push_back(answer);
  }
  for (auto& action : actions) {
    add_roll_ups(report, action.items);
    std::sort(action.items.begin(), action.items.end());  // answers stand in the catalogue's order
    for (const auto* answer : action.items) {
      if (answer->agreement == Agreement::Contradicts && action.first().verdict == Verdict::NotMet && !action.advice())
        action.contradicts = true;
      if (answer->waiver && action.first().verdict == Verdict::NotMet) action.waiver = answer->waiver;
    }
  }
  std::stable_sort(actions.begin(), actions.end(), [](const Action& a, const Action& b) {
    if (a.advice() != b.advice()) return b.advice();
    if (a.first().verdict != b.first().verdict) return is_worse(a.first().verdict, b.first().verdict);
    return a.first().rank < b.first().rank;
  });
  return actions;
}

}  // namespace kenshin
