// The command line, by Boost.Program_options: a command lists its options in a table, their descriptions are in the
// wording files (key "cli.option.NAME").
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/result.h"
#include "reports/formats/wording.h"

namespace kenshin {

enum class Takes { Nothing, Value, Values };

struct Option {
  std::string_view name;  // "out,o": with a short name
  Takes takes = Takes::Nothing;
  std::string_view value_name;  // for --help: "DIR"
};

class Arguments {
 public:
  bool has(std::string_view option) const { return values_.find(option) != values_.end(); }
  std::string value(std::string_view option, std::string_view otherwise = "") const;
  std::vector<std::string> values(std::string_view option) const;
  std::vector<std::string> positional;

 private:
  friend Result<Arguments> parse_arguments(std::span<const Option>, const std::vector<std::string>&);
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

// Malformed with a sentence that names the option, and the nearest known one where it looks mistyped.
Result<Arguments> parse_arguments(std::span<const Option>, const std::vector<std::string>& words);

std::string options_help(std::span<const Option>, const Wording&);

}  // namespace kenshin
