#include "probes/host/collectors/windows/decoding/command_line.h"

#include <algorithm>

namespace kenshin::windows {

std::variant<Wanted, BadUse> parse_command_line(std::span<const std::string> arguments) {
  Wanted wanted;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& option = arguments[i];
    if (option == "--help" || option == "-h" || option == "/?") {
      wanted.help = true;
      continue;
    }
    if (option == "--residue") {
      wanted.residue = true;
      continue;
    }
    std::string* value = option == "--out"     ? &wanted.out
                         : option == "--label" ? &wanted.label
                         : option == "--nonce" ? &wanted.nonce
                                               : nullptr;
    if (value == nullptr) return BadUse{"unknown option " + option};
    if (++i == arguments.size() || arguments[i].empty()) return BadUse{option + " needs a value"};
    *value = arguments[i];
  }
  return wanted;
}

std::string default_label(std::string_view host_id) { return "PC-" + std::string(host_id.substr(0, 8)); }

std::string file_name(std::string_view label, std::string_view day, std::string_view extra) {
  std::size_t length = std::min<std::size_t>(label.size(), 100);
  while (length < label.size() && (static_cast<unsigned char>(label[length]) & 0xC0) == 0x80) --length;
  std::string name(label.substr(0, length));
  std::replace_if(
      name.begin(), name.end(),
      [](char c) {
        return static_cast<unsigned char>(c) < 0x20 ||
               std::string_view("\\/:*?\"<>|").find(c) != std::string_view::npos;
      },
      '-');
  while (!name.empty() && (name.back() == '.' || name.back() == ' ')) name.pop_back();
  std::string date(day);
  std::erase(date, '-');
  return name + "-" + date + (extra.empty() ? "" : "-" + std::string(extra)) + ".json";
}

}  // namespace kenshin::windows
