// What is said of a registration: few breaches, many questions (item 2.5.2-1.xiv).
#include <gtest/gtest.h>

#include "case.h"

namespace kenshin {

namespace {

Registration good() {
  Registration out;
  out.registered = Answer::Yes;
  out.source = "whois";
  out.server = "whois.example";
  out.kind = RegistrationKind::General;
  out.state = {"active"};
  out.state_text = "Active";
  out.created = day("2019-04-01");
  out.expires = day("2027-04-30");
  out.locks = {"AgentChangeLocked", "DomainTransferLocked"};
  return out;
}

template <class Change>
World sees(Change change) {
  Registration seen = good();
  change(seen);
  return domain().sees(seen);
}
World sees_good() {
  return sees([](Registration&) {});
}
World answered(Answer registered) {
  return sees([&](Registration& r) { r.registered = registered; });
}
World in_state(std::vector<std::string> state) {
  return sees([&](Registration& r) { r.state = state; });
}
World renewing(World world) {
  DeclaredDomain declared;
  declared.auto_renew = Answer::Yes;
  return world.sees(declared);
}
World since(World world, const char* start, std::vector<ApprovedChange> changes = {}) {
  DeclaredDomain declared;
  declared.in_service_since = day(start);
  declared.approved_changes = std::move(changes);
  return world.sees(declared);
}

void add_state(std::vector<Case>& out) {
  const char* registered = "domain.registered";
  out.push_back(sees_good().says(registered, Verdict::Met, "registered"));
  out.push_back(answered(Answer::No).says(registered, Verdict::NotMet, "not-registered"));
  out.push_back(answered(Answer::Unknown).says(registered, Verdict::Unknown, "registration-undecided"));
  out.push_back(
      domain().fails<Registration>(Error::Kind::RateLimited).says(registered, Verdict::Unknown, "could-not-observe"));
  out.push_back(domain().says(registered, Verdict::Unknown, "never-observed"));

  const char* state = "domain.state";
  out.push_back(sees_good().says(state, Verdict::Met, "state-in-use"));
  for (const char* lost : {"suspended", "redemption period", "pending delete", "to be deleted", "deleted"})
    out.push_back(in_state({lost}).says(state, Verdict::NotMet, "state-lost"));
  for (const char* odd : {"to be suspended", "registered without name servers", "auto renew period", "server hold",
                          "unknown state", "a word nobody knows"})
    out.push_back(in_state({odd}).says(state, Verdict::Attention, "state-odd"));
  out.push_back(in_state({"active", "client hold", "locked"}).says(state, Verdict::Attention, "state-odd"));
  out.push_back(renewing(in_state({"auto renew period"})).says(state, Verdict::Met, "state-in-use"));
  out.push_back(in_state({}).says(state, Verdict::Unknown, "state-not-shown"));
  out.push_back(answered(Answer::No).says(state, Verdict::NotApplicable, "no-registration"));
  out.push_back(answered(Answer::Unknown).says(state, Verdict::Unknown, "registration-undecided"));

  const char* expiry = "domain.expiry";
  const auto until = [](const char* end) { return sees([&](Registration& r) { r.expires = day(end); }); };
  out.push_back(sees_good().says(expiry, Verdict::Met, "expiry-far"));
  out.push_back(until("2026-12-31").says(expiry, Verdict::Attention, "expiry-near"));
  out.push_back(renewing(until("2026-12-31")).says(expiry, Verdict::Met, "expiry-renews-itself"));
  out.push_back(until("2026-11-21").says(expiry, Verdict::Attention, "expiry-past"));
  out.push_back(sees([](Registration& r) { r.expires.reset(); }).says(expiry, Verdict::Unknown, "expiry-not-shown"));
  out.push_back(answered(Answer::No).says(expiry, Verdict::NotApplicable, "no-registration"));
}

void add_history(std::vector<Case>& out) {
  const char* lock = "domain.lock";
  const auto locks = [](RegistrationKind kind, std::vector<std::string> held) {
    return sees([&](Registration& r) { r.kind = kind, r.locks = held; });
  };
  out.push_back(sees_good().says(lock, Verdict::Met, "locked"));
  out.push_back(locks(RegistrationKind::Organisational, {"AgentChangeLocked"}).says(lock, Verdict::Met, "locked"));
  out.push_back(locks(RegistrationKind::General, {"AgentChangeLocked"}).says(lock, Verdict::Attention, "lock-missing"));
  out.push_back(locks(RegistrationKind::Gtld, {}).says(lock, Verdict::Attention, "lock-missing"));
  out.push_back(sees([](Registration& r) {
                  r.kind = RegistrationKind::Gtld, r.state = {"active", "client transfer prohibited"};
                }).says(lock, Verdict::Met, "locked"));
  out.push_back(locks(RegistrationKind::Unknown, {}).says(lock, Verdict::Unknown, "registration-undecided"));
  out.push_back(answered(Answer::No).says(lock, Verdict::NotApplicable, "no-registration"));

  const char* young = "domain.young";
  const auto created = [](const char* on) { return sees([&](Registration& r) { r.created = day(on); }); };
  out.push_back(sees_good().says(young, Verdict::Met, "not-young"));
  out.push_back(created("2026-09-01").says(young, Verdict::Attention, "young"));
  out.push_back(since(created("2026-09-01"), "2026-10-01").says(young, Verdict::Met, "young-as-declared"));
  out.push_back(since(created("2026-09-01"), "2018-10-01").says(young, Verdict::Attention, "created-after-start"));
  out.push_back(since(created("2026-09-01"), "2018-10-01", {{day("2026-09-10"), "moved to the new corporation"}})
                    .says(young, Verdict::Met, "created-anew-approved"));
  out.push_back(sees([](Registration& r) { r.created.reset(); }).says(young, Verdict::Unknown, "created-not-shown"));
  out.push_back(answered(Answer::No).says(young, Verdict::NotApplicable, "no-registration"));
  out.push_back(answered(Answer::Unknown).says(young, Verdict::Unknown, "registration-undecided"));
}

}  // namespace

std::vector<Case> domain_cases() {
  std::vector<Case> out;
  add_state(out);
  add_history(out);
  return out;
}

TEST(DomainCriteria, SayWhatTheCasesTell) {
  for (const Case& it : domain_cases()) expect_as_told(it);
}

TEST(DomainYoung, ComparesAFormerDomainWithItsLastUse) {
  World world = sees([](Registration& r) { r.created = day("2026-01-05"); });
  DeclaredFormerDomain former;
  former.last_used = day("2025-03-31");
  world.sees(former);
  const auto judgement = criterion_named("domain.young")->judge({world.facts, world.target, world.profile, world.on});
  EXPECT_EQ(judgement.because.code, "created-after-start");
}

TEST(DomainStates, KnowEveryWordTheRegistryReaderSpells) {
  for (const char* word : {"active", "registered without name servers", "to be suspended", "suspended", "to be deleted",
                           "deleted", "reserved", "provisional", "unknown state"})
    EXPECT_EQ(profile_of("checklist-2026").domain.states.count(word), 1U) << word;
}

}  // namespace kenshin
