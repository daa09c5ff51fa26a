// Ctrl-C and SIGTERM: the first asks to stop, the second ends the program at once.
#pragma once

namespace kenshin {

class Interrupt {
 public:
  Interrupt();  // one at a time; takes the two signals until it goes
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  static bool came();
  static int exit_code();  // 128 and the signal's number, as shells say it
};

}  // namespace kenshin
