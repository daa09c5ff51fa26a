#include "reports/checklist/checklist.h"

#include <algorithm>
#include <set>

#include "probes/base/text.h"
#include "reports/checklist/checklist_identity.h"
#include "reports/checklist/checklist_line.h"
#include "reports/checklist/checklist_rows.h"
#include "reports/checklist/checklist_stamps.h"

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
    return malformed(
        file, "a PDF or Office file; its text is needed, as UTF-8: pdftotext -layout FILE.pdf, or save it as text");
  if (text.find('\0') != std::string_view::npos) return malformed(file, "binary data, not text");
  if (!valid_utf8(text)) return malformed(file, "not UTF-8 text (Shift_JIS?)");
  const auto all = lines(text);
  if (std::count_if(all.begin(), all.end(), [](auto line) { return !trim(line).empty(); }) > most_lines)
    return malformed(file, "more than " + std::to_string(most_lines) + " lines: not a checklist");
  return text;
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
