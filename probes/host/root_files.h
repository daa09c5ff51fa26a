// Files of a machine, below a root directory: "/" for this one, a folder of fixtures in tests. What is not there
// (Absent) and what this user may not read (Denied) stay apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/result.h"

namespace kenshin {

class RootFiles {
 public:
  explicit RootFiles(std::string root = "/") : root_(std::move(root)) {}

  // `path` is absolute as the machine itself names it: "/etc/os-release".
  std::string place(std::string_view path) const;

  // A regular file of at most `limit` bytes; larger is Failed.
  Result<std::string> read(std::string_view path, std::size_t limit = std::size_t{1} << 20) const;
  // The first `size` bytes, fewer where the file is shorter.
  Result<std::string> head(std::string_view path, std::size_t size) const;
  // Names in a folder, ascending; at most 10,000.
  Result<std::vector<std::string>> names(std::string_view folder) const;
  // Something has that name, a link to nowhere included.
  Result<bool> exists(std::string_view path) const;
  Result<Instant> changed(std::string_view path) const;  // time of last modification
  // Whether anybody may write there; a link is what it points to.
  Result<bool> writable_by_everyone(std::string_view path) const;
  // The texts of the files of a folder whose names end so ("/etc/x.conf.d", ".conf"), one after another; a folder that
  // is not there has none. A file that cannot be read is an error.
  Result<std::string> parts(std::string_view folder, std::string_view ending) const;
  // The same after the text of `file`, where it is there.
  Result<std::string> read_with_parts(std::string_view file, std::string_view folder, std::string_view ending) const;

  const std::string& root() const { return root_; }

 private:
  std::string root_;
};

}  // namespace kenshin
