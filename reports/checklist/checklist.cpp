#include "reports/checklist/checklist.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "probes/base/text.h"
#include "reports/checklist/checklist_identity.h"
#include "reports/checklist/checklist_line.h"
#include "reports/checklist/checklist_rows.h"

namespace kenshin {

namespace {

constexpr std::size_t largest = std::size_t{4} << 20;
constexpr std::ptrdiff_t most_lines = 20000;

Error malformed(std::string_view file, const std::string& what) {
  return {Error::Kind::Malformed, std::string(file) + ": " + what};
}

// The text without its byte order mark, or why it cannot be a checklist.
Result<std::string_view> readable(std::string_view text, std::string_view file) {
  if (text.size() > largest) return malformed(file, "larger than 4 MiB");
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  if (trim(text).empty()) return malformed(file, "empty");
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"))
    return malformed(file, "UTF-16 text; UTF-8 is needed");
  if (text.starts_with("%PDF-") || text.starts_with("PK\x03\x04"))
    return malformed(file, "a PDF or Office file; its text is needed, as UTF-8");
  if (text.find('\0') != std::string_view::npos) return malformed(file, "binary data, not text");
  if (!valid_utf8(text)) return malformed(file, "not UTF-8 text (Shift_JIS?)");
  const auto all = lines(text);
  if (std::count_if(all.begin(), all.end(), [](auto line) { return !trim(line).empty(); }) > most_lines)
    return malformed(file, "more than " + std::to_string(most_lines) + " lines: not a checklist");
  return text;
}

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

// The guideline the head names is older than one the rows cite.
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

// One notice for many rows: the line of the first, how many, and which.
void note_rows(Checklist& out, std::string_view code, const std::vector<const ChecklistItem*>& rows) {
  if (rows.empty()) return;
  std::vector<std::string> ids;
  for (const auto* row : rows) ids.push_back(row->id.text);
  out.notices.push_back(
      {rows.front()->line, std::string(code), {{"count", std::to_string(rows.size())}, {"items", join(ids, " ")}}});
}

void note_items(const ChecklistRows& rows, const Catalogue& catalogue, const Fit& fit, Checklist& out) {
  std::vector<const ChecklistItem*> boxless, conditional, unmatched;
  std::vector<std::string> ticks;
  std::size_t second_tick = 0;
  std::set<ItemId> seen;
  for (std::size_t i = 0; i < out.items.size(); ++i) {
    const ChecklistItem& item = out.items[i];
    const CatalogueItem* known = catalogue.find(item.id);
    if (item.declared == Declared::None) boxless.push_back(&item);
    if (!item.matched) unmatched.push_back(&item);
    if (known) seen.insert(item.id);
    if (item.declared != Declared::Ticked) continue;
    if (known && !known->condition.empty()) conditional.push_back(&item);
    const std::string& glyph = rows.rows[i].glyph;
    if (std::find(ticks.begin(), ticks.end(), glyph) != ticks.end()) continue;
    ticks.push_back(glyph);
    if (ticks.size() == 2) second_tick = item.line;
  }
  note_rows(out, "no-box", boxless);
  note_rows(out, "condition-unstated", conditional);
  note_rows(out, "unmatched", unmatched);
  if (ticks.size() > 1) out.notices.push_back({second_tick, "tick-glyphs", {{"glyphs", join(ticks, " ")}}});
  if (fit.by_wording > 0) out.notices.push_back({1, "numerals-differ", {{"count", std::to_string(fit.by_wording)}}});
  std::vector<std::string> missing;
  for (const auto& item : catalogue.items)
    if (!item.optional && !seen.contains(item.id)) missing.push_back(item.id.text);
  if (!missing.empty())
    out.notices.push_back(
        {1, "items-missing", {{"count", std::to_string(missing.size())}, {"items", join(missing, " ")}}});
}

void sort_by_line(std::vector<ChecklistRemark>& remarks) {
  std::stable_sort(remarks.begin(), remarks.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
}

}  // namespace

std::string_view declared_name(Declared declared) {
  switch (declared) {
    case Declared::None: return "none";
    case Declared::Empty: return "empty";
    case Declared::Ticked: return "ticked";
    case Declared::NotApplicable: return "not_applicable";
  }
  return {};
}

Result<Checklist> read_checklist(std::string_view text, std::span<const Catalogue> catalogues,
                                 std::string_view file_name) {
  const auto clean = readable(text, file_name);
  if (!clean) return clean.error();
  const auto lines = checklist_lines(*clean);

  ChecklistRows best;
  Fit fit;
  const Catalogue* edition = nullptr;
  for (const auto& catalogue : catalogues) {
    auto rows = checklist_rows(lines, [&](std::string_view before, std::string_view wording, bool unnumbered) {
      return recognise(catalogue, before, wording, unnumbered);
    });
    if (!rows) return malformed(file_name, rows.error().detail);
    const Fit here = identify(*rows, catalogue);
    if (here.matched == 0 ||
        (edition && std::pair(here.matched, here.likeness) <= std::pair(fit.matched, fit.likeness)))
      continue;
    best = std::move(*rows);
    fit = here;
    edition = &catalogue;
  }
  if (!edition) return malformed(file_name, "recognised no item of any edition");

  Checklist out;
  out.edition = edition->edition;
  out.headings = std::move(best.headings);
  out.diagnostics = std::move(best.diagnostics);
  for (const auto& row : best.rows) out.items.push_back(row.item);
  read_stamps(lines, out);
  note_basis(lines, out);
  note_items(best, *edition, fit, out);
  sort_by_line(out.diagnostics);
  sort_by_line(out.notices);
  return out;
}

Result<std::string> fingerprints_of(std::string_view text, std::string_view file_name) {
  const auto clean = readable(text, file_name);
  if (!clean) return clean.error();
  const auto rows = checklist_rows(checklist_lines(*clean),
                                   [](std::string_view, std::string_view, bool) { return Recognised::Nothing; });
  if (!rows) return malformed(file_name, rows.error().detail);
  std::string out;
  for (const auto& row : rows->rows) {
    if (row.proposed.empty()) continue;
    out += (out.empty() ? "  \"" : ",\n  \"") + row.proposed + "\": \"" +
           to_key(fingerprint_of(pair_hashes(row.whole))) + "\"";
  }
  if (out.empty()) return malformed(file_name, "no item found");
  return "{\n" + out + "\n}\n";
}

}  // namespace kenshin
