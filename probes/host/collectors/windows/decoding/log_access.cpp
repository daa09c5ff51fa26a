#include "probes/host/collectors/windows/decoding/log_access.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace kenshin::windows {

namespace {

constexpr std::array<std::string_view, 7> everyone = {"WD", "AN", "AU", "IU", "BU", "S-1-1-0", "S-1-5-32-545"};
// Clear; change the access, take ownership, everything.
constexpr unsigned long altering = 0x4 | 0x0004'0000 | 0x0008'0000 | 0x1000'0000;

std::optional<unsigned long> rights_of(std::string_view text) {
  if (text == "GA") return altering;
  if (!text.starts_with("0x")) return std::nullopt;
  unsigned long rights = 0;
  const auto [end, fault] = std::from_chars(text.data() + 2, text.data() + text.size(), rights, 16);
  return fault == std::errc() && end == text.data() + text.size() ? std::optional(rights) : std::nullopt;
}

}  // namespace

Answer clearable_by_everyone(std::string_view descriptor) {
  const auto list = descriptor.find("D:");
  if (list == std::string_view::npos) return Answer::Unknown;
  bool unclear = false;
  // (type;flags;rights;object;inherited object;account)
  for (auto at = descriptor.find('(', list); at != std::string_view::npos; at = descriptor.find('(', at + 1)) {
    const auto end = descriptor.find(')', at);
    if (end == std::string_view::npos) return Answer::Unknown;
    std::array<std::string_view, 6> parts;
    std::string_view rest = descriptor.substr(at + 1, end - at - 1);
    for (auto& part : parts) {
      const auto cut = std::min(rest.find(';'), rest.size());
      part = rest.substr(0, cut);
      rest.remove_prefix(std::min(cut + 1, rest.size()));
    }
    if (parts[0] != "A" || std::find(everyone.begin(), everyone.end(), parts[5]) == everyone.end()) continue;
    const auto rights = rights_of(parts[2]);
    if (!rights) unclear = true;
    else if ((*rights & altering) != 0) return Answer::Yes;
  }
  return unclear ? Answer::Unknown : Answer::No;
}

}  // namespace kenshin::windows
