// Which programmes hold the roots a chain reaches, with what they announced of distrust since (distrust.json).
#pragma once

#include <set>
#include <string>

#include "reports/criteria/certificate_chain.h"

namespace kenshin {

enum class Distrusted { No, Undecided, Recalled, Yes };

// What the rows for cause say of a chain below that anchor, on that day; the gravest. Recalled: only a row without a
// source at hand says so.
Distrusted distrusted_for_cause(const Profile&, const CertificateChain&, const Anchor&, Day on);

// The programmes that hold a root the chain reaches, those left out that distrust it, for whatever reason. Roots that
// were distrusted for cause do not count where another is reached.
std::set<std::string> programmes_holding(const Profile&, const CertificateChain&, Day on);

}  // namespace kenshin
