// Documents: CA/B Forum TLS Baseline Requirements 2.2.6, 7.1.2.7 (key usage, extended key usage, policies), 7.1 (serial
// numbers), 4.9 and 7.1.2.11.2 (where revocation is told); Chrome Root Program 1.8 (server certificates that are
// clients', too). What an authority did wrong is advice: the clinic's data is no less protected.
#include <algorithm>
#include <array>

#include "reports/criteria/certificate_chain.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

using Texts = std::vector<std::string>;

bool has(const Texts& all, std::string_view wanted) { return std::find(all.begin(), all.end(), wanted) != all.end(); }

constexpr std::array<std::string_view, 5> forbidden_usages = {"codeSigning", "emailProtection", "timeStamping",
                                                              "OCSPSigning", "anyExtendedKeyUsage"};

Judgement usage_of(const CertificateRules& rules, const Certificate& leaf) {
  const Parameters told = {{"usages", list_text(leaf.extended_key_usage)}};
  if (!leaf.server_auth) return judged(Verdict::NotMet, "usage-not-for-servers", told);
  if (!is_examined(leaf)) return judged(Verdict::Unknown, "certificate-not-examined");
  Texts forbidden;
  for (const std::string_view usage : forbidden_usages)
    if (has(leaf.extended_key_usage, usage)) forbidden.emplace_back(usage);
  if (!forbidden.empty()) return judged(Verdict::Attention, "usage-forbidden", {{"usages", list_text(forbidden)}});
  if (leaf.extended_key_usage.empty()) return judged(Verdict::Attention, "usage-not-stated");
  if (!leaf.key_usage.empty() && !has(leaf.key_usage, "digitalSignature"))
    return judged(Verdict::Attention, "usage-without-signature", {{"usages", list_text(leaf.key_usage)}});
  if (!has(leaf.extended_key_usage, "clientAuth")) return judged(Verdict::Met, "usage-servers", told);
  const bool late = std::chrono::floor<std::chrono::days>(leaf.not_before) >= rules.client_auth_from;
  return judged(late ? Verdict::Attention : Verdict::Met, late ? "usage-clients-too-late" : "usage-servers-and-clients",
                {{"from", to_text(rules.client_auth_from)}});
}

struct Validated {
  std::string_view oid, type;
};
constexpr Validated validated[] = {
    {"2.23.140.1.2.1", "DV"}, {"2.23.140.1.2.2", "OV"}, {"2.23.140.1.2.3", "IV"}, {"2.23.140.1.1", "EV"}};

Texts types_of(const Certificate& leaf) {
  Texts out;
  for (const auto& [oid, type] : validated)
    if (has(leaf.policies, oid)) out.emplace_back(type);
  return out;
}

Judgement validation_of(const Certificate& leaf) {
  const Texts types = types_of(leaf);
  const Parameters told = {{"type", list_text(types)}, {"issuer", leaf.issuer}};
  return types.empty() ? judged(Verdict::Unknown, "validation-not-stated", told)
                       : judged(Verdict::Met, "validation-recorded", told);
}

// 64 random bits (BR 7.1) that happen to fit into 48: once in 65,536 times.
bool serial_looks_random(const std::string& serial) {
  const auto first = serial.find_first_not_of('0');
  return first != std::string::npos && serial.size() - first > 12;
}

bool is_short_lived(const Certificate& leaf) { return leaf.not_after - leaf.not_before <= std::chrono::days(7); }

Judgement made_by_the_rules(const CertificateChain& chain) {
  const Certificate& leaf = chain.certificates.front();
  if (!is_examined(leaf)) return judged(Verdict::Unknown, "certificate-not-examined");
  // The rules bind the authorities of public programmes.
  if (chain.store.kind == StoreKind::Bundle || chain.trusted != Answer::Yes)
    return judged(Verdict::NotApplicable, "rules-bind-public-authorities");
  Texts defects;
  if (const auto types = types_of(leaf); types.size() != 1)
    defects.push_back("policy OID: " + (types.empty() ? std::string("none") : list_text(types)));
  if (!serial_looks_random(leaf.serial)) defects.push_back("serial number: " + leaf.serial);
  if (leaf.ocsp_urls.empty() && leaf.crl_urls.empty() && !is_short_lived(leaf)) defects.emplace_back("no OCSP, no CRL");
  if (leaf.ca_issuers_urls.empty()) defects.emplace_back("no caIssuers");
  if (defects.empty()) return judged(Verdict::Met, "made-by-the-rules");
  return judged(Verdict::Attention, "made-against-the-rules", {{"defects", list_text(defects)}});
}

}  // namespace

Judgement judge_certificate_usage(const Question& question) {
  return of_chain(question, [&](const CertificateChain& chain, const Observation&) {
    return usage_of(question.profile.certificate, chain.certificates.front());
  });
}

Judgement judge_certificate_validation(const Question& question) {
  return of_chain(question, [](const CertificateChain& chain, const Observation&) {
    return validation_of(chain.certificates.front());
  });
}

Judgement judge_certificate_conformance(const Question& question) {
  return of_chain(question, [](const CertificateChain& chain, const Observation&) { return made_by_the_rules(chain); });
}

}  // namespace kenshin
