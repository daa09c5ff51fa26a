// lab_server silent|close|http|whois FILE: one scripted server for demonstrations. Prints its port, then serves until
// stdin ends or it is killed. lab_server clinic TEMPLATES FOLDER: the whole invented clinic; prints "ready".
#include <unistd.h>

#include <array>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

#include "tests/lab/clinic.h"
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

void serve_until_stdin_ends() {
  std::fflush(stdout);
  std::array<char, 256> ignored{};
  while (read(STDIN_FILENO, ignored.data(), ignored.size()) > 0) {
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count == 4 && std::string_view(arguments[1]) == "clinic") try {
      const Clinic clinic(arguments[2], arguments[3]);
      std::puts("ready");
      serve_until_stdin_ends();
      return 0;
    } catch (const std::exception& error) {
      return std::printf("%s\n", error.what()), 1;
    }
  const auto wanted = behaviour(count > 1 ? arguments[1] : "", count > 2 ? arguments[2] : nullptr);
  if (!wanted) return std::fputs("lab_server silent|close|http|whois FILE | clinic TEMPLATES FOLDER\n", stderr), 64;
  const Server server(*wanted);
  std::printf("%u\n", static_cast<unsigned>(server.port()));
  serve_until_stdin_ends();
  return 0;
}
