// What every command is given, and the exit codes scripts rely on (docs/user-guide.md).
#pragma once

#include <functional>
#include <iosfwd>
#include <string>
#include <utility>
#include <vector>

#include "probes/base/data_files.h"
#include "probes/base/result.h"
#include "reports/formats/formats.h"
#include "reports/formats/wording.h"

namespace kenshin {

namespace exit_codes {
inline constexpr int ok = 0, could_not_run = 1, not_met = 2, not_determinable = 3;
inline constexpr int usage = 64, data = 65, no_input = 66, unavailable = 69, software = 70, cannot_create = 73,
                     no_permission = 77, configuration = 78;
}  // namespace exit_codes

struct Program {
  DataFiles data;
  Wording ja, en;
  Language language = Language::Ja;
  std::ostream& out;  // data
  std::ostream& err;  // for people
  bool colour = false;
  bool progress = false;  // stderr is a terminal

  Words words(Audience audience = Audience::Clinic) const { return {ja, en, language, audience}; }
  const Wording& say() const { return language == Language::Ja ? ja : en; }

  // Writes "kenshin: SENTENCE" to err and returns the code.
  int fail(int code, std::string_view key,
           const std::vector<std::pair<std::string, std::string>>& parameters = {}) const;
};

// The whole file; Absent where it is not there, Denied where it may not be read, Malformed over `limit` bytes. "-" is
// standard input.
Result<std::string> read_file(const std::string& path, std::size_t limit = 64U << 20);
// The exit code that goes with an error of read_file.
int exit_code_of(const Error&);

// Denied where a file of that name cannot be made: for asking before long work, not instead of writing.
Result<Done> can_create(const std::string& path);
// Replaces the file at once (a new file, then a rename): a reader never sees half of it.
Result<Done> write_file(const std::string& path, std::string_view text);
Result<Done> write_file(const std::string& path, const std::function<void(std::ostream&)>& write);

}  // namespace kenshin
