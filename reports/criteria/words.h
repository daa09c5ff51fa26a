// Words of the data files for the enums of criteria, for probes/base/json_fields.h. Each is wrapped, so that no two
// files give one enum two spellings. Include this only in .cpp files that read those files.
#pragma once

#include <string>
#include <string_view>

#include "probes/tls/code_points.h"
#include "reports/criteria/profile.h"

namespace kenshin::words {

template <class E>
struct Word {
  E value{};
  friend auto operator<=>(const Word&, const Word&) = default;
};

inline std::string to_key(Word<Verdict> w) { return std::string(verdict_name(w.value)); }
inline bool from_key(std::string_view text, Word<Verdict>& w) { return verdict_named(text, w.value); }
inline std::string to_key(Word<Force> w) { return std::string(force_name(w.value)); }
inline bool from_key(std::string_view text, Word<Force>& w) { return force_named(text, w.value); }
inline std::string to_key(Word<Mark> w) { return std::string(mark_name(w.value)); }
inline bool from_key(std::string_view text, Word<Mark>& w) { return mark_named(text, w.value); }

inline std::string to_key(Word<SuiteGrade> w) { return std::string(grade_name(w.value)); }
inline bool from_key(std::string_view text, Word<SuiteGrade>& w) {
  for (const auto grade : {SuiteGrade::Outside, SuiteGrade::Exception, SuiteGrade::Recommended, SuiteGrade::High})
    if (grade_name(grade) == text) return w.value = grade, true;
  return false;
}

inline std::string to_key(Word<TlsVersion> w) { return std::string(version_name(w.value)); }
inline bool from_key(std::string_view text, Word<TlsVersion>& w) {
  for (const auto version :
       {TlsVersion::Ssl3, TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12, TlsVersion::Tls13})
    if (version_name(version) == text) return w.value = version, true;
  return false;
}

inline std::string to_key(Word<SuiteId> w) { return suite_name(w.value); }
inline bool from_key(std::string_view text, Word<SuiteId>& w) {
  const auto known = suite_named(text);
  return known ? (w.value = *known, true) : false;
}
inline std::string to_key(Word<SchemeId> w) { return scheme_name(w.value); }
inline bool from_key(std::string_view text, Word<SchemeId>& w) {
  const auto known = scheme_named(text);
  return known ? (w.value = *known, true) : false;
}
inline std::string to_key(Word<GroupId> w) { return group_name(w.value); }
inline bool from_key(std::string_view text, Word<GroupId>& w) {
  const auto known = group_named(text);
  return known ? (w.value = *known, true) : false;
}

// Only the roles a machine can have.
inline std::string to_key(Word<Role> w) { return w.value == Role::Server ? "server" : "terminal"; }
inline bool from_key(std::string_view text, Word<Role>& w) {
  if (text == "server") return w.value = Role::Server, true;
  if (text == "terminal") return w.value = Role::Terminal, true;
  return false;
}

}  // namespace kenshin::words
