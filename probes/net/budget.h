// What one scan may spend at an address: how many connections at a time and a second, whoever asks; and what is not
// worth asking again. The number at a time adapts: it begins small, grows while answers come well, and is halved when
// the address resets, falls silent or slows down. One Budget serves all threads of a scan.
#pragma once

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "probes/base/result.h"
#include "probes/base/target.h"
#include "probes/session.h"

namespace kenshin {

// What the user asked for beyond that.
struct Pace {
  double per_second = 0;  // connections begun at one address; 0: no limit
  bool gentle = false;    // one at a time, with a pause
};

class Budget {
 public:
  explicit Budget(int at_first = 4, int at_most = 16) : at_first_(at_first), at_most_(at_most) {}
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

  // Waits until one more may be held at that address, and until its rate allows one.
  Lease lease(const std::string& address, const Pace& = {});

  // How a connection went: answered after that time, or reset, closed, silent.
  void went_well(const std::string& address, std::chrono::steady_clock::duration took);
  void went_badly(const std::string& address);
  int limit(const std::string& address) const;  // at a time, now

  // When it was first asked by anybody: what a host may cost in all counts from there. Now, where this is the first.
  std::chrono::steady_clock::time_point first_asked(const Target&, const std::string& address);

  // An endpoint that answers nothing usable costs its deadline once: one probe finds out, the others wait for its word.
  void find_out(const Target&, const std::string& address);  // somebody will say one of the next two
  void answers(const Target&, const std::string& address);
  void give_up(const Target&, const std::string& address, const Error& why);
  // The reason, or nothing where it answers or nobody is finding out.
  std::optional<Error> given_up(const Target&, const std::string& address);

 private:
  using Clock = std::chrono::steady_clock;
  struct Place {
    int held = 0, limit = 0;
    int ended = 0;  // below zero: so many were in flight when the limit was halved
    Clock::duration pause{};
    Clock::time_point next{};  // no connection before
    std::optional<Clock::duration> quickest;
  };
  Place& place(const std::string& address);
  void halve(Place&);

  const int at_first_, at_most_;
  mutable std::mutex mutex_;
  std::condition_variable freed_;
  std::map<std::string, Place> places_;
  using Door = std::pair<Target, std::string>;
  std::map<Door, Clock::time_point> first_asked_;
  std::set<Door> awaited_;
  std::map<Door, Error> given_up_;
};

// After that nothing more is asked of the endpoint at that address, whoever asks: five times the time of one
// connection, ten seconds at least, from the first question on. What was begun before then has its own time still.
std::chrono::steady_clock::time_point end_of_patience(const Session&, const Target&, const std::string& address);

inline Pace pace_of(const Session& session) { return {session.max_rate, session.gentle}; }

// One connection to that address at the session's pace; nothing where the session has no Budget. Held while another is
// asked for by the same thread, it may wait forever: gentle scans have one at a time.
std::optional<Budget::Lease> lease_of(const Session&, const std::string& address);

}  // namespace kenshin
