// One table of a TOML file (https://toml.io/en/v1.0.0), read strictly: wrong types and unknown keys are faults with
// their place. All faults of a file are gathered, so that one run shows them all.
#pragma once

#include <toml++/toml.h>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/result.h"

namespace kenshin {

struct TomlFault {
  std::size_t line = 0, column = 0;
  std::string what;
};

// The file's table; nothing and a fault where it is no TOML, or nested deeper than the stack bears.
std::optional<toml::table> parse_toml(std::string_view text, std::vector<TomlFault>& faults);

// Malformed, with a line for each fault in the file's order: "FILE:LINE:COLUMN: what".
Error toml_error(std::string_view file_name, std::vector<TomlFault> faults);

class TomlTable {
 public:
  // `called` names the table in faults: "[[endpoint]]"; empty for the whole file.
  TomlTable(const toml::table& in, std::string called, std::vector<TomlFault>& faults)
      : in_(&in), called_(std::move(called)), faults_(&faults) {}

  // Each reads one key: true where it is there and right. What is wrong becomes a fault and leaves `value` alone.
  bool text(std::string_view key, std::string& value);
  bool texts(std::string_view key, std::vector<std::string>& values);
  bool flag(std::string_view key, bool& value);
  bool day(std::string_view key, Day& value);  // a TOML date, or its text
  bool day(std::string_view key, std::optional<Day>& value);
  template <class E, std::size_t N>
  bool one_of(std::string_view key, const std::array<std::pair<E, std::string_view>, N>& names, E& value) {
    std::string word;
    if (!text(key, word)) return false;
    std::vector<std::string_view> known;
    for (const auto& [meaning, name] : names) {
      if (name == word) return value = meaning, true;
      known.push_back(name);
    }
    return fault_of_word(key, word, known);
  }

  // The same for keys that must be there; a text must not be blank.
  bool need_text(std::string_view key, std::string& value);
  bool need_day(std::string_view key, Day& value);

  std::optional<TomlTable> table(std::string_view key);  // [key] or key = {…}
  std::vector<TomlTable> tables(std::string_view key);   // [[key]]
  bool has(std::string_view key) const { return in_->contains(key); }
  bool holds_flag(std::string_view key) const { return in_->get(key) != nullptr && in_->get(key)->is_boolean(); }

  bool is_blank(std::string_view key) const;  // a text without letters stands there

  bool fault(std::string_view key, std::string what);  // at the key's value, else at the table; false
  std::size_t line() const;
  void end();  // after all keys: any that was not read is unknown

 private:
  const toml::node* find(std::string_view key);
  bool fault_of_word(std::string_view key, std::string_view word, const std::vector<std::string_view>& known);
  void add_fault(toml::source_position at, std::string what);
  std::string in_table() const;

  const toml::table* in_;
  std::string called_;
  std::vector<TomlFault>* faults_;
  std::vector<std::string> known_;
};

}  // namespace kenshin
