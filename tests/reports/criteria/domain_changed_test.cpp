// A registration beside what was accepted before: what changed, and whether it changed hands (item 2.5.2-1.xiv).
#include <gtest/gtest.h>

#include "case.h"

namespace kenshin {

namespace {

const std::string salt = "00ff";
std::string hash(char digit) { return salt + ":" + std::string(64, digit); }

Registration now() {
  Registration out;
  out.registered = Answer::Yes;
  out.server = "rdap.example";
  out.kind = RegistrationKind::General;
  out.state = {"active"};
  out.created = day("2019-04-01");
  out.expires = day("2027-04-30");
  out.locks = {"AgentChangeLocked"};
  out.name_servers = {"ns2.example.jp", "ns1.example.jp"};
  out.holder_hash = hash('a');
  return out;
}

DeclaredBaseline before() {
  DeclaredBaseline out;
  out.taken = noon("2026-06-01");
  out.state = {"active"};
  out.created = day("2019-04-01");
  out.expires = day("2026-04-30");  // renewals are no change
  out.locks = {"AgentChangeLocked"};
  out.name_servers = {"ns1.example.jp", "ns2.example.jp"};
  out.holder_hash = hash('a');
  return out;
}

template <class Change>
World sees(Change change) {
  Registration seen = now();
  change(seen);
  return domain().sees(seen).sees(before());
}
World approving(World world, const char* on) {
  DeclaredDomain declared;
  declared.approved_changes = {{day(on), "the web agency was changed"}};
  return world.sees(declared);
}

void other_servers(Registration& r) { r.name_servers = {"ns1.example.com"}; }
void other_holder(Registration& r) { r.holder_hash = hash('b'); }
void other_hands(Registration& r) { other_servers(r), other_holder(r); }

void add_changed(std::vector<Case>& out) {
  const char* changed = "domain.changed";
  out.push_back(sees([](Registration&) {}).says(changed, Verdict::Met, "as-accepted"));
  out.push_back(sees([](Registration& r) {
                  r.state = {"active", "renew period"};
                }).says(changed, Verdict::Met, "as-accepted"));
  out.push_back(domain().sees(now()).says(changed, Verdict::Attention, "no-baseline"));
  out.push_back(sees(other_servers).says(changed, Verdict::Attention, "changed"));
  out.push_back(sees(other_holder).says(changed, Verdict::Attention, "changed"));
  out.push_back(sees([](Registration& r) { r.locks.clear(); }).says(changed, Verdict::Attention, "changed"));
  out.push_back(sees([](Registration& r) { r.is_signed = true; }).says(changed, Verdict::Attention, "changed"));
  out.push_back(
      sees([](Registration& r) { r.state = {"to be suspended"}; }).says(changed, Verdict::Attention, "changed"));
  out.push_back(
      sees([](Registration& r) { r.created = day("2026-09-30"); }).says(changed, Verdict::Attention, "changed"));
  out.push_back(sees(other_hands).says(changed, Verdict::NotMet, "changed-hands"));
  out.push_back(approving(sees(other_hands), "2026-08-01").says(changed, Verdict::Met, "changed-as-approved"));
  out.push_back(approving(sees(other_hands), "2025-08-01").says(changed, Verdict::NotMet, "changed-hands"));
  // A hash of another salt says nothing of the holder.
  out.push_back(sees([](Registration& r) {
                  other_servers(r), r.holder_hash = "aa00:" + std::string(64, 'b');
                }).says(changed, Verdict::Attention, "changed"));
  // Where JPRS shows no holder, a later day of registration is the trace of a transfer of holder.
  const auto anew = [](Registration& r) { other_servers(r), r.holder_hash.clear(), r.created = day("2026-09-30"); };
  out.push_back(sees(anew).says(changed, Verdict::NotMet, "changed-hands"));
  out.push_back(sees([&](Registration& r) {
                  anew(r), r.kind = RegistrationKind::Gtld;
                }).says(changed, Verdict::Attention, "changed"));
  out.push_back(domain().sees(before()).says(changed, Verdict::Unknown, "never-observed"));
  out.push_back(sees([](Registration& r) {
                  r.registered = Answer::Unknown;
                }).says(changed, Verdict::Unknown, "registration-undecided"));
  out.push_back(sees([](Registration& r) {
                  r.registered = Answer::No;
                }).says(changed, Verdict::NotApplicable, "no-registration"));
}

void add_transferred(std::vector<Case>& out) {
  const char* transferred = "domain.transferred";
  const auto event = [](const char* action, const char* on) {
    return sees([&](Registration& r) { r.events = {{"registration", noon("2019-04-01")}, {action, noon(on)}}; });
  };
  out.push_back(event("transfer", "2026-05-01").says(transferred, Verdict::Met, "not-transferred"));
  out.push_back(event("transfer", "2026-07-01").says(transferred, Verdict::Attention, "transferred"));
  out.push_back(event("reregistration", "2026-07-01").says(transferred, Verdict::Attention, "transferred"));
  out.push_back(event("last changed", "2026-07-01").says(transferred, Verdict::Met, "not-transferred"));
  out.push_back(approving(event("transfer", "2026-07-01"), "2026-06-25")
                    .says(transferred, Verdict::Met, "transferred-as-approved"));
  out.push_back(sees([](Registration&) {}).says(transferred, Verdict::Unknown, "events-not-shown"));
  out.push_back(domain().sees(now()).says(transferred, Verdict::Unknown, "no-baseline-to-compare"));
  out.push_back(sees([](Registration& r) {
                  r.registered = Answer::No;
                }).says(transferred, Verdict::NotApplicable, "no-registration"));
}

}  // namespace

std::vector<Case> domain_changed_cases() {
  std::vector<Case> out;
  add_changed(out);
  add_transferred(out);
  return out;
}

TEST(DomainChanged, SaysWhatTheCasesTell) {
  for (const Case& it : domain_changed_cases()) expect_as_told(it);
}

TEST(DomainChanged, TakesARegistrarWithOtherNameServersForOtherHands) {
  World world = domain();
  Registration seen = now();
  other_servers(seen);
  seen.kind = RegistrationKind::Gtld;
  seen.registrar_id = "9999";
  DeclaredBaseline was = before();
  was.registrar_id = "9998";
  world.sees(seen).sees(was);
  const Judgement judgement =
      criterion_named("domain.changed")->judge({world.facts, world.target, world.profile, world.on});
  EXPECT_EQ(judgement.because.code, "changed-hands");
}

TEST(DomainChanged, ShowsOldBesideNewAndNeverTheHoldersHash) {
  const World world = sees(other_hands);
  const Judgement judgement =
      criterion_named("domain.changed")->judge({world.facts, world.target, world.profile, world.on});
  std::string all;
  for (const auto& [name, value] : judgement.because.parameters) all += name + "=" + value + "\n";
  EXPECT_NE(all.find("changed.name_servers=ns1.example.jp, ns2.example.jp → ns1.example.com"), std::string::npos)
      << all;
  EXPECT_EQ(all.find("bbbb"), std::string::npos) << all;
  EXPECT_EQ(judgement.evidence.size(), 2U) << "the registration, and what was accepted";
}

}  // namespace kenshin
