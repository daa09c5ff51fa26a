// Every kind of change between two results, and which of them is a regression.
#include "reports/changes.h"

#include <gtest/gtest.h>

#include "reports/report.h"
#include "tests/reports/formats/sample_report.h"

namespace kenshin {
namespace {

Outcome outcome() { return outcome_of(sample::report(), sample::wording(Language::Ja), sample::wording(Language::En)); }

FindingOutcome finding(std::string criterion, Verdict verdict, Force force = Force::Must, std::string reason = "r") {
  return {{std::move(criterion)}, "endpoint", "tele.example:443", std::move(reason), {}, verdict, force, false};
}
Outcome with(std::vector<FindingOutcome> findings) {
  Outcome out;
  out.finished = Instant{};
  out.findings = std::move(findings);
  return out;
}

// "worse", or "" for no change, of one finding from a verdict to another.
std::string turn(Verdict before, Verdict after) {
  const auto changes = changes_between(with({finding("c", before)}), with({finding("c", after)}));
  return changes.findings.empty() ? "" : std::string(turn_name(changes.findings.front().turn));
}
bool regresses(std::vector<FindingOutcome> before, std::vector<FindingOutcome> after) {
  return is_regression(changes_between(with(std::move(before)), with(std::move(after))));
}

TEST(Changes, AreNoneBetweenAResultAndItself) {
  const auto changes = changes_between(outcome(), outcome());
  EXPECT_TRUE(changes.none());
  EXPECT_TRUE(changes.rules.empty());
  EXPECT_FALSE(is_regression(changes));
}

TEST(Changes, CallWhatCanNoLongerBeToldNeitherWorseNorBetter) {
  using enum Verdict;
  for (const Verdict told : {Met, Conditional, Attention, NotMet}) {
    EXPECT_EQ(turn(told, Unknown), "no_longer_told");
    EXPECT_EQ(turn(Unknown, told), "now_told");
    EXPECT_EQ(turn(told, NotApplicable), "gone");
    EXPECT_EQ(turn(NotApplicable, told), "appeared");
    EXPECT_EQ(turn(told, told), "");
  }
}

TEST(Changes, FollowTheOrderOfVerdicts) {
  using enum Verdict;
  const std::vector<Verdict> best_first = {Met, Conditional, Attention, NotMet};
  for (std::size_t a = 0; a < best_first.size(); ++a)
    for (std::size_t b = a + 1; b < best_first.size(); ++b) {
      EXPECT_EQ(turn(best_first[a], best_first[b]), "worse");
      EXPECT_EQ(turn(best_first[b], best_first[a]), "better");
    }
}

TEST(Changes, NameFindingsThatCameAndWent) {
  const auto changes = changes_between(with({finding("a", Verdict::Met)}), with({finding("b", Verdict::NotMet)}));
  ASSERT_EQ(changes.findings.size(), 2U);
  EXPECT_EQ(changes.findings[0].turn, Turn::Appeared);
  EXPECT_FALSE(changes.findings[0].before);
  EXPECT_EQ(changes.findings[1].turn, Turn::Gone);
  EXPECT_FALSE(changes.findings[1].after);
  EXPECT_TRUE(changes_between(with({}), with({finding("b", Verdict::NotApplicable)})).none());
}

TEST(Changes, TellAnotherReasonForTheSameVerdict) {
  const auto before = with({finding("c", Verdict::NotMet, Force::Must, "old")});
  const auto after = with({finding("c", Verdict::NotMet, Force::Must, "new")});
  const auto changes = changes_between(before, after);
  ASSERT_EQ(changes.findings.size(), 1U);
  EXPECT_EQ(changes.findings[0].turn, Turn::OtherReason);
  EXPECT_FALSE(is_regression(changes));
}

TEST(Changes, PairSeveralFindingsOfOneCriterionByTheirReason) {
  const auto before =
      with({finding("c", Verdict::NotMet, Force::Must, "x"), finding("c", Verdict::Met, Force::Must, "y")});
  const auto after =
      with({finding("c", Verdict::Met, Force::Must, "y"), finding("c", Verdict::NotMet, Force::Must, "x")});
  EXPECT_TRUE(changes_between(before, after).none());
}

TEST(Changes, PutTheWorstAndTheHeaviestFirst) {
  const auto changes = changes_between(
      with({finding("a", Verdict::NotMet), finding("b", Verdict::Met, Force::Note), finding("c", Verdict::Met)}),
      with({finding("a", Verdict::Met), finding("b", Verdict::NotMet, Force::Note), finding("c", Verdict::NotMet)}));
  ASSERT_EQ(changes.findings.size(), 3U);
  EXPECT_EQ(changes.findings[0].latest().criterion.text, "c");
  EXPECT_EQ(changes.findings[1].latest().criterion.text, "b");
  EXPECT_EQ(changes.findings[2].turn, Turn::Better);
}

TEST(Changes, NameTheRulesThatChanged) {
  Outcome before = outcome(), after = outcome();
  after.profile_edition = "2027-01";
  after.tool_version = "0.2.0";
  after.editions["end-of-support"] = "2027-01";
  before.editions["regions"] = "1";
  const auto changes = changes_between(before, after);
  std::vector<std::string> what;
  for (const auto& it : changes.rules) what.push_back(it.what);
  EXPECT_EQ(what, (std::vector<std::string>{"profile", "tool", "end-of-support", "regions"}));
  EXPECT_EQ(changes.rules[0].after, "checklist-2026 2027-01");
  EXPECT_EQ(changes.rules[3].after, "");
  EXPECT_TRUE(changes.none()) << "the rules alone are no difference of results";
}

TEST(Changes, KeepTicksApartFromWhatWasObserved) {
  Outcome before = outcome(), after = outcome();
  after.items[0].declared = Declared::Ticked;
  auto changes = changes_between(before, after);
  EXPECT_TRUE(changes.items.empty());
  ASSERT_EQ(changes.ticks.size(), 1U);
  EXPECT_EQ(changes.ticks[0].id.text, "1.1.i");
  EXPECT_FALSE(changes.none());
  before.editions.erase("checklist");
  EXPECT_TRUE(changes_between(before, after).ticks.empty()) << "where no checklist was given, nothing was declared";
}

TEST(Changes, TellHowItemsTurned) {
  const auto one = [](Observed from, Observed to) {
    Outcome before = outcome(), after = outcome();
    before.items[3].observed = from;
    after.items[3].observed = to;
    const auto changes = changes_between(before, after);
    return changes.items.empty() ? "" : std::string(turn_name(changes.items.front().turn));
  };
  EXPECT_EQ(one(Observed::Supported, Observed::NotMet), "worse");
  EXPECT_EQ(one(Observed::NotMet, Observed::Met), "better");
  EXPECT_EQ(one(Observed::Met, Observed::Unknown), "no_longer_told");
  EXPECT_EQ(one(Observed::Unknown, Observed::Attention), "now_told");
  EXPECT_EQ(one(Observed::NotObserved, Observed::Met), "appeared");
  EXPECT_EQ(one(Observed::Met, Observed::NotObserved), "gone");
  EXPECT_EQ(one(Observed::Met, Observed::Supported), "") << "another profile asks a person beside";
}

TEST(Changes, SpeakOfItemsOfAnotherForm) {
  Outcome before = outcome(), after = outcome();
  before.items.push_back({{"9.9.i"}, {}, Declared::None, Observed::Met, Agreement::NotDeclared, {}});
  before.items.push_back({{"~L3"}, {}, Declared::None, Observed::Met, Agreement::NotDeclared, {}});
  const auto changes = changes_between(before, after);
  ASSERT_EQ(changes.items.size(), 1U);
  EXPECT_EQ(changes.items[0].turn, Turn::Gone);
  EXPECT_FALSE(changes.items[0].after);
}

TEST(Regression, IsWhatIsWorseAndDecides) {
  using enum Verdict;
  EXPECT_TRUE(regresses({finding("c", Met)}, {finding("c", NotMet)}));
  EXPECT_TRUE(regresses({finding("c", Met)}, {finding("c", Attention)}));
  EXPECT_TRUE(regresses({finding("c", Unknown)}, {finding("c", NotMet)}));
  EXPECT_TRUE(regresses({}, {finding("c", NotMet)})) << "a new server that fails";
  EXPECT_FALSE(regresses({finding("c", NotMet)}, {finding("c", NotMet)})) << "it was so before";
  EXPECT_FALSE(regresses({finding("c", Met)}, {finding("c", Unknown)}));
  EXPECT_FALSE(regresses({finding("c", Unknown)}, {finding("c", Attention)}));
  EXPECT_FALSE(regresses({finding("c", NotMet)}, {}));
  EXPECT_FALSE(regresses({finding("c", Met, Force::Should)}, {finding("c", NotMet, Force::Should)}));
  FindingOutcome waived = finding("c", NotMet);
  waived.waived = true;
  EXPECT_FALSE(regresses({finding("c", Met)}, {waived}));
}

TEST(Regression, IsAWaiverThatEnded) {
  Outcome before = outcome(), after = outcome();
  for (auto& item : after.items) item.waived_until.reset();
  const auto changes = changes_between(before, after);
  ASSERT_EQ(changes.items.size(), 1U);
  EXPECT_EQ(changes.items[0].turn, Turn::WaiverEnded);
  EXPECT_TRUE(is_regression(changes));
  EXPECT_FALSE(is_regression(changes_between(after, before)));
}

TEST(Regression, DecidesTheExitCodeAloneWhereItIsAskedFor) {
  Report report = sample::report();
  EXPECT_EQ(exit_code(report, FailOn::Fail), 2);
  EXPECT_EQ(exit_code(report, FailOn::Regression), 0) << "nothing to compare with";
  report.changes = changes_between(outcome(), outcome());
  EXPECT_EQ(exit_code(report, FailOn::Regression), 0) << "not met, as before";
  report.changes = changes_between(with({}), outcome());
  EXPECT_EQ(exit_code(report, FailOn::Regression), 2);
  report.changes = changes_between(outcome(), outcome());
  report.facts.finished.reset();
  EXPECT_EQ(exit_code(report, FailOn::Regression), 3) << "what was not reached is not determined";
}

}  // namespace
}  // namespace kenshin
