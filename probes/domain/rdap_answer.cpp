#include "probes/domain/rdap_answer.h"

#include <algorithm>
#include <array>

#include "probes/base/foreign_json_fields.h"
#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/domain/public_suffix.h"
#include "probes/domain/refusal_words.h"

namespace kenshin {

namespace {

constexpr std::size_t most_states = 32, most_servers = 64, most_events = 32, most_related = 4, most_notices = 64;

Error malformed(std::string detail) { return {Error::Kind::Malformed, "RDAP answer: " + std::move(detail)}; }

// RFC 9083 10.2.2 and RFC 8056 2, as RDAP spells them.
constexpr std::array<std::string_view, 36> statuses = {
    "active",
    "associated",
    "inactive",
    "add period",
    "auto renew period",
    "renew period",
    "transfer period",
    "redemption period",
    "pending create",
    "pending delete",
    "pending renew",
    "pending restore",
    "pending transfer",
    "pending update",
    "client delete prohibited",
    "client hold",
    "client renew prohibited",
    "client transfer prohibited",
    "client update prohibited",
    "server delete prohibited",
    "server hold",
    "server renew prohibited",
    "server transfer prohibited",
    "server update prohibited",
    "validated",
    "renew prohibited",
    "update prohibited",
    "transfer prohibited",
    "delete prohibited",
    "proxy",
    "private",
    "removed",
    "obscured",
    "locked",
    "reserved",
    "administrative",
};

std::string without_blanks(std::string_view text) {
  std::string out;
  for (const char c : lower_ascii(text))
    if (c != ' ' && c != '_' && c != '-') out += c;
  return out;
}

// The first elements of an array; nothing where it is none.
std::vector<const Json*> elements(const Json* array, std::size_t limit) {
  std::vector<const Json*> out;
  if (array == nullptr || !array->is_array()) return out;
  for (const auto& element : *array) {
    if (out.size() == limit) break;
    out.push_back(&element);
  }
  return out;
}

bool lists(const Json* array, std::string_view word) {
  for (const Json* element : elements(array, 32))
    if (element->is_string() && lower_ascii(element->get<std::string>()) == word) return true;
  return false;
}

std::optional<Instant> instant_of(const Json& event) {
  const auto at = parse_instant(text_member(event, "eventDate"));
  return at ? std::optional(*at) : std::nullopt;
}

void keep_earlier(std::optional<Day>& kept, Instant at) {
  const Day day = std::chrono::floor<std::chrono::days>(at);
  if (!kept || day < *kept) kept = day;
}
void keep_later(std::optional<Day>& kept, Instant at) {
  const Day day = std::chrono::floor<std::chrono::days>(at);
  if (!kept || day > *kept) kept = day;
}

// RFC 9083 10.2.3.
void take_events(const Json& domain, Registration& into) {
  for (const Json* event : elements(member(domain, "events"), most_events)) {
    const std::string action = lower_ascii(text_member(*event, "eventAction"));
    const auto at = instant_of(*event);
    if (!at) continue;
    if (action == "registration") keep_later(into.created, *at);
    if (action == "expiration") keep_earlier(into.expires, *at);
    if (action == "registrar expiration") keep_earlier(into.registrar_expires, *at);
    if (action == "last changed" && (!into.updated || *into.updated < *at)) into.updated = *at;
    if (action == "transfer" || action == "reregistration") into.events.push_back({action, *at});
  }
}

void take_states(const Json& domain, Registration& into) {
  std::vector<std::string> said;
  for (const Json* status : elements(member(domain, "status"), most_states)) {
    if (!status->is_string()) continue;
    said.push_back(one_line(status->get<std::string>(), 80));
    const std::string state = rdap_status(status->get<std::string>());
    if (std::find(into.state.begin(), into.state.end(), state) == into.state.end()) into.state.push_back(state);
  }
  into.state_text = one_line(join(said, ", "), 400);
}

void take_servers(const Json& domain, Registration& into) {
  for (const Json* server : elements(member(domain, "nameservers"), most_servers)) {
    std::string host = lower_ascii(one_line(text_member(*server, "ldhName"), 253));
    if (host.ends_with('.')) host.pop_back();
    if (!host.empty()) into.name_servers.push_back(std::move(host));
  }
}

bool has_elements(const Json* array) { return array != nullptr && array->is_array() && !array->empty(); }

void take_signature(const Json& domain, Registration& into) {
  const Json* dns = member(domain, "secureDNS");
  if (dns == nullptr) return;
  const Json* is_signed = member(*dns, "delegationSigned");
  into.is_signed = (is_signed != nullptr && is_signed->is_boolean() && is_signed->get<bool>()) ||
                   has_elements(member(*dns, "dsData")) || has_elements(member(*dns, "keyData"));
}

// RFC 7095 3.3: ["vcard", [["fn", {}, "text", "Example Registrar"], ...]].
std::string formatted_name(const Json& entity) {
  const Json* card = member(entity, "vcardArray");
  if (card == nullptr || !card->is_array() || card->size() < 2) return {};
  for (const Json* property : elements(&(*card)[1], 64))
    if (property->is_array() && property->size() >= 4 && (*property)[0] == "fn" && (*property)[3].is_string())
      return (*property)[3].get<std::string>();
  return {};
}

void take_registrar(const Json& domain, Registration& into) {
  for (const Json* entity : elements(member(domain, "entities"), 64)) {
    const Json* roles = member(*entity, "roles");
    if (into.registrar || !lists(roles, "registrar") || lists(roles, "registrant")) continue;
    std::string called = formatted_name(*entity);
    if (trim(called).empty()) called = text_member(*entity, "handle");
    if (!trim(called).empty()) into.registrar = one_line(trim(called), 120);
    for (const Json* id : elements(member(*entity, "publicIds"), 16)) {
      const std::string number = text_member(*id, "identifier");
      if (lower_ascii(text_member(*id, "type")) == "iana registrar id" && !number.empty())
        into.registrar_id = one_line(number, 20);
    }
  }
}

std::vector<std::string> related_links(const Json& domain) {
  std::vector<std::string> out;
  for (const Json* link : elements(member(domain, "links"), 32)) {
    const std::string type = lower_ascii(text_member(*link, "type")), url = text_member(*link, "href");
    const bool speaks_rdap = type.empty() || type.starts_with("application/rdap+json");
    if (lower_ascii(text_member(*link, "rel")) != "related" || !speaks_rdap || url.size() > 500) continue;
    if (out.size() < most_related && url.starts_with("http")) out.push_back(url);
  }
  return out;
}

bool is_that_name(const Json& domain, std::string_view name) {
  std::string said = text_member(domain, "ldhName");
  if (said.empty()) said = text_member(domain, "unicodeName");
  const auto host = canonical_host(said);
  return host && *host == name;
}

// The title and description of an error object (RFC 9083 6).
std::string error_words(const Json& answer) {
  std::string said = text_member(answer, "title");
  for (const Json* line : elements(member(answer, "description"), 4))
    if (line->is_string()) said += " " + line->get<std::string>();
  return said;
}

// RFC 9083 6, and what servers say of quotas instead.
std::optional<Error> error_object(const Json& answer) {
  const Json* code = member(answer, "errorCode");
  if (code == nullptr || member(answer, "ldhName") != nullptr) return std::nullopt;
  const std::string said = error_words(answer);
  const bool refuses = *code == 429 || has_refusal_words(said);
  return Error{refuses ? Error::Kind::RateLimited : Error::Kind::Malformed,
               "RDAP answer: " + one_line(trim(said), 160)};
}

// RFC 9083 10.2.1: part of the object was left out. Withheld from the public is what nobody shows us anyway.
std::optional<Error> truncated_object(const Json& domain) {
  for (const auto* kind : {"notices", "remarks"})
    for (const Json* notice : elements(member(domain, kind), most_notices)) {
      const std::string type = lower_ascii(text_member(*notice, "type"));
      if (!type.starts_with("object truncated") && !type.starts_with("result set truncated")) continue;
      if (type.ends_with("authorization")) continue;
      return Error{type.ends_with("load") ? Error::Kind::RateLimited : Error::Kind::Malformed,
                   "RDAP answer: " + one_line(type, 80)};
    }
  return std::nullopt;
}

}  // namespace

std::string rdap_status(std::string_view status) {
  const std::string said = without_blanks(trim(status.substr(0, status.find("http"))));
  if (said == "ok") return "active";          // RFC 8056 2
  if (said == "linked") return "associated";  // RFC 8056 2
  for (const auto known : statuses)
    if (without_blanks(known) == said) return std::string(known);
  return "unknown state";
}

Result<RdapAnswer> parse_rdap_domain(std::string_view json, std::string_view name) {
  const auto read = parse_json(json, "RDAP answer");
  if (!read) return read.error();
  if (auto error = error_object(*read)) return *error;
  if (lower_ascii(text_member(*read, "objectClassName")) != "domain") return malformed("it is no domain object");
  if (auto error = truncated_object(*read)) return *error;
  if (!is_that_name(*read, name))
    return malformed("it speaks of \"" + one_line(text_member(*read, "ldhName"), 80) + "\", asked was " +
                     one_line(name, 80));
  if (const Json* status = member(*read, "status"); status != nullptr && status->size() > most_states)
    return malformed("more than " + std::to_string(most_states) + " states");
  RdapAnswer out;
  out.record.registered = Answer::Yes;
  out.record.source = "rdap";
  out.record.kind = registration_kind(name);
  take_states(*read, out.record);
  take_events(*read, out.record);
  take_servers(*read, out.record);
  take_signature(*read, out.record);
  take_registrar(*read, out.record);
  out.related = related_links(*read);
  return out;
}

bool is_rdap_not_found(std::string_view json) {
  const auto read = parse_json(json, "RDAP answer");
  if (!read) return false;
  const Json* code = member(*read, "errorCode");
  return code != nullptr && *code == 404 && !has_refusal_words(error_words(*read));
}

bool is_rdap_help(std::string_view json) {
  const auto read = parse_json(json, "RDAP answer");
  return read && has_elements(member(*read, "rdapConformance"));
}

}  // namespace kenshin
