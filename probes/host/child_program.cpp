#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // close_range, pipe2, setgroups
#endif
#include "probes/host/child_program.h"

#include <fcntl.h>
#include <grp.h>
#include <linux/close_range.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <vector>

namespace kenshin {

namespace {

using Clock = std::chrono::steady_clock;

struct Descriptor {
  int number = -1;
  explicit Descriptor(int n = -1) : number(n) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }
  void close() {
    if (number >= 0) ::close(number);
    number = -1;
  }
};

Error failed(std::string what) { return {Error::Kind::Failed, std::move(what)}; }

struct User {
  uid_t user = 65534;
  gid_t group = 65534;
};
User nobody() {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> buffer{};
  if (::getpwnam_r("nobody", &entry, buffer.data(), buffer.size(), &found) != 0 || !found) return {};
  return {entry.pw_uid, entry.pw_gid};
}

// In the child, between fork and exec: system calls only.
[[noreturn]] void become(int program, int output, char* const* arguments, char* const* environment, User unprivileged) {
  const int nothing = ::open("/dev/null", O_RDWR);
  const bool wired = nothing >= 0 && ::dup2(nothing, 0) == 0 && ::dup2(output, 1) == 1 && ::dup2(nothing, 2) == 2;
  if (!wired || ::setpgid(0, 0) != 0 || ::chdir("/") != 0) ::_exit(126);
  ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
  if (::geteuid() == 0) {
    // Without the right to change (a user namespace of one user) there is no privilege to give up either.
    const bool dropped =
        ::setgroups(0, nullptr) == 0 && ::setresgid(unprivileged.group, unprivileged.group, unprivileged.group) == 0;
    if (dropped && ::setresuid(unprivileged.user, unprivileged.user, unprivileged.user) != 0) ::_exit(126);
  }
  ::fexecve(program, arguments, environment);
  ::_exit(127);
}

// Reads until the end of the output; false at the deadline or past the limit.
Result<Done> collect(int output, Clock::time_point end, std::size_t limit, std::string& printed) {
  std::array<char, 16384> chunk{};
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return failed("no answer before the deadline");
    pollfd wait{output, POLLIN, 0};
    if (::poll(&wait, 1, static_cast<int>(left)) < 0 && errno != EINTR) return failed("poll");
    if (wait.revents == 0) continue;
    const ssize_t got = ::read(output, chunk.data(), chunk.size());
    if (got == 0) return Done{};
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed(std::generic_category().message(errno));
    printed.append(chunk.data(), static_cast<std::size_t>(got));
    if (printed.size() > limit) return failed("printed more than " + std::to_string(limit) + " bytes");
  }
}

// The exit status of the child, which has closed its output; killed where it does not end.
Result<int> end_of(pid_t child, Clock::time_point end) {
  int status = 0;
  for (;;) {
    const pid_t ended = ::waitpid(child, &status, WNOHANG);
    if (ended == child) break;
    if (ended < 0 && errno != EINTR) return failed("waitpid: " + std::generic_category().message(errno));
    if (Clock::now() >= end) {
      ::kill(-child, SIGKILL);
      while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
      }
      return failed("no answer before the deadline");
    }
    ::poll(nullptr, 0, 5);
  }
  if (!WIFEXITED(status)) return failed("ended by signal " + std::to_string(WTERMSIG(status)));
  return WEXITSTATUS(status);
}

}  // namespace

Result<ChildOutput> run_program(const std::string& program, std::span<const std::string> arguments,
                                std::chrono::milliseconds deadline, std::size_t limit) {
  const Clock::time_point end = Clock::now() + deadline;
  const Descriptor file(::open(program.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number < 0)
    return Error{errno == ENOENT   ? Error::Kind::Absent
                 : errno == EACCES ? Error::Kind::Denied
                                   : Error::Kind::Failed,
                 program + ": " + std::generic_category().message(errno)};
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return failed("pipe: " + std::generic_category().message(errno));
  Descriptor output(ends[0]), input(ends[1]);

  std::vector<std::string> words = {program};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  std::string path = "PATH=/usr/bin:/bin", locale = "LC_ALL=C";
  std::array<char*, 3> environment = {path.data(), locale.data(), nullptr};
  const User unprivileged = nobody();

  const pid_t child = ::fork();
  if (child < 0) return failed("fork: " + std::generic_category().message(errno));
  if (child == 0) become(file.number, input.number, pointers.data(), environment.data(), unprivileged);
  ::setpgid(child, child);
  input.close();

  ChildOutput out;
  const auto collected = collect(output.number, end, limit, out.printed);
  if (!collected) ::kill(-child, SIGKILL);  // its children too: they may hold the output open
  const auto status = end_of(child, end);
  if (!collected) return collected.error();
  if (!status) return status.error();
  out.exit_status = *status;
  return out;
}

}  // namespace kenshin
