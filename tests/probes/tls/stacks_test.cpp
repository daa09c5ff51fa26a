// The TLS probe against the stacks of Debian, each compared with what openssl s_client can do, one code point a
// connection. Needs many packages: only with KENSHIN_ALL=1.
#include <gtest/gtest.h>

#include <cstdlib>

#include "probes/tls/code_points.h"
#include "probes/tls/tls.h"
#include "probes/tls/versions.h"
#include "tests/lab/stacks.h"

namespace kenshin {
namespace {

class Stacks : public testing::TestWithParam<lab::Stack> {
 protected:
  void SetUp() override {
    const char* all = std::getenv("KENSHIN_ALL");
    if (all == nullptr || std::string(all) != "1") GTEST_SKIP() << "needs KENSHIN_ALL=1";
  }
};

std::string names(const std::set<SuiteId>& suites) {
  std::string out;
  for (const SuiteId suite : suites) out += suite_name(suite) + " ";
  return out;
}

TEST_P(Stacks, VersionsAndSuitesAreWhatAnotherClientFinds) {
  const lab::Pki pki;
  const lab::StackServer server(GetParam(), pki);
  Session session = lab::session_with(pki);
  TlsVersions versions;
  TlsSuites suites;
  for (const auto& o : observe_tls({{TargetKind::Endpoint, lab::consult_name, server.port()}, "127.0.0.1"}, session)) {
    if (const auto* fact = fact_of<TlsVersions>(o)) versions = *fact;
    if (const auto* fact = fact_of<TlsSuites>(o)) suites = *fact;
  }
  bool spoken = false;
  for (const TlsVersion version : {TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12, TlsVersion::Tls13}) {
    const auto truth = lab::suites_through_openssl(server.port(), version);
    const auto& decided = versions.versions.at(version);
    EXPECT_EQ(decided.accepted, truth.empty() ? Answer::No : Answer::Yes)
        << version_name(version) << ": " << decided.because;
    spoken = spoken || !truth.empty();
    const auto at = suites.versions.find(version);
    if (truth.empty() || at == suites.versions.end()) continue;
    EXPECT_TRUE(at->second.complete) << version_name(version) << ": " << at->second.because;
    // What openssl cannot ask for, it cannot deny.
    std::set<SuiteId> comparable;
    const auto askable = lab::openssl_suites(version);
    for (const SuiteId suite : at->second.suites)
      if (askable.contains(suite)) comparable.insert(suite);
    EXPECT_EQ(names(comparable), names(truth)) << version_name(version);
  }
  EXPECT_TRUE(spoken);
}

INSTANTIATE_TEST_SUITE_P(Tls, Stacks, testing::ValuesIn(lab::all_stacks().begin(), lab::all_stacks().end()),
                         [](const auto& test) {
                           std::string out;
                           for (const char c : lab::stack_name(test.param))
                             if (std::isalnum(static_cast<unsigned char>(c)) != 0) out += c;
                           return out;
                         });

}  // namespace
}  // namespace kenshin
