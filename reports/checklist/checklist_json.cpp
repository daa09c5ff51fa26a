// kenshin.checklist/1: docs/schema/checklist.json.
#include "probes/base/json_fields.h"
#include "reports/checklist/checklist.h"
#include "reports/formats/wording.h"

namespace kenshin {

namespace {

Json titles_of(const CatalogueItem* item) {
  if (!item) return nullptr;
  return {{"ja", item->title.ja}, {"en", item->title.en}};
}

Json item_json(const ChecklistItem& item, const Catalogue& catalogue) {
  const CatalogueItem* known = item.matched ? catalogue.find(item.id) : nullptr;
  Json out = Json::object();
  out["id"] = item.id.text;
  out["printed"] = one_line(item.printed, 20);
  out["line"] = item.line;
  out["declared"] = declared_name(item.declared);
  out["answered_by"] = known ? Json(answered_by_name(known->answered_by)) : Json(nullptr);
  out["title"] = titles_of(known);
  out["text"] = item.text;
  out["condition"] = item.condition.empty() ? Json(nullptr) : Json(item.condition);
  out["third_party_preferred"] = item.third_party_preferred;
  out["matched"] = item.matched;
  out["notes"] = item.notes;
  return out;
}

Json remarks_json(const std::vector<ChecklistRemark>& remarks, const Wording& ja, const Wording& en) {
  Json out = Json::array();
  for (const auto& remark : remarks) {
    Json parameters = Json::object();
    for (const auto& [key, value] : remark.parameters) parameters[key] = value;
    const std::string key = "checklist." + remark.code;
    out.push_back({{"line", remark.line},
                   {"code", remark.code},
                   {"message", ja(key, remark.parameters)},
                   {"message_en", en(key, remark.parameters)},
                   {"parameters", std::move(parameters)}});
  }
  return out;
}

}  // namespace

std::string checklist_json(const Checklist& checklist, const Catalogue& catalogue, const Wording& ja,
                           const Wording& en) {
  Json out = Json::object();
  out["schema"] = "kenshin.checklist/1";
  out["edition"] = checklist.edition;
  out["confirmed_on"] = checklist.confirmed_on ? Json(to_text(*checklist.confirmed_on)) : Json(nullptr);
  out["confirmed_by"] = checklist.confirmed_by.empty() ? Json(nullptr) : Json(checklist.confirmed_by);
  out["items"] = Json::array();
  for (const auto& item : checklist.items) out["items"].push_back(item_json(item, catalogue));
  out["headings"] = Json::array();
  for (const auto& heading : checklist.headings)
    out["headings"].push_back({{"line", heading.line}, {"depth", heading.depth}, {"text", heading.text}});
  out["diagnostics"] = remarks_json(checklist.diagnostics, ja, en);
  out["notices"] = remarks_json(checklist.notices, ja, en);
  return out.dump(2) + "\n";
}

}  // namespace kenshin
