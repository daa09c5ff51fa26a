// Where a registry's part of a name ends and the registrant's begins, by the Public Suffix List (libpsl). Names are put
// into canonical form first: the list itself knows neither upper case, nor final dots, nor IP addresses.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "probes/base/data_files.h"
#include "probes/domain/facts.h"

namespace kenshin {

// The name a registry holds a record for ("www.example.or.jp" → "example.or.jp"): the list's ICANN rules only, so a
// tenant of a platform yields the platform's own name. Nothing for IP literals, public suffixes themselves, names whose
// top-level domain is not in the list, and what is no host name.
std::optional<std::string> registry_name(std::string_view name);

// The name one party is responsible for, by the ICANN and the private rules ("a.vercel.app" is its own site). Differs
// from registry_name() exactly where the name lives on somebody's platform.
std::optional<std::string> site_name(std::string_view name);

// Whether the name is the domain itself or a name below it; both in canonical form.
bool is_at_or_below(std::string_view name, std::string_view domain);

// Which of JPRS's kinds a registry name belongs to, by its suffix: example.jp general, example.or.jp organisational,
// example.tokyo.jp prefecture, example.chuo.tokyo.jp and city.kobe.jp geographic. Gtld for every other top-level
// domain, Unknown where registry_name() finds nothing.
RegistrationKind registration_kind(std::string_view name);

// The list at work: the newest of the user's (suffix_list_file among installed_data()), the machine's and the one built
// into libpsl.
struct SuffixListEdition {
  std::string edition;
  std::optional<Day> as_of;  // what the user's file says itself, the day of the machine's; nothing: libpsl does not say
  std::string source;
};
SuffixListEdition suffix_list_edition();

inline constexpr std::string_view suffix_list_file = "probes/domain/public_suffix_list.dat";

struct SuffixListText {
  std::string edition;  // of its VERSION line
  Day as_of{};
  std::size_t rules = 0;
};
// Whether a text is a list in the form of publicsuffix.org, with a VERSION line and both of its sections. Malformed.
Result<SuffixListText> read_suffix_list(std::string_view text, std::string_view file_name);
// Of the user's file; nothing where there is none.
Result<std::optional<SuffixListText>> read_suffix_list(const DataFiles&);

}  // namespace kenshin
