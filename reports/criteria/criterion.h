// A criterion is a function and a row in criteria.cpp. It sees facts, a profile and a day; never a socket, a file, a
// clock.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "probes/facts.h"
#include "reports/criteria/certificate_across.h"
#include "reports/criteria/domain_across.h"
#include "reports/criteria/domain_caa_across.h"
#include "reports/criteria/finding.h"
#include "reports/criteria/profile.h"
#include "reports/criteria/vantage.h"

namespace kenshin {

struct Question {
  const Facts& facts;
  const Target& target;
  const Profile& profile;
  Day on;
};

// The verdicts a criterion can give, whatever the profile; tests demand a case for each.
struct Verdicts {
  unsigned bits = 0;
  constexpr bool contains(Verdict verdict) const { return (bits >> static_cast<unsigned>(verdict)) & 1U; }
};
template <class... V>
constexpr Verdicts gives(V... verdict) {
  return {((1U << static_cast<unsigned>(verdict)) | ...)};
}

struct Criterion {
  std::string_view id;     // "tls.version.floor"
  std::string_view cites;  // document, edition, clause
  TargetKind judges;
  std::span<const Role> roles;  // that its item speaks of; empty: every role. For others its finding is a mere note.
  Verdicts verdicts;
  Judgement (*judge)(const Question&);
};

std::span<const Criterion> all_criteria();
const Criterion* criterion_named(std::string_view id);

// Every criterion of the profile on every target of the facts, in the order of targets, then of all_criteria(). A
// target of a general-purpose service yields NotApplicable: it is judged by documents. A role the criterion's item does
// not speak of lowers the force to note; what was found may raise it (ProfileRow::found), what was never asked lowers
// it to advice. A former domain gets the rows of former domains and no others. Rows that compare targets
// (reports/criteria/*_across.h) take the worse of what is said of a target alone and of all
// together. A `must` row whose source is only recalled never yields NotMet: Attention at most.
// TLS and certificate findings of targets seen through a suspected interception are Unknown, reason "vantage"
// (reports/criteria/vantage.h).
// Only what other targets need to know of one is kept. take() ends it.
class Judging {
 public:
  // `only`: these criteria; empty: all.
  Judging(const Profile& profile, Day on, std::span<const std::string_view> only = {})
      : profile_(profile), on_(on), only_(only), domains_(profile), caa_(profile) {}
  void look_at(const Target&, const Facts& about);  // targets ascending
  std::vector<Finding> take();

 private:
  bool is_wanted(std::string_view criterion) const;
  void compare();

  const Profile& profile_;
  const Day on_;
  const std::span<const std::string_view> only_;
  InterceptionSigns signs_;
  KeysAcross keys_;
  DomainsAcross domains_;
  CaaAcross caa_;
  std::map<Target, Role> roles_;  // of the targets that are compared
  std::vector<Finding> findings_;
};

}  // namespace kenshin
