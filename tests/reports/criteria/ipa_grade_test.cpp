// IPA's grade beside the verdict, whatever the profile; and the configuration lines beside the remedy.
#include "reports/criteria/ipa_grade.h"

#include <gtest/gtest.h>

#include <set>

#include "case.h"
#include "probes/tls/code_points.h"
#include "reports/criteria/configuration_lines.h"
#include "tests/lab/pki.h"
#include "tests/lab/process.h"

namespace kenshin {

namespace {

std::vector<Profile> types() {
  return {profile_of("ipa-high"), profile_of("ipa-recommended"), profile_of("ipa-exception")};
}

SuiteId suite(unsigned code) { return static_cast<SuiteId>(code); }

struct Server {
  Answer tls10 = Answer::No, tls13 = Answer::Yes;
  std::vector<SuiteId> suites = {suite(0xC02F)};
  bool complete = true;
  std::vector<DhGroup> dh;
};

World seen(const Server& server) {
  TlsVersions versions{{{TlsVersion::Ssl3, {Answer::No, "alert"}},
                        {TlsVersion::Tls10, {server.tls10, "alert"}},
                        {TlsVersion::Tls11, {Answer::No, "alert"}},
                        {TlsVersion::Tls12, {Answer::Yes, "server_hello"}},
                        {TlsVersion::Tls13, {server.tls13, "server_hello"}}}};
  TlsSuites suites;
  suites.versions[TlsVersion::Tls12] = {server.suites, server.complete, ChosenBy::Server, "closed"};
  TlsGroups groups;
  groups.versions[TlsVersion::Tls12] = {{*group_named("secp256r1")}, true, true, ""};
  if (server.tls13 == Answer::Yes) {
    suites.versions[TlsVersion::Tls13] = {{suite(0x1301)}, true, ChosenBy::Server, ""};
    groups.versions[TlsVersion::Tls13] = {{*group_named("x25519")}, true, true, ""};
  }
  if (server.tls10 == Answer::Yes) suites.versions[TlsVersion::Tls10] = {{suite(0xC013)}, true, ChosenBy::Server, ""};
  TlsKeyExchange exchange;
  exchange.dh_groups = server.dh;
  exchange.complete = true;
  CertificateChain chain;
  Certificate leaf;
  leaf.key = "EC-P-256";
  leaf.not_before = noon("2026-10-01");
  leaf.not_after = noon("2026-12-30");
  chain.certificates = {leaf};
  return endpoint().sees(versions).sees(suites).sees(groups).sees(exchange).sees(chain);
}

std::string graded(const Server& server) {
  const World world = seen(server);
  const auto grade = ipa_grade(world.facts, types(), world.on);
  if (!grade) return "none";
  return (grade->grade ? "" : "at most ") + std::string(grade_name(grade->at_most));
}

TEST(IpaGrade, IsTheBestTypeWhoseDemandsAreAllMet) {
  EXPECT_EQ(graded({}), "high");
  EXPECT_EQ(graded({Answer::No, Answer::Yes, {suite(0xC027), suite(0xC02F)}, true, {}}), "recommended");
  EXPECT_EQ(graded({Answer::No, Answer::No, {suite(0xC02F)}, true, {}}), "recommended") << "高 demands TLS 1.3";
  EXPECT_EQ(graded({Answer::Yes, Answer::Yes, {suite(0xC02F)}, true, {}}), "exception");
  EXPECT_EQ(graded({Answer::No, Answer::Yes, {suite(0x0005)}, true, {}}), "outside") << "RC4";
}

TEST(IpaGrade, SaysHowGoodItCanBeWhereItCouldNotBeTold) {
  EXPECT_EQ(graded({Answer::No, Answer::Yes, {suite(0xC02F)}, false, {}}), "at most high");
  EXPECT_EQ(graded({Answer::No, Answer::Yes, {suite(0xC027)}, false, {}}), "at most recommended");
  EXPECT_EQ(graded({Answer::No, Answer::Yes, {suite(0x002F)}, true, {}}), "at most exception")
      << "the list of 例外 is not held";
  EXPECT_EQ(graded({Answer::No, Answer::Yes, {suite(0xC08A)}, true, {}}), "at most high") << "membership unconfirmed";
}

TEST(IpaGrade, PutsNobodyOutsideByARecalledFigure) {
  const DhGroup small{1024, "ff", "02", "", Answer::Yes, {TlsVersion::Tls12}};
  EXPECT_EQ(graded({Answer::No, Answer::Yes, {suite(0x009E)}, true, {small}}), "at most exception");
}

TEST(IpaGrade, NamesWhatKeepsItFromTheNextType) {
  const World world = seen({Answer::No, Answer::Yes, {suite(0xC027)}, true, {}});
  const auto grade = ipa_grade(world.facts, types(), world.on);
  ASSERT_TRUE(grade);
  ASSERT_EQ(grade->held_back_by.size(), 1U);
  EXPECT_EQ(grade->held_back_by.front().text, "tls.suites.listed");
  EXPECT_EQ(grade->edition, "3.0.1");
}

TEST(IpaGrade, IsNotGivenWhereNothingWasObserved) {
  const World world = endpoint().fails<TlsVersions>(Error::Kind::Timeout);
  EXPECT_FALSE(ipa_grade(world.facts, types(), world.on));
  EXPECT_FALSE(ipa_grade({}, types(), world.on));
}

TEST(IpaGrade, LeavesTheClinicsOwnWebSiteOut) {
  World world = seen({});
  DeclaredEndpoint declared;
  declared.role = Role::Website;
  EXPECT_FALSE(ipa_grade(world.sees(declared).facts, types(), world.on));
}

const char* const file = "reports/criteria/configuration-lines.json";

ConfigurationLines shipped() {
  const auto lines = load_configuration_lines(*DataFiles{}.read(file), file);
  if (!lines) throw std::runtime_error(lines.error().detail);
  return *lines;
}

Finding found(const char* criterion, Verdict verdict, const char* code = "any") {
  Finding out;
  out.criterion = {criterion};
  out.verdict = verdict;
  out.because.code = code;
  return out;
}

TEST(ConfigurationLines, StandBesideWhatIsAmissOnly) {
  const ConfigurationLines lines = shipped();
  ASSERT_NE(lines.of(found("tls.version.floor", Verdict::NotMet)), nullptr);
  EXPECT_EQ(lines.of(found("tls.version.floor", Verdict::NotMet))->size(), 4U);
  EXPECT_EQ(lines.of(found("tls.version.floor", Verdict::Met)), nullptr);
  EXPECT_EQ(lines.of(found("tls.version.floor", Verdict::Unknown)), nullptr);
  EXPECT_EQ(lines.of(found("domain.lock", Verdict::Attention)), nullptr);
}

TEST(ConfigurationLines, PreferTheReasonsOwn) {
  ConfigurationLines lines;
  lines.advice = {{{"http.plain"}, "", {{"nginx", "general"}}}, {{"http.plain"}, "special", {{"nginx", "special"}}}};
  EXPECT_EQ(lines.of(found("http.plain", Verdict::NotMet))->at("nginx"), "general");
  EXPECT_EQ(lines.of(found("http.plain", Verdict::NotMet, "special"))->at("nginx"), "special");
}

TEST(ConfigurationLines, AreReadStrictly) {
  const auto with = [](const std::string& advice) {
    return load_configuration_lines(
        "{\"edition\": \"1\", \"as_of\": \"2026-11-22\", \"source\": \"s\", \"mark\": "
        "\"policy\",\n\"advice\": [\n" +
            advice + "]}",
        "lines.json");
  };
  EXPECT_TRUE(with(R"({"criterion": "http.hsts", "lines": {"iis": "x"}})"));
  for (const char* bad : {R"({"criterion": "http.hats", "lines": {"iis": "x"}})",
                          R"({"criterion": "http.hsts", "lines": {"lighttpd": "x"}})",
                          R"({"criterion": "http.hsts", "lines": {"iis": ""}})", R"({"criterion": "http.hsts"})"}) {
    const auto refused = with(bad);
    ASSERT_FALSE(refused) << bad;
    EXPECT_NE(refused.error().detail.find("lines.json:3: "), std::string::npos) << refused.error().detail;
  }
}

// nginx reads each line, in the place it is meant for.
TEST(ConfigurationLines, AreReadByNginx) {
  const lab::Folder folder;
  const Instant at = noon("2026-11-22");
  const lab::Identity root = lab::issue(lab::authority_wish(at, "Example Root"), nullptr);
  const lab::Identity server = lab::issue(lab::server_wish(at), &root);
  lab::write_file(folder.path("fullchain.pem"), server.pem() + root.pem());
  lab::write_file(folder.path("key.pem"), server.key_pem());
  std::string servers;
  std::set<std::string> tried;
  for (const ConfigurationAdvice& row : shipped().advice) {
    const auto line = row.lines.find("nginx");
    if (line == row.lines.end() || !tried.insert(line->second).second) continue;
    const bool own = line->second.starts_with("ssl_certificate ");
    servers += "  server {\n    listen 127.0.0.1:1 ssl;\n    server_name n" + std::to_string(tried.size()) + ";\n" +
               (own ? "" : "    ssl_certificate fullchain.pem;\n") + "    ssl_certificate_key key.pem;\n" +
               "    ssl_client_certificate fullchain.pem;\n    " + line->second + "\n  }\n";
  }
  EXPECT_GE(tried.size(), 8U);
  lab::write_file(folder.path("nginx.conf"), "pid " + folder.path("pid") + ";\nevents {}\nhttp {\n" + servers + "}\n");
  const auto tests = [&](const std::string& configuration) {
    return lab::run({"nginx", "-t", "-q", "-p", folder.path(""), "-c", configuration}).status;
  };
  EXPECT_EQ(tests(folder.path("nginx.conf")), 0) << servers;
  lab::write_file(folder.path("wrong.conf"), "events {}\nhttp { ssl_protocol TLSv1.3; }\n");
  EXPECT_NE(tests(folder.path("wrong.conf")), 0);
}

}  // namespace

}  // namespace kenshin
