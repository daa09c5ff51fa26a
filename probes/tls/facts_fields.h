// The JSON of probes/tls/facts.h: names of enumerators and members, listed once for reading and writing.
// Include only in .cpp files.
#pragma once

#include "probes/base/json_fields.h"
#include "probes/tls/code_points.h"
#include "probes/tls/facts.h"

namespace kenshin {

constexpr EnumNames<Answer, 4> enum_names(Answer) {
  return {{{Answer::Unknown, "unknown"},
           {Answer::No, "no"},
           {Answer::Yes, "yes"},
           {Answer::NotApplicable, "not_applicable"}}};
}
constexpr EnumNames<TlsVersion, 5> enum_names(TlsVersion) {
  return {{{TlsVersion::Ssl3, "SSLv3"},
           {TlsVersion::Tls10, "TLSv1.0"},
           {TlsVersion::Tls11, "TLSv1.1"},
           {TlsVersion::Tls12, "TLSv1.2"},
           {TlsVersion::Tls13, "TLSv1.3"}}};
}
constexpr EnumNames<ChosenBy, 3> enum_names(ChosenBy) {
  return {{{ChosenBy::Unknown, "unknown"}, {ChosenBy::Server, "server"}, {ChosenBy::Client, "client"}}};
}

inline std::string to_key(SuiteId suite) { return suite_name(suite); }
inline bool from_key(std::string_view text, SuiteId& suite) {
  const auto known = suite_named(text);
  return known ? (suite = *known, true) : false;
}
inline std::string to_key(GroupId group) { return group_name(group); }
inline bool from_key(std::string_view text, GroupId& group) {
  const auto known = group_named(text);
  return known ? (group = *known, true) : false;
}

template <class V>
void fields(V& v, Decided& f) {
  v("accepted", f.accepted);
  v("because", f.because);
}
template <class V>
void fields(V& v, SuiteList& f) {
  v("suites", f.suites);
  v("complete", f.complete);
  v("chosen_by", f.chosen_by);
  v.may("because", f.because);
}
template <class V>
void fields(V& v, GroupList& f) {
  v("groups", f.groups);
  v("complete", f.complete);
  v("ordered", f.ordered);
  v.may("because", f.because);
}

}  // namespace kenshin
