// lab_server silent|close|http|whois FILE: one scripted server for demonstrations. Prints its port, then serves until
// stdin ends or it is killed.
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

#include "tests/lab/scripted.h"

namespace {

using namespace kenshin::lab;

std::optional<Behaviour> behaviour(std::string_view kind, const char* file) {
  if (kind == "silent") return silent();
  if (kind == "close") return closes();
  if (kind == "http") return speaks_http();
  if (kind != "whois" || file == nullptr) return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  if (!in) return std::nullopt;
  return answers_line(std::string(std::istreambuf_iterator<char>(in), {}));
}

}  // namespace

int main(int count, char** arguments) {
  const auto wanted = behaviour(count > 1 ? arguments[1] : "", count > 2 ? arguments[2] : nullptr);
  if (!wanted) return std::fputs("lab_server silent|close|http|whois FILE\n", stderr), 64;
  const Server server(*wanted);
  std::printf("%u\n", static_cast<unsigned>(server.port()));
  std::fflush(stdout);
  std::array<char, 256> ignored{};
  while (read(STDIN_FILENO, ignored.data(), ignored.size()) > 0) {
  }
  return 0;
}
