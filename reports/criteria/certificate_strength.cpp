// Documents: checklist (2026), item 2.5.2-1.xii: sufficient strength; CA/B Forum TLS Baseline Requirements 2.2.6, 6.1.5
// (RSA of 2048 bits, P-256, P-384, P-521) and 7.1.3.2 (SHA-2 signatures). Leaf and intermediates as sent; a root's own
// signature says nothing.
#include <algorithm>
#include <charconv>

#include "probes/base/text.h"
#include "reports/criteria/certificate_chain.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

bool contains_any(const std::string& text, const std::set<std::string>& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](const auto& p) { return text.find(p) != std::string::npos; });
}

Judgement about(Verdict verdict, std::string code, std::string value, const Certificate& certificate) {
  return judged(verdict, std::move(code), {{"value", std::move(value)}, {"subject", certificate.subject}});
}

Judgement key_of(const CertificateRules& rules, const Certificate& certificate) {
  const std::string_view key = certificate.key;
  if (key.starts_with("RSA-PSS-")) return about(Verdict::Attention, "key-unlisted", certificate.key, certificate);
  if (key.starts_with("RSA-")) {
    int bits = 0;
    const auto [end, error] = std::from_chars(key.data() + 4, key.data() + key.size(), bits);
    if (error != std::errc{} || end != key.data() + key.size())
      return about(Verdict::Unknown, "key-unreadable", certificate.key, certificate);
    return bits < rules.rsa_bits ? about(Verdict::NotMet, "key-weak", certificate.key, certificate)
                                 : about(Verdict::Met, "key-strong", certificate.key, certificate);
  }
  if (key.empty()) return about(Verdict::Unknown, "key-unreadable", certificate.key, certificate);
  if (rules.curves.count(certificate.key) > 0) return about(Verdict::Met, "key-strong", certificate.key, certificate);
  if (rules.weak_curves.count(certificate.key) > 0)
    return about(Verdict::NotMet, "key-weak", certificate.key, certificate);
  return about(Verdict::Attention, "key-unlisted", certificate.key, certificate);
}

Judgement signature_of(const CertificateRules& rules, const Certificate& certificate) {
  const std::string algorithm = lower_ascii(certificate.signature);
  if (contains_any(algorithm, rules.weak_signatures))
    return about(Verdict::NotMet, "signature-weak", certificate.signature, certificate);
  if (contains_any(algorithm, rules.strong_signatures))
    return about(Verdict::Met, "signature-strong", certificate.signature, certificate);
  return about(Verdict::Unknown, "signature-unreadable", certificate.signature, certificate);
}

// The worst of the path; the leaf's words where all are alike.
Judgement worst_of_path(const Question& question, Judgement (*one)(const CertificateRules&, const Certificate&)) {
  return of_chain(question, [&](const CertificateChain& chain, const Observation& seen) {
    Judgement out;
    bool first = true;
    for (const Certificate* certificate : path_as_sent(chain, judged_at(question, seen))) {
      Judgement next = one(question.profile.certificate, *certificate);
      if (first || is_worse(next.verdict, out.verdict)) out = std::move(next);
      first = false;
    }
    return out;
  });
}

}  // namespace

Judgement judge_certificate_key(const Question& question) { return worst_of_path(question, key_of); }

Judgement judge_certificate_signature(const Question& question) { return worst_of_path(question, signature_of); }

}  // namespace kenshin
