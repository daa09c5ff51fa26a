// How far a scan is: one line on a terminal, redrawn; nothing where standard error is none.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

#include "scanner/program.h"

namespace kenshin {

class Progress {
 public:
  explicit Progress(const Program& program) : program_(program) {}
  void start(std::size_t all);
  void one_done(const std::string& what);  // from any thread
  void end();                              // leaves the line as it is
  std::size_t done() const { return done_; }
  std::size_t all() const { return all_; }

 private:
  using Clock = std::chrono::steady_clock;
  void draw(const std::string& what);
  const Program& program_;
  std::mutex guard_;
  std::size_t all_ = 0, done_ = 0;
  Clock::time_point began_, drawn_;
  bool shown_ = false;
};

// Whether enough is done to tell from it how long the rest takes: three, and a tenth of all or a hundred.
bool tells_time_left(std::size_t done, std::size_t all);
// "1.4" below ten, "26" above.
std::string rate_text(double a_second);
// "40 s", "12 min", "3 h 5 min": rounded up.
std::string duration_text(std::chrono::seconds, const Wording&);

}  // namespace kenshin
