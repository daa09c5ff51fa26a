#include "probes/domain/takeover_data.h"

#include <stdexcept>

#include "probes/base/json_fields.h"

namespace kenshin {

constexpr EnumNames<ShownBy, 2> enum_names(ShownBy) {
  return {{{ShownBy::Nxdomain, "nxdomain"}, {ShownBy::HttpText, "http_text"}}};
}
constexpr EnumNames<TakeoverStanding, 2> enum_names(TakeoverStanding) {
  return {{{TakeoverStanding::Vulnerable, "vulnerable"}, {TakeoverStanding::Edge, "edge"}}};
}

template <class V>
void fields(V& v, TakeoverFingerprint& f) {
  v("provider", f.provider);
  v("suffixes", f.suffixes);
  v("shows", f.shows);
  v("text", f.text);
  v("standing", f.standing);
}
template <class V>
void fields(V& v, TakeoverFingerprints& f) {
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("source", f.source);
  v("mark", f.mark);
  v("providers", f.providers);
}
template <class V>
void fields(V& v, WellKnownNames& f) {
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("source", f.source);
  v("mark", f.mark);
  v("names", f.names);
}

namespace {

constexpr std::string_view fingerprints_file = "probes/domain/takeover-fingerprints.json";
constexpr std::string_view names_file = "probes/domain/well-known-names.json";

Error malformed(std::string_view file, const std::string& what) {
  return {Error::Kind::Malformed, std::string(file) + ": " + what};
}

template <class List>
const List& or_throw(const Result<List>& list) {
  if (!list) throw std::runtime_error(list.error().detail);
  return *list;
}

}  // namespace

const TakeoverFingerprint* TakeoverFingerprints::of(std::string_view target) const {
  const TakeoverFingerprint* out = nullptr;
  std::size_t longest = 0;
  for (const TakeoverFingerprint& it : providers)
    for (const auto& suffix : it.suffixes)
      if (suffix.size() > longest && target.ends_with("." + suffix)) out = &it, longest = suffix.size();
  return out;
}

Result<TakeoverFingerprints> load_takeover_fingerprints(std::string_view text, std::string_view file_name) {
  auto read = from_json_text<TakeoverFingerprints>(text, file_name);
  if (!read) return read;
  for (const TakeoverFingerprint& it : read->providers) {
    if ((it.shows == ShownBy::HttpText) == it.text.empty())
      return malformed(file_name, it.provider + ": a text goes with \"http_text\" alone");
    if (it.suffixes.empty()) return malformed(file_name, it.provider + ": no suffix");
  }
  if (!read->providers.empty() && !read->as_of) return malformed(file_name, "a list without a date");
  return read;
}

Result<TakeoverFingerprints> read_takeover_fingerprints(const DataFiles& data) {
  const auto text = data.read(fingerprints_file);
  if (!text) return text.error();
  return load_takeover_fingerprints(*text, fingerprints_file);
}

Result<WellKnownNames> read_well_known_names(const DataFiles& data) {
  const auto text = data.read(names_file);
  if (!text) return text.error();
  auto read = from_json_text<WellKnownNames>(*text, names_file);
  if (read && !read->names.empty() && !read->as_of) return malformed(names_file, "a list without a date");
  return read;
}

const TakeoverFingerprints& shipped_takeover_fingerprints() {
  static const TakeoverFingerprints shipped = or_throw(read_takeover_fingerprints(installed_data()));
  return shipped;
}

bool is_well_known(const std::string& registry_name) {
  static const std::set<std::string> known = [] {
    const auto list = or_throw(read_well_known_names(installed_data()));
    return std::set<std::string>(list.names.begin(), list.names.end());
  }();
  return known.count(registry_name) > 0;
}

}  // namespace kenshin
