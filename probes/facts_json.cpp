// kenshin.facts/1: the line-by-line form. Each subject's members are listed in its facts_fields.h.
#include <algorithm>
#include <set>

#include "probes/base/json_fields.h"
#include "probes/certificate/facts_fields.h"
#include "probes/declared_fields.h"
#include "probes/dns/facts_fields.h"
#include "probes/domain/baseline_fields.h"
#include "probes/domain/dependent_fields.h"
#include "probes/domain/facts_fields.h"
#include "probes/domain/outside_fields.h"
#include "probes/facts.h"
#include "probes/facts_lines.h"
#include "probes/host/facts_fields.h"
#include "probes/host/protection_fields.h"
#include "probes/place/facts_fields.h"
#include "probes/tls/facts_fields.h"
#include "probes/web/facts_fields.h"

namespace kenshin {

constexpr EnumNames<TargetKind, 4> enum_names(TargetKind) {
  return {{{TargetKind::Endpoint, "endpoint"},
           {TargetKind::Domain, "domain"},
           {TargetKind::Host, "host"},
           {TargetKind::Clinic, "clinic"}}};
}

template <class V>
void fields(V& v, Target& t) {
  std::string text = target_text(t);
  v("kind", t.kind);
  v("name", text);
  if constexpr (std::same_as<V, JsonReader>) {
    const auto parsed = parse_target(t.kind, text);
    if (parsed) t = *parsed;
    if (!parsed) v.refuse("not a target: " + parsed.error().detail);
    if (t.kind != TargetKind::Clinic && text.empty()) v.refuse("a target without a name");
  }
}

std::string_view feature_name(Feature feature) {
  for (const auto& [known, name] : enum_names(feature))
    if (known == feature) return name;
  return "unknown";
}
std::string_view weakness_name(Weakness weakness) {
  for (const auto& [known, name] : enum_names(weakness))
    if (known == weakness) return name;
  return "unknown";
}

namespace {

// A fact whose JSON is the map itself: {"TLSv1.3": …}.
Json fact_json(const Fact& fact) {
  return std::visit(
      [](const auto& f) {
        if constexpr (requires { f.versions; }) return json_of(f.versions);
        else if constexpr (requires { f.weaknesses; }) return json_of(f.weaknesses);
        else return json_of(f);
      },
      fact);
}

template <std::size_t I = 0>
bool read_fact(std::string_view name, const Json& in, const std::string& pointer, Fact& out, JsonFault& fault) {
  if constexpr (I < std::variant_size_v<Fact>) {
    using F = std::variant_alternative_t<I, Fact>;
    if (name != F::name) return read_fact<I + 1>(name, in, pointer, out, fault);
    F fact;
    if constexpr (requires { fact.versions; }) read_json(in, pointer, fact.versions, fault);
    else if constexpr (requires { fact.weaknesses; }) read_json(in, pointer, fact.weaknesses, fault);
    else read_json(in, pointer, fact, fault);
    out = std::move(fact);
    return true;
  }
  return false;
}

constexpr int error_kinds = static_cast<int>(Error::Kind::NotAsked) + 1;

bool error_named(std::string_view text, Error::Kind& kind) {
  for (int i = 0; i < error_kinds; ++i)
    if (error_name(static_cast<Error::Kind>(i)) == text) return kind = static_cast<Error::Kind>(i), true;
  return false;
}

Json observation_json(const Observation& o) {
  Json out = {{"id", o.id.text}, {"target", json_of(o.target)}};
  if (!o.address.empty()) out["address"] = o.address;
  out["probe"] = o.name;
  out["at"] = to_text(o.at);
  if (o.connections > 0) out["connections"] = o.connections;
  if (o.fact) out["fact"] = fact_json(*o.fact);
  else out["error"] = {{"kind", error_name(o.fact.error().kind)}, {"detail", one_line(o.fact.error().detail)}};
  return out;
}

struct FailedShape {
  std::string kind, detail;
};
template <class V>
void fields(V& v, FailedShape& f) {
  v("kind", f.kind);
  v("detail", f.detail);
}

struct ObservationShape {
  std::string id, address, probe;
  Target target;
  Instant at;
  int connections = 0;
  Json fact;
  std::optional<FailedShape> error;
};
template <class V>
void fields(V& v, ObservationShape& f) {
  v("id", f.id);
  v("target", f.target);
  v.may("address", f.address);
  v("probe", f.probe);
  v("at", f.at);
  v.may("connections", f.connections);
  v.may("fact", f.fact);
  v.may("error", f.error);
}

Result<Observation> read_observation(const Json& in, std::string_view line, std::string_view where) {
  const auto shape = from_json<ObservationShape>(in, line, where);
  if (!shape) return shape.error();
  const auto malformed = [&](const std::string& what) {
    return Error{Error::Kind::Malformed, std::string(where) + ": " + what};
  };
  Observation out{{shape->id}, shape->target, shape->address, shape->probe, shape->at, shape->connections, Error{}};
  if (shape->fact.is_null() == !shape->error) return malformed("an observation needs either \"fact\" or \"error\"");
  if (shape->error) {
    Error error{Error::Kind::NotAsked, shape->error->detail};
    if (!error_named(shape->error->kind, error.kind))
      return malformed("not a known error kind: " + one_line(shape->error->kind, 60));
    out.fact = error;
    return out;
  }
  Fact fact;
  JsonFault fault;
  if (!read_fact(out.name, shape->fact, "/fact", fact, fault))
    return malformed("not a known fact: " + one_line(out.name, 60));
  if (fault.found) return malformed(fault.pointer + ": " + fault.what);
  out.fact = std::move(fact);
  return out;
}

}  // namespace

const Observation& Facts::add(Observation observation) {
  if (observation.id.text.empty()) observation.id.text = "o" + std::to_string(observations_.size() + 1);
  by_target_[observation.target].push_back(observations_.size());
  return observations_.emplace_back(std::move(observation));
}

std::vector<const Observation*> Facts::named(const Target& target, std::string_view name) const {
  std::vector<const Observation*> out;
  const auto at = by_target_.find(target);
  if (at == by_target_.end()) return out;
  for (const std::size_t index : at->second)
    if (observations_[index].name == name) out.push_back(&observations_[index]);
  return out;
}

std::vector<Target> Facts::targets() const {
  std::vector<Target> out;
  for (const auto& [target, indexes] : by_target_) out.push_back(target);
  return out;
}

Instant Facts::last_seen() const {
  if (finished) return *finished;
  Instant latest = started;
  for (const auto& o : observations_) latest = std::max(latest, o.at);
  return latest;
}

namespace {

constexpr auto replace_bad_utf8 = nlohmann::detail::error_handler_t::replace;
std::string line_text(const Json& json) { return json.dump(-1, ' ', false, replace_bad_utf8); }
Json tool_json(std::string_view version) { return {{"name", "kenshin"}, {"version", version}}; }

}  // namespace

std::string header_line(std::string_view tool_version, Instant started) {
  return line_text({{"schema", "kenshin.facts/1"}, {"tool", tool_json(tool_version)}, {"started", to_text(started)}});
}
std::string observation_line(const Observation& observation) { return line_text(observation_json(observation)); }
std::string finished_line(Instant at) { return line_text({{"finished", to_text(at)}}); }

// dump(2) of an array or object prints its parts as dump(2) prints them alone, further in.
void write_document_start(const Facts& facts, std::ostream& out) {
  Json head = {
      {"schema", "kenshin.facts/1"}, {"tool", tool_json(facts.tool_version)}, {"started", to_text(facts.started)}};
  head["finished"] = facts.finished ? Json(to_text(*facts.finished)) : Json(nullptr);
  std::string text = head.dump(2, ' ', false, replace_bad_utf8);
  text.resize(text.rfind('\n'));
  out << text << ",\n  \"observations\": [";
}
void write_document_observation(const Observation& observation, bool is_first, std::ostream& out) {
  out << (is_first ? "\n    " : ",\n    ");
  const std::string text = observation_json(observation).dump(2, ' ', false, replace_bad_utf8);
  std::string_view rest = text;
  for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
    out << rest.substr(0, end + 1) << "    ";
    rest.remove_prefix(end + 1);
  }
  out << rest;
}
void write_document_end(bool is_empty, std::ostream& out) { out << (is_empty ? "]\n}\n" : "\n  ]\n}\n"); }

namespace {

struct ToolShape {
  std::string name, version;
};
template <class V>
void fields(V& v, ToolShape& f) {
  v("name", f.name);
  v("version", f.version);
}
struct HeaderShape {
  std::string schema;
  ToolShape tool;
  Instant started;
};
template <class V>
void fields(V& v, HeaderShape& f) {
  v("schema", f.schema);
  v("tool", f.tool);
  v("started", f.started);
}

}  // namespace

Result<FactsLine> read_facts_line(std::string_view line, LinePlace place, std::string_view where) {
  const auto malformed = [&](const std::string& what) {
    return Error{Error::Kind::Malformed, std::string(where) + ": " + what};
  };
  const auto json = parse_json(line, where);
  if (!json) return json.error();
  if (place == LinePlace::First) {
    const auto header = from_json<HeaderShape>(*json, line, where);
    if (!header) return header.error();
    if (header->schema != "kenshin.facts/1")
      return malformed("schema is \"" + one_line(header->schema, 60) + "\", expected kenshin.facts/1");
    return FactsLine(FactsHeader{header->tool.version, header->started});
  }
  if (json->is_object() && json->size() == 1 && json->contains("finished")) {
    const auto& at = (*json)["finished"];
    const auto parsed =
        at.is_string() ? parse_instant(at.get<std::string>()) : Error{Error::Kind::Malformed, "not a time"};
    if (!parsed) return malformed("\"finished\": " + parsed.error().detail);
    return FactsLine(*parsed);
  }
  auto observation = read_observation(*json, line, where);
  if (!observation) return observation.error();
  return FactsLine(std::move(*observation));
}

Result<Facts> read_facts(std::string_view text, std::string_view file_name) {
  Facts facts;
  std::set<std::string> ids;
  const auto all = lines(text);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string where = std::string(file_name) + ":" + std::to_string(i + 1);
    const bool cut_short = i + 1 == all.size() && !text.ends_with('\n');
    if (cut_short && i > 0 && !parse_json(all[i], where)) break;  // a killed run loses at most the line being written
    auto line = read_facts_line(all[i], i == 0 ? LinePlace::First : LinePlace::Later, where);
    if (!line) return line.error();
    if (auto* header = std::get_if<FactsHeader>(&*line)) {
      facts.tool_version = header->tool_version;
      facts.started = header->started;
    } else if (const auto* finished = std::get_if<Instant>(&*line)) {
      facts.finished = *finished;
    } else {
      auto& observation = std::get<Observation>(*line);
      if (!ids.insert(observation.id.text).second)
        return Error{Error::Kind::Malformed, where + ": the id " + one_line(observation.id.text, 40) + " stands twice"};
      facts.add(std::move(observation));
    }
  }
  if (all.empty())
    return Error{Error::Kind::Malformed,
                 std::string(file_name) + ": empty; expected a kenshin.facts/1 header in line 1"};
  return facts;
}

}  // namespace kenshin
