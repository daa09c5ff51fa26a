#include "probes/domain/registry_turns.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <map>
#include <mutex>
#include <sstream>
#include <thread>

#include "probes/base/text.h"

namespace kenshin {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr seconds longest_wait{120};            // for a server that asked to be left alone, in all
constexpr seconds longest_queue{900};           // behind other processes
constexpr std::chrono::hours longest_word{24};  // of a server's word on when to come again
constexpr milliseconds between_looks{100};

// What the next one must know of a server.
struct Turns {
  Instant next{};  // before that, nobody asks
  Instant not_before{};
  Day day{};
  int on_that_day = 0;
};

struct KnownServer {
  std::mutex busy;
  Turns turns;
  seconds waited{0};  // at its word
};

KnownServer& known_server(const std::string& folder, const std::string& server) {
  static std::mutex guard;
  static std::map<std::pair<std::string, std::string>, KnownServer> all;
  const std::lock_guard lock(guard);
  return all[{folder, server}];
}

std::string file_name(std::string_view server) {
  std::string out;
  for (const char c : lower_ascii(server.substr(0, 200)))
    out += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ? c : '_';
  return out;
}

// The same between processes: a file that is locked while somebody asks, and holds what the next must know.
class SharedTurns {
 public:
  SharedTurns(const std::string& folder, const std::string& server) {
    if (folder.empty()) return;
    const auto place = std::filesystem::path(folder) / "turns";
    std::error_code ignored;
    std::filesystem::create_directories(place, ignored);
    const auto path = place / file_name(server);
    descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  }
  ~SharedTurns() {
    if (descriptor_ >= 0) ::close(descriptor_);  // gives up the lock
  }
  SharedTurns(const SharedTurns&) = delete;
  SharedTurns& operator=(const SharedTurns&) = delete;

  bool is_there() const { return descriptor_ >= 0; }

  Result<Done> lock(const std::string& server, const Session& session) {
    milliseconds waited{0};
    while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK && errno != EINTR) return Done{};  // a file system without locks
      if (waited >= longest_queue)
        return Error{Error::Kind::RateLimited, one_line(server, 120) + ": another process does not end asking it"};
      if (!wait_politely(session, between_looks))
        return Error{Error::Kind::NotAsked, "told to stop while another process asks"};
      waited += between_looks;
    }
    return Done{};
  }

  // Nothing where it is empty or broken.
  std::optional<Turns> read() const {
    std::array<char, 200> text{};
    const ssize_t count = ::pread(descriptor_, text.data(), text.size() - 1, 0);
    std::istringstream in(std::string(text.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))));
    long long next = 0, not_before = 0, day = 0, on_that_day = 0;
    constexpr long long farthest = 1LL << 40;
    if (!(in >> next >> not_before >> day >> on_that_day)) return std::nullopt;
    if (std::max({next, not_before, day, on_that_day}) > farthest || std::min({next, not_before, day, on_that_day}) < 0)
      return std::nullopt;
    Turns out;
    out.next = Instant(seconds(next));
    out.not_before = Instant(seconds(not_before));
    out.day = Day(std::chrono::days(day % 10'000'000));
    out.on_that_day = static_cast<int>(std::min(on_that_day, 1'000'000LL));
    return out;
  }
  void write(const Turns& turns) const {
    std::ostringstream out;
    out << turns.next.time_since_epoch().count() << ' ' << turns.not_before.time_since_epoch().count() << ' '
        << turns.day.time_since_epoch().count() << ' ' << turns.on_that_day << '\n';
    const std::string text = out.str();
    // Written before it is cut: a process that dies in between leaves a line that is whole.
    const bool written = ::pwrite(descriptor_, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
    if (written) static_cast<void>(::ftruncate(descriptor_, static_cast<off_t>(text.size())) == 0);
  }

 private:
  int descriptor_ = -1;
};

Error rate_limited(const std::string& server, const std::string& why) {
  return {Error::Kind::RateLimited, one_line(server, 120) + ": " + why};
}

// Until it may be asked; a clock that was set back costs one pause at most.
Result<Done> wait_for_turn(const std::string& server, KnownServer& known, const TurnRules& rules,
                           const Session& session) {
  const Instant now = session.now();
  const Turns& turns = known.turns;
  const auto pause = std::min(turns.next - now, std::chrono::ceil<seconds>(rules.pause) + seconds(1));
  const auto left = std::max(pause, turns.not_before - now);
  const auto at_its_word = left - std::max(pause, seconds(0));
  if (known.waited + at_its_word > longest_wait)
    return rate_limited(server, "it asked not to be asked before " + to_text(turns.not_before));
  known.waited += std::max(at_its_word, seconds(0));
  if (left > seconds(0) && !wait_politely(session, left))
    return Error{Error::Kind::NotAsked, "told to stop while waiting for its turn"};
  return Done{};
}

}  // namespace

std::string server_of_url(std::string_view url) {
  const auto begin = url.find("://");
  if (begin != std::string_view::npos) url.remove_prefix(begin + 3);
  return lower_ascii(url.substr(0, url.find('/')));
}

bool wait_politely(const Session& session, milliseconds time) {
  if (session.registries.wait) return session.registries.wait(time);
  std::this_thread::sleep_for(time);
  return true;
}

Result<Done> at_its_turn(const std::string& server, const TurnRules& rules, const Session& session,
                         const std::function<AfterQuestion()>& question) {
  KnownServer& known = known_server(session.registries.cache, server);
  const std::lock_guard turn(known.busy);
  SharedTurns shared(session.registries.cache, server);
  if (shared.is_there()) {
    if (const auto locked = shared.lock(server, session); !locked) return locked;
    if (const auto read = shared.read()) known.turns = *read;
    const Instant farthest = session.now() + longest_word;
    if (known.turns.not_before > farthest) {  // no word of ours: it counts for a day from now, for everybody
      known.turns.not_before = farthest;
      shared.write(known.turns);
    }
  }
  Turns& turns = known.turns;
  const Day today = day_in_japan(session.now());
  const bool spent = rules.a_day && turns.day == today && turns.on_that_day >= *rules.a_day;
  if (spent)
    return rate_limited(
        server, "the " + std::to_string(*rules.a_day) + " questions of the day are spent; it goes on the next day");
  if (const auto waited = wait_for_turn(server, known, rules, session); !waited) return waited;
  const Turns before = turns;
  const Day day = day_in_japan(session.now());
  turns.on_that_day = turns.day == day ? turns.on_that_day + 1 : 1;
  turns.day = day;
  const auto leave = [&] {  // whole seconds are known of the time: one more is waited
    turns.next = session.now();
    if (rules.pause > milliseconds(0)) turns.next += std::chrono::ceil<seconds>(rules.pause) + seconds(1);
    if (shared.is_there()) shared.write(turns);
  };
  leave();  // also for a process that dies while it asks
  const AfterQuestion after = question();
  if (!after.was_reached) {
    turns = before;
    if (shared.is_there()) shared.write(turns);
    return Done{};
  }
  turns.not_before = std::min(after.not_before.value_or(Instant{}), session.now() + longest_word);
  leave();
  return Done{};
}

}  // namespace kenshin
