// What a validating resolver makes of zones that real tools signed and a real server serves.
#include "probes/dns/domain_dns.h"

#include <gtest/gtest.h>

#include "tests/lab/dns_tree.h"

namespace kenshin {
namespace {

DomainDns dns_of(const std::string& name, Session session, std::vector<AskedEndpoint> endpoints = {}) {
  const auto seen = observe_domain_dns({{TargetKind::Domain, name, 0}, "", "", std::move(endpoints)}, session);
  EXPECT_EQ(seen.size(), 1U);
  const auto* fact = fact_of<DomainDns>(seen.at(0));
  return fact ? *fact : DomainDns{};
}

class ServedZones : public testing::Test {
 protected:
  ServedZones() : tree_(lab::clinic_zones()) { tree_.serve({"127.0.0.1"}); }
  lab::DnsTree tree_;
};

TEST_F(ServedZones, AreReadWithEverythingInThem) {
  const auto dns = dns_of("example.jp", tree_.session());
  EXPECT_EQ(dns.through, tree_.resolver());
  EXPECT_EQ(dns.dnssec.state, DnssecState::Secure) << dns.dnssec.because;
  ASSERT_EQ(dns.dnssec.ds.size(), 1U);
  EXPECT_EQ(dns.dnssec.ds[0].algorithm, 13);
  EXPECT_EQ(dns.dnssec.ds[0].digest_type, 2);
  EXPECT_EQ(dns.dnssec.key_algorithms, std::vector<int>{13});
  ASSERT_TRUE(dns.dnssec.signed_until);
  EXPECT_GT(*dns.dnssec.signed_until, tree_.session().now());
  EXPECT_EQ(dns.name_servers.values, std::vector<std::string>{"ns.example.jp"});
  EXPECT_TRUE(dns.name_servers.secure);
  EXPECT_EQ(dns.addresses.values, (std::vector<std::string>{"192.0.2.10", "2001:db8::10"}));
  EXPECT_EQ(dns.mail.mx.values, (std::vector<std::string>{"10 mail.example.jp", "20 mail2.example.jp"}));
  EXPECT_EQ(dns.mail.spf.values, std::vector<std::string>{"v=spf1 mx include:spf.example.or.jp -all"});
  EXPECT_EQ(dns.mail.dmarc.values, std::vector<std::string>{"v=DMARC1; p=reject"});
  EXPECT_EQ(dns.mail.mta_sts.values, std::vector<std::string>{"v=STSv1; id=1"});
  ASSERT_EQ(dns.mail.tlsa.count("mail.example.jp"), 1U);
  EXPECT_TRUE(dns.mail.tlsa.at("mail.example.jp").secure);
  EXPECT_TRUE(dns.mail.tlsa.at("mail.example.jp").values.at(0).starts_with("3 1 1 0123"));
  EXPECT_EQ(dns.mail.tlsa.at("mail2.example.jp").found, DnsFound::NoName);
  EXPECT_EQ(dns.https.values, std::vector<std::string>{"1 ."});
  EXPECT_EQ(dns.wildcard.found, DnsFound::NoName);
  ASSERT_EQ(dns.caa.size(), 1U);
  EXPECT_EQ(dns.caa[0].found_at, "example.jp");
  ASSERT_EQ(dns.caa[0].records.size(), 2U);
  EXPECT_EQ(dns.caa[0].records[1].tag, "issue");
  EXPECT_EQ(dns.caa[0].records[1].value, "ca.example.net");
}

TEST_F(ServedZones, WithoutSignaturesBelowAnOptOutAreInsecure) {
  const auto dns = dns_of("example1.jp", tree_.session());
  EXPECT_EQ(dns.dnssec.state, DnssecState::Insecure) << dns.dnssec.because;
  EXPECT_EQ(dns.dnssec.ds_said.found, DnsFound::NoRecords);
  EXPECT_EQ(dns.mail.mx.values, std::vector<std::string>{"0 ."});
  EXPECT_EQ(dns.mail.mta_sts.found, DnsFound::NoRecords) << "the wildcard has no TXT";
  EXPECT_EQ(dns.wildcard.aliases, std::vector<std::string>{"hosting.example.or.jp"});
  EXPECT_EQ(dns.caa.at(0).found, DnsFound::NoRecords);
  EXPECT_EQ(dns.caa.at(0).found_at, "");
}

TEST_F(ServedZones, ThatWereAlteredOrRanOutAreBogus) {
  for (const char* name : {"example2.jp", "example3.jp"}) {
    const auto dns = dns_of(name, tree_.session());
    EXPECT_EQ(dns.dnssec.state, DnssecState::Bogus) << name;
    EXPECT_FALSE(dns.dnssec.because.empty());
    EXPECT_EQ(dns.addresses.found, DnsFound::Bogus) << name;
    EXPECT_TRUE(dns.addresses.values.empty()) << "what is bogus is not read";
  }
}

TEST_F(ServedZones, ThatDoNotExistAreNeitherSignedNorUnsigned) {
  const auto dns = dns_of("example9.jp", tree_.session());
  EXPECT_EQ(dns.dnssec.state, DnssecState::Unknown);
  EXPECT_EQ(dns.name_servers.found, DnsFound::NoName);
}

TEST_F(ServedZones, AreClimbedForTheRightToIssue) {
  const auto dns = dns_of("example.jp", tree_.session(),
                          {{{TargetKind::Endpoint, "www.example.jp", 443}, ""},
                           {{TargetKind::Endpoint, "a.b.example.jp", 443}, ""},
                           {{TargetKind::Endpoint, "tele.example.jp", 443}, ""}});
  ASSERT_EQ(dns.caa.size(), 4U);
  for (const auto& caa : dns.caa) EXPECT_EQ(caa.found, DnsFound::Records) << caa.name;
  EXPECT_EQ(dns.caa[1].found_at, "www.example.jp") << "its CNAME leads to the records";
  EXPECT_EQ(dns.caa[2].found_at, "example.jp");
}

// A clock that is wrong, a resolver that drops signatures, another root: none of it is the domain's doing.
TEST_F(ServedZones, SayNothingWhereNotEvenTheRootValidates) {
  Session session = tree_.session();
  session.trust_anchor.clear();
  const auto dns = dns_of("example.jp", session);
  EXPECT_EQ(dns.dnssec.state, DnssecState::Unknown);
  EXPECT_NE(dns.dnssec.because.find("root"), std::string::npos) << dns.dnssec.because;
}

TEST_F(ServedZones, AreJudgedBySomebodyElsesValidatorAlike) {
  const std::string server = "@127.0.0.1", port = std::to_string(tree_.port());
  const auto delv = [&](const std::string& name) {
    return lab::run({"delv", server, "-p", port, "-a", tree_.anchor_for_delv(), "+root=.", name, "A"}).output;
  };
  EXPECT_NE(delv("example.jp").find("; fully validated"), std::string::npos);
  EXPECT_NE(delv("example1.jp").find("; unsigned answer"), std::string::npos);
  for (const char* name : {"example2.jp", "example3.jp"})
    EXPECT_EQ(delv(name).find("validated"), std::string::npos) << name;
}

TEST(DomainDnsProbe, FailsWhereTheServerIsSilent) {
  const lab::SilentPort silent;
  Session session;
  session.now = [] { return Instant{}; };
  session.resolver = "127.0.0.1:" + std::to_string(silent.port());
  const auto before = std::chrono::steady_clock::now();
  const auto seen = observe_domain_dns({{TargetKind::Domain, "example.jp", 0}, ""}, session);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(7));
  ASSERT_FALSE(seen.at(0).fact);
  EXPECT_EQ(seen.at(0).fact.error().kind, Error::Kind::Timeout);
}

TEST(DomainDnsProbe, AsksNothingAboutWhatIsNoDomain) {
  Session session;
  session.now = [] { return Instant{}; };
  const auto seen = observe_domain_dns({{TargetKind::Domain, "192.0.2.1", 0}, ""}, session);
  ASSERT_FALSE(seen.at(0).fact);
  EXPECT_EQ(seen.at(0).fact.error().kind, Error::Kind::Unsupported);
}

}  // namespace
}  // namespace kenshin
