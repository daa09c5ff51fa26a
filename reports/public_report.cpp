#include "reports/public_report.h"

#include <algorithm>
#include <map>

namespace kenshin {

namespace {

// What the configuration rules out is "not applicable" on the page too, as on the clinic's own.
Declared declared_of(const Report& report, std::size_t index) {
  for (const ItemAnswer& answer : report.answers)
    if (answer.checklist_item == index) return answer.declared;
  return report.checklist->items[index].declared;
}

}  // namespace

Result<PublicReport> public_report_of(const Report& report) {
  if (!report.checklist)
    return Error{Error::Kind::Malformed, "there is no filled checklist to publish: name one with --checklist"};
  const Checklist& checklist = *report.checklist;
  const DeclaredClinic clinic = report.clinic();
  PublicReport out;
  out.clinic_name = clinic.clinic_name;
  out.public_url = clinic.public_url;
  out.form = report.catalogue.title;
  out.form_edition = report.catalogue.edition;
  out.confirmed_on = checklist.confirmed_on;
  out.confirmed_by = checklist.confirmed_by;
  if (report.facts.finished) out.checked_on = day_in_japan(*report.facts.finished);
  out.criteria_edition = report.profile.edition;
  auto heading = checklist.headings.begin();
  std::map<int, std::string_view> above;  // by depth, the headings in force
  for (std::size_t i = 0; i < checklist.items.size(); ++i) {
    const ChecklistItem& item = checklist.items[i];
    for (; heading != checklist.headings.end() && heading->line <= item.line; ++heading) {
      above.erase(above.lower_bound(heading->depth), above.end());
      above[heading->depth] = heading->text;
      out.rows.push_back({heading->depth, {}, heading->text, {}, {}, Declared::None});
    }
    const bool said_above =
        std::any_of(above.begin(), above.end(), [&](const auto& it) { return it.second == item.condition; });
    out.rows.push_back(
        {0, item.printed, item.text, said_above ? std::string() : item.condition, item.notes, declared_of(report, i)});
  }
  return out;
}

std::vector<ItemId> ticked_but_not_met(const Report& report) {
  std::vector<ItemId> out;
  for (const ItemAnswer& answer : report.answers)
    if (answer.agreement == Agreement::Contradicts) out.push_back(answer.id);
  return out;
}

}  // namespace kenshin
