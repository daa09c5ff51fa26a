// Reading profiles/*.json. A profile is read into a copy of the one it is based on, key by key, so that what it does
// not give stays; without a parent every key is demanded.
#include "reports/criteria/profile.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "probes/base/json_fields.h"
#include "reports/criteria/criterion.h"
#include "reports/criteria/suite_families.h"
#include "reports/criteria/words.h"

namespace kenshin {

namespace {

using words::Word;

constexpr std::string_view folder = "reports/criteria/profiles/";
constexpr int deepest_ancestor = 4;
constexpr std::size_t largest_file = 1 << 20;

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
template <class V>
void text_set(V& v, Keys keys, std::string_view key, std::set<std::string>& values) {
  std::vector<std::string> texts(values.begin(), values.end());
  member(v, keys, key, texts);
  values = {texts.begin(), texts.end()};
}

struct RowShape {
  ProfileRow row;
};
template <class V>
void fields(V& v, RowShape& f) {
  v("criterion", f.row.criterion);
  v("row", f.row.row);
  word(v, Keys::All, "force", f.row.force);
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
  text_set(v, f.keys, "curves", f.rules.curves);
  text_set(v, f.keys, "weak_curves", f.rules.weak_curves);
  text_set(v, f.keys, "weak_signatures", f.rules.weak_signatures);
  text_set(v, f.keys, "strong_signatures", f.rules.strong_signatures);
  member(v, f.keys, "warn_fraction", f.rules.warn_fraction);
  member(v, f.keys, "warn_days", f.rules.warn_days);
  member(v, f.keys, "store_old_days", f.rules.store_old_days);
}

struct DomainShape {
  DomainRules rules;
  Keys keys = Keys::All;
};
template <class V>
void fields(V& v, DomainShape& f) {
  member(v, f.keys, "young_days", f.rules.young_days);
  member(v, f.keys, "expiry_warn_days", f.rules.expiry_warn_days);
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
  word_set(v, f.keys, "antivirus_required", f.rules.antivirus_required);
  word_set(v, f.keys, "antivirus_required_on_windows", f.rules.antivirus_required_on_windows);
  text_set(v, f.keys, "antivirus_counts_without_realtime", f.rules.antivirus_counts_without_realtime);
}

struct ProfileShape {
  std::string id, based_on, edition, title_ja, title_en, source, suites, support;
  Day as_of;
  std::vector<RowShape> rows;
  TlsShape tls;
  CertificateShape certificate;
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
  member(v, f.keys, "domain", f.domain);
  member(v, f.keys, "host", f.host);
}

void demand(ProfileShape& shape, Keys keys) {
  shape.keys = shape.tls.keys = shape.certificate.keys = shape.domain.keys = shape.host.keys = keys;
}

struct Source {
  std::string file, text;
};

bool is_path(std::string_view id) { return id.ends_with(".json"); }

Result<Source> source_of(const DataFiles& data, std::string_view id) {
  if (!is_path(id)) {
    const std::string file = std::string(folder) + std::string(id) + ".json";
    auto text = data.read(file);
    if (!text) {
      std::string known = join(profile_names(data), ", ");
      return Error{Error::Kind::Absent, "no profile \"" + one_line(id, 60) + "\"; there are: " + known};
    }
    return Source{file, std::move(*text)};
  }
  const std::string file(id);
  std::ifstream in(file, std::ios::binary);
  if (!in) return Error{Error::Kind::Absent, file + ": cannot be read"};
  std::string text(largest_file + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.size() > largest_file) return Error{Error::Kind::Malformed, file + ": larger than 1 MiB"};
  return Source{file, std::move(text)};
}

Error at(const Source& source, const std::string& pointer, const std::string& what) {
  return {Error::Kind::Malformed,
          source.file + ":" + std::to_string(line_of(source.text, pointer)) + ": " + pointer + ": " + what};
}

// What strict types cannot say: known criteria and families, verdicts a rule may ask for, numbers above zero.
std::optional<Error> odd(const Source& source, const ProfileShape& shape) {
  const auto one_of = [](Verdict verdict, std::initializer_list<Verdict> allowed) {
    return std::find(allowed.begin(), allowed.end(), verdict) != allowed.end();
  };
  for (std::size_t i = 0; i < shape.rows.size(); ++i) {
    const std::string pointer = "/rows/" + std::to_string(i) + "/criterion";
    const CriterionId& id = shape.rows[i].row.criterion;
    if (!criterion_named(id.text)) return at(source, pointer, "no such criterion: " + one_line(id.text, 60));
    for (std::size_t k = 0; k < i; ++k)
      if (shape.rows[k].row.criterion == id) return at(source, pointer, one_line(id.text, 60) + " stands twice");
  }
  for (const auto& family : shape.tls.rules.prohibited)
    if (!is_suite_family(family)) return at(source, "/tls/prohibited", "no such family: " + one_line(family, 60));
  if (!one_of(shape.tls.rules.outside, {Verdict::Attention, Verdict::NotMet}))
    return at(source, "/tls/outside", "expected attention or not_met");
  if (!one_of(shape.tls.rules.weak_group, {Verdict::Attention, Verdict::NotMet}))
    return at(source, "/tls/weak_group", "expected attention or not_met");
  if (!one_of(shape.tls.rules.without_tls13, {Verdict::Met, Verdict::Attention, Verdict::NotMet}))
    return at(source, "/tls/without_tls13", "expected met, attention or not_met");
  for (const auto& [state, verdict] : shape.domain.rules.states)
    if (!one_of(verdict, {Verdict::Met, Verdict::Attention, Verdict::NotMet}))
      return at(source, "/domain/states/" + state, "expected met, attention or not_met");
  if (shape.certificate.rules.warn_fraction < 1)
    return at(source, "/certificate/warn_fraction", "expected a number above zero");
  return std::nullopt;
}

// Reads the source into `shape`, which holds the parent's values.
std::optional<Error> read_into(const Source& source, const Json& json, ProfileShape& shape) {
  const std::vector<RowShape> inherited = std::move(shape.rows);
  shape.rows.clear();
  JsonFault fault;
  read_json(json, "", shape, fault);
  if (fault.found)
    return Error{Error::Kind::Malformed, source.file + ":" + std::to_string(line_of(source.text, fault.pointer)) +
                                             ": " + (fault.pointer.empty() ? "" : one_line(fault.pointer, 120) + ": ") +
                                             fault.what};
  if (auto error = odd(source, shape)) return error;
  for (const RowShape& row : inherited) {
    const bool given = std::any_of(shape.rows.begin(), shape.rows.end(),
                                   [&](const RowShape& own) { return own.row.criterion == row.row.criterion; });
    if (!given) shape.rows.push_back(row);
  }
  return std::nullopt;
}

Result<ProfileShape> load_shape(const DataFiles& data, std::string_view id, int depth) {
  const auto source = source_of(data, id);
  if (!source) return source.error();
  const auto json = parse_json(source->text, source->file);
  if (!json) return json.error();
  ProfileShape shape;
  if (json->is_object() && json->contains("based_on")) {
    const Json& parent = (*json)["based_on"];
    if (!parent.is_string()) return at(*source, "/based_on", "expected the name of a profile");
    if (depth >= deepest_ancestor) return at(*source, "/based_on", "profiles are based on one another too deeply");
    auto inherited = load_shape(data, parent.get<std::string>(), depth + 1);
    if (!inherited) return inherited.error();
    shape = std::move(*inherited);
    demand(shape, Keys::Some);
  }
  if (const auto error = read_into(*source, *json, shape)) return *error;
  if (!is_path(id) && shape.id != id)
    return at(*source, "/id", "expected the name of the file: \"" + std::string(id) + "\"");
  return shape;
}

}  // namespace

const ProfileRow* Profile::row_of(const CriterionId& wanted) const {
  const auto at =
      std::find_if(rows.begin(), rows.end(), [&](const ProfileRow& row) { return row.criterion == wanted; });
  return at == rows.end() ? nullptr : &*at;
}

std::vector<std::string> profile_names(const DataFiles& data) {
  std::vector<std::string> names;
  for (const std::string& file : data.list(folder))
    if (is_path(file)) names.push_back(file.substr(folder.size(), file.size() - folder.size() - 5));
  return names;
}

Result<Profile> load_profile(const DataFiles& data, std::string_view id) {
  const auto shape = load_shape(data, id, 0);
  if (!shape) return shape.error();
  const auto suites_text = data.read(shape->suites);
  if (!suites_text) return suites_text.error();
  auto suites = load_suite_lists(*suites_text, shape->suites);
  if (!suites) return suites.error();
  const auto support_text = data.read(shape->support);
  if (!support_text) return support_text.error();
  auto support = load_end_of_support(*support_text, shape->support);
  if (!support) return support.error();
  Profile profile{shape->id,
                  shape->edition,
                  shape->title_ja,
                  shape->title_en,
                  shape->as_of,
                  shape->source,
                  {},
                  shape->tls.rules,
                  shape->certificate.rules,
                  shape->domain.rules,
                  shape->host.rules,
                  std::move(*suites),
                  std::move(*support)};
  for (const RowShape& row : shape->rows) profile.rows.push_back(row.row);
  return profile;
}

}  // namespace kenshin
