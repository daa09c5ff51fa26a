// The members of a profile's file, one list for each struct (probes/base/json_fields.h). Include this only in
// profile.cpp.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/json_fields.h"
#include "reports/criteria/words.h"

namespace kenshin::profile_file {

using words::Word;

// Keys are demanded of a profile without a parent only.
enum class Keys { All, Some };

// A member of the domain, read and written through its wrapped word.
template <class V, class T>
void member(V& v, Keys keys, std::string_view key, T& value) {
  keys == Keys::All ? v(key, value) : v.may(key, value);
}
template <class V, class E>
void word(V& v, Keys keys, std::string_view key, E& value) {
  Word<E> wrapped{value};
  member(v, keys, key, wrapped);
  value = wrapped.value;
}
template <class V, class E>
void word_set(V& v, Keys keys, std::string_view key, std::set<E>& values) {
  std::vector<Word<E>> wrapped;
  for (const E value : values) wrapped.push_back({value});
  member(v, keys, key, wrapped);
  values.clear();
  for (const auto& w : wrapped) values.insert(w.value);
}
template <class V, class T>
void value_set(V& v, Keys keys, std::string_view key, std::set<T>& values) {
  std::vector<T> listed(values.begin(), values.end());
  member(v, keys, key, listed);
  values = {listed.begin(), listed.end()};
}

struct RowShape {
  ProfileRow row;
};
template <class V>
void fields(V& v, RowShape& f) {
  v("criterion", f.row.criterion);
  v("row", f.row.row);
  word(v, Keys::All, "force", f.row.force);
  std::optional<Word<Force>> found;
  if (f.row.found) found = Word<Force>{*f.row.found};
  v.may("found", found);
  f.row.found = found ? std::optional<Force>(found->value) : std::nullopt;
  v("rank", f.row.rank);
  v("edition", f.row.edition);
  v("source", f.row.source);
  word(v, Keys::All, "mark", f.row.mark);
}

struct LifetimeShape {
  LifetimeLimit limit;
};
template <class V>
void fields(V& v, LifetimeShape& f) {
  v("from", f.limit.from);
  v("days", f.limit.days);
  Word<Mark> mark{f.limit.mark};
  v.may("mark", mark);
  f.limit.mark = mark.value;
}

struct TlsShape {
  TlsRules rules;
  Keys keys = Keys::All;
};
template <class V>
void fields(V& v, TlsShape& f) {
  word(v, f.keys, "floor", f.rules.floor);
  word(v, f.keys, "demanded", f.rules.demanded);
  word(v, f.keys, "outside", f.rules.outside);
  word(v, f.keys, "without_tls13", f.rules.without_tls13);
  member(v, f.keys, "prohibited", f.rules.prohibited);
  word_set(v, f.keys, "weak_groups", f.rules.weak_groups);
  word(v, f.keys, "weak_group", f.rules.weak_group);
  word_set(v, f.keys, "weak_schemes", f.rules.weak_schemes);
  member(v, f.keys, "dh_bits", f.rules.dh_bits);
  word(v, f.keys, "weak_dh", f.rules.weak_dh);
}

struct CertificateShape {
  CertificateRules rules;
  Keys keys = Keys::All;
};
template <class V>
void fields(V& v, CertificateShape& f) {
  std::vector<LifetimeShape> lifetime;
  for (const auto& limit : f.rules.lifetime) lifetime.push_back({limit});
  member(v, f.keys, "lifetime", lifetime);
  f.rules.lifetime.clear();
  for (const auto& shape : lifetime) f.rules.lifetime.push_back(shape.limit);
  member(v, f.keys, "rsa_bits", f.rules.rsa_bits);
  value_set(v, f.keys, "curves", f.rules.curves);
  value_set(v, f.keys, "weak_curves", f.rules.weak_curves);
  value_set(v, f.keys, "weak_signatures", f.rules.weak_signatures);
  value_set(v, f.keys, "strong_signatures", f.rules.strong_signatures);
  member(v, f.keys, "warn_fraction", f.rules.warn_fraction);
  member(v, f.keys, "warn_days", f.rules.warn_days);
  member(v, f.keys, "store_old_days", f.rules.store_old_days);
  member(v, f.keys, "timestamps", f.rules.timestamps);
  member(v, f.keys, "client_auth_from", f.rules.client_auth_from);
}

struct WebShape {
  WebRules rules;
  Keys keys = Keys::All;
};
template <class V>
void fields(V& v, WebShape& f) {
  member(v, f.keys, "hsts_days", f.rules.hsts_days);
}

struct DomainShape {
  DomainRules rules;
  Keys keys = Keys::All;
};
template <class V>
void fields(V& v, DomainShape& f) {
  member(v, f.keys, "young_days", f.rules.young_days);
  member(v, f.keys, "expiry_warn_days", f.rules.expiry_warn_days);
  member(v, f.keys, "gtld_expiry_warn_days", f.rules.gtld_expiry_warn_days);
  member(v, f.keys, "renewal_late_days", f.rules.renewal_late_days);
  member(v, f.keys, "renewal_grace_days", f.rules.renewal_grace_days);
  member(v, f.keys, "approved_window_days", f.rules.approved_window_days);
  std::map<std::string, Word<Verdict>> states;
  for (const auto& [state, verdict] : f.rules.states) states[state] = {verdict};
  member(v, f.keys, "states", states);
  f.rules.states.clear();
  for (const auto& [state, verdict] : states) f.rules.states[state] = verdict.value;
}

struct HostShape {
  HostRules rules;
  Keys keys = Keys::All;
};
template <class V>
void fields(V& v, HostShape& f) {
  member(v, f.keys, "support_warn_days", f.rules.support_warn_days);
  member(v, f.keys, "consumer_esu_years", f.rules.consumer_esu_years);
  member(v, f.keys, "check_met_days", f.rules.check_met_days);
  member(v, f.keys, "check_fail_days", f.rules.check_fail_days);
  member(v, f.keys, "pending_fail_days", f.rules.pending_fail_days);
  member(v, f.keys, "cumulative_old_days", f.rules.cumulative_old_days);
  member(v, f.keys, "revision_unchanged_days", f.rules.revision_unchanged_days);
  member(v, f.keys, "reboot_fail_days", f.rules.reboot_fail_days);
  member(v, f.keys, "signature_met_days", f.rules.signature_met_days);
  member(v, f.keys, "signature_fail_days", f.rules.signature_fail_days);
  member(v, f.keys, "facts_old_days", f.rules.facts_old_days);
  member(v, f.keys, "accepted_max_days", f.rules.accepted_max_days);
  member(v, f.keys, "lock_minutes", f.rules.lock_minutes);
  member(v, f.keys, "privileged_accounts", f.rules.privileged_accounts);
  value_set(v, f.keys, "exposed_ports", f.rules.exposed_ports);
  word_set(v, f.keys, "antivirus_required", f.rules.antivirus_required);
  word_set(v, f.keys, "antivirus_required_on_windows", f.rules.antivirus_required_on_windows);
  value_set(v, f.keys, "antivirus_counts_without_realtime", f.rules.antivirus_counts_without_realtime);
}

struct ProfileShape {
  std::string id, based_on, edition, title_ja, title_en, source, suites, support;
  Day as_of;
  std::vector<RowShape> rows;
  TlsShape tls;
  CertificateShape certificate;
  WebShape web;
  DomainShape domain;
  HostShape host;
  Keys keys = Keys::All;
};
template <class V>
void fields(V& v, ProfileShape& f) {
  v("id", f.id);
  v.may("based_on", f.based_on);
  v("edition", f.edition);
  v("title_ja", f.title_ja);
  v("title_en", f.title_en);
  v("as_of", f.as_of);
  v("source", f.source);
  member(v, f.keys, "suites", f.suites);
  member(v, f.keys, "support", f.support);
  member(v, f.keys, "rows", f.rows);
  member(v, f.keys, "tls", f.tls);
  member(v, f.keys, "certificate", f.certificate);
  member(v, f.keys, "web", f.web);
  member(v, f.keys, "domain", f.domain);
  member(v, f.keys, "host", f.host);
}

inline void demand(ProfileShape& shape, Keys keys) {
  shape.keys = shape.tls.keys = shape.certificate.keys = shape.web.keys = shape.domain.keys = shape.host.keys = keys;
}

}  // namespace kenshin::profile_file
