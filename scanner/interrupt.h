// Ctrl-C and SIGTERM: the first asks to stop, the second ends the program at once. Both say so on standard error.
#pragma once

#include <string>

namespace kenshin {

class Interrupt {
 public:
  // One at a time; takes the two signals until it goes. What is said at the first and at the second.
  Interrupt(std::string first, std::string second);
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  static bool came();
  static int exit_code();  // 128 and the signal's number, as shells say it
};

}  // namespace kenshin
