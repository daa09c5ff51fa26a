#include "scanner/program.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "probes/base/text.h"

namespace kenshin {

int Program::fail(int code, std::string_view key,
                  const std::vector<std::pair<std::string, std::string>>& parameters) const {
  std::vector<std::pair<std::string, std::string>> safe;
  for (const auto& [name, value] : parameters) safe.emplace_back(name, one_line(value, 500));
  err << "kenshin: " << say()(key, safe) << '\n';
  return code;
}

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  std::ifstream file;
  if (path != "-") {
    std::error_code trouble;
    if (std::filesystem::is_directory(path, trouble)) return Error{Error::Kind::Malformed, path + ": is a directory"};
    errno = 0;
    file.open(path, std::ios::binary);
    if (!file) {
      const bool absent = errno == ENOENT || errno == ENOTDIR;
      return Error{absent ? Error::Kind::Absent : Error::Kind::Denied, path + ": " + std::strerror(errno)};
    }
  }
  std::istream& in = path == "-" ? std::cin : file;
  std::string text;
  std::string piece(1U << 16, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0) {
    text.append(piece, 0, static_cast<std::size_t>(in.gcount()));
    if (text.size() > limit)
      return Error{Error::Kind::Malformed, path + ": larger than " + std::to_string(limit) + " bytes"};
  }
  return text;
}

int exit_code_of(const Error& error) {
  switch (error.kind) {
    case Error::Kind::Absent: return exit_codes::no_input;
    case Error::Kind::Denied: return exit_codes::no_permission;
    default: return exit_codes::data;
  }
}

namespace {

Error not_written(const std::string& path, int number) {
  return {Error::Kind::Denied,
          path + ": " + (number != 0 ? std::strerror(number) : "not written to its end (is the disk full?)")};
}

}  // namespace

Result<Done> can_create(const std::string& path) {
  std::error_code trouble;
  if (std::filesystem::is_directory(path, trouble)) return not_written(path, EISDIR);
  const auto folder = std::filesystem::path(path).parent_path();
  if (access(folder.empty() ? "." : (folder / ".").c_str(), W_OK | X_OK) != 0) return not_written(path, errno);
  return Done{};
}

Result<Done> write_file(const std::string& path, std::string_view text) {
  return write_file(path,
                    [&](std::ostream& out) { out.write(text.data(), static_cast<std::streamsize>(text.size())); });
}

Result<Done> write_file(const std::string& path, const std::function<void(std::ostream&)>& write) {
  std::error_code trouble;
  const bool in_place = std::filesystem::exists(path, trouble) && !std::filesystem::is_regular_file(path, trouble);
  const std::string real = std::filesystem::weakly_canonical(path, trouble).string();  // a link keeps being one
  const std::string target = real.empty() ? path : real;
  const std::string part = in_place ? path : target + ".part";  // a device or pipe is written to, never replaced
  {
    errno = 0;  // a stale one would be told as the reason
    std::ofstream out(part, std::ios::binary | std::ios::trunc);
    if (!out) return not_written(path, errno);
    write(out);
    const bool in_time = bool(out);
    errno = 0;
    out.flush();
    if (!out) {
      const Error error = not_written(path, in_time ? errno : 0);
      out.close();
      if (!in_place) std::filesystem::remove(part, trouble);
      return error;
    }
  }
  if (in_place) return Done{};
  std::filesystem::rename(part, target, trouble);
  if (trouble) return Error{Error::Kind::Denied, path + ": " + trouble.message()};
  return Done{};
}

}  // namespace kenshin
