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
  const auto delegated = [](World world, DnsFound found) {
    DomainDelegation seen;
    seen.delegated = found;
    return world.sees(seen);
  };
  const auto served = [](std::vector<std::string> state) {
    return sees([&](Registration& r) { r.name_servers = {"ns1.example.jp"}, r.state = state; });
  };
  for (const DnsFound found : {DnsFound::NoName, DnsFound::NoRecords, DnsFound::Unknown})
    out.push_back(delegated(answered(Answer::No), found).says(registered, Verdict::NotMet, "not-registered"));
  out.push_back(
      delegated(answered(Answer::No), DnsFound::Records).says(registered, Verdict::Attention, "in-dns-not-registered"));
  out.push_back(delegated(answered(Answer::Unknown), DnsFound::Records)
                    .says(registered, Verdict::Unknown, "registration-undecided"));
  out.push_back(
      delegated(served({"active"}), DnsFound::NoName).says(registered, Verdict::Attention, "registered-not-in-dns"));
  for (const DnsFound found : {DnsFound::Records, DnsFound::Unknown})
    out.push_back(delegated(served({"active"}), found).says(registered, Verdict::Met, "registered"));
  for (const char* held : {"client hold", "suspended"})
    out.push_back(delegated(served({held}), DnsFound::NoName).says(registered, Verdict::Met, "registered"));

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
}

void add_expiry(std::vector<Case>& out) {
  const char* expiry = "domain.expiry";
  const auto until = [](const char* end) { return sees([&](Registration& r) { r.expires = day(end); }); };
  out.push_back(sees_good().says(expiry, Verdict::Met, "expiry-far"));
  out.push_back(until("2027-01-07").says(expiry, Verdict::Met, "expiry-far"));
  out.push_back(until("2027-01-06").says(expiry, Verdict::Attention, "expiry-near"));
  out.push_back(renewing(until("2026-12-31")).says(expiry, Verdict::Met, "expiry-renews-itself"));
  // JPRS renews at the end of the month; three days later the new date must show, in leap years, too.
  const auto leap = [&](const char* on) { return until("2028-02-29").judged_on(on); };
  out.push_back(leap("2028-02-29").says(expiry, Verdict::Attention, "expiry-near"));
  out.push_back(leap("2028-03-01").says(expiry, Verdict::Attention, "expiry-renewal-due"));
  out.push_back(leap("2028-03-03").says(expiry, Verdict::Attention, "expiry-renewal-due"));
  out.push_back(leap("2028-03-04").says(expiry, Verdict::Attention, "expiry-past"));
  out.push_back(renewing(leap("2028-03-03")).says(expiry, Verdict::Met, "expiry-renews-itself"));
  out.push_back(renewing(leap("2028-03-04")).says(expiry, Verdict::Attention, "expiry-past"));

  const auto generic = [](const char* end, std::vector<std::string> state = {"active"}) {
    return sees([&](Registration& r) { r.kind = RegistrationKind::Gtld, r.expires = day(end), r.state = state; });
  };
  out.push_back(generic("2027-01-22").says(expiry, Verdict::Met, "expiry-far"));
  out.push_back(generic("2027-01-21").says(expiry, Verdict::Attention, "expiry-near"));
  out.push_back(renewing(generic("2026-11-30")).says(expiry, Verdict::Met, "expiry-renews-itself"));
  out.push_back(renewing(generic("2026-11-29")).says(expiry, Verdict::Attention, "expiry-renewal-late"));
  out.push_back(renewing(generic("2026-11-21")).says(expiry, Verdict::Attention, "expiry-past"));

  // In the auto renew period the registry's date lies a year ahead though nobody paid: the registrar's counts.
  const auto grace = [](const char* registrar) {
    return sees([&](Registration& r) {
      r.kind = RegistrationKind::Gtld, r.expires = day("2027-11-20"), r.state = {"active", "auto renew period"};
      if (registrar) r.registrar_expires = day(registrar);
    });
  };
  out.push_back(grace(nullptr).says(expiry, Verdict::Attention, "expiry-unpaid"));
  out.push_back(grace("2026-11-20").says(expiry, Verdict::Attention, "expiry-unpaid"));
  out.push_back(renewing(grace(nullptr)).says(expiry, Verdict::Met, "expiry-renews-itself"));
  out.push_back(renewing(grace("2026-11-19")).says(expiry, Verdict::Met, "expiry-renews-itself"));
  out.push_back(renewing(grace("2026-11-18")).says(expiry, Verdict::Attention, "expiry-unpaid"));

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

  const char* registry = "domain.registry_lock";
  const auto generic = [](std::vector<std::string> state) {
    return sees([&](Registration& r) { r.kind = RegistrationKind::Gtld, r.state = state; });
  };
  out.push_back(generic({"server transfer prohibited", "server update prohibited", "server delete prohibited"})
                    .says(registry, Verdict::Met, "registry-locked"));
  out.push_back(generic({"server transfer prohibited"}).says(registry, Verdict::Attention, "registry-lock-absent"));
  out.push_back(sees_good().says(registry, Verdict::Unknown, "registry-lock-not-shown"));
  out.push_back(answered(Answer::No).says(registry, Verdict::NotApplicable, "no-registration"));

  const char* holder = "domain.holder";
  const auto compared = [](HolderCompared how, const char* declared) {
    DeclaredDomain domain;
    domain.holder = declared;
    return sees([&](Registration& r) { r.holder_compared = how; }).sees(domain);
  };
  out.push_back(compared(HolderCompared::Same, "Example Clinic").says(holder, Verdict::Met, "holder-same"));
  out.push_back(compared(HolderCompared::Other, "Example Clinic").says(holder, Verdict::Attention, "holder-other"));
  out.push_back(compared(HolderCompared::Unknown, "Example Clinic").says(holder, Verdict::Unknown, "holder-not-shown"));
  out.push_back(sees_good().says(holder, Verdict::Unknown, "holder-not-declared"));
  out.push_back(answered(Answer::No).says(holder, Verdict::NotApplicable, "no-registration"));

  const char* own = "domain.own_name";
  const auto named = [](const char* name) {
    World world = domain();
    world.target.name = name;
    return world.sees(good());
  };
  out.push_back(sees_good().says(own, Verdict::Met, "name-of-its-own"));
  out.push_back(named("clinic.vercel.app").says(own, Verdict::Attention, "name-on-platform"));
  out.push_back(named("consult.internal").says(own, Verdict::Unknown, "name-not-registrable"));
  out.push_back(domain().says(own, Verdict::Unknown, "never-observed"));
  for (const char* guarded : {"domain.lock", "domain.holder", "domain.expiry", "domain.created", "domain.young",
                              "domain.changed", "domain.registry_lock", "domain.certificate_older"})
    out.push_back(named("clinic.vercel.app").says(guarded, Verdict::NotApplicable, "platform-registration"));
}

void add_dates(std::vector<Case>& out) {
  const char* registered = "domain.created";
  const auto created = [](const char* on) { return sees([&](Registration& r) { r.created = day(on); }); };
  out.push_back(since(created("2018-10-01"), "2018-10-01").says(registered, Verdict::Met, "created-before-start"));
  out.push_back(since(created("2018-10-02"), "2018-10-01").says(registered, Verdict::Met, "created-before-start"));
  out.push_back(since(created("2018-10-03"), "2018-10-01").says(registered, Verdict::Attention, "created-after-start"));
  out.push_back(since(created("2024-02-29"), "2018-10-01", {{day("2024-03-31"), "to the new corporation"}})
                    .says(registered, Verdict::Met, "created-anew-approved"));
  out.push_back(since(created("2024-02-29"), "2018-10-01", {{day("2024-04-01"), "to the new corporation"}})
                    .says(registered, Verdict::Attention, "created-after-start"));
  out.push_back(sees_good().says(registered, Verdict::Unknown, "start-not-declared"));
  out.push_back(
      sees([](Registration& r) { r.created.reset(); }).says(registered, Verdict::Unknown, "created-not-shown"));
  out.push_back(answered(Answer::No).says(registered, Verdict::NotApplicable, "no-registration"));

  const char* young = "domain.young";
  out.push_back(sees_good().says(young, Verdict::Met, "not-young"));
  out.push_back(created("2026-05-26").says(young, Verdict::Attention, "young"));
  out.push_back(created("2026-05-25").says(young, Verdict::Met, "not-young"));
  out.push_back(since(created("2026-09-01"), "2026-10-01").says(young, Verdict::Met, "young-as-declared"));
  out.push_back(since(created("2026-09-01"), "2018-10-01").says(young, Verdict::Attention, "young"));
  out.push_back(since(created("2026-09-01"), "2018-10-01", {{day("2026-09-10"), "moved to the new corporation"}})
                    .says(young, Verdict::Met, "young-as-declared"));
  out.push_back(sees([](Registration& r) { r.created.reset(); }).says(young, Verdict::Unknown, "created-not-shown"));
  out.push_back(answered(Answer::No).says(young, Verdict::NotApplicable, "no-registration"));
  out.push_back(answered(Answer::Unknown).says(young, Verdict::Unknown, "registration-undecided"));
}

}  // namespace

std::vector<Case> domain_cases() {
  std::vector<Case> out;
  add_state(out);
  add_expiry(out);
  add_history(out);
  add_dates(out);
  return out;
}

TEST(DomainCriteria, SayWhatTheCasesTell) {
  for (const Case& it : domain_cases()) expect_as_told(it);
}

TEST(DomainStates, KnowEveryWordTheRegistryReaderSpells) {
  for (const char* word : {"active", "registered without name servers", "to be suspended", "suspended", "to be deleted",
                           "deleted", "reserved", "provisional", "unknown state"})
    EXPECT_EQ(profile_of("checklist-2026").domain.states.count(word), 1U) << word;
}

}  // namespace kenshin
