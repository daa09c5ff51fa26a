// The ministry's items, one edition a data file: ids, our own short titles, who answers, which criteria answer. The
// official wording is never here; it comes from the user's document and is recognised by fingerprints.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/data_files.h"
#include "probes/base/id.h"
#include "probes/base/result.h"
#include "reports/checklist/fingerprint.h"

namespace kenshin {

enum class AnsweredBy { Machine, MachineAndPerson, Person };  // classes M, E, H
enum class Charge { Clinic, Vendor, WebAgency };              // 担当: whose job it is

struct BothLanguages {
  std::string ja, en;
};

struct CatalogueItem {
  ItemId id;  // "2.5.2-1.xii"
  AnsweredBy answered_by = AnsweredBy::Person;
  Charge charge = Charge::Clinic;
  BothLanguages title;    // our own short words
  std::string condition;  // "", "smoking_cessation", "emergency_contraception", "several_patients",
                          // "d_to_p_with_n", "d_to_p_with_d", "general_purpose_service",
                          // "affects_medical_information_system", "dedicated_system", "prior_consultation"
  bool optional = false;  // a recommended row that some copies lack
  bool third_party_preferred = false;
  std::vector<CriterionId> criteria;  // that answer it
  std::vector<ItemId> rolls_up;       // items whose worst it is; "2.5.2-1.*" names a family
  Fingerprint fingerprint;            // empty: no wording known
};

struct Catalogue {
  std::string edition;  // "mhlw-2026", "sample-1"
  BothLanguages title;
  Day valid_from, as_of;
  std::string source;
  std::vector<CatalogueItem> items;  // in the document's order

  const CatalogueItem* find(const ItemId&) const;
};

// "machine", "machine_and_person", "person"; "clinic", "vendor", "web_agency".
std::string_view answered_by_name(AnsweredBy);
std::string_view charge_name(Charge);

// Strict: an unknown or missing key, an id that stands twice, an unknown condition or a roll-up over nothing is
// Malformed, with file and line.
Result<Catalogue> load_catalogue(std::string_view text, std::string_view file_name);
// Every edition among the data files, by name.
Result<std::vector<Catalogue>> load_catalogues(const DataFiles&);

}  // namespace kenshin
