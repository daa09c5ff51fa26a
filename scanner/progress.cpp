#include "scanner/progress.h"

#include <cmath>
#include <ostream>

#include "probes/base/text.h"

namespace kenshin {

namespace {
constexpr auto between_drawings = std::chrono::milliseconds(100);
}  // namespace

bool tells_time_left(std::size_t done, std::size_t all) {
  return done >= 3 && done < all && (done >= 100 || done * 10 >= all);
}

std::string rate_text(double a_second) {
  const long long tenths = std::llround(a_second * 10);
  if (tenths >= 100) return std::to_string((tenths + 5) / 10);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string duration_text(std::chrono::seconds left, const Wording& say) {
  if (left < std::chrono::seconds(100)) return say("cli.seconds", {{"n", std::to_string(left.count())}});
  const auto minutes = std::chrono::ceil<std::chrono::minutes>(left).count();
  if (minutes < 100) return say("cli.minutes", {{"n", std::to_string(minutes)}});
  return say("cli.hours", {{"h", std::to_string(minutes / 60)}, {"n", std::to_string(minutes % 60)}});
}

void Progress::start(std::size_t all) {
  const std::lock_guard lock(guard_);
  all_ = all;
  began_ = Clock::now();
}

void Progress::one_done(const std::string& what) {
  const std::lock_guard lock(guard_);
  ++done_;
  if (!program_.progress || (done_ < all_ && shown_ && Clock::now() - drawn_ < between_drawings)) return;
  draw(what);
}

void Progress::draw(const std::string& what) {
  drawn_ = Clock::now();
  shown_ = true;
  const double seconds = std::chrono::duration<double>(drawn_ - began_).count();
  const double rate = seconds > 0 ? static_cast<double>(done_) / seconds : 0;
  const auto left = std::chrono::seconds(
      rate > 0 ? static_cast<long long>(std::ceil(static_cast<double>(all_ - std::min(done_, all_)) / rate)) : 0);
  program_.err << "\r\x1b[K"
               << program_.say()(tells_time_left(done_, all_) ? "cli.progress" : "cli.progress.early",
                                 {{"done", std::to_string(done_)},
                                  {"all", std::to_string(all_)},
                                  {"rate", rate_text(rate)},
                                  {"left", duration_text(left, program_.say())},
                                  {"what", one_line(what, 50)}})
               << std::flush;
}

void Progress::end() {
  const std::lock_guard lock(guard_);
  if (shown_) program_.err << '\n' << std::flush;
  shown_ = false;
}

}  // namespace kenshin
