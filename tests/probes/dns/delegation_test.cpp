// Name servers asked themselves, at several addresses of the loopback network: parents that refer, children that
// answer, refuse or are silent.
#include "probes/dns/delegation.h"

#include <gtest/gtest.h>

#include "probes/dns/ask_server.h"
#include "tests/lab/dns_tree.h"

namespace kenshin {
namespace {

// 127.0.0.1 knows everything and is the resolver; 127.0.0.2 is jp's server alone; 127.0.0.3 holds example1.jp and no
// other; nobody listens at 127.0.0.4.
std::vector<lab::ZoneText> delegations() {
  const auto from = [](const char* zone, std::vector<std::string> servers) {
    return lab::ZoneText{zone, "", lab::Signing::No, "", "", std::move(servers)};
  };
  const std::string ns2 = "ns2.example.or.jp.", ns3 = "ns3.example.or.jp.", ns4 = "ns4.example.or.jp.";
  const auto line = [](const std::string& zone, const std::string& server) { return zone + " 300 IN NS " + server; };
  std::string many;
  for (int i = 0; i < 60; ++i)
    many += "@ IN TXT \"a long text to fill the answer, number " + std::to_string(i) + "\"\n";
  auto big = from("example5.jp.", {line("example5.jp.", ns3)});
  big.lines = many;
  return {from("example1.jp.", {line("example1.jp.", ns3)}),
          from("example2.jp.", {line("example2.jp.", ns3), line("example2.jp.", ns4)}),
          from("example3.jp.", {line("example3.jp.", "ns.nothing.example.or.jp.")}),
          big,
          {"example.or.jp.", "ns2 IN A 127.0.0.2\nns3 IN A 127.0.0.3\nns4 IN A 127.0.0.4\n", lab::Signing::No},
          from("jp.", {line("jp.", ns2)}),
          {".", "", lab::Signing::Good}};
}

class Delegations : public testing::Test {
 protected:
  Delegations() : tree_(delegations()) {
    tree_.serve({"127.0.0.1"});
    tree_.serve({"127.0.0.2"}, {"jp."});
    tree_.serve({"127.0.0.3"}, {"example1.jp.", "example5.jp."});
    wait_for("127.0.0.2", "jp");
    wait_for("127.0.0.3", "example1.jp");
  }
  void wait_for(const std::string& address, const std::string& zone) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (std::chrono::steady_clock::now() < deadline)
      if (ask_name_server(address, {zone, DnsType::Soa}, tree_.session(),
                          std::chrono::steady_clock::now() + std::chrono::seconds(1)))
        return;
    FAIL() << "no name server at " << address;
  }
  DomainDelegation of(const std::string& name) {
    Session session = tree_.session();
    const auto seen = observe_delegation({{TargetKind::Domain, name, 0}, ""}, session);
    const auto* fact = fact_of<DomainDelegation>(seen.at(0));
    EXPECT_NE(fact, nullptr);
    return fact ? *fact : DomainDelegation{};
  }
  lab::DnsTree tree_;
};

TEST_F(Delegations, AreSoundWhereTheNamedServersAnswer) {
  const auto seen = of("example1.jp");
  EXPECT_EQ(seen.zone, "example1.jp");
  EXPECT_EQ(seen.parent, "jp");
  EXPECT_EQ(seen.delegated, DnsFound::Records) << seen.because;
  EXPECT_EQ(seen.name_servers, std::vector<std::string>{"ns3.example.or.jp"});
  ASSERT_EQ(seen.servers.size(), 1U);
  EXPECT_EQ(seen.servers[0].authoritative, Answer::Yes) << seen.servers[0].because;
  EXPECT_EQ(seen.servers[0].serial, 7);
  EXPECT_EQ(seen.servers[0].address, "127.0.0.3");
  EXPECT_EQ(seen.servers[0].name_servers, seen.name_servers);
}

TEST_F(Delegations, TellARefusalFromSilence) {
  const auto seen = of("example2.jp");
  ASSERT_EQ(seen.servers.size(), 2U);
  EXPECT_EQ(seen.servers[0].authoritative, Answer::No);
  EXPECT_EQ(seen.servers[0].because, "REFUSED");
  EXPECT_EQ(seen.servers[1].authoritative, Answer::Unknown);
  EXPECT_FALSE(seen.servers[1].because.empty());
}

TEST_F(Delegations, ShowServersThatDoNotExist) {
  const auto seen = of("example3.jp");
  ASSERT_EQ(seen.servers.size(), 1U);
  EXPECT_EQ(seen.servers[0].resolves, DnsFound::NoName);
  EXPECT_EQ(seen.servers[0].authoritative, Answer::Unknown);
}

TEST_F(Delegations, ThatTheParentDoesNotKnowAreNone) {
  EXPECT_EQ(of("example9.jp").delegated, DnsFound::NoName);
  EXPECT_TRUE(of("example9.jp").servers.empty());
}

TEST_F(Delegations, AreLookedForAboveALabelThatIsNoZone) { EXPECT_EQ(of("www.example.or.jp").parent, "jp"); }

TEST_F(Delegations, AskByTcpWhereTheAnswerDoesNotFit) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(3);
  const auto answer = ask_name_server("127.0.0.3", {"example5.jp", DnsType::Txt}, tree_.session(), deadline);
  ASSERT_TRUE(answer) << answer.error().detail;
  EXPECT_FALSE(answer->truncated);
  EXPECT_EQ(answer->answer.size(), 60U);
}

TEST(NameServers, OfThisNetworkAreNotAskedForAStrangersWord) {
  Session session;
  for (const char* resolver : {"", "192.0.2.53", "192.0.2.53:5353"}) {
    session.resolver = resolver;
    const auto answer = ask_name_server("127.0.0.1", {"example.jp", DnsType::Ns}, session,
                                        std::chrono::steady_clock::now() + std::chrono::milliseconds(100));
    ASSERT_FALSE(answer) << resolver;
    EXPECT_EQ(answer.error().kind, Error::Kind::Denied) << resolver;
  }
}

TEST(Delegation, IsAnErrorWhereTheResolverIsSilent) {
  const lab::SilentPort silent;
  Session session;
  session.now = [] { return Instant{}; };
  session.resolver = "127.0.0.1:" + std::to_string(silent.port());
  session.timeout = std::chrono::milliseconds(300);
  const auto seen = observe_delegation({{TargetKind::Domain, "example.jp", 0}, ""}, session);
  ASSERT_FALSE(seen.at(0).fact);
  EXPECT_EQ(seen.at(0).fact.error().kind, Error::Kind::Timeout);
}

TEST(NameServers, ThatAreSilentCostTheirTimeAndNoMore) {
  const lab::SilentPort silent;
  Session session;
  session.resolver = "127.0.0.1:1";
  session.name_server_port = silent.port();
  const auto answer = ask_name_server("127.0.0.1", {"example.jp", DnsType::Ns}, session,
                                      std::chrono::steady_clock::now() + std::chrono::milliseconds(300));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().kind, Error::Kind::Timeout);
}

}  // namespace
}  // namespace kenshin
