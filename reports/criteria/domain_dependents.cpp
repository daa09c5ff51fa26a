// Document: checklist (2026), item 2.5.2-1.xiv: what receives or runs for the clinic at a name that is free or lapsed
// can be taken by anybody. Everything short of that is a question to a person.
#include <array>

#include "probes/base/text.h"
#include "probes/domain/public_suffix.h"
#include "reports/criteria/domain_registration.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

bool runs_or_receives(DependentKind kind) {
  switch (kind) {
    case DependentKind::Ns:
    case DependentKind::Mx:
    case DependentKind::Cname:
    case DependentKind::Script:
    case DependentKind::Form:
    case DependentKind::Frame: return true;
    default: return false;
  }
}

std::string shown(const Dependent& it) { return it.name + " (" + it.found_in + ")"; }

// One list per outcome; the first that is not empty decides.
struct Sorted {
  std::vector<std::string> lost, odd, untold;
  std::size_t sound = 0;
};

const RegistryWord* word_of(const DomainDependents& seen, const Dependent& it) {
  const auto at = seen.registry.find(it.registry_name);
  return at == seen.registry.end() || at->second.because == "well known, not asked" ? nullptr : &at->second;
}

template <class Into>
Sorted sorted(const DomainDependents& seen, Into into) {
  Sorted out;
  for (const Dependent& it : seen.dependents)
    if (const RegistryWord* word = word_of(seen, it)) into(it, *word, out);
  return out;
}

// `what` begins the codes: "dependent-free" …
Judgement decided(const Sorted& found, const DomainDependents& seen, const std::array<const char*, 4>& codes) {
  const auto names = [](const std::vector<std::string>& all) { return Parameters{{"names", list_text(all)}}; };
  if (!found.lost.empty()) return judged(Verdict::NotMet, codes[0], names(found.lost));
  if (!found.odd.empty()) return judged(Verdict::Attention, codes[1], names(found.odd));
  if (!found.untold.empty()) return judged(Verdict::Unknown, codes[2], names(found.untold));
  if (!seen.untold.empty()) return judged(Verdict::Unknown, "dependents-not-all-seen", names(seen.untold));
  if (found.sound == 0) return judged(Verdict::NotApplicable, "no-dependents");
  return judged(Verdict::Met, codes[3], {{"count", std::to_string(found.sound)}});
}

Judgement registered_of(const DomainDependents& seen) {
  const Sorted found = sorted(seen, [](const Dependent& it, const RegistryWord& word, Sorted& out) {
    if (word.registered == Answer::Yes) return void(++out.sound);
    if (word.registered != Answer::No) return out.untold.push_back(it.registry_name + " (" + word.because + ")");
    const bool gone = it.resolves == DnsFound::NoName;  // registry and DNS agree
    (gone && runs_or_receives(it.kind) ? out.lost : out.odd).push_back(shown(it));
  });
  return decided(found, seen, {"dependent-free", "dependent-free-look", "dependents-untold", "dependents-registered"});
}

Judgement state_of(const DomainDependents& seen, const DomainRules& rules) {
  const Sorted found = sorted(seen, [&](const Dependent& it, const RegistryWord& word, Sorted& out) {
    if (word.registered == Answer::No) return;
    if (word.registered != Answer::Yes) return out.untold.push_back(it.registry_name + " (" + word.because + ")");
    const auto [worst, decisive] = judged_state(rules, word.state);
    const bool daily = decisive == "auto renew period" || decisive == "pending update" || decisive == "transfer period";
    if (worst == Verdict::Met || daily) return void(++out.sound);
    const bool lapsed = worst == Verdict::NotMet && runs_or_receives(it.kind);
    (lapsed ? out.lost : out.odd).push_back(shown(it) + ": " + decisive);
  });
  return decided(found, seen, {"dependent-lapsed", "dependent-state-odd", "dependents-untold", "dependents-in-use"});
}

// A .jp name that is in use is renewed by its registry: its date tells nothing.
Judgement expiry_of(const DomainDependents& seen, Day on, int warn_days) {
  const Sorted found = sorted(seen, [&](const Dependent& it, const RegistryWord& word, Sorted& out) {
    if (word.registered == Answer::No) return;
    if (word.registered != Answer::Yes || (word.kind == RegistrationKind::Gtld && !word.expires))
      return out.untold.push_back(it.registry_name + " (" + (word.because.empty() ? "no date" : word.because) + ")");
    if (word.kind == RegistrationKind::Gtld && (*word.expires - on).count() <= warn_days)
      return out.odd.push_back(shown(it) + ": " + to_text(*word.expires));
    ++out.sound;
  });
  return decided(found, seen, {"dependent-expires", "dependent-expires", "dependents-untold", "dependents-last"});
}

// Registered since somebody accepted the names relied on: it was free between, and may be another's now.
Judgement newer_of(const Question& question, const DomainDependents& seen) {
  const auto* before = question.facts.one<DeclaredBaseline>(question.target);
  if (!before) return judged(Verdict::Unknown, "no-baseline-to-compare");
  const Day taken = day_in_japan(before->taken);
  const Sorted found = sorted(seen, [&](const Dependent& it, const RegistryWord& word, Sorted& out) {
    if (!before->dependents.contains(it.registry_name) || word.registered == Answer::No) return;
    if (word.registered != Answer::Yes || !word.created)
      return out.untold.push_back(it.registry_name + " (" + (word.because.empty() ? "no date" : word.because) + ")");
    if (*word.created > taken + registry_slack) return out.odd.push_back(shown(it) + ": " + to_text(*word.created));
    ++out.sound;
  });
  Judgement out =
      decided(found, seen, {"dependent-newer", "dependent-newer", "dependents-untold", "dependents-as-accepted"});
  if (out.because.code != "no-dependents") out.because.parameters.emplace_back("taken", to_text(taken));
  return out;
}

Judgement dangling_of(const DomainDependents& seen) {
  std::vector<std::string> claimable, dangling, untold;
  for (const Dependent& it : seen.dependents) {
    if (it.kind == DependentKind::Link || it.kind == DependentKind::Dmarc || it.kind == DependentKind::Spf) continue;
    if (it.resolves == DnsFound::NoName) (it.claimable == Answer::Yes ? claimable : dangling).push_back(shown(it));
    if (it.resolves == DnsFound::Unknown || it.resolves == DnsFound::Bogus)
      untold.push_back(it.name + " (" + it.because + ")");
  }
  if (!claimable.empty()) return judged(Verdict::Attention, "dangling-claimable", {{"names", list_text(claimable)}});
  if (!dangling.empty()) return judged(Verdict::Attention, "dangling-reference", {{"names", list_text(dangling)}});
  if (!untold.empty()) return judged(Verdict::Unknown, "dangling-untold", {{"names", list_text(untold)}});
  if (!seen.untold.empty())
    return judged(Verdict::Unknown, "dependents-not-all-seen", {{"names", list_text(seen.untold)}});
  return judged(Verdict::Met, "nothing-dangles", {{"count", std::to_string(seen.dependents.size())}});
}

Judgement takeover_of(const DomainDependents& seen) {
  std::vector<std::string> free_there, untold;
  std::size_t held = 0;
  for (const Dependent& it : seen.dependents) {
    const std::string text = shown(it) + ": " + it.provider;
    if (it.claimable == Answer::Yes) free_there.push_back(text);
    if (it.claimable == Answer::Unknown) untold.push_back(text + ", " + it.claimable_because);
    if (it.claimable == Answer::No) ++held;
  }
  if (!free_there.empty()) return judged(Verdict::Attention, "takeover-possible", {{"names", list_text(free_there)}});
  if (!untold.empty()) return judged(Verdict::Unknown, "takeover-untold", {{"names", list_text(untold)}});
  if (!seen.untold.empty())
    return judged(Verdict::Unknown, "dependents-not-all-seen", {{"names", list_text(seen.untold)}});
  if (held == 0) return judged(Verdict::NotApplicable, "no-such-provider");
  return judged(Verdict::Met, "held-at-provider", {{"count", std::to_string(held)}});
}

Judgement wildcard_of(const DomainDns& seen, const std::string& domain) {
  const DnsSaid& said = seen.wildcard;
  for (const auto& alias : said.aliases)
    if (registry_name(alias) != registry_name(domain))
      return judged(Verdict::Attention, "wildcard-elsewhere", {{"name", alias}});
  switch (said.found) {
    case DnsFound::NoName: return judged(Verdict::Met, "no-wildcard");
    case DnsFound::Records:
    case DnsFound::NoRecords: return judged(Verdict::Met, "wildcard-own");
    default: return judged(Verdict::Unknown, "wildcard-untold", {{"why", said.because}});
  }
}

template <class Of>
Judgement of_dependents(const Question& question, Of of) {
  return worst_of<DomainDependents>(question,
                                    [&](const DomainDependents& seen, const Observation&) { return of(seen); });
}

}  // namespace

Judgement judge_dependents_registered(const Question& question) { return of_dependents(question, registered_of); }

Judgement judge_dependents_state(const Question& question) {
  return of_dependents(question, [&](const DomainDependents& seen) { return state_of(seen, question.profile.domain); });
}

Judgement judge_dependents_expiry(const Question& question) {
  return of_dependents(question, [&](const DomainDependents& seen) {
    return expiry_of(seen, question.on, question.profile.domain.expiry_warn_days);
  });
}

Judgement judge_dependents_newer(const Question& question) {
  Judgement out = of_dependents(question, [&](const DomainDependents& seen) { return newer_of(question, seen); });
  for (const Observation* before : question.facts.of<DeclaredBaseline>(question.target))
    out.evidence.push_back(before->id);
  return out;
}

Judgement judge_dependents_dangling(const Question& question) { return of_dependents(question, dangling_of); }

Judgement judge_dependents_takeover(const Question& question) { return of_dependents(question, takeover_of); }

Judgement judge_domain_wildcard(const Question& question) {
  return worst_of<DomainDns>(
      question, [&](const DomainDns& seen, const Observation&) { return wildcard_of(seen, question.target.name); });
}

}  // namespace kenshin
