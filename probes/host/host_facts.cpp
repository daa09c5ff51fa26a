#include "probes/host/host_facts.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "probes/base/small_json_fields.h"
#include "probes/host/file_text.h"
#include "probes/host/host_facts_fields.h"
#include "probes/host/protection_fields.h"

namespace kenshin {

using namespace host_facts_file;

namespace {

constexpr std::string_view schema_name = "kenshin.host-facts/1";
constexpr std::size_t size_limit = std::size_t{1} << 20;
constexpr int unknown_facts_kept = 20;

// A row per fact: how its `value` is read and written.
struct KnownFact {
  std::string_view name;
  void (*read)(const Json&, const std::string& pointer, Fact&, JsonFault&);
  Json (*write)(const Fact&);
};

template <class Shape>
void read_as(const Json& in, const std::string& pointer, Fact& out, JsonFault& fault) {
  Shape shape;
  read_json(in, pointer, shape, fault);
  out = std::move(shape.f);
}
template <class Shape>
Json write_as(const Fact& fact) {
  return json_of(Shape{std::get<typename Shape::fact>(fact)});
}
template <class Shape>
constexpr KnownFact row() {
  return {Shape::fact::name, read_as<Shape>, write_as<Shape>};
}

// Some collectors know no more than the bare value: a time, a yes or no.
void read_last_check(const Json& in, const std::string& pointer, Fact& out, JsonFault& fault) {
  if (!in.is_string()) return read_as<LastCheckShape>(in, pointer, out, fault);
  UpdatesLastCheck check;
  read_json(in, pointer, check.at, fault);
  out = check;
}
void read_reboot(const Json& in, const std::string& pointer, Fact& out, JsonFault& fault) {
  if (!in.is_boolean()) return read_as<RebootShape>(in, pointer, out, fault);
  RebootRequired reboot;
  reboot.required = in.get<bool>();
  out = reboot;
}
void read_identity(const Json& in, const std::string& pointer, Fact& out, JsonFault& fault) {
  IdentityShape shape;
  read_json(in, pointer, shape, fault);
  if (shape.f.id.empty() && shape.f.family != "linux") shape.f.id = shape.f.family;
  const bool known = shape.f.family == "windows" || shape.f.family == "linux" || shape.f.family == "macos";
  if (!fault.found && !known) fault = {pointer + "/family", "expected \"windows\", \"linux\" or \"macos\"", true};
  if (!fault.found && (shape.f.build.value_or(0) < 0 || shape.f.ubr.value_or(0) < 0))
    fault = {pointer, "a build number below zero", true};
  out = std::move(shape.f);
}
void read_pending(const Json& in, const std::string& pointer, Fact& out, JsonFault& fault) {
  PendingShape shape;
  read_json(in, pointer, shape, fault);
  const auto& p = shape.f;
  if (!fault.found && (p.installed < 0 || p.total < 0 || p.security < 0 || p.held < 0))
    fault = {pointer, "a count below zero", true};
  if (!fault.found && (p.security > p.total || p.held > p.total))
    fault = {pointer, "more security or held updates than updates", true};
  out = p;
}
void read_products(const Json& in, const std::string& pointer, Fact& out, JsonFault& fault) {
  std::vector<ProductShape> shapes;
  read_json(in, pointer, shapes, fault);
  AntivirusProducts products;
  for (auto& shape : shapes) products.products.push_back(std::move(shape.f));
  out = std::move(products);
}
Json write_products(const Fact& fact) {
  std::vector<ProductShape> shapes;
  for (const auto& product : std::get<AntivirusProducts>(fact).products) shapes.push_back({product});
  return json_of(shapes);
}

// Values whose members are the same in kenshin.facts/1; of a list of products, the list alone.
template <class F>
void read_plain(const Json& in, const std::string& pointer, Fact& out, JsonFault& fault) {
  F fact;
  if constexpr (requires { fact.products; }) read_json(in, pointer, fact.products, fault);
  else read_json(in, pointer, fact, fault);
  out = std::move(fact);
}
template <class F>
Json write_plain(const Fact& fact) {
  const F& written = std::get<F>(fact);
  if constexpr (requires { written.products; }) return json_of(written.products);
  else return json_of(written);
}
void read_power_off(const Json& in, const std::string& pointer, Fact& out, JsonFault& fault) {
  LastPowerOff off;
  read_json(in, pointer, off, fault);
  if (!fault.found && off.to < off.from) fault = {pointer, "switched on before it was switched off", true};
  out = off;
}
template <class F>
constexpr KnownFact plain() {
  return {F::name, read_plain<F>, write_plain<F>};
}

constexpr std::array<KnownFact, 22> known_facts = {{
    {OsIdentity::name, read_identity, write_as<IdentityShape>},
    row<ExtendedSupportShape>(),
    {UpdatesLastCheck::name, read_last_check, write_as<LastCheckShape>},
    row<LastOsUpdateShape>(),
    {UpdatesPending::name, read_pending, write_as<PendingShape>},
    row<AutoShape>(),
    {RebootRequired::name, read_reboot, write_as<RebootShape>},
    {AntivirusProducts::name, read_products, write_products},
    plain<SoftwareProducts>(),
    plain<HostFirewall>(),
    plain<DiskEncryption>(),
    plain<ScreenLock>(),
    plain<AutomaticLogin>(),
    plain<LocalAccounts>(),
    plain<SystemLogs>(),
    plain<ClockSync>(),
    plain<SensorProducts>(),
    plain<ListeningPorts>(),
    plain<ResidueFiles>(),
    plain<ResidueFeatures>(),
    plain<OtherUse>(),
    {LastPowerOff::name, read_power_off, write_plain<LastPowerOff>},
}};

const KnownFact* known_fact(std::string_view name) {
  const auto at = std::find_if(known_facts.begin(), known_facts.end(), [&](const auto& k) { return k.name == name; });
  return at == known_facts.end() ? nullptr : &*at;
}

// Every string of the document, made safe to show before anything is made of it.
void make_safe(Json& json) {
  if (json.is_string()) json = one_line(json.get_ref<const std::string&>());
  else if (json.is_structured())
    for (auto& element : json) make_safe(element);
}

// "wua: Search: 0x80240438", or the collector's own sentence.
std::string what_was_said(const Envelope& envelope) {
  if (!envelope.detail.empty()) return envelope.detail;
  std::vector<std::string> parts = {envelope.source, envelope.at, envelope.code};
  std::erase(parts, std::string());
  return join(parts, ": ");
}

Error::Kind error_kind(Status status) {
  for (const auto& [known, kind] : error_kinds)
    if (known == status) return kind;
  return Error::Kind::Failed;
}
Status status_of(Error::Kind kind) {
  for (const auto& [status, known] : error_kinds)
    if (known == kind) return status;
  return Status::Failed;
}

// The envelope says one thing only: a value, or why there is none.
void check_envelope(const Envelope& envelope, const std::string& pointer, JsonFault& fault) {
  if (fault.found) return;
  if (envelope.status == Status::Ok && envelope.value.is_null())
    fault = {pointer, "status \"ok\" without a value", true};
  if (envelope.status != Status::Ok && !envelope.value.is_null())
    fault = {pointer + "/value", "a value beside status \"" + kenshin::to_key(envelope.status) + "\"", true};
}

Result<Fact> read_fact(const KnownFact& known, const Envelope& envelope, const std::string& pointer, JsonFault& fault) {
  if (envelope.status != Status::Ok) return Error{error_kind(envelope.status), what_was_said(envelope)};
  Fact fact;
  known.read(envelope.value, pointer + "/value", fact, fault);
  const auto* pending = std::get_if<UpdatesPending>(&fact);
  if (!fault.found && pending && pending->installed == 0)
    return Error{Error::Kind::Failed, "0 packages installed: the package database was not read"};
  return fact;
}

}  // namespace

Result<std::vector<Observation>> read_host_facts(std::string_view json, std::string_view file_name) {
  const auto malformed = [&](std::string_view text, std::string_view pointer, std::string_view what) {
    return Error{Error::Kind::Malformed, std::string(file_name) + ":" + std::to_string(line_of(text, pointer)) + ": " +
                                             (pointer.empty() ? "" : one_line(pointer, 120) + ": ") +
                                             std::string(what)};
  };
  if (json.size() > size_limit)
    return Error{Error::Kind::Malformed, std::string(file_name) + ": larger than 1 MiB; not a file of host facts"};
  const auto text = utf8_from_file(json, file_name);
  if (!text) return text.error();
  if (text->find('\0') != std::string::npos)
    return Error{Error::Kind::Malformed, std::string(file_name) + ": holds a zero byte; not a text file"};
  auto parsed = parse_small_json(*text, file_name, {});
  if (!parsed) return parsed.error();
  make_safe(*parsed);
  if (!parsed->is_object()) return malformed(*text, "", "expected an object");
  const auto schema = parsed->find("schema");
  if (schema == parsed->end() || !schema->is_string() || *schema != schema_name)
    return malformed(*text, "/schema", "the schema is not " + std::string(schema_name));

  const auto document = from_json<Document>(*parsed, *text, file_name);
  if (!document) return document.error();
  const auto& host = document->host;
  const Target target{TargetKind::Host, host.label.empty() ? host.id : host.label, 0};
  if (target.name.empty()) return malformed(*text, "/host", "a host needs a label or an id");

  std::vector<Observation> out;
  out.push_back(observed<HostCollection>(target, "", document->collected_at, 0,
                                         HostCollection{document->collected_at,
                                                        document->collector.name,
                                                        document->collector.version,
                                                        document->collector.elevated,
                                                        host.label,
                                                        host.id,
                                                        host.container,
                                                        document->nonce,
                                                        {}}));
  int unknown = 0;
  for (const auto& [name, envelope] : document->facts) {
    const std::string pointer = "/facts/" + name;
    JsonFault fault;
    check_envelope(envelope, pointer, fault);
    if (fault.found) return malformed(*text, fault.pointer, fault.what);
    const KnownFact* known = known_fact(name);
    if (!known) {
      if (unknown++ < unknown_facts_kept)
        out.push_back({{},
                       target,
                       "",
                       "host.unknown_fact",
                       document->collected_at,
                       0,
                       Error{Error::Kind::Unsupported, one_line(name, 60) + ": not known to this edition"}});
      continue;
    }
    auto fact = read_fact(*known, envelope, pointer, fault);
    if (fault.found) return malformed(*text, fault.pointer, fault.what);
    out.push_back({{}, target, "", name, document->collected_at, 0, std::move(fact)});
  }
  return out;
}

bool is_dated_ahead(const std::vector<Observation>& observations, Instant now) {
  return std::any_of(observations.begin(), observations.end(),
                     [&](const Observation& o) { return o.at > now + std::chrono::hours(1); });
}

std::string write_host_facts(std::span<const Observation> observations) {
  const HostCollection* collection = nullptr;
  for (const auto& o : observations)
    if (const auto* found = fact_of<HostCollection>(o)) collection = found;
  if (!collection) throw std::logic_error("host facts without their collection");

  Json collector = {
      {"name", collection->collector}, {"version", collection->collector_version}, {"elevated", collection->elevated}};
  Json host = {{"id", collection->id}, {"label", collection->label}, {"container", collection->container}};
  Json facts = Json::object();
  for (const auto& o : observations) {
    const KnownFact* known = known_fact(o.name);
    if (!known) continue;
    if (o.fact) facts[o.name] = {{"status", "ok"}, {"value", known->write(*o.fact)}};
    else
      facts[o.name] = {{"status", kenshin::to_key(status_of(o.fact.error().kind))},
                       {"detail", one_line(o.fact.error().detail)}};
  }
  Json document = {{"schema", schema_name},
                   {"collected_at", to_text(collection->collected_at)},
                   {"collector", std::move(collector)},
                   {"host", std::move(host)},
                   {"facts", std::move(facts)}};
  if (!collection->nonce.empty()) document["nonce"] = collection->nonce;
  return document.dump(2, ' ', false, nlohmann::detail::error_handler_t::replace) + "\n";
}

}  // namespace kenshin
