// Questions several TLS criteria ask of the suites an endpoint accepts.
#pragma once

#include <string>
#include <vector>

#include "reports/criteria/evidence.h"

namespace kenshin {

// All of them: somebody has to switch them off.
std::string suite_names(const std::vector<SuiteId>&);
// Unknown, reason "suites-incomplete".
Judgement suites_incomplete(TlsVersion, const std::string& because);
// No version was accepted, and no list holds a suite: TLS as a whole could not be measured. False without versions.
bool no_suite_accepted(const TlsVersions*, const TlsSuites&);

}  // namespace kenshin
