// The names a served zone and a served page rely on, with a registry that answers for some of them.
#include "probes/domain/dependents.h"

#include <gtest/gtest.h>

#include "probes/domain/named_by_records.h"
#include "probes/domain/takeover_data.h"
#include "tests/lab/dns_tree.h"
#include "tests/lab/peers.h"
#include "tests/probes/domain/whois_server.h"

namespace kenshin {
namespace {

using namespace std::chrono_literals;

std::string record_of(const std::string& name) {
  return "Domain Information:\n[Domain Name]   " + name +
         "\n[Status]   Active\n[Last Updated]  2026/05/01 01:05:07 (JST)\n";
}
const std::string no_match = "No match!!\n";

std::vector<lab::ZoneText> zones() {
  const auto none = lab::Signing::No;
  return {{"example.jp.",
           "@ IN A 192.0.2.10\n@ IN MX 10 mail.example1.jp.\n@ IN TXT \"v=spf1 include:spf.example2.jp -all\"\n"
           "_dmarc IN TXT \"v=DMARC1; p=none; rua=mailto:a@example.jp,mailto:b@reports.example1.jp!10m\"\n"
           "tele IN CNAME gone.azurewebsites.net.\nwww IN CNAME here.azurewebsites.net.\n"
           "_imaps._tcp IN SRV 0 1 993 imap.example1.jp.\n",
           none},
          {"example1.jp.", "mail IN A 192.0.2.25\nimap IN A 192.0.2.25\nreports IN A 192.0.2.25\n", none},
          {"example2.jp.", "spf IN TXT \"v=spf1 a:senders.example1.jp redirect=%{d}.example.com ?all\"\n", none},
          {"azurewebsites.net.", "here IN A 192.0.2.80\n", none},
          {"jp.", "", none},
          {".", ""}};
}

const Dependent* of(const DomainDependents& seen, const std::string& name) {
  for (const Dependent& it : seen.dependents)
    if (it.name == name) return &it;
  return nullptr;
}

class ServedDependents : public testing::Test {
 protected:
  ServedDependents() : tree_(zones()) { tree_.serve({"127.0.0.1"}); }
  DomainDependents observe(Session session, std::vector<AskedEndpoint> endpoints = {}) {
    const auto seen =
        observe_dependents({{TargetKind::Domain, "example.jp", 0}, "", "", std::move(endpoints)}, session);
    const auto* fact = fact_of<DomainDependents>(seen.at(0));
    EXPECT_NE(fact, nullptr);
    return fact ? *fact : DomainDependents{};
  }
  Session session(const std::string& whois) {
    Session out = tree_.session();
    out.whois = whois;
    out.whois_pause = 0ms;
    out.registries.pause_after_free = std::chrono::seconds(0);
    return out;
  }
  lab::DnsTree tree_;
};

TEST_F(ServedDependents, AreCollectedResolvedAndLookedUpOnceEach) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"", "",
                               "default_type text/html; return 200 '<script src=https://cdn.example9.jp/a.js></script>"
                               "<a href=/local>l</a>';"});
  const WhoisServer whois({{no_match}, {no_match}, {record_of("EXAMPLE1.JP")}, {"Query limit exceeded\n"}});
  const AskedEndpoint endpoint{{TargetKind::Endpoint, "tele.example.jp", nginx.port()}, "127.0.0.1"};
  const auto seen = observe(session(whois.name()), {endpoint});

  ASSERT_NE(of(seen, "mail.example1.jp"), nullptr);
  EXPECT_EQ(of(seen, "mail.example1.jp")->kind, DependentKind::Mx);
  EXPECT_EQ(of(seen, "mail.example1.jp")->found_in, "example.jp MX");
  EXPECT_EQ(of(seen, "mail.example1.jp")->registry_name, "example1.jp");
  EXPECT_EQ(of(seen, "mail.example1.jp")->resolves, DnsFound::Records);
  ASSERT_NE(of(seen, "ns.example.jp"), nullptr);
  EXPECT_EQ(of(seen, "ns.example.jp")->registry_name, "") << "the domain's own";
  ASSERT_NE(of(seen, "imap.example1.jp"), nullptr);
  EXPECT_EQ(of(seen, "imap.example1.jp")->kind, DependentKind::Srv);
  ASSERT_NE(of(seen, "senders.example1.jp"), nullptr) << "SPF is followed";
  EXPECT_EQ(of(seen, "senders.example1.jp")->resolves, DnsFound::NoName);
  ASSERT_NE(of(seen, "reports.example1.jp"), nullptr);
  EXPECT_EQ(of(seen, "reports.example1.jp")->kind, DependentKind::Dmarc);

  ASSERT_EQ(seen.pages.size(), 1U);
  EXPECT_EQ(seen.pages[0].because, "");
  EXPECT_EQ(seen.pages[0].references, 1);
  ASSERT_NE(of(seen, "cdn.example9.jp"), nullptr);
  EXPECT_EQ(of(seen, "cdn.example9.jp")->kind, DependentKind::Script);
  EXPECT_EQ(of(seen, "cdn.example9.jp")->resolves, DnsFound::NoName);

  EXPECT_EQ(seen.registry.at("example9.jp").registered, Answer::No);
  EXPECT_EQ(seen.registry.at("example1.jp").registered, Answer::Yes);
  EXPECT_EQ(seen.registry.at("example2.jp").registered, Answer::Unknown);
  EXPECT_NE(seen.registry.at("example2.jp").because.find("rate_limited"), std::string::npos);
  EXPECT_EQ(seen.registry.at("azurewebsites.net").because, "well known, not asked");
  EXPECT_EQ(whois.asked().size(), 4U);
}

TEST_F(ServedDependents, OfPagesThatWereNotReadWholeAreNotAllKnown) {
  const lab::Pki pki;
  const auto untold = [&](const std::string& location) {
    const lab::Nginx nginx(pki, {"", "", location});
    const auto seen =
        observe(session("127.0.0.1:1"), {{{TargetKind::Endpoint, "tele.example.jp", nginx.port()}, "127.0.0.1"}});
    return seen.untold.size();
  };
  const auto whole = untold("default_type text/html; return 200 '<p>ours</p>';");
  EXPECT_EQ(untold("return 404;"), whole) << "no page is there to name others";
  EXPECT_EQ(untold("default_type text/html; return 503 '<script src=https://cdn.example9.jp/a.js></script>';"),
            whole + 1);
  EXPECT_EQ(untold("return 200 '';"), whole + 1);
  EXPECT_EQ(untold("return 401;"), whole + 1);
  EXPECT_EQ(untold("return 302 /login;"), whole + 1) << "it leads to itself for ever";
}

TEST_F(ServedDependents, ShowWhatIsFreeAtAProvider) {
  const auto seen = observe(session("127.0.0.1:1"), {{{TargetKind::Endpoint, "tele.example.jp", 1}, "127.0.0.1"}});
  ASSERT_NE(of(seen, "gone.azurewebsites.net"), nullptr);
  EXPECT_EQ(of(seen, "gone.azurewebsites.net")->provider, "Azure App Service");
  EXPECT_EQ(of(seen, "gone.azurewebsites.net")->claimable, Answer::Yes);
  EXPECT_EQ(of(seen, "gone.azurewebsites.net")->found_in, "tele.example.jp CNAME");
  ASSERT_NE(of(seen, "here.azurewebsites.net"), nullptr);
  EXPECT_EQ(of(seen, "here.azurewebsites.net")->claimable, Answer::No);
  ASSERT_EQ(seen.pages.size(), 1U);
  EXPECT_FALSE(seen.pages[0].because.empty()) << "nobody listens there";
}

TEST(Dependents, OfASilentDnsAreNotKnownToBeNone) {
  const lab::SilentPort silent;
  Session session;
  session.now = [] { return Instant{}; };
  session.resolver = "127.0.0.1:" + std::to_string(silent.port());
  session.timeout = 300ms;
  const auto seen = observe_dependents({{TargetKind::Domain, "example.jp", 0}, ""}, session);
  ASSERT_FALSE(seen.at(0).fact);
  EXPECT_EQ(seen.at(0).fact.error().kind, Error::Kind::Timeout);
}

TEST(SpfNames, AreThoseWithoutMacros) {
  const auto names = spf_names(
      "v=spf1 include:a.example.com ~INCLUDE:B.example.com. a:c.example.com/24 mx:d.example.com "
      "a mx exists:%{i}.example.com ip4:192.0.2.0/24 redirect=e.example.com include:.. -all");
  EXPECT_EQ(names.followed, (std::vector<std::string>{"a.example.com", "b.example.com", "e.example.com"}));
  EXPECT_EQ(names.others, (std::vector<std::string>{"c.example.com", "d.example.com"}));
}

TEST(DmarcHosts, AreThoseOfMailAddresses) {
  EXPECT_EQ(dmarc_hosts("v=DMARC1; p=none; rua=mailto:a@one.example.com!10m, mailto:b@two.example.com; ruf=https://x; "
                        "ri=a@b.example"),
            (std::vector<std::string>{"one.example.com", "two.example.com"}));
}

TEST(TakeoverFingerprints, AreFoundByTheLongestSuffixBelowIt) {
  const auto& shipped = shipped_takeover_fingerprints();
  ASSERT_NE(shipped.of("a.blob.core.windows.net"), nullptr);
  EXPECT_EQ(shipped.of("a.blob.core.windows.net")->provider, "Azure Blob Storage");
  EXPECT_EQ(shipped.of("azurewebsites.net"), nullptr);
  EXPECT_EQ(shipped.of("notazurewebsites.net"), nullptr);
  EXPECT_TRUE(is_well_known("google.com"));
  EXPECT_FALSE(is_well_known("example.com"));
}

TEST(TakeoverFingerprints, AreReadStrictly) {
  const auto refused = [](const std::string& provider) {
    return !load_takeover_fingerprints(
        R"({"edition": "1", "as_of": "2026-01-01", "source": "s", "mark": "policy", "providers": [)" + provider + "]}",
        "f.json");
  };
  EXPECT_FALSE(
      refused(R"({"provider": "p", "suffixes": ["a.b"], "shows": "nxdomain", "text": "", "standing": "edge"})"));
  EXPECT_TRUE(
      refused(R"({"provider": "p", "suffixes": ["a.b"], "shows": "http_text", "text": "", "standing": "edge"})"));
  EXPECT_TRUE(refused(R"({"provider": "p", "suffixes": [], "shows": "nxdomain", "text": "", "standing": "edge"})"));
  EXPECT_TRUE(refused(R"({"provider": "p", "suffixes": ["a.b"], "shows": "odd", "text": "", "standing": "edge"})"));
}

}  // namespace
}  // namespace kenshin
