#include "scanner/interrupt.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <utility>

namespace kenshin {

namespace {

std::atomic<int> signal_that_came{0};
static_assert(std::atomic<int>::is_always_lock_free);  // a handler may touch nothing else

std::string first_words, second_words;  // set before the handler is, kept while it may run

void say(const std::string& words) {
  const int before = errno;
  if (write(STDERR_FILENO, words.data(), words.size()) < 0) errno = before;  // nobody to tell
}

void stop(int number) {
  if (signal_that_came.exchange(number) == 0) return say(first_words);
  say(second_words);
  _exit(128 + number);
}

void handle(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (const int number : {SIGINT, SIGTERM}) sigaction(number, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt(std::string first, std::string second) {
  first_words = '\n' + std::move(first) + '\n';
  second_words = '\n' + std::move(second) + '\n';
  signal_that_came = 0;
  handle(stop);
}

Interrupt::~Interrupt() { handle(SIG_DFL); }

bool Interrupt::came() { return signal_that_came != 0; }

int Interrupt::exit_code() { return 128 + signal_that_came; }

}  // namespace kenshin
