// What is said of the names a domain relies on: free or lapsed where they run or receive is a breach, the rest a look.
#include <gtest/gtest.h>

#include "case.h"

namespace kenshin {

namespace {

Dependent relied_on(DependentKind kind, DnsFound resolves = DnsFound::Records) {
  Dependent out;
  out.name = "www.example.or.jp";
  out.kind = kind;
  out.found_in = "example.jp";
  out.registry_name = "example.or.jp";
  out.resolves = resolves;
  out.because = resolves == DnsFound::Unknown ? "timeout: no answer" : "";
  return out;
}
RegistryWord held() {
  RegistryWord out;
  out.registered = Answer::Yes;
  out.kind = RegistrationKind::Gtld;
  out.state = {"active"};
  out.expires = day("2027-11-30");
  return out;
}

template <class Change>
World relies(Dependent on, Change change) {
  RegistryWord word = held();
  change(word);
  DomainDependents seen;
  seen.dependents = {std::move(on)};
  seen.registry["example.or.jp"] = word;
  return domain().sees(seen);
}
World relies(Dependent on) {
  return relies(std::move(on), [](RegistryWord&) {});
}
World on_nothing(std::vector<std::string> untold = {}) {
  DomainDependents seen;
  seen.untold = std::move(untold);
  return domain().sees(seen);
}

void add_registered(std::vector<Case>& out) {
  const char* id = "domain.dependents.registered";
  const auto free_name = [](DependentKind kind, DnsFound resolves) {
    return relies(relied_on(kind, resolves), [](RegistryWord& word) { word.registered = Answer::No; });
  };
  out.push_back(relies(relied_on(DependentKind::Mx)).says(id, Verdict::Met, "dependents-registered"));
  for (const auto kind : {DependentKind::Ns, DependentKind::Mx, DependentKind::Cname, DependentKind::Script,
                          DependentKind::Form, DependentKind::Frame}) {
    out.push_back(free_name(kind, DnsFound::NoName).says(id, Verdict::NotMet, "dependent-free"));
    out.push_back(free_name(kind, DnsFound::Records).says(id, Verdict::Attention, "dependent-free-look"));
    out.push_back(free_name(kind, DnsFound::Unknown).says(id, Verdict::Attention, "dependent-free-look"));
  }
  for (const auto kind : {DependentKind::Link, DependentKind::Spf, DependentKind::Dmarc, DependentKind::Https})
    out.push_back(free_name(kind, DnsFound::NoName).says(id, Verdict::Attention, "dependent-free-look"));
  out.push_back(relies(relied_on(DependentKind::Mx), [](RegistryWord& w) {
                  w = {}, w.because = "timeout: no answer";
                }).says(id, Verdict::Unknown, "dependents-untold"));
  out.push_back(relies(relied_on(DependentKind::Mx), [](RegistryWord& w) {
                  w = {}, w.because = "well known, not asked";
                }).says(id, Verdict::NotApplicable, "no-dependents"));
  out.push_back(on_nothing().says(id, Verdict::NotApplicable, "no-dependents"));
  out.push_back(on_nothing({"example.jp MX (timeout)"}).says(id, Verdict::Unknown, "dependents-not-all-seen"));
  out.push_back(domain().fails<DomainDependents>(Error::Kind::Timeout).says(id, Verdict::Unknown, "could-not-observe"));
}

void add_state(std::vector<Case>& out) {
  const char* id = "domain.dependents.state";
  const auto in = [](DependentKind kind, const char* state) {
    return relies(relied_on(kind), [&](RegistryWord& word) { word.state = {state}; });
  };
  out.push_back(in(DependentKind::Script, "active").says(id, Verdict::Met, "dependents-in-use"));
  out.push_back(in(DependentKind::Script, "auto renew period").says(id, Verdict::Met, "dependents-in-use"));
  out.push_back(in(DependentKind::Script, "redemption period").says(id, Verdict::NotMet, "dependent-lapsed"));
  out.push_back(in(DependentKind::Link, "redemption period").says(id, Verdict::Attention, "dependent-state-odd"));
  out.push_back(in(DependentKind::Script, "to be suspended").says(id, Verdict::Attention, "dependent-state-odd"));
  out.push_back(relies(relied_on(DependentKind::Mx), [](RegistryWord& w) {
                  w.registered = Answer::Unknown;
                }).says(id, Verdict::Unknown, "dependents-untold"));
  out.push_back(on_nothing().says(id, Verdict::NotApplicable, "no-dependents"));

  const char* expiry = "domain.dependents.expiry";
  const auto until = [](const char* end, RegistrationKind kind) {
    return relies(relied_on(DependentKind::Mx), [&](RegistryWord& w) { w.expires = day(end), w.kind = kind; });
  };
  out.push_back(until("2027-11-30", RegistrationKind::Gtld).says(expiry, Verdict::Met, "dependents-last"));
  out.push_back(until("2026-12-01", RegistrationKind::Gtld).says(expiry, Verdict::Attention, "dependent-expires"));
  out.push_back(until("2026-11-30", RegistrationKind::General).says(expiry, Verdict::Met, "dependents-last"));
  out.push_back(relies(relied_on(DependentKind::Mx), [](RegistryWord& w) {
                  w.expires.reset();
                }).says(expiry, Verdict::Unknown, "dependents-untold"));
  out.push_back(on_nothing().says(expiry, Verdict::NotApplicable, "no-dependents"));
}

void add_dangling(std::vector<Case>& out) {
  const char* id = "domain.dependents.dangling";
  out.push_back(relies(relied_on(DependentKind::Cname)).says(id, Verdict::Met, "nothing-dangles"));
  out.push_back(
      relies(relied_on(DependentKind::Cname, DnsFound::NoName)).says(id, Verdict::Attention, "dangling-reference"));
  out.push_back(relies(relied_on(DependentKind::Link, DnsFound::NoName)).says(id, Verdict::Met, "nothing-dangles"));
  out.push_back(
      relies(relied_on(DependentKind::Cname, DnsFound::Unknown)).says(id, Verdict::Unknown, "dangling-untold"));
  out.push_back(on_nothing({"example.jp A (timeout)"}).says(id, Verdict::Unknown, "dependents-not-all-seen"));
  const auto at_provider = [](Answer claimable, DnsFound resolves) {
    Dependent it = relied_on(DependentKind::Cname, resolves);
    it.provider = "a provider";
    it.claimable = claimable;
    return relies(it);
  };
  out.push_back(at_provider(Answer::Yes, DnsFound::NoName).says(id, Verdict::Attention, "dangling-claimable"));

  const char* takeover = "domain.dependents.takeover";
  out.push_back(at_provider(Answer::Yes, DnsFound::Records).says(takeover, Verdict::Attention, "takeover-possible"));
  out.push_back(at_provider(Answer::No, DnsFound::Records).says(takeover, Verdict::Met, "held-at-provider"));
  out.push_back(at_provider(Answer::Unknown, DnsFound::Unknown).says(takeover, Verdict::Unknown, "takeover-untold"));
  out.push_back(on_nothing().says(takeover, Verdict::NotApplicable, "no-such-provider"));
  out.push_back(on_nothing({"example.jp A (timeout)"}).says(takeover, Verdict::Unknown, "dependents-not-all-seen"));
}

void add_newer(std::vector<Case>& out) {
  const char* id = "domain.dependents.newer";
  const auto beside = [](const char* created, std::map<std::string, Day> accepted) {
    DeclaredBaseline before;
    before.taken = noon("2026-06-01");
    before.dependents = std::move(accepted);
    return relies(relied_on(DependentKind::Mx),
                  [&](RegistryWord& word) {
                    if (*created != '\0') word.created = day(created);
                  })
        .sees(before);
  };
  const std::map<std::string, Day> accepted = {{"example.or.jp", day("2019-04-01")}};
  out.push_back(beside("2019-04-01", accepted).says(id, Verdict::Met, "dependents-as-accepted"));
  out.push_back(beside("2026-06-02", accepted).says(id, Verdict::Met, "dependents-as-accepted"));
  out.push_back(beside("2026-06-03", accepted).says(id, Verdict::Attention, "dependent-newer"));
  out.push_back(beside("2026-06-03", {}).says(id, Verdict::NotApplicable, "no-dependents"));
  out.push_back(beside("", accepted).says(id, Verdict::Unknown, "dependents-untold"));
  out.push_back(relies(relied_on(DependentKind::Mx)).says(id, Verdict::Unknown, "no-baseline-to-compare"));
}

void add_wildcard(std::vector<Case>& out) {
  const char* id = "domain.dependents.wildcard";
  const auto any_label = [](DnsFound found, std::vector<std::string> aliases = {}) {
    DomainDns seen;
    seen.wildcard = {found, false, "", {}, std::move(aliases)};
    return domain().sees(seen);
  };
  out.push_back(any_label(DnsFound::NoName).says(id, Verdict::Met, "no-wildcard"));
  out.push_back(any_label(DnsFound::Records).says(id, Verdict::Met, "wildcard-own"));
  out.push_back(any_label(DnsFound::Records, {"www.example.jp"}).says(id, Verdict::Met, "wildcard-own"));
  out.push_back(any_label(DnsFound::NoName, {"x.example.or.jp"}).says(id, Verdict::Attention, "wildcard-elsewhere"));
  out.push_back(any_label(DnsFound::Unknown).says(id, Verdict::Unknown, "wildcard-untold"));
}

}  // namespace

std::vector<Case> dependents_cases() {
  std::vector<Case> out;
  add_registered(out);
  add_state(out);
  add_dangling(out);
  add_newer(out);
  add_wildcard(out);
  return out;
}

TEST(DependentsCriteria, SayWhatTheCasesTell) {
  for (const Case& it : dependents_cases()) expect_as_told(it);
}

}  // namespace kenshin
