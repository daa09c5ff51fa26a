#include "scanner/interrupt.h"

#include <unistd.h>

#include <atomic>
#include <csignal>

namespace kenshin {

namespace {

std::atomic<int> signal_that_came{0};
static_assert(std::atomic<int>::is_always_lock_free);  // a handler may touch nothing else

void stop(int number) {
  if (signal_that_came.exchange(number) != 0) _exit(128 + number);
}

void handle(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (const int number : {SIGINT, SIGTERM}) sigaction(number, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt() {
  signal_that_came = 0;
  handle(stop);
}

Interrupt::~Interrupt() { handle(SIG_DFL); }

bool Interrupt::came() { return signal_that_came != 0; }

int Interrupt::exit_code() { return 128 + signal_that_came; }

}  // namespace kenshin
