#include "probes/net/budget.h"

#include <algorithm>

namespace kenshin {

namespace {

using namespace std::chrono_literals;

constexpr auto gentle_pause = 250ms;
// Between connections to an address that resets even single ones: it limits their rate.
constexpr auto least_pause = 40ms, longest_pause = 600ms;
constexpr int recovery = 12;  // answers after which a pause is down to a third
// An answer is late when it takes this many times the quickest one, and that much more.
constexpr int late_factor = 4;
constexpr auto late_by = 300ms;

}  // namespace

Budget::Place& Budget::place(const std::string& address) {
  Place& out = places_[address];
  if (out.limit == 0) out.limit = at_first_;
  return out;
}

Budget::Lease Budget::lease(const std::string& address, const Pace& pace) {
  std::unique_lock lock(mutex_);
  Place& at = place(address);
  for (;;) {
    const int limit = pace.gentle ? 1 : at.limit;
    if (at.held >= limit) freed_.wait(lock);
    else if (Clock::now() < at.next) freed_.wait_until(lock, at.next);
    else break;
  }
  ++at.held;
  Clock::duration apart{};
  if (pace.per_second > 0)
    apart = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(1 / pace.per_second));
  if (pace.gentle) apart = std::max<Clock::duration>(apart, gentle_pause);
  apart = std::max(apart, at.pause);
  at.next = Clock::now() + apart;
  return {this, address};
}

Budget::Lease::~Lease() {
  if (budget_ == nullptr) return;
  {
    const std::lock_guard lock(budget_->mutex_);
    --budget_->place(address_).held;
  }
  budget_->freed_.notify_all();
}

// What was in flight when the limit was halved ends badly for the same reason: it does not count again.
void Budget::halve(Place& at) {
  if (at.ended < 0) return;
  if (at.limit == 1) at.pause = std::clamp<Clock::duration>(2 * at.pause, least_pause, longest_pause);
  at.limit = std::max(1, at.limit / 2);
  at.ended = -at.held;
}

void Budget::went_well(const std::string& address, std::chrono::steady_clock::duration took) {
  {
    const std::lock_guard lock(mutex_);
    Place& at = place(address);
    if (at.ended < 0) ++at.ended;
    if (at.quickest && took > late_factor * *at.quickest + late_by) return halve(at);
    if (!at.quickest || took < *at.quickest) at.quickest = took;
    at.pause -= at.pause / recovery;
    if (at.pause < least_pause / 4) at.pause = {};
    if (at.pause == Clock::duration{}) at.limit = std::min(at.limit + 1, at_most_);
  }
  freed_.notify_all();
}

void Budget::went_badly(const std::string& address) {
  const std::lock_guard lock(mutex_);
  Place& at = place(address);
  halve(at);
  if (at.ended < 0) ++at.ended;
}

int Budget::limit(const std::string& address) const {
  const std::lock_guard lock(mutex_);
  const auto at = places_.find(address);
  return at == places_.end() || at->second.limit == 0 ? at_first_ : at->second.limit;
}

Budget::Clock::time_point Budget::first_asked(const Target& target, const std::string& address) {
  const std::lock_guard lock(mutex_);
  return first_asked_.try_emplace({target, address}, Clock::now()).first->second;
}

void Budget::find_out(const Target& target, const std::string& address) {
  const std::lock_guard lock(mutex_);
  awaited_.insert({target, address});
}

void Budget::answers(const Target& target, const std::string& address) {
  {
    const std::lock_guard lock(mutex_);
    awaited_.erase({target, address});
  }
  freed_.notify_all();
}

void Budget::give_up(const Target& target, const std::string& address, const Error& why) {
  {
    const std::lock_guard lock(mutex_);
    given_up_.insert_or_assign({target, address}, why);
  }
  answers(target, address);
}

std::optional<Error> Budget::given_up(const Target& target, const std::string& address) {
  std::unique_lock lock(mutex_);
  freed_.wait(lock, [&] { return !awaited_.contains({target, address}); });
  const auto at = given_up_.find({target, address});
  return at == given_up_.end() ? std::nullopt : std::optional(at->second);
}

std::chrono::steady_clock::time_point end_of_patience(const Session& session, const Target& target,
                                                      const std::string& address) {
  constexpr int connections = 5;
  const auto first = session.budget ? session.budget->first_asked(target, address) : std::chrono::steady_clock::now();
  return first + std::max<std::chrono::milliseconds>(connections * session.timeout, 10s);
}

std::optional<Budget::Lease> lease_of(const Session& session, const std::string& address) {
  if (!session.budget) return std::nullopt;
  return session.budget->lease(address, pace_of(session));
}

}  // namespace kenshin
