#include "probes/certificate/chain.h"

#include <algorithm>

#include "probes/certificate/order.h"
#include "probes/certificate/read.h"
#include "probes/certificate/revocation.h"
#include "probes/certificate/selection.h"
#include "probes/certificate/timestamps.h"
#include "probes/certificate/trust.h"

namespace kenshin {

namespace {

Result<std::vector<OwnedX509>> read_all(const std::vector<Buffer>& certificates, std::vector<Certificate>& into) {
  std::vector<OwnedX509> chain;
  for (const Buffer& der : certificates) {
    chain.push_back(x509_from_der(der));
    const std::string which = "certificate " + std::to_string(chain.size());
    if (!chain.back()) return Error{Error::Kind::Malformed, which + " is no X.509"};
    auto read = read_certificate(*chain.back());
    if (!read) return Error{Error::Kind::Malformed, which + ": " + read.error().detail};
    into.push_back(std::move(*read));
  }
  return chain;
}

// Who signed it, among those sent and the anchors; nullptr where nobody at hand did.
X509* issuer_among(X509& subject, const std::vector<OwnedX509>& chain, const TrustAnchors& anchors) {
  constexpr int most_checks = 16;
  int checks = 0;
  const auto signed_by = [&](X509* candidate) {
    if (X509_NAME_cmp(X509_get_subject_name(candidate), X509_get_issuer_name(&subject)) != 0) return false;
    EVP_PKEY* key = X509_get0_pubkey(candidate);
    const bool right = ++checks <= most_checks && key != nullptr && X509_verify(&subject, key) == 1;
    ERR_clear_error();
    return right;
  };
  for (const auto& candidate : chain)
    if (candidate.get() != &subject && signed_by(candidate.get())) return candidate.get();
  for (const std::size_t at : anchors.named(X509_get_issuer_name(&subject)))
    if (signed_by(anchors.anchors[at].x509())) return anchors.anchors[at].x509();
  return nullptr;
}

// All that was sent for the name, roots left out: nobody revokes them this way.
CertificateRevocation revocation_of(const std::vector<SentChain>& sent, const Asked& asked, const Session& session,
                                    Instant now) {
  const auto anchors = trust_anchors(session.trust_bundle);
  std::vector<std::vector<OwnedX509>> chains;
  std::vector<Questioned> leaves, others;
  std::vector<std::string> seen;
  for (const SentChain& one : sent) {
    std::vector<Certificate> ignored;
    auto chain = read_all(one.certificates, ignored);
    if (chain) chains.push_back(std::move(*chain));
    else continue;
    const auto& now_read = chains.back();
    for (const auto& x509 : now_read) {
      if (X509_NAME_cmp(X509_get_subject_name(x509.get()), X509_get_issuer_name(x509.get())) == 0) continue;
      const std::string sha256 = certificate_sha256(*x509);
      if (std::find(seen.begin(), seen.end(), sha256) != seen.end()) continue;
      seen.push_back(sha256);
      const bool is_leaf = x509 == now_read.front();
      X509* issuer = anchors ? issuer_among(*x509, now_read, **anchors) : nullptr;
      (is_leaf ? leaves : others)
          .push_back({x509.get(), issuer, is_leaf ? Bytes(one.staple) : Bytes(), is_leaf && one.cut_off});
    }
  }
  leaves.insert(leaves.end(), others.begin(), others.end());
  return ask_revocation(leaves, is_loopback_or_private(asked.address), session, now);
}

template <class F>
Observation none(const Asked& asked, Instant now, int connections, const Error& why) {
  return observed<F>(asked.target, asked.address, now, connections, Result<F>(why));
}

}  // namespace

Result<CertificateChain> read_chain(const SentChain& sent, const std::string& host, const std::string& trust_bundle,
                                    Instant now) {
  if (sent.certificates.empty()) return Error{Error::Kind::Absent, "the server sent no certificate"};
  CertificateChain out;
  out.version = sent.version;
  const auto chain = read_all(sent.certificates, out.certificates);
  if (!chain) return chain.error();
  X509& leaf = *chain->front();
  out.name_matches = is_for(leaf, host) ? Answer::Yes : Answer::No;
  const auto anchors = trust_anchors(trust_bundle);
  if (!anchors) return anchors.error();
  out.store = (*anchors)->description;
  verify_chain(
      *chain, **anchors, [&]() -> const TrustAnchors& { return local_anchors(); }, now, out);
  if (out.name_matches == Answer::No) out.problems.emplace_back("name_mismatch");
  for (auto& problem : order_problems(*chain)) out.problems.push_back(std::move(problem));
  out.timestamps =
      all_timestamps(leaf, issuer_among(leaf, *chain, **anchors), sent.timestamps, sent.staple, shipped_ct_logs());
  return out;
}

Result<CertificateChain> read_chain(const std::vector<Buffer>& certificates, TlsVersion version,
                                    const std::string& host, const std::string& trust_bundle, Instant now) {
  return read_chain(SentChain{certificates, version, {}, {}, false}, host, trust_bundle, now);
}

std::vector<Observation> observe_certificate(const Asked& asked, Session& session) {
  const Instant now = session.now();
  const auto in_vain = [&](int connections, const Error& why) {
    return std::vector<Observation>{none<CertificateChain>(asked, now, connections, why),
                                    none<CertificateSelection>(asked, now, 0, why),
                                    none<CertificateRevocation>(asked, now, 0, why)};
  };
  Tally fetching{0}, selecting{0};
  Conversation conversation(asked, session);
  const auto first = fetch_chain(conversation, fetching);
  if (!first) return in_vain(fetching, first.error());
  Selected selected = select_certificates(conversation, asked, session, *first, selecting);
  if (selected.chains.empty()) selected.chains.push_back(*first);
  std::vector<Observation> out;
  for (const SentChain& sent : selected.chains)
    out.push_back(observed<CertificateChain>(asked.target, asked.address, now, out.empty() ? fetching.load() : 0,
                                             read_chain(sent, asked.target.name, session.trust_bundle, now)));
  CertificateRevocation revocation = revocation_of(selected.chains, asked, session, now);
  out.push_back(observed<CertificateSelection>(asked.target, asked.address, now, selecting,
                                               Result<CertificateSelection>(std::move(selected.fact))));
  out.push_back(observed<CertificateRevocation>(asked.target, asked.address, now, 0,
                                                Result<CertificateRevocation>(std::move(revocation))));
  return out;
}

}  // namespace kenshin
