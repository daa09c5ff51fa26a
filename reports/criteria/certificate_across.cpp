// Documents: N. Heninger and others, Mining Your Ps and Qs (2012): whoever finds a prime that two moduli share has both
// keys. N. Aviram and others, DROWN (2016): a key is in danger wherever it is used once one server speaks SSL 2.0 with
// it; what was exchanged by RSA can be read, and with other exchanges the key may be made to sign.
#include "reports/criteria/certificate_across.h"

#include <algorithm>
#include <set>

#include "probes/domain/public_suffix.h"
#include "reports/criteria/certificate_chain.h"
#include "reports/criteria/judges.h"
#include "reports/criteria/suite_families.h"

namespace kenshin {

namespace {

constexpr std::string_view key_shared = "certificate.key_shared", drown = "tls.weakness.drown";

std::string site_of(const Target& target) { return site_name(target.name).value_or(target.name); }

std::string names_of(const std::set<Target>& targets) {
  std::vector<std::string> out;
  for (const Target& target : targets) out.push_back(target_text(target));
  return list_text(out);
}

// Who holds together by a site name or by a certificate, over any number of steps.
class Systems {
 public:
  void add(const Target& target, const std::string& certificate) {
    const std::size_t by_site = of("site " + site_of(target)), by_certificate = of("certificate " + certificate);
    parents_[top(by_site)] = top(by_certificate);
    members_.insert({target, by_certificate});
  }
  std::map<std::size_t, std::set<Target>> all() {
    std::map<std::size_t, std::set<Target>> out;
    for (const auto& [target, at] : members_) out[top(at)].insert(target);
    return out;
  }

 private:
  std::size_t of(const std::string& what) {
    const auto [at, is_new] = index_.emplace(what, parents_.size());
    if (is_new) parents_.push_back(at->second);
    return at->second;
  }
  std::size_t top(std::size_t at) {
    while (parents_[at] != at) at = parents_[at] = parents_[parents_[at]];
    return at;
  }

  std::map<std::string, std::size_t> index_;
  std::vector<std::size_t> parents_;
  std::set<std::pair<Target, std::size_t>> members_;
};

void say(std::map<Target, std::vector<SaidAcross>>& said, const Target& target, std::string_view criterion,
         Judgement judgement) {
  said[target].push_back({criterion, std::move(judgement)});
}

bool speaks_ssl2(const Observation& seen) {
  const auto* versions = fact_of<TlsVersions>(seen);
  if (!versions) return false;
  const auto at = versions->versions.find(TlsVersion::Ssl2);
  return at != versions->versions.end() && at->second.accepted == Answer::Yes;
}

bool exchanges_by_rsa(const TlsSuites& suites) {
  return std::any_of(suites.versions.begin(), suites.versions.end(),
                     [](const auto& list) { return !in_families(list.second.suites, {"static_rsa"}).empty(); });
}

}  // namespace

// Alone a key is compared with nothing.
Judgement judge_key_shared(const Question& question) {
  return of_chain(question, [](const CertificateChain& chain, const Observation&) {
    return is_examined(chain.certificates.front()) ? judged(Verdict::NotApplicable, "key-not-compared")
                                                   : judged(Verdict::Unknown, "certificate-not-examined");
  });
}

void KeysAcross::look_at(const Target& target, const Facts& about) {
  for (const Observation* seen : about.of<CertificateChain>(target)) {
    const auto* chain = fact_of<CertificateChain>(*seen);
    if (!chain || chain->certificates.empty() || !is_examined(chain->certificates.front())) continue;
    const Certificate& leaf = chain->certificates.front();
    const bool is_rsa = leaf.key.starts_with("RSA-");
    shown_.push_back({{target, leaf.sha256, leaf.spki_sha256, is_rsa ? modulus_of_certificate(leaf.der) : Buffer()},
                      seen->id,
                      is_rsa});
    if (!is_rsa) continue;
    for (const Observation* versions : about.of<TlsVersions>(target))
      if (versions->address == seen->address && speaks_ssl2(*versions))
        over_ssl2_[leaf.spki_sha256].push_back({target, {versions->id, seen->id}});
  }
  for (const Observation* seen : about.of<TlsSuites>(target))
    if (const auto* suites = fact_of<TlsSuites>(*seen))
      exchanges_by_rsa_[target] = exchanges_by_rsa_[target] || exchanges_by_rsa(*suites);
}

std::map<Target, std::vector<SaidAcross>> KeysAcross::said() const {
  Said out;
  add_shared(out);
  add_drown(out);
  return out;
}

void KeysAcross::add_shared(Said& said) const {
  std::vector<IndexedKey> index;
  std::map<std::string, std::vector<const Shown*>> by_key;
  std::set<Target> targets;
  for (const Shown& one : shown_) {
    index.push_back(one.key);
    by_key[one.key.spki_sha256].push_back(&one);
    targets.insert(one.key.target);
  }
  if (targets.size() < 2 && by_key.size() < 2) return;
  const SharedKeys shared = find_shared_keys(index);
  for (const SharedKey& one : shared.found) {
    const std::set<Target> concerned(one.targets.begin(), one.targets.end());
    if (one.kind == SharedKeyKind::CommonPrime) {
      for (const Target& target : concerned)
        say(said, target, key_shared, judged(Verdict::NotMet, "key-prime-shared", {{"targets", names_of(concerned)}}));
      continue;
    }
    Systems systems;
    for (const Shown* shown : by_key.at(one.keys.front())) systems.add(shown->key.target, shown->key.certificate);
    const auto all = systems.all();
    if (all.size() < 2) continue;
    const std::string names = names_of(concerned);
    for (const Target& target : concerned)
      say(said, target, key_shared, judged(Verdict::Attention, "key-shared", {{"targets", names}}));
  }
  const Parameters count = {{"count", std::to_string(by_key.size())}};
  for (const Shown& one : shown_) {
    const bool in_part = one.is_rsa && (!shared.complete || one.key.modulus.empty());
    say(said, one.key.target, key_shared,
        in_part ? judged(Verdict::Unknown, "keys-compared-in-part", count)
                : judged(Verdict::Met, "key-not-shared", count));
  }
}

// Where the target itself speaks SSL 2.0, its own row says so.
void KeysAcross::add_drown(Said& said) const {
  for (const Shown& one : shown_) {
    const auto danger = over_ssl2_.find(one.key.spki_sha256);
    if (danger == over_ssl2_.end()) continue;
    const auto& where = danger->second;
    if (std::any_of(where.begin(), where.end(), [&](const OverSsl2& it) { return it.target == one.key.target; }))
      continue;
    std::set<Target> others;
    for (const OverSsl2& it : where) others.insert(it.target);
    const auto by_rsa = exchanges_by_rsa_.find(one.key.target);
    const bool can_be_read = by_rsa != exchanges_by_rsa_.end() && by_rsa->second;
    Judgement judgement =
        judged(can_be_read ? Verdict::NotMet : Verdict::Attention,
               can_be_read ? "drown-elsewhere" : "drown-key-elsewhere", {{"targets", names_of(others)}});
    judgement.evidence = where.front().evidence;
    judgement.evidence.push_back(one.chain);
    say(said, one.key.target, drown, std::move(judgement));
  }
}

}  // namespace kenshin
