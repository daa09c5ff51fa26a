// Cases of judging, built in code: a small world of facts about one target, a profile, a day, and what a criterion must
// say of it. The lists of cases are walked by criteria_test.cpp, which demands one for every verdict a criterion gives.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reports/criteria/criterion.h"

namespace kenshin {

inline Day day(const char* text) { return *parse_day(text); }
inline Instant noon(const char* text) { return Instant(day(text)) + std::chrono::hours(3); }  // in Japan

const Profile& profile_of(const char* id);  // as shipped

// All targets of the facts, one after the other.
inline std::vector<Finding> judge(const Facts& facts, const Profile& profile, Day on) {
  Judging judging(profile, on);
  for (const Target& target : facts.targets()) judging.look_at(target, facts);
  return judging.take();
}

struct Case {
  std::string criterion;
  Verdict verdict;
  std::string code;
  Facts facts;
  Target target;
  Profile profile;
  Day on;
  Question question() const { return {facts, target, profile, on}; }
};

struct World {
  Target target;
  Facts facts;
  Profile profile = profile_of("checklist-2026");
  Day on = day("2026-11-22");
  Instant at = noon("2026-11-22");

  template <class F>
  World& sees(F fact, std::string address = {}) {
    facts.add(observed<F>(target, std::move(address), at, 1, std::move(fact)));
    return *this;
  }
  template <class F>
  World& fails(Error::Kind kind, std::string address = {}) {
    facts.add(observed<F>(target, std::move(address), at, 1, Error{kind, "seen so"}));
    return *this;
  }
  template <class Change>
  World& with(Change change) {
    change(profile);
    return *this;
  }
  World& judged_on(const char* text) { return on = day(text), *this; }
  World& seen_at(const char* text) { return at = noon(text), *this; }
  Case says(const char* criterion, Verdict verdict, const char* code) const {
    return {criterion, verdict, code, facts, target, profile, on};
  }
};

inline World endpoint() { return {{TargetKind::Endpoint, "tele.example.jp", 443}, {}}; }
inline World domain() { return {{TargetKind::Domain, "example.jp", 0}, {}}; }

std::vector<Case> tls_cases();
std::vector<Case> certificate_cases();
std::vector<Case> examined_certificate_cases();
std::vector<Case> weakness_cases();
std::vector<Case> key_cases();
std::vector<Case> transport_cases();
std::vector<Case> place_cases();
std::vector<Case> domain_cases();
std::vector<Case> domain_dns_cases();
std::vector<Case> dependents_cases();
std::vector<Case> domain_changed_cases();
std::vector<Case> former_domain_cases();
std::vector<Case> outside_cases();
std::vector<Case> caa_cases();
std::vector<Case> address_cases();
std::vector<Case> settings_cases();
std::vector<Case> host_cases();
std::vector<Case> all_cases();

// What its criterion says of the case; where it has several endpoints or domains, with all of them side by side.
Judgement judgement_of(const Case&);
// Judges the case and compares verdict, reason and the presence of evidence.
void expect_as_told(const Case&);

}  // namespace kenshin
