// Reading profiles/*.json. A profile is read into a copy of the one it is based on, key by key, so that what it does
// not give stays; without a parent every key is demanded.
#include "reports/criteria/profile.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "probes/base/json_fields.h"
#include "probes/certificate/programmes.h"
#include "reports/criteria/criterion.h"
#include "reports/criteria/profile_fields.h"
#include "reports/criteria/suite_families.h"

namespace kenshin {

namespace {

using profile_file::Keys;
using profile_file::ProfileShape;
using profile_file::RowShape;

constexpr std::string_view folder = "reports/criteria/profiles/";
constexpr std::string_view distrust_file = "reports/criteria/distrust.json";
constexpr std::string_view regions_file = "reports/criteria/regions.json";
constexpr std::string_view caa_issuers_file = "reports/criteria/caa-issuers.json";
constexpr int deepest_ancestor = 4;
constexpr std::size_t largest_file = 1 << 20;

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
    const ProfileRow& row = shape.rows[i].row;
    if (row.found && *row.found <= row.force)
      return at(source, "/rows/" + std::to_string(i) + "/found", "expected more than the row's force");
  }
  for (const auto& family : shape.tls.rules.prohibited)
    if (!is_suite_family(family)) return at(source, "/tls/prohibited", "no such family: " + one_line(family, 60));
  if (!one_of(shape.tls.rules.outside, {Verdict::Attention, Verdict::NotMet}))
    return at(source, "/tls/outside", "expected attention or not_met");
  if (!one_of(shape.tls.rules.weak_group, {Verdict::Attention, Verdict::NotMet}))
    return at(source, "/tls/weak_group", "expected attention or not_met");
  if (!one_of(shape.tls.rules.weak_dh, {Verdict::Attention, Verdict::NotMet}))
    return at(source, "/tls/weak_dh", "expected attention or not_met");
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

Result<RootHolders> load_root_holders(const DataFiles& data) {
  const auto read = read_programmes(data);
  if (!read) return read.error();
  RootHolders out{read->edition, read->as_of, read->source, {}, {}};
  for (const auto& programme : read->programmes) out.programmes.push_back(programme.id);
  for (const auto& root : read->roots) out.by_sha256[root.sha256] = {root.programmes.begin(), root.programmes.end()};
  return out;
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
  auto roots = load_root_holders(data);
  if (!roots) return roots.error();
  const auto distrust_text = data.read(distrust_file);
  if (!distrust_text) return distrust_text.error();
  auto distrust = load_distrust(*distrust_text, distrust_file);
  if (!distrust) return distrust.error();
  const auto regions_text = data.read(regions_file);
  if (!regions_text) return regions_text.error();
  auto regions = load_regions(*regions_text, regions_file);
  if (!regions) return regions.error();
  const auto issuers_text = data.read(caa_issuers_file);
  if (!issuers_text) return issuers_text.error();
  auto issuers = load_caa_issuers(*issuers_text, caa_issuers_file);
  if (!issuers) return issuers.error();
  Profile profile{shape->id,
                  shape->edition,
                  shape->title_ja,
                  shape->title_en,
                  shape->as_of,
                  shape->source,
                  {},
                  shape->tls.rules,
                  shape->certificate.rules,
                  shape->web.rules,
                  shape->domain.rules,
                  shape->host.rules,
                  std::move(*suites),
                  std::move(*support),
                  std::move(*roots),
                  std::move(*distrust),
                  std::move(*regions),
                  std::move(*issuers)};
  for (const RowShape& row : shape->rows) profile.rows.push_back(row.row);
  return profile;
}

}  // namespace kenshin
