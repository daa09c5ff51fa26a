#include "reports/checklist/checklist_stamps.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "probes/base/text.h"

namespace kenshin {

namespace {

// Digits and "元" at the front of `rest`, which moves past them; 0 where there is no number from 1 to 9999.
int take_number(std::string_view& rest) {
  rest = trim(rest);
  if (rest.starts_with("元")) return rest.remove_prefix(std::string_view("元").size()), 1;
  int value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + std::min<std::size_t>(rest.size(), 4), value);
  if (error != std::errc{} || value < 1) return 0;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  rest = trim(rest);
  return value;
}

bool take_any(std::string_view& rest, std::initializer_list<std::string_view> words) {
  for (const auto word : words)
    if (rest.starts_with(word)) return rest.remove_prefix(word.size()), true;
  return false;
}

struct Era {
  std::string_view name;
  int before_first_year;
};
constexpr Era eras[] = {{"令和", 2018}, {"平成", 1988}, {"昭和", 1925}};

// A year of the era or of four digits, with 年 or a separator after it.
int take_year(std::string_view& rest) {
  int before = 0;
  for (const auto& era : eras)
    if (rest.starts_with(era.name)) before = era.before_first_year, rest.remove_prefix(era.name.size());
  const int year = take_number(rest);
  if (year == 0 || (before == 0 && year < 1900) || !take_any(rest, {"年", "/", "-", "."})) return 0;
  return before + year;
}

std::optional<Day> date_in(std::string_view text) {
  using namespace std::chrono;
  std::string_view rest = trim(text);
  const int y = take_year(rest);
  const int m = take_number(rest);
  if (!take_any(rest, {"月", "/", "-", "."})) return std::nullopt;
  const int d = take_number(rest);
  const year_month_day date = year{y} / month{static_cast<unsigned>(m)} / day{static_cast<unsigned>(d)};
  if (y == 0 || !date.ok()) return std::nullopt;
  return Day{date};
}

// The latest year named in a line; 0: none.
int latest_year(std::string_view text) {
  int latest = 0;
  for (auto at = text.find("年"); at != std::string_view::npos; at = text.find("年", at + 1)) {
    std::size_t from = at;
    while (from > 0 && (text[from - 1] == ' ' || (text[from - 1] >= '0' && text[from - 1] <= '9'))) --from;
    if (text.substr(0, from).ends_with("元")) from -= std::string_view("元").size();
    for (const auto& era : eras)
      if (text.substr(0, from).ends_with(era.name)) from -= era.name.size();
    std::string_view rest = trim(text.substr(from));
    latest = std::max(latest, take_year(rest));
  }
  return latest;
}

// What follows "確認日" or "確認者" in a line, up to the other of the two; nothing where it is not there.
std::optional<std::string> stamped(const std::string& line, std::string_view word, std::string_view other) {
  const auto at = line.find(word);
  if (at == std::string::npos) return std::nullopt;
  std::string_view rest = std::string_view(line).substr(at + word.size());
  rest = trim(rest.substr(0, rest.find(other)));
  if (rest.starts_with(":")) rest.remove_prefix(1);
  else if (at > 0 && !rest.empty() && line[at + word.size()] != ' ') return std::nullopt;
  return std::string(trim(rest));
}

}  // namespace

void read_stamps(std::span<const ChecklistLine> lines, Checklist& out) {
  bool day_seen = false, person_seen = false, preamble = true;
  for (const auto& line : lines) {
    if (line.kind == LineKind::Heading || line.kind == LineKind::Row) preamble = false;
    if (!preamble && line.kind != LineKind::Stamp) continue;
    const std::string text = nfkc(line.text);
    if (const auto day = stamped(text, "確認日", "確認者"); day && !day_seen) {
      day_seen = true;
      out.confirmed_on = date_in(*day);
      if (!out.confirmed_on)
        out.diagnostics.push_back({line.number, "date-unreadable", {{"printed", one_line(*day, 60)}}});
    }
    if (const auto person = stamped(text, "確認者", "確認日"); person && !person_seen) {
      person_seen = true;
      out.confirmed_by = one_line(*person, 100);
    }
  }
  if (!day_seen) out.diagnostics.push_back({1, "date-missing", {}});
  if (out.confirmed_by.empty()) out.diagnostics.push_back({1, "name-missing", {}});
}

void note_basis(std::span<const ChecklistLine> lines, Checklist& out) {
  std::size_t basis_line = 0, cited_line = 0;
  int basis = 0, cited = 0;
  bool preamble = true;
  for (const auto& line : lines) {
    if (line.kind == LineKind::Heading || line.kind == LineKind::Row) preamble = false;
    if (line.kind == LineKind::Stamp || line.text.find("確認日") != std::string::npos) continue;
    if (line.text.find("年") == std::string::npos) continue;
    const int year = latest_year(nfkc(line.text));
    if (preamble && year > basis) basis = year, basis_line = line.number;
    if (!preamble && year > cited) cited = year, cited_line = line.number;
  }
  if (basis != 0 && cited > basis)
    out.notices.push_back({basis_line,
                           "basis-older",
                           {{"basis", std::to_string(basis)},
                            {"cited", std::to_string(cited)},
                            {"cited_line", std::to_string(cited_line)}}});
}

}  // namespace kenshin
