// The questionnaire: what a person fills in arrives as facts of grade D, blanks as "not collected", faults with their
// place and remedy.
#include "scanner/questionnaire.h"

#include <gtest/gtest.h>

#include "probes/host/evidence_grade.h"
#include "probes/host/host_facts.h"

namespace kenshin {
namespace {

const Instant now = *parse_instant("2026-11-23T12:00:00Z");

std::string filled(std::vector<std::pair<std::string, std::string>> answers) {
  std::string form(questionnaire_form());
  answers.insert(answers.begin(),
                 {{"label = \"\"", "label = \"受付PC-1\""}, {"filled_on = \"\"", "filled_on = 2026-11-22"}});
  for (const auto& [blank, answer] : answers) {
    const auto at = form.find("\n" + blank);
    EXPECT_NE(at, std::string::npos) << blank;
    if (at != std::string::npos) form.replace(at + 1, blank.size(), answer);
  }
  return form;
}
std::string trouble(std::vector<std::pair<std::string, std::string>> answers) {
  const auto read = read_questionnaire(filled(std::move(answers)), "pc.toml", now);
  return read ? "none" : read.error().detail;
}
template <class F>
Result<F> told(const std::vector<Observation>& all) {
  for (const auto& o : all) {
    if (o.name != F::name) continue;
    if (!o.fact) return o.fact.error();
    return *fact_of<F>(o);
  }
  return Error{Error::Kind::Failed, "no such fact"};
}

TEST(Questionnaire, LeftBlankTellsNothing) {
  const auto read = read_questionnaire(filled({}), "pc.toml", now);
  ASSERT_TRUE(read) << read.error().detail;
  const auto collection = told<HostCollection>(*read);
  ASSERT_TRUE(collection);
  EXPECT_EQ(collection->label, "受付PC-1");
  EXPECT_EQ(to_text(collection->collected_at), "2026-11-22T03:00:00Z");
  EXPECT_EQ(evidence_grade(*collection), EvidenceGrade::D);
  ASSERT_GT(read->size(), 10U);
  for (std::size_t i = 1; i < read->size(); ++i) {
    ASSERT_FALSE((*read)[i].fact) << (*read)[i].name;
    EXPECT_EQ((*read)[i].fact.error().kind, Error::Kind::NotCollected);
  }
}

TEST(Questionnaire, FilledInBecomesFacts) {
  const auto read = read_questionnaire(filled({{"build = \"\"", "build = \"26200.7171\""},
                                               {"edition = \"\"", "edition = \"pro\""},
                                               {"automatic = \"unknown\"", "automatic = \"yes\""},
                                               {"last_update = \"\"", "last_update = \"2026-11-12\""},
                                               {"product = \"\"", "product = \"ESET\""},
                                               {"active = \"unknown\"", "active = \"yes\""},
                                               {"definitions_on = \"\"", "definitions_on = \"2026-11-22\""},
                                               {"firewall = \"unknown\"", "firewall = \"no\""},
                                               {"screen_lock = \"unknown\"", "screen_lock = \"yes\""},
                                               {"screen_lock_minutes = \"\"", "screen_lock_minutes = \"10\""},
                                               {"people = \"\"", "people = \"3\""}}),
                                       "pc.toml", now);
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(told<OsIdentity>(*read)->build, 26200);
  EXPECT_EQ(told<OsIdentity>(*read)->edition, "Professional");
  EXPECT_EQ(told<UpdatesAuto>(*read)->mode, "automatic");
  EXPECT_EQ(told<UpdatesLastOsUpdate>(*read)->at, *parse_instant("2026-11-12T03:00:00Z"));
  EXPECT_EQ(told<AntivirusProducts>(*read)->products[0].active, Answer::Yes);
  EXPECT_EQ(told<HostFirewall>(*read)->profiles[0].enabled, Answer::No);
  EXPECT_EQ(told<ScreenLock>(*read)->after_seconds, 600);
  EXPECT_EQ(told<LocalAccounts>(*read)->enabled, 3);
  EXPECT_EQ(told<LocalAccounts>(*read)->privileged, std::nullopt);
  const auto again = read_host_facts(write_host_facts(*read), "again.json");
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(again->size(), read->size());
}

TEST(Questionnaire, NamesFileLineKeyAndRemedyOfAFault) {
  const auto has = [](const std::string& text, const char* part) {
    EXPECT_NE(text.find(part), std::string::npos) << text;
    EXPECT_TRUE(text.starts_with("pc.toml:")) << text;
  };
  has(trouble({{"automatic = \"unknown\"", "automatic = \"ys\""}}),
      "automatic in [updates]: \"ys\" is none of yes, no, unknown");
  has(trouble({{"build = \"\"", "build = \"25H2\""}}), "such as \"26200.7171\"");
  has(trouble({{"edition = \"\"", "edition = \"Ultra\""}}), "\"Home\"");
  has(trouble({{"last_check = \"\"", "last_check = \"yesterday\""}}), "YYYY-MM-DD");
  has(trouble({{"last_check = \"\"", "last_check = \"2026-12-31\""}}), "after the form");
  has(trouble({{"people = \"\"", "people = \"many\""}}), "whole number");
  has(trouble({{"people = \"\"", "people = \"1\""}, {"administrators = \"\"", "administrators = \"2\""}}),
      "more administrators");
  has(trouble({{"people = \"\"", "persons = \"1\""}}), "persons");
  has(trouble({{"schema = \"kenshin.host-questionnaire/1\"", "schema = \"x\""}}), "kenshin host --questionnaire");
  const auto blank = read_questionnaire(questionnaire_form(), "pc.toml", now);
  ASSERT_FALSE(blank);
  has(blank.error().detail, "label");
  has(blank.error().detail, "filled_on");
}

}  // namespace
}  // namespace kenshin
