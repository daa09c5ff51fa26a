// The options of kenshin-collect.exe, and the names of what it writes.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace kenshin::windows {

struct Wanted {
  std::string out;  // a folder; empty: that of the program
  std::string label, nonce;
  bool residue = false, help = false;
};
struct BadUse {
  std::string what;
};
// The arguments after the program's name, in UTF-8.
std::variant<Wanted, BadUse> parse_command_line(std::span<const std::string> arguments);

// What a machine is called where nobody gave it a name: never its own, which may name a person.
std::string default_label(std::string_view host_id);

// "LABEL-YYYYMMDD.json", with nothing in it that a file name may not have; `extra` tells two PCs of one label apart.
std::string file_name(std::string_view label, std::string_view day, std::string_view extra);

}  // namespace kenshin::windows
