#include "reports/checklist/merge.h"

#include <algorithm>
#include <map>
#include <set>

#include "probes/base/text.h"

namespace kenshin {

namespace {

const DeclaredClinic& declared_clinic(const Facts& facts) {
  static const DeclaredClinic nothing;
  const auto* declared = facts.one<DeclaredClinic>({TargetKind::Clinic, "", 0});
  return declared ? *declared : nothing;
}

bool is_ruled_out(const CatalogueItem& item, const DeclaredClinic& clinic) {
  const auto& listed = clinic.not_applicable;
  if (std::find(listed.begin(), listed.end(), item.id.text) != listed.end()) return true;
  if (item.condition == "affects_medical_information_system")
    return clinic.affects_medical_information_system == Answer::No;
  if (item.condition == "general_purpose_service") return clinic.system == SystemKind::Dedicated;
  if (item.condition == "dedicated_system") return clinic.system == SystemKind::GeneralPurpose;
  return false;
}

// The clinic's own duties are not answered by a vendor's machines, the vendor's not by a server that is not its own.
bool concerns(const CatalogueItem& item, const Target& target, const Facts& facts) {
  if (target.kind != TargetKind::Host) return true;
  const auto* declared = facts.one<DeclaredHost>(target);
  const bool is_vendors = declared && declared->owner == Owner::Vendor;
  if (item.charge == Charge::Clinic) return !is_vendors;
  return is_vendors || !declared || declared->role != Role::Server;
}

Observed observed_as(Verdict verdict, AnsweredBy by) {
  switch (verdict) {
    case Verdict::Unknown: return Observed::Unknown;
    case Verdict::NotApplicable: return Observed::NotObserved;  // nothing that was looked at belongs to this item
    case Verdict::Met: return by == AnsweredBy::Machine ? Observed::Met : Observed::Supported;
    case Verdict::Conditional: return Observed::Conditional;
    case Verdict::Attention: return Observed::Attention;
    case Verdict::NotMet: return Observed::NotMet;
  }
  return Observed::Unknown;
}

Agreement agreement_of(Declared declared, Observed observed) {
  if (declared != Declared::Ticked) return Agreement::NotDeclared;
  if (observed == Observed::NotMet) return Agreement::Contradicts;
  if (observed == Observed::Met || observed == Observed::Supported) return Agreement::Agrees;
  return Agreement::Open;
}

// Whether the list of what the system consists of is complete, its media path included (judging of item 2.5.2-1.xii).
bool scope_is_complete(const Facts& facts) {
  if (!facts.finished) return false;
  const auto& clinic = declared_clinic(facts);
  if (!clinic.inventory_complete) return false;
  if (!clinic.media_out_of_band.empty()) return true;
  for (const auto& target : facts.targets()) {
    const auto* endpoint = facts.one<DeclaredEndpoint>(target);
    if (!endpoint || endpoint->role != Role::Media) continue;
    for (const auto* seen : facts.of<TlsVersions>(target))
      if (seen->fact) return true;
  }
  return false;
}

// Whether F was observed at every address whose suites were, and `enough` says so of each.
template <class F, class Enough>
bool was_asked(const Target& target, const Facts& about, Enough enough) {
  const auto others = about.of<F>(target);
  const auto suites = about.of<TlsSuites>(target);
  return std::all_of(suites.begin(), suites.end(), [&](const Observation* seen) {
    return !seen->fact || std::any_of(others.begin(), others.end(), [&](const Observation* other) {
      const F* fact = fact_of<F>(*other);
      return other->address == seen->address && fact && enough(*fact);
    });
  });
}

bool person_answers(const ItemAnswer& answer, Day on) {
  const auto holds = [&](const auto* declared) { return still_answers(*declared, on); };
  return std::any_of(answer.decisions.begin(), answer.decisions.end(), holds) ||
         std::any_of(answer.documents.begin(), answer.documents.end(), holds);
}

// Where nobody measured, the worst that a person decided stands; a document alone leaves it at "answered".
Observed state_of_part(const ItemAnswer& part, Day on) {
  if (part.observed != Observed::NotObserved) return part.observed;
  const auto decided = [&](std::string_view verdict) {
    return std::any_of(part.decisions.begin(), part.decisions.end(), [&](const auto* decision) {
      return decision->verdict == verdict && still_answers(*decision, on);
    });
  };
  if (decided("not_met")) return Observed::NotMet;
  if (decided("attention")) return Observed::Attention;
  return person_answers(part, on) ? Observed::Supported : Observed::NotObserved;
}

class Merging {
 public:
  Merging(const Catalogue& catalogue, const Checklist* checklist, std::span<const Finding> findings, const Facts& facts,
          Day on)
      : catalogue_(catalogue), checklist_(checklist), findings_(findings), facts_(facts), on_(on) {}

  std::vector<ItemAnswer> run() {
    for (const auto& item : catalogue_.items) answers_.push_back(answer(item));
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      roll_up(catalogue_.items[i], answers_[i]);
      answers_[i].agreement = agreement_of(answers_[i].declared, answers_[i].observed);
    }
    return std::move(answers_);
  }

 private:
  ItemAnswer answer(const CatalogueItem& item) {
    ItemAnswer out;
    out.id = item.id;
    declare(out);
    attach(item, out);
    observe(item, out);
    waive(item, out);
    return out;
  }

  void declare(ItemAnswer& out) const {
    if (!checklist_) return;
    for (std::size_t i = 0; i < checklist_->items.size(); ++i)
      if (checklist_->items[i].id == out.id) {
        out.checklist_item = i;
        out.declared = checklist_->items[i].declared;
        return;
      }
  }

  void attach(const CatalogueItem& item, ItemAnswer& out) const {
    const Target clinic{TargetKind::Clinic, "", 0};
    for (const auto* o : facts_.of<DeclaredDecision>(clinic))
      if (const auto* d = fact_of<DeclaredDecision>(*o); d && d->item == item.id.text) out.decisions.push_back(d);
    for (const auto* o : facts_.of<DeclaredDocument>(clinic))
      if (const auto* d = fact_of<DeclaredDocument>(*o); d && d->item == item.id.text) out.documents.push_back(d);
    for (std::size_t i = 0; i < findings_.size(); ++i) {
      const auto& f = findings_[i];
      const bool answers = std::find(item.criteria.begin(), item.criteria.end(), f.criterion) != item.criteria.end();
      if (answers && concerns(item, f.target, facts_)) out.findings.push_back(i);
    }
    std::stable_sort(out.findings.begin(), out.findings.end(), [&](std::size_t a, std::size_t b) {
      return is_worse(findings_[a].verdict, findings_[b].verdict);
    });
  }

  void observe(const CatalogueItem& item, ItemAnswer& out) const {
    Verdict worst = Verdict::NotApplicable;
    for (const std::size_t i : out.findings)
      if (findings_[i].force == Force::Must && is_worse(findings_[i].verdict, worst)) worst = findings_[i].verdict;
    out.observed = observed_as(worst, item.answered_by);
    const bool ruled_out = is_ruled_out(item, declared_clinic(facts_)) || out.declared == Declared::NotApplicable;
    if (ruled_out && out.observed != Observed::NotMet) out.observed = Observed::NotApplicable;
    out.probed_only = item.answered_by == AnsweredBy::Machine &&
                      (out.observed == Observed::Met || out.observed == Observed::Conditional) &&
                      !scope_is_complete(facts_);
  }

  void waive(const CatalogueItem& item, ItemAnswer& out) const {
    if (out.observed != Observed::NotMet) return;
    for (const auto* o : facts_.of<DeclaredWaiver>({TargetKind::Clinic, "", 0})) {
      const auto* waiver = fact_of<DeclaredWaiver>(*o);
      if (!waiver || waiver->item != item.id.text || on_ < waiver->created || on_ > waiver->expires) continue;
      const bool covers_all = std::all_of(out.findings.begin(), out.findings.end(), [&](std::size_t i) {
        const auto& f = findings_[i];
        return f.verdict != Verdict::NotMet || f.force != Force::Must || waiver->target.empty() ||
               matches_pattern(waiver->target, target_text(f.target)) || matches_pattern(waiver->target, f.target.name);
      });
      if (covers_all) out.waiver = waiver;
    }
  }

  // The items a roll-up stands for: its listed ids and families ("2.5.2-1.*"), without other roll-ups.
  std::vector<const ItemAnswer*> parts(const CatalogueItem& item) const {
    std::vector<const ItemAnswer*> out;
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      const auto& candidate = catalogue_.items[i];
      if (!candidate.rolls_up.empty() || candidate.optional) continue;
      const bool listed = std::any_of(item.rolls_up.begin(), item.rolls_up.end(),
                                      [&](const ItemId& id) { return matches_pattern(id.text, candidate.id.text); });
      if (listed) out.push_back(&answers_[i]);
    }
    return out;
  }

  void roll_up(const CatalogueItem& item, ItemAnswer& out) const {
    if (item.rolls_up.empty() || out.observed == Observed::NotApplicable) return;
    // Worst first; a part that nobody looked at and nobody documented leaves the whole open.
    constexpr Observed order[] = {Observed::NotMet, Observed::Attention, Observed::Unknown, Observed::NotObserved,
                                  Observed::Conditional};
    const auto all = parts(item);
    for (const Observed state : order) {
      for (const auto* part : all)
        if (state_of_part(*part, on_) == state) out.because_of.push_back(part->id);
      if (out.because_of.empty()) continue;
      out.observed = state;
      if (state == Observed::NotObserved) out.because_of.clear();
      return;
    }
    if (!all.empty()) out.observed = Observed::Supported;
  }

  const Catalogue& catalogue_;
  const Checklist* checklist_;
  std::span<const Finding> findings_;
  const Facts& facts_;
  Day on_;
  std::vector<ItemAnswer> answers_;
};

}  // namespace

bool still_answers(const DeclaredDecision& decision, Day on) {
  return !decision.review_by || on <= *decision.review_by;
}
bool still_answers(const DeclaredDocument& document, Day on) {
  return document.problem.empty() && (!document.valid_until || on <= *document.valid_until);
}

std::string_view observed_name(Observed observed) {
  switch (observed) {
    case Observed::NotObserved: return "not_observed";
    case Observed::Unknown: return "unknown";
    case Observed::NotApplicable: return "not_applicable";
    case Observed::Met: return "met";
    case Observed::Supported: return "supported";
    case Observed::Conditional: return "conditional";
    case Observed::Attention: return "attention";
    case Observed::NotMet: return "not_met";
  }
  return "not_observed";
}

std::string_view agreement_name(Agreement agreement) {
  switch (agreement) {
    case Agreement::NotDeclared: return "not_declared";
    case Agreement::Open: return "open";
    case Agreement::Agrees: return "agrees";
    case Agreement::Contradicts: return "contradicts";
  }
  return "not_declared";
}

std::vector<ItemAnswer> merge(const Catalogue& catalogue, const Checklist* checklist, std::span<const Finding> findings,
                              const Facts& facts, Day on) {
  return Merging(catalogue, checklist, findings, facts, on).run();
}

namespace {

// Evidence that only a TLS 1.3 handshake leaves: a server without it did answer.
bool has_none(const Observation& o) {
  return o.name == TlsTranscript::name && o.fact.error().kind == Error::Kind::Absent;
}

}  // namespace

std::vector<NotProbed> not_probed_of(const Target& target, const Facts& about) {
  const auto* declared = about.one<DeclaredEndpoint>(target);
  if (declared && declared->owner == Owner::GeneralService) return {{target_text(target), {"general-service", {}}}};
  std::vector<NotProbed> out;
  if (target.kind == TargetKind::Host) return out;
  std::set<std::string> told;
  for (const auto& o : about.all())
    if (o.target == target && !o.fact && !has_none(o) &&
        told.insert(o.address + std::string(error_name(o.fact.error().kind))).second)
      out.push_back(
          {target_text(target) + (o.address.empty() || o.address == target.name ? "" : " (" + o.address + ")"),
           {"no-answer", {{"kind", std::string(error_name(o.fact.error().kind))}, {"detail", o.fact.error().detail}}}});
  return out;
}

void AskedOfAll::look_at(const Target& target, const Facts& about) {
  key_exchange = key_exchange && was_asked<TlsKeyExchange>(target, about, [](const TlsKeyExchange&) { return true; });
  weaknesses = weaknesses && was_asked<TlsWeaknesses>(target, about, [](const TlsWeaknesses& seen) {
                 return std::none_of(seen.weaknesses.begin(), seen.weaknesses.end(),
                                     [](const auto& w) { return w.second.because.starts_with("not authorised"); });
               });
}

std::vector<NotProbed> not_probed_at_all(std::span<const Target> targets, const Facts& outline,
                                         const AskedOfAll& asked) {
  std::vector<NotProbed> out;
  bool hosts = false, endpoints = false, media = !declared_clinic(outline).media_out_of_band.empty();
  for (const auto& target : targets) {
    hosts = hosts || target.kind == TargetKind::Host;
    endpoints = endpoints || target.kind == TargetKind::Endpoint;
    const auto* declared = outline.one<DeclaredEndpoint>(target);
    media = media || (declared && declared->role == Role::Media);
  }
  if (!outline.finished) out.push_back({"", {"unfinished", {}}});
  const auto* vantage = outline.one<Vantage>({TargetKind::Clinic, "", 0});
  if (endpoints && vantage && vantage->ipv6 == Answer::No) out.push_back({"", {"ipv6", {}}});
  if (endpoints && !media) out.push_back({"", {"media-path", {}}});
  if (endpoints && !declared_clinic(outline).inventory_complete) out.push_back({"", {"inventory", {}}});
  if (endpoints && !asked.key_exchange) out.push_back({"", {"key-exchange", {}}});
  if (endpoints && !asked.weaknesses) out.push_back({"", {"weaknesses", {}}});
  if (!hosts) out.push_back({"", {"no-hosts", {}}});
  return out;
}

Coverage coverage_of(const Catalogue& catalogue, std::span<const ItemAnswer> answers, std::span<const Finding> findings,
                     Day on) {
  Coverage out;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    if (!answers[i].id.text.starts_with("2.") || catalogue.items[i].optional) continue;
    ++out.of;
    const bool found = std::any_of(answers[i].findings.begin(), answers[i].findings.end(), [&](std::size_t f) {
      return findings[f].verdict != Verdict::Unknown && findings[f].verdict != Verdict::NotApplicable;
    });
    const bool rolled = !catalogue.items[i].rolls_up.empty() && answers[i].observed != Observed::NotObserved &&
                        answers[i].observed != Observed::Unknown;
    if (found || rolled || answers[i].observed == Observed::NotApplicable || person_answers(answers[i], on))
      ++out.answered;
    else out.open.push_back(answers[i].id);
  }
  return out;
}

}  // namespace kenshin
