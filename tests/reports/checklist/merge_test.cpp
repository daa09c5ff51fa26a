#include "reports/checklist/merge.h"

#include <gtest/gtest.h>

#include "reports/report.h"

namespace kenshin {
namespace {

const Target clinic{TargetKind::Clinic, "", 0};
const Target endpoint{TargetKind::Endpoint, "tele.example.jp", 443};
const Instant noon = *parse_instant("2026-11-22T03:00:00Z");
const Day today = *parse_day("2026-11-22");

// A catalogue of one machine item, one evidence item, one for people, and a roll-up over all three.
Catalogue small_catalogue() {
  Catalogue out;
  out.edition = "test";
  const auto item = [&](std::string id, AnsweredBy by, std::vector<CriterionId> criteria,
                        std::vector<ItemId> rolls_up = {}) {
    CatalogueItem row;
    row.id = {std::move(id)};
    row.answered_by = by;
    row.criteria = std::move(criteria);
    row.rolls_up = std::move(rolls_up);
    row.charge = Charge::Vendor;
    out.items.push_back(std::move(row));
  };
  item("2.9.all", AnsweredBy::MachineAndPerson, {}, {{"2.5.*"}});
  item("2.5.xii", AnsweredBy::Machine, {{"tls"}});
  item("2.5.xiv", AnsweredBy::MachineAndPerson, {{"domain"}});
  item("2.5.i", AnsweredBy::Person, {});
  return out;
}

Finding finding(std::string criterion, Verdict verdict, Force force = Force::Must, Target target = endpoint) {
  Finding out;
  out.criterion = {std::move(criterion)};
  out.target = std::move(target);
  out.verdict = verdict;
  out.force = force;
  return out;
}

struct Case {
  Catalogue catalogue = small_catalogue();
  Checklist checklist;
  std::vector<Finding> findings;
  Facts facts;

  Case& tick(std::string id) {
    ChecklistItem item;
    item.id = {std::move(id)};
    item.declared = Declared::Ticked;
    checklist.items.push_back(std::move(item));
    return *this;
  }
  template <class F>
  Case& declare(F declared, Target target = clinic) {
    facts.add(observed<F>(std::move(target), "", noon, 0, std::move(declared)));
    return *this;
  }
  Case& find(Finding f) {
    findings.push_back(std::move(f));
    return *this;
  }
  std::vector<ItemAnswer> answers() const { return merge(catalogue, &checklist, findings, facts, today); }
  ItemAnswer answer(std::string_view id) const {
    for (auto& a : answers())
      if (a.id.text == id) return a;
    return {};
  }
};

TEST(Merge, WorstMustFindingDecidesAndShouldDoesNot) {
  EXPECT_EQ(Case().find(finding("tls", Verdict::Met)).find(finding("tls", Verdict::Unknown)).answer("2.5.xii").observed,
            Observed::Unknown);
  EXPECT_EQ(
      Case().find(finding("tls", Verdict::Unknown)).find(finding("tls", Verdict::Attention)).answer("2.5.xii").observed,
      Observed::Attention);
  EXPECT_EQ(
      Case().find(finding("tls", Verdict::Attention)).find(finding("tls", Verdict::NotMet)).answer("2.5.xii").observed,
      Observed::NotMet);
  EXPECT_EQ(Case()
                .find(finding("tls", Verdict::Met))
                .find(finding("tls", Verdict::NotMet, Force::Should))
                .answer("2.5.xii")
                .observed,
            Observed::Met);
  EXPECT_EQ(
      Case().find(finding("tls", Verdict::Conditional)).find(finding("tls", Verdict::Met)).answer("2.5.xii").observed,
      Observed::Conditional);
}

TEST(Merge, NothingObservedIsNeverAPass) {
  EXPECT_EQ(Case().answer("2.5.xii").observed, Observed::NotObserved);
  EXPECT_EQ(Case().find(finding("tls", Verdict::NotApplicable)).answer("2.5.xii").observed, Observed::NotObserved);
  EXPECT_EQ(Case().find(finding("tls", Verdict::Met, Force::Note)).answer("2.5.xii").observed, Observed::NotObserved);
}

TEST(Merge, AnEvidenceItemIsSupportedNeverMet) {
  EXPECT_EQ(Case().find(finding("domain", Verdict::Met)).answer("2.5.xiv").observed, Observed::Supported);
}

TEST(Merge, ATickAgainstAMeasuredFailureContradictsAlsoInTheRollUp) {
  const auto all = Case().tick("2.5.xii").tick("2.9.all").find(finding("tls", Verdict::NotMet));
  EXPECT_EQ(all.answer("2.5.xii").agreement, Agreement::Contradicts);
  EXPECT_EQ(all.answer("2.9.all").agreement, Agreement::Contradicts);
  EXPECT_EQ(all.answer("2.9.all").because_of, std::vector<ItemId>{{"2.5.xii"}});
}

TEST(Merge, ATickNobodyCouldCheckStaysOpen) {
  EXPECT_EQ(Case().tick("2.5.xii").answer("2.5.xii").agreement, Agreement::Open);
  EXPECT_EQ(Case().tick("2.5.xii").find(finding("tls", Verdict::Unknown)).answer("2.5.xii").agreement, Agreement::Open);
  EXPECT_EQ(Case().tick("2.5.xii").find(finding("tls", Verdict::Met)).answer("2.5.xii").agreement, Agreement::Agrees);
  EXPECT_EQ(Case().find(finding("tls", Verdict::NotMet)).answer("2.5.xii").agreement, Agreement::NotDeclared);
}

TEST(Merge, ARollUpWithAPartNobodyLookedAtIsNotObserved) {
  auto all = Case().find(finding("tls", Verdict::Met)).find(finding("domain", Verdict::Met));
  EXPECT_EQ(all.answer("2.9.all").observed, Observed::NotObserved);
  DeclaredDocument document;
  document.item = "2.5.i";
  all.declare(document);
  EXPECT_EQ(all.answer("2.9.all").observed, Observed::Supported);
}

TEST(Merge, WhatIsOverdueOrAlteredAnswersNoMore) {
  DeclaredDecision decision;
  EXPECT_TRUE(still_answers(decision, today));
  decision.review_by = today;
  EXPECT_TRUE(still_answers(decision, today));
  EXPECT_FALSE(still_answers(decision, today + std::chrono::days{1}));
  DeclaredDocument document;
  document.valid_until = today;
  EXPECT_TRUE(still_answers(document, today));
  EXPECT_FALSE(still_answers(document, today + std::chrono::days{1}));
  document.problem = "hash_differs";
  EXPECT_FALSE(still_answers(document, today));
  auto all = Case().find(finding("tls", Verdict::Met)).find(finding("domain", Verdict::Met));
  document.item = "2.5.i";
  all.declare(document);
  EXPECT_EQ(all.answer("2.9.all").observed, Observed::NotObserved);
}

TEST(Merge, HoldsOnlyForWhatWasProbedUnlessTheInventoryIsDeclaredComplete) {
  EXPECT_TRUE(Case().find(finding("tls", Verdict::Met)).answer("2.5.xii").probed_only);
  DeclaredClinic declared;
  declared.inventory_complete = PersonOnDay{"院長", today};
  EXPECT_TRUE(Case().declare(declared).find(finding("tls", Verdict::Met)).answer("2.5.xii").probed_only)
      << "the media path was not probed";
  declared.media_out_of_band = "電話";
  auto whole = Case().declare(declared).find(finding("tls", Verdict::Met));
  EXPECT_TRUE(whole.answer("2.5.xii").probed_only) << "the scan was cut short";
  whole.facts.finished = noon;
  EXPECT_FALSE(whole.answer("2.5.xii").probed_only);
  auto conditional = Case().find(finding("tls", Verdict::Conditional));
  EXPECT_TRUE(conditional.answer("2.5.xii").probed_only);
}

TEST(Merge, WhatAPersonFoundLackingReachesTheRollUp) {
  DeclaredDecision decision;
  decision.item = "2.5.i";
  auto all = Case().find(finding("tls", Verdict::Met)).find(finding("domain", Verdict::Met));
  for (const auto& [verdict, state] :
       {std::pair{"not_met", Observed::NotMet}, std::pair{"attention", Observed::Attention},
        std::pair{"met", Observed::Supported}}) {
    decision.verdict = verdict;
    auto decided = all;
    decided.declare(decision);
    EXPECT_EQ(decided.answer("2.9.all").observed, state) << verdict;
  }
  for (const char* verdict : {"met", "attention", "not_met"}) {
    decision.verdict = verdict;
    all.declare(decision);
  }
  EXPECT_EQ(all.answer("2.9.all").observed, Observed::NotMet) << "the worst of several";
}

TEST(Merge, RulingAnItemOutDoesNotHideAMeasuredFailure) {
  DeclaredClinic declared;
  declared.not_applicable = {"2.5.xii"};
  EXPECT_EQ(Case().declare(declared).find(finding("tls", Verdict::Met)).answer("2.5.xii").observed,
            Observed::NotApplicable);
  EXPECT_EQ(Case().declare(declared).find(finding("tls", Verdict::NotMet)).answer("2.5.xii").observed,
            Observed::NotMet);
}

DeclaredWaiver waiver(std::string target, const char* expires) {
  DeclaredWaiver out;
  out.item = "2.5.xii";
  out.target = std::move(target);
  out.created = *parse_day("2026-01-01");
  out.expires = *parse_day(expires);
  return out;
}

TEST(Merge, AWaiverInForceIsShownButTheItemStaysNotMet) {
  const auto waived =
      Case().declare(waiver("tele.*", "2026-11-22")).find(finding("tls", Verdict::NotMet)).answer("2.5.xii");
  EXPECT_EQ(waived.observed, Observed::NotMet);
  EXPECT_NE(waived.waiver, nullptr);
}

TEST(Merge, AWaiverThatExpiredOrCoversAnotherTargetDoesNotCount) {
  EXPECT_EQ(Case().declare(waiver("", "2026-11-21")).find(finding("tls", Verdict::NotMet)).answer("2.5.xii").waiver,
            nullptr);
  EXPECT_EQ(
      Case().declare(waiver("other.*", "2026-12-31")).find(finding("tls", Verdict::NotMet)).answer("2.5.xii").waiver,
      nullptr);
}

TEST(Merge, AVendorsMachineDoesNotAnswerTheClinicsDuty) {
  const Target host{TargetKind::Host, "server", 0};
  auto one = Case().find(finding("domain", Verdict::NotMet, Force::Must, host));
  DeclaredHost declared;
  declared.owner = Owner::Vendor;
  one.declare(declared, host);
  EXPECT_EQ(one.answer("2.5.xiv").observed, Observed::NotMet);
  one.catalogue.items[2].charge = Charge::Clinic;
  EXPECT_EQ(one.answer("2.5.xiv").observed, Observed::NotObserved);
}

TEST(Merge, AClinicsServerDoesNotAnswerTheVendorsDuty) {
  const Target host{TargetKind::Host, "server", 0};
  auto one = Case().find(finding("domain", Verdict::NotMet, Force::Must, host));
  one.catalogue.items[2].charge = Charge::Vendor;
  DeclaredHost declared;
  declared.role = Role::Server;
  declared.owner = Owner::Clinic;
  one.declare(declared, host);
  EXPECT_EQ(one.answer("2.5.xiv").observed, Observed::NotObserved);
  auto terminal = Case().find(finding("domain", Verdict::NotMet, Force::Must, host));
  terminal.catalogue.items[2].charge = Charge::Vendor;
  declared.role = Role::Terminal;
  terminal.declare(declared, host);
  EXPECT_EQ(terminal.answer("2.5.xiv").observed, Observed::NotMet);
}

Report report_of(const Case& c) {
  Report out;
  out.facts.finished = noon;
  out.catalogue = c.catalogue;
  out.findings = c.findings;
  out.answers = c.answers();
  return out;
}

TEST(ExitCode, IsTwoForAGatedItemNotMetAndZeroWhenWaived) {
  EXPECT_EQ(exit_code(report_of(Case().find(finding("tls", Verdict::NotMet))), FailOn::Fail), 2);
  EXPECT_EQ(exit_code(report_of(Case().find(finding("domain", Verdict::NotMet)).find(finding("tls", Verdict::Met))),
                      FailOn::Fail),
            2);
  EXPECT_EQ(exit_code(report_of(Case().find(finding("tls", Verdict::NotMet))), FailOn::None), 0);
  const auto waived = Case().declare(waiver("", "2026-12-31")).find(finding("tls", Verdict::NotMet));
  EXPECT_EQ(exit_code(report_of(waived), FailOn::Fail), 0);
}

TEST(ExitCode, IsThreeWhereNothingCouldBeDetermined) {
  EXPECT_EQ(exit_code(report_of(Case()), FailOn::Fail), 3);
  EXPECT_EQ(exit_code(report_of(Case().find(finding("tls", Verdict::Unknown))), FailOn::Fail), 3);
  EXPECT_EQ(exit_code(report_of(Case().find(finding("tls", Verdict::Unknown)).find(finding("domain", Verdict::Met))),
                      FailOn::Fail),
            3);
  EXPECT_EQ(exit_code(report_of(Case().find(finding("domain", Verdict::Met))), FailOn::Fail), 0);
  EXPECT_EQ(exit_code(report_of(Case().find(finding("tls", Verdict::Attention))), FailOn::Fail), 0);
}

TEST(ExitCode, IsThreeForAScanThatWasCutShort) {
  auto report = report_of(Case().find(finding("tls", Verdict::Met)));
  EXPECT_EQ(exit_code(report, FailOn::Fail), 0);
  report.facts.finished.reset();
  EXPECT_EQ(exit_code(report, FailOn::Fail), 3);
  EXPECT_EQ(exit_code(report, FailOn::None), 0);
}

TEST(ExitCode, IsTwoWhereAScanThatWasCutShortFoundSomethingNotMet) {
  auto report = report_of(Case().find(finding("tls", Verdict::NotMet)));
  report.facts.finished.reset();
  EXPECT_EQ(exit_code(report, FailOn::Fail), 2);
}

TEST(ExitCode, CountsUnknownMustFindingsOnlyWhenAsked) {
  const auto one = Case().find(finding("tls", Verdict::Met)).find(finding("domain", Verdict::Unknown));
  EXPECT_EQ(exit_code(report_of(one), FailOn::Fail), 0);
  EXPECT_EQ(exit_code(report_of(one), FailOn::Unknown), 3);
}

TEST(Coverage, CountsFindingsDocumentsAndDecisionsButNoUnknowns) {
  auto one = Case().find(finding("tls", Verdict::Met)).find(finding("domain", Verdict::Unknown));
  DeclaredDecision decision;
  decision.item = "2.5.i";
  one.declare(decision);
  const auto answers = one.answers();
  const auto coverage = coverage_of(one.catalogue, answers, one.findings, today);
  EXPECT_EQ(coverage.of, 4);
  EXPECT_EQ(coverage.answered, 2);
  EXPECT_EQ(coverage.open, (std::vector<ItemId>{{"2.9.all"}, {"2.5.xiv"}}));
}

}  // namespace
}  // namespace kenshin
