#include "probes/net/budget.h"

namespace kenshin {

Budget::Lease Budget::lease(const std::string& address) {
  std::unique_lock lock(mutex_);
  freed_.wait(lock, [&] { return held_[address] < limit_; });
  ++held_[address];
  return {this, address};
}

Budget::Lease::~Lease() {
  if (budget_ == nullptr) return;
  {
    const std::lock_guard lock(budget_->mutex_);
    const auto at = budget_->held_.find(address_);
    if (--at->second == 0) budget_->held_.erase(at);
  }
  budget_->freed_.notify_all();
}

void Budget::give_up(const Target& target, const std::string& address, const Error& why) {
  const std::lock_guard lock(mutex_);
  given_up_.insert_or_assign({target, address}, why);
}

std::optional<Error> Budget::given_up(const Target& target, const std::string& address) const {
  const std::lock_guard lock(mutex_);
  const auto at = given_up_.find({target, address});
  return at == given_up_.end() ? std::nullopt : std::optional(at->second);
}

}  // namespace kenshin
