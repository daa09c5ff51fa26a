// Questions several TLS criteria ask of the versions an endpoint accepts.
#pragma once

#include "reports/criteria/evidence.h"

namespace kenshin {

// Unknown for a version that was not asked.
Answer accepted(const TlsVersions&, TlsVersion);
bool any_accepted(const TlsVersions&);
// Why it could not be told, as observed; empty where nothing was said.
std::string because_of(const TlsVersions&, TlsVersion);
// Unknown, reason "no-version-accepted": TLS as a whole could not be measured here.
Judgement no_version_accepted(const TlsVersions&);

}  // namespace kenshin
