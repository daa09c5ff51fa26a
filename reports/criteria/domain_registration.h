// What the rows about a domain's registration (domain_*.cpp) share.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reports/criteria/criterion.h"

namespace kenshin {

// Where the name lives on somebody's platform: that platform's registered name, whose registration is not the clinic's.
std::optional<std::string> platform_of(const Target& domain);

// Why a row about the registration cannot say more: NotApplicable where there is no registration, Unknown where that is
// undecided; nothing where the name is registered.
std::optional<Judgement> unless_registered(const Registration&);
// The same for rows about who holds the name and how well it is guarded: not for a name lent by a platform.
std::optional<Judgement> unless_held_by_the_operator(const Question&, const Registration&);

// Whether the zone above names servers for the registered name: Unknown where that was not seen.
Answer is_delegated(const Question&);
// A registry and the zone it makes cannot both be right where the one knows no such name and the other delegates it: a
// question to a person; nothing where they agree, or where nobody knows.
std::optional<Judgement> unless_zone_disagrees(const Question&, const Registration&);
// With the delegation as evidence, too, where such a question is asked.
Judgement with_delegation(const Question&, Judgement);

bool is_in_state(const Registration&, std::string_view state);
bool renews_itself(const Question&);  // as declared

// Whether a change was approved within the profile's window around that day, or from then on.
bool change_was_approved_around(const Question&, Day);
bool change_was_approved_since(const Question&, Day);

// A registry's day may be another than Japan's.
constexpr std::chrono::days registry_slack{1};

// Of a .jp name: its registry renews by itself.
bool is_jp(const Registration&);

// The worst verdict among states of a registration, and the state that decides; Met for none but good ones.
struct StateJudged {
  Verdict verdict = Verdict::Met;
  std::string decisive;
};
StateJudged judged_state(const DomainRules&, const std::vector<std::string>& states);
// The registration's; the auto renew period is as good as any other where the name is declared to renew itself.
StateJudged judged_state(const Question&, const Registration&);

// The locks a name of that kind can carry and does not.
std::vector<std::string> missing_locks(const Registration&);

}  // namespace kenshin
