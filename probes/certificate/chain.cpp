#include "probes/certificate/chain.h"

#include "probes/certificate/fetch.h"
#include "probes/certificate/order.h"
#include "probes/certificate/read.h"
#include "probes/certificate/trust.h"

namespace kenshin {

namespace {

Result<CertificateChain> look(const Asked& asked, Session& session, Instant now, Tally& tally) {
  if (session.budget)
    if (auto why = session.budget->given_up(asked.target, asked.address)) return *why;
  auto sent = fetch_chain(asked, session, tally);
  if (!sent) return sent.error();
  return read_chain(sent->certificates, sent->version, asked.target.name, session.trust_bundle, now);
}

}  // namespace

Result<CertificateChain> read_chain(const std::vector<Buffer>& certificates, TlsVersion version,
                                    const std::string& host, const std::string& trust_bundle, Instant now) {
  if (certificates.empty()) return Error{Error::Kind::Absent, "the server sent no certificate"};
  CertificateChain out;
  out.version = version;
  std::vector<OwnedX509> chain;
  for (const Buffer& der : certificates) {
    chain.push_back(x509_from_der(der));
    const std::string which = "certificate " + std::to_string(chain.size());
    if (!chain.back()) return Error{Error::Kind::Malformed, which + " is no X.509"};
    auto read = read_certificate(*chain.back());
    if (!read) return Error{Error::Kind::Malformed, which + ": " + read.error().detail};
    out.certificates.push_back(std::move(*read));
  }
  out.name_matches = is_for(*chain.front(), host) ? Answer::Yes : Answer::No;
  const auto anchors = trust_anchors(trust_bundle);
  if (!anchors) return anchors.error();
  out.store = (*anchors)->description;
  verify_chain(chain, **anchors, local_anchors(), now, out);
  if (out.name_matches == Answer::No) out.problems.emplace_back("name_mismatch");
  for (auto& problem : order_problems(chain)) out.problems.push_back(std::move(problem));
  return out;
}

std::vector<Observation> observe_certificate(const Asked& asked, Session& session) {
  const Instant now = session.now();
  Tally tally{0};
  auto seen = look(asked, session, now, tally);
  return {observed<CertificateChain>(asked.target, asked.address, now, tally, std::move(seen))};
}

}  // namespace kenshin
