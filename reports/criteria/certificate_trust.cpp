// Document: checklist (2026), item 2.5.2-1.xii: a server certificate issued by a reliable institution. Our reading: a
// chain to a root of a public programme (Mozilla, Chrome, Apple, Microsoft) for the name that was asked (RFC 9525,
// RFC 5280 6). Over an older scan's facts the system's store counts as one programme, named and dated.
#include <algorithm>
#include <set>

#include "probes/base/text.h"
#include "reports/criteria/certificate_programmes.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

struct Refusal {
  std::string_view problem, code;
};
// The first that applies names the reason.
constexpr Refusal refusals[] = {{"self_signed", "self-signed"},
                                {"bad_signature", "bad-signature"},
                                {"not_for_servers", "not-for-servers"},
                                {"constraint", "constraint-violated"},
                                {"untrusted_root", "untrusted-root"}};

Parameters store_parameters(const CertificateChain& chain) {
  return {{"store", chain.store.name},
          {"as_of", chain.store.as_of ? to_text(*chain.store.as_of) : std::string()},
          {"anchor", chain.anchor}};
}

// In force in one programme is enough to be trusted; where another lacks the root, somebody should know.
Judgement by_programmes(const Question& question, const CertificateChain& chain) {
  const RootHolders& roots = question.profile.roots;
  const bool known = std::any_of(chain.anchors.begin(), chain.anchors.end(),
                                 [&](const Anchor& anchor) { return roots.by_sha256.count(anchor.sha256) > 0; });
  Parameters told = store_parameters(chain);
  if (!known) return judged(Verdict::Unknown, "root-not-in-data", std::move(told));
  const std::set<std::string> holding = programmes_holding(question.profile, chain, question.on);
  std::vector<std::string> lacking;
  for (const std::string& programme : roots.programmes)
    if (holding.count(programme) == 0) lacking.push_back(programme);
  told.emplace_back("programmes", join(std::vector<std::string>(holding.begin(), holding.end()), ", "));
  told.emplace_back("missing", join(lacking, ", "));
  if (holding.empty()) return judged(Verdict::NotMet, "trusted-by-no-programme", std::move(told));
  return lacking.empty() ? judged(Verdict::Met, "trusted-by-programmes", std::move(told))
                         : judged(Verdict::Attention, "trusted-by-some-programmes", std::move(told));
}

Judgement trusted_at(const Question& question, const CertificateChain& chain) {
  const TrustStore& store = chain.store;
  if (has_problem(chain, "self_signed") && chain.trusted == Answer::No)
    return judged(Verdict::NotMet, "self-signed", store_parameters(chain));
  const bool old = store.kind != StoreKind::Bundle && store.as_of &&
                   (question.on - *store.as_of).count() > question.profile.certificate.store_old_days;
  if (old) return judged(Verdict::Unknown, "trust-store-old", store_parameters(chain));
  if (store.kind != StoreKind::Bundle && chain.anchor_is_local)
    return judged(Verdict::Unknown, "vantage", {{"issuer", chain.anchor}});
  if (chain.trusted == Answer::Yes) {
    if (store.kind == StoreKind::Bundle) return judged(Verdict::Met, "trusted-by-bundle", store_parameters(chain));
    if (store.kind == StoreKind::Programmes) return by_programmes(question, chain);
    return judged(Verdict::Met, "trusted-by-system", store_parameters(chain));
  }
  if (chain.trusted == Answer::No)
    for (const auto& [problem, code] : refusals)
      if (has_problem(chain, problem)) return judged(Verdict::NotMet, std::string(code), store_parameters(chain));
  if (has_problem(chain, "chain_incomplete")) return judged(Verdict::Unknown, "no-path", store_parameters(chain));
  return judged(Verdict::Unknown, "trust-undecided", {{"problems", join(chain.problems, ", ")}});
}

Judgement complete_at(const CertificateChain& chain, Instant at) {
  if (chain.trusted == Answer::Yes && has_problem(chain, "chain_incomplete"))
    return judged(Verdict::Attention, "chain-incomplete-here-known", {{"missing", chain.anchor}});
  if (has_problem(chain, "chain_incomplete"))
    return judged(Verdict::NotMet, "chain-incomplete", {{"missing", chain.anchor}});
  if (has_problem(chain, "self_signed")) return judged(Verdict::NotApplicable, "chain-of-one");
  if (has_problem(chain, "wrong_order")) return judged(Verdict::Attention, "chain-order");
  const auto path = path_as_sent(chain, at);
  const std::string& above = path.back()->issuer;
  const bool root_sent = std::any_of(chain.certificates.begin(), chain.certificates.end(),
                                     [&](const Certificate& c) { return c.self_issued && c.subject == above; });
  if (chain.trusted != Answer::Yes && !root_sent)
    return judged(Verdict::Unknown, "chain-undecided", {{"missing", above}});
  return judged(Verdict::Met, "chain-complete", {{"count", std::to_string(chain.certificates.size())}});
}

}  // namespace

Judgement judge_certificate_trusted(const Question& question) {
  return of_chain(question,
                  [&](const CertificateChain& chain, const Observation&) { return trusted_at(question, chain); });
}

Judgement judge_certificate_name(const Question& question) {
  return of_chain(question, [&](const CertificateChain& chain, const Observation&) {
    const Parameters named = {{"name", question.target.name}, {"names", list_text(chain.certificates.front().names)}};
    switch (chain.name_matches) {
      case Answer::Yes: return judged(Verdict::Met, "name-matches", named);
      case Answer::No: return judged(Verdict::NotMet, "name-differs", named);
      default: return judged(Verdict::Unknown, "name-undecided", named);
    }
  });
}

Judgement judge_chain_complete(const Question& question) {
  return of_chain(question, [&](const CertificateChain& chain, const Observation& seen) {
    return complete_at(chain, judged_at(question, seen));
  });
}

}  // namespace kenshin
