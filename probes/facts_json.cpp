// kenshin.facts/1: each struct's members are listed once below, for both directions (probes/base/json_fields.h).
#include <algorithm>
#include <array>
#include <set>

#include "probes/base/json_fields.h"
#include "probes/facts.h"
#include "probes/tls/code_points.h"

namespace kenshin {

template <class E, std::size_t N>
using Names = std::array<std::pair<E, std::string_view>, N>;

constexpr Names<Answer, 4> enum_names(Answer) {
  return {{{Answer::Unknown, "unknown"},
           {Answer::No, "no"},
           {Answer::Yes, "yes"},
           {Answer::NotApplicable, "not_applicable"}}};
}
constexpr Names<TlsVersion, 5> enum_names(TlsVersion) {
  return {{{TlsVersion::Ssl3, "SSLv3"},
           {TlsVersion::Tls10, "TLSv1.0"},
           {TlsVersion::Tls11, "TLSv1.1"},
           {TlsVersion::Tls12, "TLSv1.2"},
           {TlsVersion::Tls13, "TLSv1.3"}}};
}
constexpr Names<ChosenBy, 3> enum_names(ChosenBy) {
  return {{{ChosenBy::Unknown, "unknown"}, {ChosenBy::Server, "server"}, {ChosenBy::Client, "client"}}};
}
constexpr Names<StoreKind, 2> enum_names(StoreKind) {
  return {{{StoreKind::System, "system"}, {StoreKind::Bundle, "bundle"}}};
}
constexpr Names<RegistrationKind, 6> enum_names(RegistrationKind) {
  return {{{RegistrationKind::Unknown, "unknown"},
           {RegistrationKind::General, "general"},
           {RegistrationKind::Organisational, "organisational"},
           {RegistrationKind::Prefecture, "prefecture"},
           {RegistrationKind::Geographic, "geographic"},
           {RegistrationKind::Gtld, "gtld"}}};
}
constexpr Names<HolderCompared, 3> enum_names(HolderCompared) {
  return {{{HolderCompared::Unknown, "unknown"}, {HolderCompared::Same, "same"}, {HolderCompared::Other, "other"}}};
}
constexpr Names<SignatureState, 4> enum_names(SignatureState) {
  return {{{SignatureState::Unknown, "unknown"},
           {SignatureState::Current, "current"},
           {SignatureState::Outdated, "outdated"},
           {SignatureState::NotApplicable, "not_applicable"}}};
}
constexpr Names<Role, 9> enum_names(Role) {
  return {{{Role::Consult, "consult"},
           {Role::Login, "login"},
           {Role::Api, "api"},
           {Role::Media, "media"},
           {Role::Website, "website"},
           {Role::Mail, "mail"},
           {Role::Data, "data"},
           {Role::Terminal, "terminal"},
           {Role::Server, "server"}}};
}
constexpr Names<Owner, 4> enum_names(Owner) {
  return {{{Owner::Unknown, "unknown"},
           {Owner::Clinic, "clinic"},
           {Owner::Vendor, "vendor"},
           {Owner::GeneralService, "general_service"}}};
}
constexpr Names<SystemKind, 3> enum_names(SystemKind) {
  return {{{SystemKind::Unknown, "unknown"},
           {SystemKind::Dedicated, "dedicated"},
           {SystemKind::GeneralPurpose, "general_purpose"}}};
}
constexpr Names<TargetKind, 4> enum_names(TargetKind) {
  return {{{TargetKind::Endpoint, "endpoint"},
           {TargetKind::Domain, "domain"},
           {TargetKind::Host, "host"},
           {TargetKind::Clinic, "clinic"}}};
}

std::string to_key(SuiteId suite) { return suite_name(suite); }
bool from_key(std::string_view text, SuiteId& suite) {
  const auto known = suite_named(text);
  return known ? (suite = *known, true) : false;
}
std::string to_key(GroupId group) { return group_name(group); }
bool from_key(std::string_view text, GroupId& group) {
  const auto known = group_named(text);
  return known ? (group = *known, true) : false;
}

template <class V>
void fields(V& v, Target& t) {
  std::string text = target_text(t);
  v("kind", t.kind);
  v("name", text);
  if constexpr (std::same_as<V, JsonReader>) {
    if (const auto parsed = parse_target(t.kind, text)) t = *parsed;
    else t = {TargetKind::Clinic, "", 0};
  }
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
template <class V>
void fields(V& v, Certificate& f) {
  v("subject", f.subject);
  v("issuer", f.issuer);
  v("sha256", f.sha256);
  v("serial", f.serial);
  v("not_before", f.not_before);
  v("not_after", f.not_after);
  v("key", f.key);
  v("signature", f.signature);
  v("names", f.names);
  v("policies", f.policies);
  v("is_ca", f.is_ca);
  v("self_issued", f.self_issued);
  v("server_auth", f.server_auth);
  v("der", f.der);
}
template <class V>
void fields(V& v, TrustStore& f) {
  v("kind", f.kind);
  v("name", f.name);
  v("sha256", f.sha256);
  v("as_of", f.as_of);
}
template <class V>
void fields(V& v, CertificateChain& f) {
  v("certificates", f.certificates);
  v("version", f.version);
  v("trusted", f.trusted);
  v("name_matches", f.name_matches);
  v("anchor_is_local", f.anchor_is_local);
  v("anchor", f.anchor);
  v("problems", f.problems);
  v("store", f.store);
}
template <class V>
void fields(V& v, Registration& f) {
  v("registered", f.registered);
  v("source", f.source);
  v("server", f.server);
  v("kind", f.kind);
  v("state", f.state);
  v("state_text", f.state_text);
  v("created", f.created);
  v("expires", f.expires);
  v("updated", f.updated);
  v("locks", f.locks);
  v("registrar", f.registrar);
  v("name_servers", f.name_servers);
  v("signed", f.is_signed);
  v("holder_compared", f.holder_compared);
}
template <class V>
void fields(V& v, HostCollection& f) {
  v("collected_at", f.collected_at);
  v("collector", f.collector);
  v("collector_version", f.collector_version);
  v("elevated", f.elevated);
  v("label", f.label);
  v("id", f.id);
  v("container", f.container);
}
template <class V>
void fields(V& v, OsIdentity& f) {
  v("family", f.family);
  v("id", f.id);
  v("version", f.version);
  v("pretty", f.pretty);
  v("edition", f.edition);
  v("type", f.type);
  v("build", f.build);
  v("ubr", f.ubr);
  v("kernel", f.kernel);
}
template <class V>
void fields(V& v, OsExtendedSupport& f) {
  v("commercial_year", f.commercial_year);
  v("consumer", f.consumer);
}
template <class V>
void fields(V& v, UpdatesLastCheck& f) {
  v("at", f.at);
  v("valid_until", f.valid_until);
  v("basis", f.basis);
}
template <class V>
void fields(V& v, UpdatesLastOsUpdate& f) {
  v("at", f.at);
  v("kb", f.kb);
  v("basis", f.basis);
}
template <class V>
void fields(V& v, UpdatesPending& f) {
  v("installed", f.installed);
  v("total", f.total);
  v("security", f.security);
  v("held", f.held);
  v("security_known", f.security_known);
}
template <class V>
void fields(V& v, UpdatesAuto& f) {
  v("mode", f.mode);
  v("paused_until", f.paused_until);
  v("managed", f.managed);
}
template <class V>
void fields(V& v, RebootRequired& f) {
  v("required", f.required);
  v("since", f.since);
  v("basis", f.basis);
}
template <class V>
void fields(V& v, AntivirusProduct& f) {
  v("id", f.id);
  v("name", f.product);
  v("evidence", f.evidence);
  v("active", f.active);
  v("realtime", f.realtime);
  v("signature_state", f.signature_state);
  v("signature_at", f.signature_at);
  v("signature_basis", f.signature_basis);
}
template <class V>
void fields(V& v, AntivirusProducts& f) {
  v("products", f.products);
}
template <class V>
void fields(V& v, PersonOnDay& f) {
  v("by", f.by);
  v("on", f.on);
}
template <class V>
void fields(V& v, ApprovedChange& f) {
  v("on", f.on);
  v("what", f.what);
}
template <class V>
void fields(V& v, LocatedIn& f) {
  v("country", f.country);
  v("by", f.by);
  v("on", f.on);
}
template <class V>
void fields(V& v, DeclaredClinic& f) {
  v("name", f.clinic_name);
  v("public_url", f.public_url);
  v("system", f.system);
  v("affects_medical_information_system", f.affects_medical_information_system);
  v("inventory_complete", f.inventory_complete);
  v("media_out_of_band", f.media_out_of_band);
  v("not_applicable", f.not_applicable);
}
template <class V>
void fields(V& v, DeclaredEndpoint& f) {
  v("role", f.role);
  v("owner", f.owner);
  v("tls12_reason", f.tls12_reason);
  v("located_in", f.located_in);
}
template <class V>
void fields(V& v, DeclaredDomain& f) {
  v("role", f.role);
  v("owner", f.owner);
  v("holder", f.holder);
  v("registrar", f.registrar);
  v("in_service_since", f.in_service_since);
  v("auto_renew", f.auto_renew);
  v("mail", f.mail);
  v("approved_changes", f.approved_changes);
}
template <class V>
void fields(V& v, DeclaredFormerDomain& f) {
  v("last_used", f.last_used);
  v("intent", f.intent);
}
template <class V>
void fields(V& v, DeclaredHost& f) {
  v("role", f.role);
  v("owner", f.owner);
}
template <class V>
void fields(V& v, DeclaredDecision& f) {
  v("item", f.item);
  v("verdict", f.verdict);
  v("by", f.by);
  v("role", f.role);
  v("on", f.on);
  v("basis", f.basis);
  v("comment", f.comment);
  v("review_by", f.review_by);
}
template <class V>
void fields(V& v, DeclaredDocument& f) {
  v("item", f.item);
  v("title", f.title);
  v("version", f.version);
  v("date", f.date);
  v("valid_until", f.valid_until);
  v("file", f.file);
  v("sha256", f.sha256);
  v("problem", f.problem);
}
template <class V>
void fields(V& v, DeclaredWaiver& f) {
  v("item", f.item);
  v("target", f.target);
  v("reason", f.reason);
  v("approver", f.approver);
  v("ticket", f.ticket);
  v("created", f.created);
  v("expires", f.expires);
}
template <class V>
void fields(V& v, DeclaredAccepted& f) {
  v("what", f.what);
  v("reason", f.reason);
  v("owner", f.owner);
  v("expires", f.expires);
}
template <class V>
void fields(V& v, Vantage& f) {
  v("ipv6", f.ipv6);
  v("clock_offset_seconds", f.clock_offset_seconds);
  v("trust_store", f.trust_store);
}

// A fact whose JSON is the map itself: {"TLSv1.3": …}.
Json fact_json(const Fact& fact) {
  return std::visit(
      [](const auto& f) {
        if constexpr (requires { f.versions; }) return json_of(f.versions);
        else return json_of(f);
      },
      fact);
}

namespace {

template <std::size_t I = 0>
bool read_fact(std::string_view name, const Json& in, const std::string& pointer, Fact& out, JsonFault& fault) {
  if constexpr (I < std::variant_size_v<Fact>) {
    using F = std::variant_alternative_t<I, Fact>;
    if (name != F::name) return read_fact<I + 1>(name, in, pointer, out, fault);
    F fact;
    if constexpr (requires { fact.versions; }) read_json(in, pointer, fact.versions, fault);
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

std::string facts_document(const Facts& facts) {
  Json out = {
      {"schema", "kenshin.facts/1"}, {"tool", tool_json(facts.tool_version)}, {"started", to_text(facts.started)}};
  out["finished"] = facts.finished ? Json(to_text(*facts.finished)) : Json(nullptr);
  out["observations"] = Json::array();
  for (const auto& o : facts.all()) out["observations"].push_back(observation_json(o));
  return out.dump(2, ' ', false, replace_bad_utf8) + "\n";
}

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

Result<Facts> read_facts(std::string_view text, std::string_view file_name) {
  Facts facts;
  std::set<std::string> ids;
  const auto all = lines(text);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string where = std::string(file_name) + ":" + std::to_string(i + 1);
    const auto malformed = [&](const std::string& what) { return Error{Error::Kind::Malformed, where + ": " + what}; };
    const auto json = parse_json(all[i], where);
    const bool cut_short = i + 1 == all.size() && !text.ends_with('\n');
    if (!json && cut_short && i > 0) break;  // a killed run loses at most the line being written
    if (!json) return json.error();
    if (i == 0) {
      const auto header = from_json<HeaderShape>(*json, all[i], where);
      if (!header) return header.error();
      if (header->schema != "kenshin.facts/1")
        return malformed("schema is \"" + one_line(header->schema, 60) + "\", expected kenshin.facts/1");
      facts.tool_version = header->tool.version;
      facts.started = header->started;
    } else if (json->is_object() && json->size() == 1 && json->contains("finished")) {
      const auto& at = (*json)["finished"];
      const auto parsed =
          at.is_string() ? parse_instant(at.get<std::string>()) : Error{Error::Kind::Malformed, "not a time"};
      if (!parsed) return malformed("\"finished\": " + parsed.error().detail);
      facts.finished = *parsed;
    } else {
      auto observation = read_observation(*json, all[i], where);
      if (!observation) return observation.error();
      if (!ids.insert(observation->id.text).second)
        return malformed("the id " + one_line(observation->id.text, 40) + " stands twice");
      facts.add(std::move(*observation));
    }
  }
  if (all.empty())
    return Error{Error::Kind::Malformed,
                 std::string(file_name) + ": empty; expected a kenshin.facts/1 header in line 1"};
  return facts;
}

}  // namespace kenshin
