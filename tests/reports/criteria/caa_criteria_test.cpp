// The certificate in use beside the CAA records of its name (RFC 8659), and the table of what authorities are called
// there.
#include <gtest/gtest.h>

#include "case.h"
#include "reports/criteria/caa_issuers.h"

namespace kenshin {

namespace {

constexpr const char* id = "domain.caa_issuer";

Profile with_table(Profile profile) {
  profile.caa_issuers.rows = {{{"Example Trust"}, {"ca.example.net"}, Mark::Policy}};
  return profile;
}

World of_set(DnsFound found, std::vector<CaaRecord> records, const char* name = "tele.example.jp") {
  DomainDns seen;
  seen.caa = {{name, name, found, "why", std::move(records)}};
  World out = domain().sees(seen);
  out.profile = with_table(out.profile);
  return out;
}

World beside(World world, const char* organisation, const char* name = "tele.example.jp",
             Answer trusted = Answer::Yes) {
  CertificateChain chain;
  chain.certificates.emplace_back();
  chain.certificates.front().names = {name};
  chain.certificates.front().issuer = std::string("CN=R1,O=") + organisation + ",C=XX";
  chain.trusted = trusted;
  chain.name_matches = Answer::Yes;
  world.facts.add(observed<CertificateChain>({TargetKind::Endpoint, "tele.example.jp", 443}, "192.0.2.1", world.at, 1,
                                             std::move(chain)));
  return world;
}

const std::vector<CaaRecord> one = {{false, "issue", "CA.example.net; account=7"}};
const std::vector<CaaRecord> other = {{false, "issue", "ca.example.org"}};

void add_wildcards(std::vector<Case>& out) {
  const auto both = [](const char* issue, const char* issue_wild) {
    return of_set(DnsFound::Records, {{false, "issue", issue}, {false, "issuewild", issue_wild}}, "example.jp");
  };
  out.push_back(beside(both("ca.example.org", "ca.example.net"), "Example Trust", "*.example.jp")
                    .says(id, Verdict::Met, "caa-permits-issuer"));
  out.push_back(beside(both("ca.example.net", ";"), "Example Trust", "*.example.jp")
                    .says(id, Verdict::Attention, "caa-other-issuer"));
  out.push_back(beside(of_set(DnsFound::Records, one, "example.jp"), "Example Trust", "*.example.jp")
                    .says(id, Verdict::Met, "caa-permits-issuer"));
}

}  // namespace

std::vector<Case> caa_cases() {
  std::vector<Case> out;
  out.push_back(beside(of_set(DnsFound::Records, one), "Example Trust").says(id, Verdict::Met, "caa-permits-issuer"));
  out.push_back(
      beside(of_set(DnsFound::Records, other), "Example Trust").says(id, Verdict::Attention, "caa-other-issuer"));
  out.push_back(beside(of_set(DnsFound::Records, {{false, "issue", ";"}}), "Example Trust")
                    .says(id, Verdict::Attention, "caa-other-issuer"));
  out.push_back(
      beside(of_set(DnsFound::Records, one), "Nobody We Know").says(id, Verdict::Unknown, "caa-issuer-unknown"));
  out.push_back(
      beside(of_set(DnsFound::NoRecords, {}), "Example Trust").says(id, Verdict::NotApplicable, "caa-forbids-none"));
  out.push_back(beside(of_set(DnsFound::Records, {{false, "iodef", "mailto:a@example.jp"}}), "Example Trust")
                    .says(id, Verdict::NotApplicable, "caa-forbids-none"));
  out.push_back(beside(of_set(DnsFound::Unknown, {}), "Example Trust").says(id, Verdict::Unknown, "caa-untold"));
  out.push_back(beside(of_set(DnsFound::Bogus, {}), "Example Trust").says(id, Verdict::Unknown, "caa-untold"));
  out.push_back(beside(of_set(DnsFound::Records, one, "www.example.jp"), "Example Trust")
                    .says(id, Verdict::Unknown, "caa-untold"));
  out.push_back(beside(of_set(DnsFound::Records, other), "Example Trust", "tele.example.jp", Answer::No)
                    .says(id, Verdict::Unknown, "certificate-below-not-seen"));
  out.push_back(of_set(DnsFound::Records, one).says(id, Verdict::NotApplicable, "no-certificate-below"));
  out.push_back(domain().fails<DomainDns>(Error::Kind::Timeout).says(id, Verdict::Unknown, "could-not-observe"));
  out.push_back(domain().says(id, Verdict::Unknown, "never-observed"));
  add_wildcards(out);
  return out;
}

TEST(CaaCriteria, SayWhatTheCasesTell) {
  for (const Case& it : caa_cases()) expect_as_told(it);
}

TEST(CaaIssuers, AreReadStrictly) {
  const auto table = [](const std::string& rows) {
    return load_caa_issuers(R"({"edition": "1", "as_of": "2026-11-22", "source": "ours", "rows": [)" + rows + "]}",
                            "caa-issuers.json");
  };
  const auto read = table(R"({"organisations": ["A"], "domains": ["CA.example.net"], "mark": "recalled"})");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->of("A")->domains, std::vector<std::string>{"ca.example.net"});
  EXPECT_EQ(read->of("a"), nullptr);
  EXPECT_FALSE(table(R"({"organisations": [], "domains": ["ca.example.net"], "mark": "recalled"})"));
  EXPECT_FALSE(table(R"({"organisations": ["A"], "domains": [], "mark": "recalled"})"));
  EXPECT_FALSE(table(R"({"organisations": ["A", "A"], "domains": ["ca.example.net"], "mark": "recalled"})"));
  EXPECT_FALSE(table(R"({"organisations": ["A"], "domains": ["ca.example.net"], "mark": "sure"})"));
}

}  // namespace kenshin
