// A machine's root folder for tests: files are written below it and gone at the end. Everybody may read it, since the
// program that reads packages runs as nobody.
#pragma once

#include <sys/stat.h>
#include <sys/time.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "probes/base/calendar.h"

namespace kenshin {

class TemporaryRoot {
 public:
  TemporaryRoot() {
    std::string pattern = (std::filesystem::temp_directory_path() / "kenshin-root-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
    std::filesystem::permissions(path_, std::filesystem::perms(0755));
  }
  TemporaryRoot(const TemporaryRoot&) = delete;
  TemporaryRoot& operator=(const TemporaryRoot&) = delete;
  ~TemporaryRoot() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  std::string path(std::string_view below = "") const { return path_ + std::string(below); }
  TemporaryRoot& write(std::string_view below, std::string_view text) {
    const std::filesystem::path file = path(below);
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
    return *this;
  }
  TemporaryRoot& touch(std::string_view below, Instant at) {
    const timeval time{static_cast<time_t>(at.time_since_epoch().count()), 0};
    const timeval times[2] = {time, time};
    ::utimes(path(below).c_str(), times);
    return *this;
  }

 private:
  std::string path_;
};

inline Instant instant(std::string_view text) { return *parse_instant(text); }

}  // namespace kenshin
