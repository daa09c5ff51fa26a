// Document: checklist (2026), items 2.5.1-1.v and vi: protection against malware where it is needed (必要に応じて). So
// "none" is a question to a person, and a breach only for roles of which the profile demands it. Products that are
// passive, expired or off do not count; signatures are judged of the products that protect.
#include <algorithm>
#include <optional>

#include "probes/host/product_table.h"
#include "reports/criteria/host_evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

bool is_on(const AntivirusProduct& product) { return product.active == Answer::Yes; }

bool protects(const AntivirusProduct& product, const HostRules& rules) {
  return is_on(product) &&
         (product.realtime == Answer::Yes || rules.antivirus_counts_without_realtime.count(product.id) > 0);
}

std::vector<std::string> names(const std::vector<AntivirusProduct>& products) {
  std::vector<std::string> out;
  for (const auto& product : products) out.push_back(product.product);
  return out;
}

bool required(const Question& question, const Seen& seen) {
  const auto* declared = question.facts.one<DeclaredHost>(question.target);
  const Role role = declared ? declared->role : Role::Terminal;
  const HostRules& rules = question.profile.host;
  if (rules.antivirus_required.count(role) > 0) return true;
  const auto* os = in_collection<OsIdentity>(question, seen);
  return os && os->family == "windows" && rules.antivirus_required_on_windows.count(role) > 0;
}

Judgement unprotected(const Question& question, const Seen& seen, const std::vector<AntivirusProduct>& products) {
  const bool breach = required(question, seen);
  if (products.empty()) return judged(breach ? Verdict::NotMet : Verdict::Attention, "av-none");
  return judged(breach ? Verdict::NotMet : Verdict::Attention, "av-off", {{"products", list_text(names(products))}});
}

Judgement active_of(const Question& question, const std::vector<AntivirusProduct>& products, const Seen& seen) {
  const HostRules& rules = question.profile.host;
  for (const auto& product : products)
    if (protects(product, rules)) return judged(Verdict::Met, "av-active", {{"product", product.product}});
  for (const auto& product : products)
    if (is_on(product)) return judged(Verdict::Attention, "av-without-realtime", {{"product", product.product}});
  for (const auto& product : products)
    if (product.active == Answer::Unknown)
      return judged(Verdict::Unknown, "av-undecided", {{"product", product.product}});
  return unprotected(question, seen, products);
}

Judgement signatures_of(const Question& question, const AntivirusProduct& product, const Seen& seen) {
  const HostRules& rules = question.profile.host;
  const Parameters named = {{"product", product.product}};
  // Where the state and the date contradict each other, neither is believed.
  const auto aged_days = product.signature_at ? std::optional(seen.days_since(*product.signature_at)) : std::nullopt;
  const bool dated_old = aged_days && (*aged_days > rules.signature_fail_days || *aged_days < -1);
  const bool dated_fresh = aged_days && *aged_days >= -1 && *aged_days <= rules.signature_met_days;
  if ((product.signature_state == SignatureState::Current && dated_old) ||
      (product.signature_state == SignatureState::Outdated && dated_fresh))
    return judged(Verdict::Unknown, "signatures-age-unknown", named);
  switch (product.signature_state) {
    case SignatureState::NotApplicable: return judged(Verdict::NotApplicable, "signature-less", named);
    case SignatureState::Current: return judged(Verdict::Met, "signatures-current", named);
    case SignatureState::Outdated: return judged(Verdict::NotMet, "signatures-outdated", named);
    case SignatureState::Unknown: break;
  }
  if (!aged_days) return judged(Verdict::Unknown, "signatures-age-unknown", named);
  const int days = *aged_days;
  Parameters aged = named;
  aged.emplace_back("days", std::to_string(days));
  if (days < -1) return judged(Verdict::Unknown, "signatures-age-unknown", named);
  if (days <= rules.signature_met_days) return judged(Verdict::Met, "signatures-current", named);
  return days <= rules.signature_fail_days ? judged(Verdict::Attention, "signatures-ageing", aged)
                                           : judged(Verdict::NotMet, "signatures-old", aged);
}

// One protecting product with fresh signatures is enough; what could not be told comes before what is worse.
int preference(Verdict verdict) {
  switch (verdict) {
    case Verdict::Met: return 0;
    case Verdict::NotApplicable: return 1;
    case Verdict::Unknown: return 2;
    case Verdict::Attention: return 3;
    default: return 4;
  }
}

Judgement freshest(const Question& question, const std::vector<AntivirusProduct>& products, const Seen& seen) {
  const HostRules& rules = question.profile.host;
  const bool any_protects =
      std::any_of(products.begin(), products.end(), [&](const auto& product) { return protects(product, rules); });
  Judgement out = judged(Verdict::NotApplicable, "av-none-active");
  bool found = false;
  for (const auto& product : products) {
    if (any_protects ? !protects(product, rules) : !is_on(product)) continue;
    Judgement next = signatures_of(question, product, seen);
    if (!found || preference(next.verdict) < preference(out.verdict)) out = std::move(next);
    found = true;
  }
  return out;
}

// Two products that look into the same file at once hinder each other.
Judgement alone_of(const Question&, const std::vector<AntivirusProduct>& products, const Seen&) {
  std::vector<AntivirusProduct> watching;
  const AntivirusProduct* undecided = nullptr;
  for (const auto& product : products) {
    if (is_on(product) && product.realtime == Answer::Yes) watching.push_back(product);
    else if (product.active != Answer::No && product.realtime != Answer::No) undecided = &product;
  }
  const Parameters named = {{"products", list_text(names(watching))}};
  if (watching.size() > 1) return judged(Verdict::Attention, "av-several", named);
  if (undecided) return judged(Verdict::Unknown, "av-undecided", {{"product", undecided->product}});
  return watching.empty() ? judged(Verdict::NotApplicable, "av-none-active") : judged(Verdict::Met, "av-alone", named);
}

// A management or audit agent protects nothing, whatever is said of it.
bool is_protection(const AntivirusProduct& product) {
  for (const KnownProduct& known : shipped_product_table().products)
    if (known.id == product.id) return known.kind == ProductKind::Av || known.kind == ProductKind::Edr;
  return true;
}

template <class One>
Judgement of_products(const Question& question, One one) {
  return of_list<AntivirusProducts>(question, [&](AntivirusProducts found, const Seen& at) {
    std::erase_if(found.products, [](const AntivirusProduct& it) { return !is_protection(it); });
    return one(question, found.products, at);
  });
}

}  // namespace

Judgement judge_antivirus_active(const Question& question) { return of_products(question, active_of); }

Judgement judge_antivirus_alone(const Question& question) { return of_products(question, alone_of); }

Judgement judge_antivirus_signatures(const Question& question) { return of_products(question, freshest); }

}  // namespace kenshin
