#include "probes/domain/jprs_whois.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace kenshin {
namespace {

// Answers in the registry's form, about names that belong to nobody.
constexpr std::string_view banner =
    "[ An invented notice of four lines, as every answer begins with one.          ]\n"
    "[ No match!! in a notice is no answer.                                        ]\n";

std::string general(std::string_view state_lines, std::string_view name = "EXAMPLE.JP") {
  return std::string(banner) + "\nDomain Information:\n[Domain Name]                   " + std::string(name) +
         "\n\n[Registrant]                    Example Clinic\n\n"
         "[Name Server]                   ns1.example.jp\n[Name Server]                   NS2.EXAMPLE.JP.\n"
         "[Signing Key]                   \n\n[Created on]                    2015/06/10\n" +
         std::string(state_lines) + "[Last Updated]                  2026/05/01 01:05:07 (JST)\n\n" +
         "Contact Information:\n[Name]                          Somebody Private\n"
         "[Email]                         somebody@example.jp\n[Phone]                         03-0000-0000\n";
}

std::string organisational(std::string_view state, std::string_view name = "EXAMPLE.OR.JP") {
  return std::string(banner) + "Domain Information: [ドメイン情報]\na. [ドメイン名]                 " +
         std::string(name) +
         "\ne. [そしきめい]                 いりょうほうじんれい\nf. [組織名]                     医療法人 例\n"
         "g. [Organization]               Example Medical\nm. [登録担当者]                 AA00001JP\n"
         "p. [ネームサーバ]               ns1.example.or.jp\ns. [署名鍵]                     12345 8 2 (\n"
         "                                0011223344556677 )\n[状態]                          " +
         std::string(state) +
         "\n[ロック状態]                    AgentChangeLocked\n[登録年月日]                    2001/04/02\n"
         "[接続年月日]                    2001/04/09\n[最終更新]                      2026/04/01 01:02:03 (JST)\n";
}

constexpr std::string_view active =
    "[Expires on]                    2027/06/30\n[Status]                        Active\n"
    "[Lock Status]                   DomainTransferLocked\n[Lock Status]                   AgentChangeLocked\n";

TEST(JprsWhois, ReadsAGeneralName) {
  const auto seen = parse_jprs(general(active), "example.jp");
  ASSERT_TRUE(seen) << seen.error().detail;
  Registration expected;
  expected.registered = Answer::Yes;
  expected.source = "whois";
  expected.kind = RegistrationKind::General;
  expected.state = {"active"};
  expected.state_text = "Active";
  expected.created = *parse_day("2015-06-10");
  expected.expires = *parse_day("2027-06-30");
  expected.updated = *parse_instant("2026-04-30T16:05:07Z");
  expected.locks = {"DomainTransferLocked", "AgentChangeLocked"};
  expected.name_servers = {"ns1.example.jp", "ns2.example.jp"};
  EXPECT_EQ(*seen, expected);
}

TEST(JprsWhois, ReadsAnOrganisationalNameInJapanese) {
  const auto seen = parse_jprs(organisational("Connected (2027/04/30)"), "example.or.jp");
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->kind, RegistrationKind::Organisational);
  EXPECT_EQ(seen->state, std::vector<std::string>{"active"});
  EXPECT_EQ(seen->state_text, "Connected (2027/04/30)");
  EXPECT_EQ(seen->created, *parse_day("2001-04-02"));
  EXPECT_EQ(seen->expires, *parse_day("2027-04-30"));
  EXPECT_EQ(seen->locks, std::vector<std::string>{"AgentChangeLocked"});
  EXPECT_EQ(seen->name_servers, std::vector<std::string>{"ns1.example.or.jp"});
  EXPECT_TRUE(seen->is_signed);
}

TEST(JprsWhois, KnowsPrefectureAndGeographicNames) {
  const auto prefecture = parse_jprs(general(active, "EXAMPLE.TOKYO.JP"), "example.tokyo.jp");
  ASSERT_TRUE(prefecture) << prefecture.error().detail;
  EXPECT_EQ(prefecture->kind, RegistrationKind::Prefecture);
  const auto geographic =
      parse_jprs(organisational("Connected (2027/04/30)", "EXAMPLE.CHUO.TOKYO.JP"), "example.chuo.tokyo.jp");
  ASSERT_TRUE(geographic) << geographic.error().detail;
  EXPECT_EQ(geographic->kind, RegistrationKind::Geographic);
}

struct StateCase {
  std::string_view answered, state;
  bool dated;
};

TEST(JprsWhois, TellsEveryStateApart) {
  for (const auto& [answered, state, dated] : {StateCase{"Active", "active", false},
                                               {"Connected (2027/04/30)", "active", true},
                                               {"Registered (2027/04/30)", "registered without name servers", true},
                                               {"To be suspended", "to be suspended", false},
                                               {"Suspended", "suspended", false},
                                               {"To be deleted (2027/04/30)", "to be deleted", false},
                                               {"Deleted (2027/04/30)", "deleted", false},
                                               {"Reserved", "reserved", false},
                                               {"Advance-Registered", "provisional", false},
                                               {"Renamed", "renamed", false},
                                               {"User-Reserved", "user reserved", false},
                                               {"Negotiated", "negotiated", false},
                                               {"Frozen (2027/04/30)", "unknown state", false}}) {
    const auto seen = parse_jprs(organisational(answered), "example.or.jp");
    ASSERT_TRUE(seen) << answered << ": " << seen.error().detail;
    EXPECT_EQ(seen->registered, Answer::Yes);
    EXPECT_EQ(seen->state, std::vector<std::string>{std::string(state)}) << answered;
    EXPECT_EQ(seen->state_text, answered);
    EXPECT_EQ(seen->expires.has_value(), dated) << answered;
  }
}

TEST(JprsWhois, ReadsTheEndOfTheHoldAsAnswered) {
  const auto seen = parse_jprs(
      general("[Expires on]                    2026/11/30\n[Status]                        Suspended\n"), "example.jp");
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->state, std::vector<std::string>{"suspended"});
  EXPECT_EQ(seen->state_text, "Suspended (2026-11-30)");
  EXPECT_EQ(seen->expires, std::nullopt);
  EXPECT_TRUE(seen->locks.empty());
}

TEST(JprsWhois, TakesAnEmptyDateForNoDate) {
  std::string answer = general(active);
  answer.replace(answer.find("2015/06/10"), 10, "");
  const auto seen = parse_jprs(answer, "example.jp");
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->created, std::nullopt);
}

TEST(JprsWhois, ReadsLineEndsOfBothKinds) {
  std::string answer;
  for (const char c : general(active)) answer += c == '\n' ? "\r\n" : std::string(1, c);
  EXPECT_EQ(parse_jprs(answer, "example.jp"), parse_jprs(general(active), "example.jp"));
}

TEST(JprsWhois, AcceptsBothSpellingsOfAnInternationalName) {
  std::string answer = general(active, "XN--WGV71A119E.JP");
  answer.replace(answer.find("[Domain Name]"), 0, "[ドメイン名]                    日本語.JP\n");
  const auto seen = parse_jprs(answer, "xn--wgv71a119e.jp");
  EXPECT_TRUE(seen) << seen.error().detail;
}

TEST(JprsWhois, SaysFreeOnlyForTheRegistrysOwnWords) {
  const auto free =
      parse_jprs(std::string(banner) + "No match!!\r\n\r\nOther domain names can be asked for here.\r\n", "example.jp");
  ASSERT_TRUE(free) << free.error().detail;
  EXPECT_EQ(free->registered, Answer::No);
  EXPECT_TRUE(free->state.empty());
  for (const std::string_view text : {"",
                                      "\n",
                                      "No match for EXAMPLE.JP\n",
                                      "No match!! Please try again later\n",
                                      "<html>No match!!</html>",
                                      "NOT FOUND\n",
                                      "Domain Information:\nNo match!!\n",
                                      "too many queries, limit exceeded; the answer is:\nNo match!!\n",
                                      "<html>\nNo match!!\n</html>\n",
                                      "Error: internal\nNo match!!\n",
                                      "No match!!\nToo many queries, limit exceeded\n",
                                      "No match!!\nWHOIS server error\n",
                                      "No match!!\nThe quota of this WHOIS is spent\n",
                                      "No match!!\nJPRS WHOISは混雑しています\n",
                                      "No match!!\nドメイン名の検索は上限に達しました\n",
                                      "No match!!\nThis domain name database is being rebuilt\n",
                                      "[ JPRS WHOIS is in maintenance ]\nNo match!!\n",
                                      "No match!!\nYour access is blocked\n",
                                      "No match!!\n<html>whois</html>\n",
                                      "[Registrant] Somebody\nNo match!!\n",
                                      "No match!!\nContact Information:\nDomain Information:\n"})
    EXPECT_FALSE(parse_jprs(text, "example.jp")) << text;
  EXPECT_FALSE(parse_jprs(banner, "example.jp"));
}

TEST(JprsWhois, QuotesNoLabelledLineInAnError) {
  for (const std::string_view before : {"", "No match!!\n", "Error: internal\n"})
    for (const std::string_view label : {"[Registrant]   ", " g. [Organization]  "})
      for (const std::string_view after : {"", "No match!!\n"}) {
        const auto seen =
            parse_jprs(std::string(before) + std::string(label) + "Rei Clinic\n   of Somewhere\n" + std::string(after),
                       "example.jp");
        ASSERT_FALSE(seen) << before << after;
        for (const auto* held : {"Rei", "Somewhere"})
          EXPECT_EQ(seen.error().detail.find(held), std::string::npos) << seen.error().detail;
      }
}

TEST(JprsWhois, TakesARefusalForARefusal) {
  for (const std::string_view text : {"Query limit exceeded.\n", "Too many queries from your address\n",
                                      "アクセスが制限されています\n", "Access denied\n"}) {
    const auto seen = parse_jprs(std::string(banner) + std::string(text), "example.jp");
    ASSERT_FALSE(seen) << text;
    EXPECT_EQ(seen.error().kind, Error::Kind::RateLimited) << text;
  }
}

TEST(JprsWhois, RefusesAnAnswerAboutAnotherName) {
  const auto seen = parse_jprs(general(active, "EXAMPLE2.JP"), "example.jp");
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().kind, Error::Kind::Malformed);
  EXPECT_NE(seen.error().detail.find("EXAMPLE2.JP"), std::string::npos);
}

TEST(JprsWhois, RefusesAnAnswerCutAnywhereInTheRecord) {
  const std::string answer = general(active);
  const auto end = answer.find("[Last Updated]");
  for (std::size_t size = answer.find("Domain Information:"); size < end; ++size)
    EXPECT_FALSE(parse_jprs(answer.substr(0, size), "example.jp")) << size;
}

TEST(JprsWhois, RefusesWhatIsNoDateAndWhatStandsTwice) {
  for (const auto& [good, bad] : {std::pair<std::string_view, std::string_view>{"2015/06/10", "2015/02/30"},
                                  {"2015/06/10", "10-JUN-15"},
                                  {"2015/06/10", "2015-06-10"},
                                  {"2026/05/01 01:05:07 (JST)", "2026/05/01 01:05:07 (PST)"},
                                  {"2026/05/01 01:05:07 (JST)", "2026/05/01 25:05:07 (JST)"},
                                  {"2026/05/01 01:05:07 (JST)", "(JST)"},
                                  {"Active", "Active\n[Status]     Suspended"},
                                  {"Active", ""}}) {
    std::string answer = general(active);
    answer.replace(answer.find(good), good.size(), bad);
    const auto seen = parse_jprs(answer, "example.jp");
    ASSERT_FALSE(seen) << bad;
    EXPECT_EQ(seen.error().kind, Error::Kind::Malformed);
  }
}

TEST(JprsWhois, KeepsNoContact) {
  const auto seen = parse_jprs(general(active), "example.jp");
  ASSERT_TRUE(seen);
  std::string kept = seen->state_text + seen->registrar.value_or("");
  for (const auto& list : {seen->state, seen->locks, seen->name_servers})
    for (const auto& text : list) kept += text;
  for (const auto* contact : {"Somebody", "somebody@", "03-0000", "Example Clinic"})
    EXPECT_EQ(kept.find(contact), std::string::npos);
}

TEST(JprsWhois, ReadsTheDemoClinicsAnswer) {
  std::ifstream in(SOURCE_DIR "/tests/lab/clinic/whois.txt", std::ios::binary);
  const auto seen = parse_jprs(std::string(std::istreambuf_iterator<char>(in), {}), "example.jp");
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->state, std::vector<std::string>{"active"});
  EXPECT_EQ(seen->locks, std::vector<std::string>{"AgentChangeLocked"});
}

TEST(JprsWhois, HandsOutTheHoldersNamesForOneComparison) {
  const auto seen = parse_jprs_and_holder(organisational("Connected (2027/04/30)"), "example.or.jp");
  ASSERT_TRUE(seen) << seen.error().detail;
  EXPECT_EQ(seen->holders, (std::vector<std::string>{"医療法人 例", "Example Medical"}));
  EXPECT_EQ(seen->record, *parse_jprs(organisational("Connected (2027/04/30)"), "example.or.jp"));
  EXPECT_TRUE(seen->record.holder_hash.empty());
  std::string wrapped = general(active);
  wrapped.replace(wrapped.find("Example Clinic\n"), 15, "Example\n                                Clinic\n");
  EXPECT_EQ(parse_jprs_and_holder(wrapped, "example.jp")->holders, std::vector<std::string>{"Example Clinic"});
  EXPECT_TRUE(parse_jprs_and_holder(organisational("Deleted (2027/04/30)"), "example.or.jp")->holders.empty());
}

}  // namespace
}  // namespace kenshin
