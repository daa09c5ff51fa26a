#include "reports/formats/actions.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/reports/formats/sample_report.h"

namespace kenshin {
namespace {

std::vector<std::string> criteria_of(const Action& action) {
  std::vector<std::string> out;
  for (const auto* finding : action.findings) out.push_back(finding->criterion.text);
  return out;
}

TEST(Actions, StandWorstFirstThenByRankAndAdviceLast) {
  const Report report = sample::report();
  std::vector<std::string> order;
  for (const auto& action : actions_of(report))
    order.push_back(std::string(action.advice() ? "advice " : "") + std::string(verdict_name(action.first().verdict)) +
                    " " + action.first().criterion.text);
  const std::vector<std::string> expected = {"not_met sample.lock",       "not_met sample.version",
                                             "not_met sample.suites",     "attention sample.expiry",
                                             "attention sample.updates",  "unknown sample.version",
                                             "conditional sample.suites", "advice attention sample.certificate"};
  EXPECT_EQ(order, expected);
}

TEST(Actions, PutTheTargetsOfOneMatterTogether) {
  const Report report = sample::report();
  const auto actions = actions_of(report);
  EXPECT_EQ(actions[4].findings.size(), 2u);
}

TEST(Actions, TellASilentTargetOnce) {
  const Report report = sample::report();
  const auto actions = actions_of(report);
  EXPECT_EQ(criteria_of(actions[5]), (std::vector<std::string>{"sample.version", "sample.suites"}));
}

TEST(Actions, NameWhoseTaskItIs) {
  const Report report = sample::report();
  const auto actions = actions_of(report);
  EXPECT_EQ(actions[0].charge, Charge::WebAgency);  // the item's
  EXPECT_EQ(actions[1].charge, Charge::Vendor);     // the target's owner
  EXPECT_EQ(actions[4].charge, Charge::Clinic);
  EXPECT_EQ(actions[7].charge, Charge::WebAgency);  // a web site
}

TEST(Actions, ReachRollUpsAndTheirContradictions) {
  const Report report = sample::report();
  const auto actions = actions_of(report);
  const auto& version = actions[1];
  EXPECT_TRUE(version.contradicts);  // xii itself has no box; its roll-ups are ticked
  EXPECT_TRUE(
      std::any_of(version.items.begin(), version.items.end(), [](auto* it) { return it->id.text == "2.5.2.i"; }));
  EXPECT_FALSE(actions[5].contradicts);
}

TEST(Actions, SayWhatIsHeldBack) {
  const Report report = sample::report();
  const auto actions = actions_of(report);
  ASSERT_NE(actions[0].waiver, nullptr);
  EXPECT_EQ(to_text(actions[0].waiver->expires), "2027-03-31");
  EXPECT_EQ(actions[1].waiver, nullptr);
}

TEST(Actions, AreNoneWhereAllIsWell) {
  Report report = sample::report();
  for (auto& finding : report.findings) finding.verdict = Verdict::Met;
  EXPECT_TRUE(actions_of(report).empty());
}

}  // namespace
}  // namespace kenshin
