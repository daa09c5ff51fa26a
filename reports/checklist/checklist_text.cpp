// What `kenshin checklist show` and `checklist lint` print for people.
#include <algorithm>

#include "probes/base/text.h"
#include "reports/checklist/checklist.h"
#include "reports/formats/wording.h"

namespace kenshin {

namespace {

std::string title_of(const ChecklistItem& item, const Catalogue& catalogue, Language language) {
  const CatalogueItem* known = item.matched ? catalogue.find(item.id) : nullptr;
  if (!known) return one_line(item.text, 40);
  return language == Language::Ja ? known->title.ja : known->title.en;
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t wide = display_width(text);
  return wide < width ? text.append(width - wide, ' ') : text;
}

std::string count_text(const Checklist& checklist, Declared declared) {
  return std::to_string(std::count_if(checklist.items.begin(), checklist.items.end(),
                                      [&](const ChecklistItem& item) { return item.declared == declared; }));
}

}  // namespace

std::string checklist_text(const Checklist& checklist, const Catalogue& catalogue, const Wording& wording) {
  const auto& title = wording.language() == Language::Ja ? catalogue.title.ja : catalogue.title.en;
  const std::string unknown = wording("checklist.unknown");
  std::string out =
      title + " [" + checklist.edition + "]\n" +
      wording("checklist.head", {{"on", checklist.confirmed_on ? to_text(*checklist.confirmed_on) : unknown},
                                 {"by", checklist.confirmed_by.empty() ? unknown : checklist.confirmed_by}}) +
      "\n";
  auto heading = checklist.headings.begin();
  const auto headings_before = [&](std::size_t line) {
    for (; heading != checklist.headings.end() && heading->line <= line; ++heading)
      out += (heading->depth <= 2 ? "\n" : "") +
             std::string(heading->depth == 5 ? "◀" + heading->text + "▶" : heading->text) + "\n";
  };
  for (const auto& item : checklist.items) {
    headings_before(item.line);
    out += "  " + padded(wording("checklist.mark." + std::string(declared_name(item.declared))), 10) +
           padded(item.id.text, 16) + title_of(item, catalogue, wording.language()) + "\n";
  }
  headings_before(static_cast<std::size_t>(-1));
  const auto unmatched =
      std::count_if(checklist.items.begin(), checklist.items.end(), [](const auto& i) { return !i.matched; });
  out += "\n" +
         wording("checklist.counts", {{"items", std::to_string(checklist.items.size())},
                                      {"ticked", count_text(checklist, Declared::Ticked)},
                                      {"empty", count_text(checklist, Declared::Empty)},
                                      {"none", count_text(checklist, Declared::None)},
                                      {"not_applicable", count_text(checklist, Declared::NotApplicable)},
                                      {"unmatched", std::to_string(unmatched)}}) +
         "\n" +
         wording("checklist.remarks", {{"diagnostics", std::to_string(checklist.diagnostics.size())},
                                       {"notices", std::to_string(checklist.notices.size())}}) +
         "\n";
  return out;
}

std::string checklist_lint_text(const Checklist& checklist, const Wording& wording, std::string_view file_name) {
  struct Entry {
    std::size_t line;
    std::string message;
  };
  std::vector<Entry> entries;
  for (const auto& fault : checklist.diagnostics)
    entries.push_back({fault.line, wording("checklist." + fault.code, fault.parameters)});
  for (const auto& notice : checklist.notices)
    entries.push_back({notice.line, wording("checklist.notice",
                                            {{"message", wording("checklist." + notice.code, notice.parameters)}})});
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.line < b.line; });
  std::string out;
  for (const auto& entry : entries)
    out += std::string(file_name) + ":" + std::to_string(entry.line) + ": " + one_line(entry.message, 2000) + "\n";
  return out;
}

}  // namespace kenshin
