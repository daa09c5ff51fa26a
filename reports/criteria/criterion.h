// A criterion is a function and a row in criteria.cpp. It sees facts, a profile and a day; never a socket, a file, a
// clock.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "probes/facts.h"
#include "reports/criteria/finding.h"
#include "reports/criteria/profile.h"

namespace kenshin {

struct Question {
  const Facts& facts;
  const Target& target;
  const Profile& profile;
  Day on;
};

struct Criterion {
  std::string_view id;     // "tls.version.floor"
  std::string_view cites;  // document, edition, clause
  TargetKind judges;
  std::span<const Role> roles;  // empty: every role; otherwise the criterion does not exist for other roles
  Judgement (*judge)(const Question&);
};

std::span<const Criterion> all_criteria();
const Criterion* criterion_named(std::string_view id);

// Every criterion of the profile on every target of the facts, in the order of targets, then of all_criteria(). A
// target whose role or owner a criterion does not judge yields NotApplicable with the reason. A `must` row whose source
// is only recalled never yields NotMet: Attention at most. TLS and certificate findings of targets seen through a
// suspected interception are Unknown, reason "vantage" (docs/judging).
std::vector<Finding> judge(const Facts&, const Profile&, Day on);

}  // namespace kenshin
