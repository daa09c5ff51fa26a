// What one scan may spend at an address: at most five connections at a time, whoever asks; and what is not worth
// asking again. One Budget serves all threads of a scan.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "probes/base/result.h"
#include "probes/base/target.h"

namespace kenshin {

class Budget {
 public:
  explicit Budget(int connections_at_a_time = 5) : limit_(connections_at_a_time) {}
  Budget(const Budget&) = delete;
  Budget& operator=(const Budget&) = delete;

  // The right to hold one connection; given back when it goes. It must not outlive the Budget.
  class Lease {
   public:
    Lease(Lease&& other) noexcept
        : budget_(std::exchange(other.budget_, nullptr)), address_(std::move(other.address_)) {}
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    ~Lease();

   private:
    friend class Budget;
    Lease(Budget* budget, std::string address) : budget_(budget), address_(std::move(address)) {}
    Budget* budget_;
    std::string address_;
  };

  // Waits until fewer than the limit are held at that address.
  Lease lease(const std::string& address);

  // An endpoint that answered nothing usable costs its deadline once: later probes read the reason here.
  void give_up(const Target&, const std::string& address, const Error& why);
  std::optional<Error> given_up(const Target&, const std::string& address) const;

 private:
  const int limit_;
  mutable std::mutex mutex_;
  std::condition_variable freed_;
  std::map<std::string, int> held_;
  std::map<std::pair<Target, std::string>, Error> given_up_;
};

}  // namespace kenshin
