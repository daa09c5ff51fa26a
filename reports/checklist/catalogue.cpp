#include "reports/checklist/catalogue.h"

#include <algorithm>
#include <array>
#include <set>

#include "probes/base/json_fields.h"

namespace kenshin {

constexpr std::array<std::pair<AnsweredBy, std::string_view>, 3> enum_names(AnsweredBy) {
  return {{{AnsweredBy::Machine, "machine"},
           {AnsweredBy::MachineAndPerson, "machine_and_person"},
           {AnsweredBy::Person, "person"}}};
}
constexpr std::array<std::pair<Charge, std::string_view>, 3> enum_names(Charge) {
  return {{{Charge::Clinic, "clinic"}, {Charge::Vendor, "vendor"}, {Charge::WebAgency, "web_agency"}}};
}

namespace {

constexpr std::string_view conditions[] = {"smoking_cessation",
                                           "emergency_contraception",
                                           "several_patients",
                                           "d_to_p_with_n",
                                           "d_to_p_with_d",
                                           "general_purpose_service",
                                           "affects_medical_information_system",
                                           "dedicated_system",
                                           "prior_consultation"};

bool names_some(const ItemId& part, const std::vector<CatalogueItem>& items) {
  std::string_view name = part.text;
  const bool family = name.ends_with(".*");
  if (family) name.remove_suffix(1);
  return std::any_of(items.begin(), items.end(), [&](const CatalogueItem& item) {
    return family ? item.id.text.starts_with(name) : item.id.text == name;
  });
}

}  // namespace

template <class Visit>
void fields(Visit& visit, BothLanguages& it) {
  visit("ja", it.ja);
  visit("en", it.en);
}

template <class Visit>
void fields(Visit& visit, CatalogueItem& it) {
  visit("id", it.id);
  visit("answered_by", it.answered_by);
  visit("charge", it.charge);
  visit("title", it.title);
  visit.may("condition", it.condition);
  visit.may("optional", it.optional);
  visit.may("third_party_preferred", it.third_party_preferred);
  visit.may("criteria", it.criteria);
  visit.may("rolls_up", it.rolls_up);
  visit.may("fingerprint", it.fingerprint);
}

template <class Visit>
void fields(Visit& visit, Catalogue& it) {
  visit("edition", it.edition);
  visit("title", it.title);
  visit("valid_from", it.valid_from);
  visit("as_of", it.as_of);
  visit("source", it.source);
  visit("items", it.items);
}

std::string_view answered_by_name(AnsweredBy value) {
  for (const auto& [known, name] : enum_names(value))
    if (known == value) return name;
  return {};
}

std::string_view charge_name(Charge value) {
  for (const auto& [known, name] : enum_names(value))
    if (known == value) return name;
  return {};
}

const CatalogueItem* Catalogue::find(const ItemId& id) const {
  const auto at = std::find_if(items.begin(), items.end(), [&](const CatalogueItem& item) { return item.id == id; });
  return at == items.end() ? nullptr : &*at;
}

Result<Catalogue> load_catalogue(std::string_view text, std::string_view file_name) {
  auto read = from_json_text<Catalogue>(text, file_name);
  if (!read) return read;
  std::set<ItemId> seen;
  for (std::size_t i = 0; i < read->items.size(); ++i) {
    const CatalogueItem& item = read->items[i];
    const auto fault = [&](std::string_view key, const std::string& what) {
      const std::string pointer = "/items/" + std::to_string(i) + "/" + std::string(key);
      return Error{Error::Kind::Malformed, std::string(file_name) + ":" + std::to_string(line_of(text, pointer)) +
                                               ": " + pointer + ": " + what};
    };
    if (item.id.text.empty()) return fault("id", "an item needs an id");
    if (!seen.insert(item.id).second) return fault("id", "this id stands twice: " + one_line(item.id.text, 60));
    if (!item.condition.empty() &&
        std::find(std::begin(conditions), std::end(conditions), item.condition) == std::end(conditions))
      return fault("condition", "not a known condition: \"" + one_line(item.condition, 60) + "\"");
    for (const auto& part : item.rolls_up)
      if (!names_some(part, read->items))
        return fault("rolls_up", "names no item: \"" + one_line(part.text, 60) + "\"");
  }
  return read;
}

Result<std::vector<Catalogue>> load_catalogues(const DataFiles& data) {
  std::vector<Catalogue> out;
  for (const auto& name : data.list("reports/checklist/editions/")) {
    if (!name.ends_with(".json")) continue;
    const auto text = data.read(name);
    if (!text) return text.error();
    auto catalogue = load_catalogue(*text, name);
    if (!catalogue) return catalogue.error();
    out.push_back(std::move(*catalogue));
  }
  return out;
}

}  // namespace kenshin
