// Many names, their registries, and the answers that are kept.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "probes/domain/registration.h"
#include "probes/domain/registry_cache.h"
#include "probes/net/side_by_side.h"
#include "tests/lab/process.h"
#include "tests/probes/domain/registry_world.h"

namespace kenshin {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const Instant start = *parse_instant("2026-11-22T05:00:00Z");
const std::string found =
    http("200 OK", R"({"objectClassName": "domain", "ldhName": "example.com", "status": ["active"]})");
const std::string not_found = http("404 Not Found", "", "Content-Type: application/rdap+json\r\n");

std::string domain_with(const std::string& members) {
  return http("200 OK", R"({"objectClassName": "domain", "ldhName": "example.com", )" + members + "}");
}

Result<Registration> asked(PatientSession& patient, const RdapServer& server) {
  patient.session.registries.rdap = server.base();
  return registration_of("example.com", patient.session, Freshness::Own);
}

TEST(Registries, AnswerByRdapOutsideJp) {
  const RdapServer server({{"/domain/example.com", {found}}});
  PatientSession patient(start);
  const auto seen = asked(patient, server);
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->registered, Answer::Yes);
  EXPECT_EQ(seen->source, "rdap");
  EXPECT_EQ(seen->server, server.base());
}

TEST(Registries, SayTwiceThatANameIsFree) {
  const RdapServer server({{"/domain/example.com", {not_found}}});
  PatientSession patient(start);
  const auto seen = asked(patient, server);
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->registered, Answer::No);
  EXPECT_EQ(server.asked().size(), 2U);
  EXPECT_GE(patient.at.load(), start + seconds(60));
  const RdapServer back({{"/domain/example.com", {not_found, found}}});
  EXPECT_EQ(asked(patient, back)->registered, Answer::Yes);
}

TEST(Registries, CannotTellFromA404OfAWebServer) {
  const RdapServer server({});
  PatientSession patient(start);
  const auto seen = asked(patient, server);
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().kind, Error::Kind::Malformed);
  EXPECT_EQ(server.asked(), (std::vector<std::string>{"/domain/example.com", "/help"}));
  const RdapServer speaks({{"/help", {http("200 OK", R"({"rdapConformance": ["rdap_level_0"]})")}}});
  EXPECT_EQ(asked(patient, speaks)->registered, Answer::No);
}

TEST(Registries, KeepTheirAnswerWhateverBecomesOfTheRegistrars) {
  for (const std::string& theirs :
       {std::string("<html>"), http("200 OK", "<html>"), http("500 Broken", ""), http("200 OK", "{\"x\""),
        http("302 Found", "", "Location: https://10.0.0.1/\r\n"), std::string()}) {
    const RdapServer registrar({{"/domain/example.com", {theirs}}});
    const RdapServer server(
        {{"/domain/example.com",
          {domain_with(R"("status": ["auto renew period"], "links": [{"rel": "related", "href": ")" + registrar.base() +
                       R"(domain/example.com"}])")}}});
    PatientSession patient(start);
    patient.session.timeout = std::chrono::milliseconds(500);
    const auto seen = asked(patient, server);
    ASSERT_TRUE(seen) << theirs << ": " << seen.error().detail;
    EXPECT_EQ(seen->state, std::vector<std::string>{"auto renew period"});
    EXPECT_EQ(seen->registrar_expires, std::nullopt);
  }
}

TEST(Registries, TakeTheRegistrarsOwnDate) {
  const std::string theirs =
      domain_with(R"("events": [{"eventAction": "expiration", "eventDate": "2026-10-01T00:00:00Z"}])");
  const RdapServer registrar({{"/domain/example.com", {theirs}}});
  const std::string related =
      R"("links": [{"rel": "related", "type": "application/rdap+json", "href": ")" + registrar.base() +
      R"(domain/example.com"}], "events": [{"eventAction": "expiration", "eventDate": "2027-10-01T00:00:00Z"}])";
  const RdapServer server({{"/domain/example.com", {domain_with(related)}}});
  PatientSession patient(start);
  const auto seen = asked(patient, server);
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->expires, *parse_day("2027-10-01"));
  EXPECT_EQ(seen->registrar_expires, *parse_day("2026-10-01"));
}

TEST(Registries, AreLeftAloneAsLongAsTheyAsk) {
  const RdapServer server(
      {{"/domain/example.com", {http("429 Too Many Requests", "", "Retry-After: 3600\r\n"), found}}});
  PatientSession patient(start);
  EXPECT_EQ(asked(patient, server).error().kind, Error::Kind::RateLimited);
  EXPECT_EQ(asked(patient, server).error().kind, Error::Kind::RateLimited);
  EXPECT_EQ(server.asked().size(), 1U);
  patient.at = start + seconds(3601);
  EXPECT_TRUE(asked(patient, server));
}

// Three domains of a clinic and twenty names these lean on.
TEST(Registries, OfAClinicAreAskedWithinFourMinutesAndThenNotAgain) {
  const lab::Folder folder;
  const lab::Server whois(whois_of_jp());
  std::vector<std::string> names;
  for (int i = 0; i < 23; ++i) names.push_back("example" + std::to_string(i) + ".jp");
  const auto run = [&](PatientSession& patient, const std::string& cache) {
    patient.session.registries.cache = folder.path(cache);
    patient.session.whois = "127.0.0.1:" + std::to_string(whois.port());
    std::vector<std::function<void()>> work;
    for (std::size_t i = 0; i < names.size(); ++i)
      work.emplace_back([&, i] {
        const auto said = registration_of(names[i], patient.session, i < 3 ? Freshness::Own : Freshness::Dependent);
        EXPECT_TRUE(said) << said.error().detail;
      });
    side_by_side(work);
  };
  PatientSession first(start);
  run(first, "cache");
  EXPECT_EQ(whois.connections(), 23);
  EXPECT_GE(first.at.load() - start, seconds(22 * 5));
  EXPECT_LT(first.at.load() - start, seconds(4 * 60));
  PatientSession second(first.at.load() + hours(1));
  run(second, "./cache");  // as another process: nothing is remembered
  EXPECT_EQ(whois.connections(), 23);
  EXPECT_EQ(second.at.load(), first.at.load() + hours(1));
  PatientSession next_day(start + hours(25));
  run(next_day, "cache");
  EXPECT_EQ(whois.connections(), 26);  // the clinic's own
}

TEST(Registries, GoOnTheNextDayWithWhatTheDaysLimitLeft) {
  const lab::Folder folder;
  const lab::Server whois(whois_of_jp());
  PatientSession patient(start);
  patient.session.registries.cache = folder.path("cache");
  patient.session.registries.whois_a_day = 2;
  patient.session.whois = "127.0.0.1:" + std::to_string(whois.port());
  const auto names = {"example1.jp", "example2.jp", "example3.jp"};
  std::vector<Error::Kind> waiting;
  for (const char* name : names)
    if (const auto said = registration_of(name, patient.session, Freshness::Own); !said)
      waiting.push_back(said.error().kind);
  EXPECT_EQ(waiting, std::vector<Error::Kind>{Error::Kind::RateLimited});
  patient.at = *parse_instant("2026-11-22T15:00:01Z");
  for (const char* name : names) EXPECT_TRUE(registration_of(name, patient.session, Freshness::Own)) << name;
  EXPECT_EQ(whois.connections(), 3);
}

KeptAnswer kept_example() {
  Registration record;
  record.registered = Answer::Yes;
  record.source = "whois";
  record.state = {"active"};
  record.created = *parse_day("2015-06-10");
  return {"example.jp", "whois.test:43", start, true, record, {{"00:11", false}}};
}

TEST(KeptAnswers, ComeBackAsTheyWereUntilTheyAreOld) {
  const lab::Folder folder;
  keep_answer(folder.path("cache"), kept_example());
  const auto at = [&](Instant now, const std::string& server = "whois.test:43") {
    return kept_answer(folder.path("cache"), "example.jp", server, now, hours(24));
  };
  const auto back = at(start + hours(23));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->record, kept_example().record);
  EXPECT_EQ(back->holders, kept_example().holders);
  EXPECT_TRUE(back->is_whole);
  EXPECT_FALSE(at(start + hours(24)));
  EXPECT_FALSE(at(start - seconds(1)));  // from the future
  EXPECT_FALSE(at(start, "other.test:43"));
  EXPECT_FALSE(kept_answer(folder.path("cache"), "../example", "whois.test:43", start, hours(24)));
  EXPECT_FALSE(kept_answer("", "example.jp", "whois.test:43", start, hours(24)));
}

TEST(KeptAnswers, ThatADependentIsFreeLastForADay) {
  const lab::Folder folder;
  PatientSession patient(start);
  patient.session.registries.cache = folder.path("cache");
  patient.session.whois = "127.0.0.1:1";  // nobody is there
  Registration record;
  record.source = "whois";
  for (const auto& [registered, at, is_kept] :
       {std::tuple{Answer::No, hours(23), true}, {Answer::No, hours(24), false}, {Answer::Yes, hours(24), true}}) {
    record.registered = registered;
    keep_answer(folder.path("cache"), {"example.jp", patient.session.whois, start - at, false, record, {}});
    const auto said = registration_of("example.jp", patient.session, Freshness::Dependent);
    EXPECT_EQ(static_cast<bool>(said), is_kept) << at.count();
  }
}

TEST(KeptAnswers, SayWhenTheyWereGiven) {
  const lab::Folder folder;
  const RdapServer server({{"/domain/example.com", {found}}});
  PatientSession patient(start);
  patient.session.registries.cache = folder.path("cache");
  EXPECT_EQ(asked(patient, server)->answered_at, std::nullopt);
  patient.at = start + hours(5);
  EXPECT_EQ(asked(patient, server)->answered_at, start);
  EXPECT_EQ(server.asked().size(), 1U);
}

TEST(KeptAnswers, AreNotWholeWhereARegistrarAskedToBeLeftAlone) {
  const lab::Folder folder;
  const RdapServer registrar(
      {{"/domain/example.com",
        {http("429 Too Many Requests", "", "Retry-After: 60\r\n"),
         domain_with(R"("events": [{"eventAction": "expiration", "eventDate": "2026-10-01T00:00:00Z"}])")}}});
  const RdapServer server(
      {{"/domain/example.com",
        {domain_with(R"("links": [{"rel": "related", "href": ")" + registrar.base() + R"(domain/example.com"}])")}}});
  PatientSession patient(start);
  patient.session.registries.cache = folder.path("cache");
  EXPECT_EQ(asked(patient, server)->registrar_expires, std::nullopt);
  patient.at = start + seconds(3600);
  EXPECT_EQ(asked(patient, server)->registrar_expires, *parse_day("2026-10-01"));
  patient.at = start + seconds(7200);
  EXPECT_EQ(asked(patient, server)->registrar_expires, *parse_day("2026-10-01"));
  EXPECT_EQ(server.asked().size(), 2U);
}

TEST(KeptAnswers, ThatAreBrokenAreNotThere) {
  const lab::Folder folder;
  keep_answer(folder.path("cache"), kept_example());
  const std::string path = folder.path("cache/names/example.jp.json");
  std::ifstream in(path);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  ASSERT_TRUE(parse_kept_answer(text));
  const auto is_taken = [&](const std::string& altered) {
    lab::write_file(path, altered);
    return kept_answer(folder.path("cache"), "example.jp", "whois.test:43", start, hours(24)).has_value();
  };
  const auto altered = [&](const std::string& from, const std::string& to) {
    std::string out = text;
    return out.replace(out.find(from), from.size(), to);
  };
  EXPECT_TRUE(is_taken(text));
  EXPECT_FALSE(is_taken(""));
  EXPECT_FALSE(is_taken(text.substr(0, text.size() / 2)));
  EXPECT_FALSE(is_taken(altered("\"version\": 1", "\"version\": 2")));
  EXPECT_FALSE(is_taken(altered("\"domain\": \"example.jp\"", "\"domain\": \"example2.jp\"")));
  EXPECT_FALSE(is_taken(altered("\"registered\": \"yes\"", "\"registered\": \"unknown\"")));
  EXPECT_FALSE(is_taken(altered("\"version\"", "\"verzion\"")));
  EXPECT_FALSE(is_taken(text + std::string(300 * 1024, ' ')));
  std::filesystem::remove(path);
  lab::write_file(folder.path("elsewhere"), text);
  std::filesystem::create_symlink(folder.path("elsewhere"), path);
  EXPECT_FALSE(kept_answer(folder.path("cache"), "example.jp", "whois.test:43", start, hours(24)));
}

TEST(KeptAnswers, LeaveNothingUnfinishedAndNoHoldersName) {
  const lab::Folder folder;
  keep_answer(folder.path("cache"), kept_example());
  keep_answer(folder.path("cache"), kept_example());
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path("cache/names"))) {
    ++files;
    EXPECT_EQ(entry.path().filename(), "example.jp.json");
  }
  EXPECT_EQ(files, 1);
  keep_answer("/dev/null/cache", kept_example());  // cannot be written: no harm
}

}  // namespace
}  // namespace kenshin
