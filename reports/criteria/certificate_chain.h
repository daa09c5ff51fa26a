// Questions several certificate criteria ask of a chain as it was sent.
#pragma once

#include <string_view>
#include <vector>

#include "reports/criteria/evidence.h"

namespace kenshin {

// False for facts of a time when a certificate's key and extensions were not read as closely: an empty list of problems
// then says nothing.
inline bool is_examined(const Certificate& certificate) { return !certificate.spki_sha256.empty(); }

bool has_problem(const CertificateChain&, std::string_view problem);

// From the leaf upwards, by issuer: the certificates that were sent and stand below the anchor. Of several with one
// name, the one that is valid at `at`. Never empty where a certificate was sent.
std::vector<const Certificate*> path_as_sent(const CertificateChain&, Instant at);

// When a chain is judged: at the moment it was seen if that is the day of judging (in Japan), else at noon of that day.
Instant judged_at(const Question&, const Observation&);

// What a chain comes to beside certificates that the server may have and did not show: nothing better than Unknown.
Judgement beside_unseen(const Question&, const Observation&, Judgement);

// worst_of<CertificateChain>, with Unknown "no-certificate" for an empty chain and "certificate-not-fetched" where
// another could not be fetched.
template <class One>
Judgement of_chain(const Question& question, One one) {
  return worst_of<CertificateChain>(question, [&](const CertificateChain& chain, const Observation& seen) {
    return beside_unseen(question, seen,
                         chain.certificates.empty() ? judged(Verdict::Unknown, "no-certificate") : one(chain, seen));
  });
}

}  // namespace kenshin
