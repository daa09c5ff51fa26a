// The list of criteria as a whole: every verdict has its case, and judging is the same every time.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "case.h"
#include "probes/tls/code_points.h"
#include "reports/formats/wording.h"

namespace kenshin {

const Profile& profile_of(const char* id) {
  static std::map<std::string, Profile> loaded;
  const auto at = loaded.find(id);
  if (at != loaded.end()) return at->second;
  const auto profile = load_profile(DataFiles{}, id);
  if (!profile) throw std::runtime_error(profile.error().detail);
  return loaded.emplace(id, *profile).first->second;
}

std::vector<Case> all_cases() {
  std::vector<Case> out;
  for (auto cases : {tls_cases(), certificate_cases(), examined_certificate_cases(), weakness_cases(), key_cases(),
                     transport_cases(), place_cases(), domain_cases(), domain_changed_cases(), former_domain_cases(),
                     domain_dns_cases(), dependents_cases(), outside_cases(), caa_cases(), address_cases(),
                     settings_cases(), host_cases()})
    out.insert(out.end(), cases.begin(), cases.end());
  return out;
}

Judgement judgement_of(const Case& it) {
  const Criterion& criterion = *criterion_named(it.criterion);
  const auto targets = it.facts.targets();
  const auto looked_at = std::count_if(targets.begin(), targets.end(), [](const Target& target) {
    return target.kind == TargetKind::Endpoint || target.kind == TargetKind::Domain;
  });
  if (looked_at < 2) return criterion.judge(it.question());
  for (const Finding& finding : judge(it.facts, it.profile, it.on))
    if (finding.target == it.target && finding.criterion.text == criterion.id)
      return {finding.verdict, finding.because, finding.evidence, false};
  return {};
}

void expect_as_told(const Case& it) {
  SCOPED_TRACE(it.criterion + " " + std::string(verdict_name(it.verdict)) + " " + it.code);
  const Criterion* criterion = criterion_named(it.criterion);
  ASSERT_NE(criterion, nullptr);
  const Judgement judgement = judgement_of(it);
  EXPECT_EQ(verdict_name(judgement.verdict), verdict_name(it.verdict));
  EXPECT_EQ(judgement.because.code, it.code);
  EXPECT_TRUE(it.code == "never-observed" || !judgement.evidence.empty());
}

namespace {

TEST(AllCriteria, HaveACaseForEveryVerdictTheyCanGive) {
  std::map<std::string, std::set<Verdict>> seen;
  for (const Case& it : all_cases()) seen[it.criterion].insert(it.verdict);
  for (const Criterion& criterion : all_criteria()) {
    EXPECT_TRUE(criterion.verdicts.contains(Verdict::Unknown)) << criterion.id;
    for (int i = 0; i < 6; ++i) {
      const auto verdict = static_cast<Verdict>(i);
      EXPECT_EQ(seen[std::string(criterion.id)].count(verdict) > 0, criterion.verdicts.contains(verdict))
          << criterion.id << ": " << verdict_name(verdict);
    }
  }
}

TEST(AllCriteria, HaveIdsOfTheirOwnAndCiteADocument) {
  std::set<std::string_view> ids;
  for (const Criterion& criterion : all_criteria()) {
    EXPECT_TRUE(ids.insert(criterion.id).second) << criterion.id;
    EXPECT_FALSE(criterion.cites.empty());
    EXPECT_EQ(criterion_named(criterion.id), &criterion);
  }
  EXPECT_EQ(criterion_named("no.such.criterion"), nullptr);
}

TEST(AllCriteria, OfAFactThatFailedAreUnknownWithItsKind) {
  for (const Case& it : all_cases())
    if (it.code == "could-not-observe") {
      const Judgement judgement = criterion_named(it.criterion)->judge(it.question());
      EXPECT_EQ(judgement.because.parameters.at(0).first, "kind");
      EXPECT_EQ(judgement.because.parameters.at(1).second, "seen so");
    }
}

TEST(Judging, GivesEqualFindingsForEqualFactsProfileAndDay) {
  for (const Case& it : all_cases())
    EXPECT_EQ(judge(it.facts, it.profile, it.on), judge(it.facts, it.profile, it.on)) << it.criterion;
}

Facts some_facts(Role role, Owner owner) {
  World world = endpoint();
  DeclaredEndpoint declared;
  declared.role = role;
  declared.owner = owner;
  world.sees(declared);
  world.sees(TlsVersions{{{TlsVersion::Tls10, {Answer::Yes, "server_hello"}}}});
  world.facts.add(observed<Registration>({TargetKind::Domain, "example.jp", 0}, "", world.at, 0, Registration{}));
  return world.facts;
}

TEST(Judging, WalksTargetsThenCriteriaAndNumbersTheFindings) {
  const auto findings =
      judge(some_facts(Role::Consult, Owner::Vendor), profile_of("checklist-2026"), day("2026-11-22"));
  ASSERT_EQ(findings.size(), 90U);  // 61 of the endpoint, 29 of the domain
  EXPECT_EQ(findings[0].id, "f1");
  EXPECT_EQ(findings[0].criterion.text, "tls.version.floor");
  EXPECT_EQ(findings[0].verdict, Verdict::NotMet);
  EXPECT_EQ(findings[0].force, Force::Must);
  EXPECT_EQ(findings[0].row, "TLS-V-01, TLS-V-02");
  EXPECT_EQ(findings[0].mark, Mark::Confirmed);
  EXPECT_EQ(findings[73].id, "f74");
  EXPECT_EQ(findings[73].criterion.text, "domain.dependents.registered");
}

TEST(Judging, ShowsTheClinicsOwnWebSiteAsAdvice) {
  for (const Role role : {Role::Website, Role::Mail, Role::Data}) {
    const auto findings = judge(some_facts(role, Owner::Clinic), profile_of("checklist-2026"), day("2026-11-22"));
    EXPECT_EQ(findings[0].verdict, Verdict::NotMet);
    EXPECT_EQ(findings[0].force, Force::Note);
  }
  for (const Role role : {Role::Consult, Role::Login, Role::Api, Role::Media})
    EXPECT_EQ(judge(some_facts(role, Owner::Vendor), profile_of("checklist-2026"), day("2026-11-22"))[0].force,
              Force::Must);
}

TEST(Judging, NeverJudgesAGeneralPurposeService) {
  const auto findings =
      judge(some_facts(Role::Consult, Owner::GeneralService), profile_of("checklist-2026"), day("2026-11-22"));
  for (const Finding& finding : findings)
    if (finding.target.kind == TargetKind::Endpoint) {
      EXPECT_EQ(finding.verdict, Verdict::NotApplicable);
      EXPECT_EQ(finding.because.code, "general-service");
    }
}

TEST(Judging, NeverFailsAnItemByARecalledThreshold) {
  Profile profile = profile_of("checklist-2026");
  for (auto& row : profile.rows) row.mark = Mark::Recalled;
  const auto findings = judge(some_facts(Role::Consult, Owner::Vendor), profile, day("2026-11-22"));
  EXPECT_EQ(findings[0].verdict, Verdict::Attention);
  EXPECT_EQ(findings[0].because.code, "version-below-floor");
}

const Finding& finding_of(const std::vector<Finding>& findings, std::string_view criterion) {
  for (const Finding& finding : findings)
    if (finding.criterion.text == criterion) return finding;
  throw std::out_of_range(std::string(criterion));
}

std::vector<Finding> with_weakness(Weakness weakness, Vulnerability seen) {
  const World world = endpoint().sees(TlsWeaknesses{{{weakness, std::move(seen)}}});
  return judge(world.facts, world.profile, world.on);
}

TEST(Judging, LetsAWeaknessReachTheItemOnlyWhereItWasFound) {
  const auto found = with_weakness(Weakness::Heartbleed, {Answer::Yes, "heartbeat of 19 bytes"});
  EXPECT_EQ(finding_of(found, "tls.weakness.heartbleed").force, Force::Must);
  const auto asked = with_weakness(Weakness::Heartbleed, {Answer::Unknown, "not authorised"});
  EXPECT_EQ(finding_of(asked, "tls.weakness.heartbleed").force, Force::Should);
  EXPECT_EQ(finding_of(asked, "tls.weakness.robot").force, Force::Should) << "never asked";
}

TEST(Judging, AsksForALookWhereARecalledRowWouldRefuse) {
  const auto findings = with_weakness(Weakness::Crime, {Answer::Yes, "compression was chosen"});
  EXPECT_EQ(finding_of(findings, "tls.weakness.crime").verdict, Verdict::Attention);
  EXPECT_EQ(finding_of(findings, "tls.weakness.crime").force, Force::Must);
}

TEST(Judging, NeverAlarmsByAConditionAlone) {
  for (const Weakness weakness :
       {Weakness::Beast, Weakness::Lucky13, Weakness::Breach, Weakness::Raccoon, Weakness::DheAt}) {
    const auto findings = with_weakness(weakness, {Answer::Yes, "the condition is met"});
    const Finding& finding = finding_of(findings, "tls.weakness." + std::string(weakness_name(weakness)));
    EXPECT_EQ(finding.verdict, Verdict::Attention) << finding.criterion.text;
    EXPECT_EQ(finding.force, Force::Note) << finding.criterion.text;
  }
}

TEST(Judging, TakesQuestionsNobodyHadYetForAdvice) {
  const World world = endpoint()
                          .sees(TlsVersions{{{TlsVersion::Tls12, {Answer::Yes, "server_hello"}},
                                             {TlsVersion::Tls13, {Answer::Yes, "server_hello"}}}})
                          .sees(TlsGroups{{{TlsVersion::Tls13, {{*group_named("x25519")}, true, true, ""}}}});
  const auto findings = judge(world.facts, world.profile, world.on);
  const Finding& groups = finding_of(findings, "tls.groups.strength");
  EXPECT_EQ(groups.verdict, Verdict::Unknown);
  EXPECT_EQ(groups.because.code, "groups-not-asked");
  EXPECT_EQ(groups.force, Force::Should);
}

TEST(Judging, LeavesOutWhatTheProfileDoesNotDemand) {
  Profile profile = profile_of("checklist-2026");
  profile.rows.erase(profile.rows.begin() + 1, profile.rows.end());
  EXPECT_EQ(judge(some_facts(Role::Consult, Owner::Vendor), profile, day("2026-11-22")).size(), 1U);
}

TEST(Verdicts, LeadWorstFirst) {
  const Verdict order[] = {Verdict::NotMet,      Verdict::Attention, Verdict::Unknown,
                           Verdict::Conditional, Verdict::Met,       Verdict::NotApplicable};
  for (int i = 0; i < 6; ++i)
    for (int k = 0; k < 6; ++k) EXPECT_EQ(is_worse(order[i], order[k]), i < k);
}

TEST(Verdicts, AreReadByTheWordsTheyAreWrittenWith) {
  for (int i = 0; i < 6; ++i) {
    Verdict read = Verdict::Unknown;
    EXPECT_TRUE(verdict_named(verdict_name(static_cast<Verdict>(i)), read));
    EXPECT_EQ(read, static_cast<Verdict>(i));
  }
  Verdict untouched = Verdict::Met;
  EXPECT_FALSE(verdict_named("passed", untouched));
  EXPECT_EQ(untouched, Verdict::Met);
}

}  // namespace

}  // namespace kenshin
