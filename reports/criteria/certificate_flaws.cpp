// Document: CA/B Forum TLS Baseline Requirements 2.2.6, 6.1.1.3 and 6.1.6: keys that others can compute (Debian's weak
// generator, ROCA, close primes, small factors) and exponents that give the message away. Size and kind of the key:
// certificate_strength.cpp.
#include <algorithm>
#include <array>

#include "reports/criteria/certificate_chain.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

constexpr std::array<std::string_view, 5> broken = {"debian_weak", "roca", "close_primes", "small_factor",
                                                    "exponent_1"};
constexpr std::string_view unchecked = "unknown:";

Judgement flaws_of(const Certificate& certificate) {
  if (!is_examined(certificate)) return judged(Verdict::Unknown, "certificate-not-examined");
  std::vector<std::string> breaks, odd, open;
  for (const auto& problem : certificate.key_problems) {
    if (problem.starts_with(unchecked)) open.push_back(problem.substr(unchecked.size()));
    else if (std::find(broken.begin(), broken.end(), problem) != broken.end()) breaks.push_back(problem);
    else odd.push_back(problem);
  }
  if (!breaks.empty())
    return judged(Verdict::NotMet, "key-broken", {{"problems", list_text(breaks)}, {"subject", certificate.subject}});
  if (!odd.empty())
    return judged(Verdict::Attention, "key-odd", {{"problems", list_text(odd)}, {"subject", certificate.subject}});
  if (!open.empty())
    return judged(Verdict::Unknown, "key-partly-examined",
                  {{"unchecked", list_text(open)}, {"subject", certificate.subject}});
  return judged(Verdict::Met, "key-without-flaw");
}

}  // namespace

Judgement judge_key_flaws(const Question& question) {
  return of_chain(question, [&](const CertificateChain& chain, const Observation& seen) {
    const auto path = path_as_sent(chain, judged_at(question, seen));
    Judgement out = flaws_of(*path.front());
    for (std::size_t i = 1; i < path.size(); ++i) {
      Judgement next = flaws_of(*path[i]);
      if (is_worse(next.verdict, out.verdict)) out = std::move(next);
    }
    return out;
  });
}

}  // namespace kenshin
