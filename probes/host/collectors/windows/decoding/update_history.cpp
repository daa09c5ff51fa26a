#include "probes/host/collectors/windows/decoding/update_history.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace kenshin::windows {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

bool contains(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [](char x, char y) { return lower(x) == lower(y); }) != text.end();
}

template <std::size_t N>
bool contains_any(std::string_view text, const std::array<std::string_view, N>& parts) {
  return std::any_of(parts.begin(), parts.end(), [&](std::string_view part) { return contains(text, part); });
}

// "(26100.6899)": newer titles name the build that they lead to.
bool names_a_build(std::string_view title) {
  for (std::size_t at = title.find('('); at != std::string_view::npos; at = title.find('(', at + 1)) {
    std::size_t end = at + 1;
    while (end < title.size() && is_digit(title[end])) ++end;
    if (end != at + 6 || end >= title.size() || title[end] != '.') continue;
    std::size_t last = end + 1;
    while (last < title.size() && is_digit(title[last])) ++last;
    if (last > end + 1 && last < title.size() && title[last] == ')') return true;
  }
  return false;
}

// Definitions and platform of Microsoft Defender.
constexpr std::array<std::string_view, 3> definitions = {"KB2267602", "KB4052623", "KB5007651"};
// Cumulative, but not of the system; the tool that removes malware.
constexpr std::array<std::string_view, 4> of_something_else = {".NET", "Internet Explorer", "KB890830", "Office"};
constexpr std::array<std::string_view, 8> cumulative = {"Cumulative Update", "累積更新",  "累積的な更新",
                                                        "累积更新",          "累積更新",  "누적 업데이트",
                                                        "kumulative",        "cumulative"};

// Category ids of the update catalogue.
constexpr std::string_view definition_updates = "e0789628-ce08-4437-be74-2495b842f43b";
constexpr std::array<std::string_view, 3> security = {"0fa1201d-4330-4fa8-8ae9-b877473b6441",
                                                      "e6cf1350-c01b-414d-a61f-263d14d133b4",
                                                      "28bc880e-0592-4cbf-8f95-c79b17911d5f"};

}  // namespace

UpdateKind kind_of_update(std::string_view title) {
  if (contains_any(title, definitions)) return UpdateKind::Definitions;
  if (contains_any(title, of_something_else)) return UpdateKind::Other;
  if (kb_of(title).empty()) return UpdateKind::Other;
  return names_a_build(title) || contains_any(title, cumulative) ? UpdateKind::Cumulative : UpdateKind::Other;
}

bool is_definitions_category(std::string_view id) { return same(id, definition_updates); }

bool is_security_category(std::string_view id) {
  return std::any_of(security.begin(), security.end(), [&](std::string_view known) { return same(known, id); });
}

std::string kb_of(std::string_view title) {
  for (std::size_t at = title.find("KB"); at != std::string_view::npos; at = title.find("KB", at + 1)) {
    std::size_t end = at + 2;
    while (end < title.size() && is_digit(title[end])) ++end;
    if (end >= at + 8 && end <= at + 10) return std::string(title.substr(at, end - at));
  }
  return {};
}

std::string rollup_version(std::string_view package_name) {
  constexpr std::string_view beginning = "Package_for_RollupFix~";
  if (!same(package_name.substr(0, beginning.size()), beginning)) return {};
  std::string_view version = package_name.substr(package_name.rfind('~') + 1);  // "26100.6899.1.5"
  const auto dot = version.find('.');
  if (dot == std::string_view::npos) return {};
  version = version.substr(0, version.find('.', dot + 1));
  const auto wrong = [](char c) { return !is_digit(c) && c != '.'; };
  if (dot == 0 || dot + 1 == version.size() || version.size() > 12) return {};
  return std::any_of(version.begin(), version.end(), wrong) ? std::string() : std::string(version);
}

bool is_later_version(std::string_view a, std::string_view b) {
  const auto parts = [](std::string_view text) {
    std::array<int, 2> out{};
    const auto dot = std::min(text.find('.'), text.size());
    std::from_chars(text.data(), text.data() + dot, out[0]);
    if (dot < text.size()) std::from_chars(text.data() + dot + 1, text.data() + text.size(), out[1]);
    return out;
  };
  return parts(a) > parts(b);
}

}  // namespace kenshin::windows
