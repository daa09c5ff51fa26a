// Our own policy: the addresses of one name show one and the same certificates, or at least equally long ones.
// Different dates mean that one of them will be forgotten at the next renewal.
#include <map>
#include <set>

#include "reports/criteria/certificate_chain.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

struct Shown {
  std::set<std::string> leaves;  // SHA-256
  std::set<Instant> ends;
};

bool all_alike(const std::map<std::string, Shown>& shown, bool (*alike)(const Shown&, const Shown&)) {
  for (const auto& [address, one] : shown)
    if (!alike(one, shown.begin()->second)) return false;
  return true;
}

}  // namespace

Judgement judge_same_certificates(const Question& question) {
  std::map<std::string, Shown> shown;
  Judgement failed;
  std::vector<ObservationId> evidence;
  for (const Observation* seen : heard(question, CertificateChain::name)) {
    evidence.push_back(seen->id);
    const auto* chain = fact_of<CertificateChain>(*seen);
    if (!chain) {
      failed = could_not_observe(seen->fact ? Error{Error::Kind::Malformed, seen->name} : seen->fact.error());
      continue;
    }
    if (chain->certificates.empty()) {
      failed = judged(Verdict::Unknown, "no-certificate");
      continue;
    }
    shown[seen->address].leaves.insert(chain->certificates.front().sha256);
    shown[seen->address].ends.insert(chain->certificates.front().not_after);
  }
  if (evidence.empty()) return judged(Verdict::Unknown, "never-observed");
  const Parameters count = {{"count", std::to_string(shown.size())}};
  const bool same_ends = all_alike(shown, [](const Shown& a, const Shown& b) { return a.ends == b.ends; });
  const bool same = all_alike(shown, [](const Shown& a, const Shown& b) { return a.leaves == b.leaves; });
  Judgement out = !same_ends                     ? judged(Verdict::Attention, "certificates-end-apart", count)
                  : !failed.because.code.empty() ? failed
                  : shown.size() < 2             ? judged(Verdict::NotApplicable, "one-address")
                  : same                         ? judged(Verdict::Met, "certificates-same", count)
                                                 : judged(Verdict::Met, "certificates-alike", count);
  out.evidence = std::move(evidence);
  return out;
}

}  // namespace kenshin
