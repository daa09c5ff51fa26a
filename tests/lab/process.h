// Programs a test starts: each is tracked by its id, dies with the test, and is ended when its owner goes.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace kenshin::lab {

class Process {
 public:
  // Looked up in PATH, with stdin, stdout and stderr of /dev/null. Throws where it cannot be started.
  explicit Process(const std::vector<std::string>& command);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  void send(int signal);
  int wait();  // until it has ended; its exit code, or 128 and the number of the signal that ended it

  // Waits until somebody listens on that port of 127.0.0.1. Throws when the program ends or ten seconds pass first.
  void wait_for_port(std::uint16_t port);
  // The same without a connection, by the kernel's table: for servers that a visitor without a question holds up.
  void wait_for_listener(std::uint16_t port);

 private:
  void wait_until(bool (*ready)(std::uint16_t), std::uint16_t port);
  pid_t id_ = -1;
};

// Runs to the end. Output is what it wrote to stdout.
struct Ran {
  int status = -1;
  std::string output;
};
Ran run(const std::vector<std::string>& command);

std::uint16_t free_port();

// A directory of its own, removed with all it holds.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string path(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

void write_file(const std::string& path, const std::string& text);

}  // namespace kenshin::lab
