// The members of kenshin.host-facts/1 (docs/schema/host-facts.json), one list for each struct. Include this only in
// host_facts.cpp and in collectors.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "probes/base/json_fields.h"
#include "probes/host/facts.h"

namespace kenshin::host_facts_file {

enum class Status { Ok, Absent, Denied, Failed, Unsupported, NotCollected };
constexpr std::array<std::pair<Status, std::string_view>, 6> enum_names(Status) {
  return {{{Status::Ok, "ok"},
           {Status::Absent, "absent"},
           {Status::Denied, "denied"},
           {Status::Failed, "error"},
           {Status::Unsupported, "unsupported"},
           {Status::NotCollected, "not_collected"}}};
}
// The same statuses as Errors.
constexpr std::array<std::pair<Status, Error::Kind>, 5> error_kinds = {
    {{Status::Absent, Error::Kind::Absent},
     {Status::Denied, Error::Kind::Denied},
     {Status::Failed, Error::Kind::Failed},
     {Status::Unsupported, Error::Kind::Unsupported},
     {Status::NotCollected, Error::Kind::NotCollected}}};

enum class HostRole { Unknown, Terminal, Server };
constexpr std::array<std::pair<HostRole, std::string_view>, 3> enum_names(HostRole) {
  return {{{HostRole::Unknown, "unknown"}, {HostRole::Terminal, "terminal"}, {HostRole::Server, "server"}}};
}
enum class UpdateMode { Automatic, Notify, Off, Managed };
constexpr std::array<std::pair<UpdateMode, std::string_view>, 4> enum_names(UpdateMode) {
  return {{{UpdateMode::Automatic, "automatic"},
           {UpdateMode::Notify, "notify"},
           {UpdateMode::Off, "off"},
           {UpdateMode::Managed, "managed"}}};
}

// Enums of the facts under the schema's spellings; a type of our own, so that facts.jsonl may spell them otherwise.
template <class E>
struct Spelled {
  E value{};
};
constexpr std::array<std::pair<Answer, std::string_view>, 4> spellings(Answer) {
  return {{{Answer::Unknown, "unknown"},
           {Answer::No, "no"},
           {Answer::Yes, "yes"},
           {Answer::NotApplicable, "not_applicable"}}};
}
constexpr std::array<std::pair<SignatureState, std::string_view>, 4> spellings(SignatureState) {
  return {{{SignatureState::Unknown, "unknown"},
           {SignatureState::Current, "current"},
           {SignatureState::Outdated, "outdated"},
           {SignatureState::NotApplicable, "not_applicable"}}};
}
template <class E>
std::string to_key(const Spelled<E>& spelled) {
  for (const auto& [value, text] : spellings(E{}))
    if (value == spelled.value) return std::string(text);
  return {};
}
template <class E>
bool from_key(std::string_view text, Spelled<E>& spelled) {
  for (const auto& [value, known] : spellings(E{}))
    if (known == text) return spelled.value = value, true;
  return false;
}

inline std::optional<bool> yes_or_no(Answer answer) {
  if (answer == Answer::Yes) return true;
  if (answer == Answer::No) return false;
  return std::nullopt;
}
inline Answer answer_of(std::optional<bool> said) {
  if (!said) return Answer::Unknown;
  return *said ? Answer::Yes : Answer::No;
}

struct CollectorShape {
  std::string name, version, sha256;
  bool elevated = false;
};
template <class V>
void fields(V& v, CollectorShape& f) {
  v("name", f.name);
  v("version", f.version);
  v.may("sha256", f.sha256);
  v("elevated", f.elevated);
}

struct HostShape {
  std::string id, label;
  HostRole role = HostRole::Unknown;
  bool container = false;
};
template <class V>
void fields(V& v, HostShape& f) {
  v.may("id", f.id);
  v.may("label", f.label);
  v.may("role", f.role);
  v.may("container", f.container);
}

struct Envelope {
  Status status = Status::Failed;
  std::string source, at, code, detail;
  Json value;
};
template <class V>
void fields(V& v, Envelope& f) {
  v("status", f.status);
  v.may("source", f.source);
  v.may("value", f.value);
  v.may("at", f.at);
  v.may("code", f.code);
  v.may("detail", f.detail);
}

struct Document {
  std::string schema, nonce;
  Instant collected_at;
  CollectorShape collector;
  HostShape host;
  std::map<std::string, Envelope> facts;
};
template <class V>
void fields(V& v, Document& f) {
  v("schema", f.schema);
  v("collected_at", f.collected_at);
  v.may("nonce", f.nonce);
  v("collector", f.collector);
  v("host", f.host);
  v("facts", f.facts);
}

struct IdentityShape {
  using fact = OsIdentity;
  OsIdentity f;
};
template <class V>
void fields(V& v, IdentityShape& s) {
  v("family", s.f.family);
  v.may("id", s.f.id);
  v.may("version", s.f.version);
  v.may("pretty", s.f.pretty);
  v.may("edition", s.f.edition);
  v.may("type", s.f.type);
  v.may("build", s.f.build);
  v.may("ubr", s.f.ubr);
  v.may("kernel", s.f.kernel);
}

struct ExtendedSupportShape {
  using fact = OsExtendedSupport;
  OsExtendedSupport f;
};
template <class V>
void fields(V& v, ExtendedSupportShape& s) {
  Spelled<Answer> consumer{s.f.consumer};
  v("commercial_year", s.f.commercial_year);
  v("consumer", consumer);
  s.f.consumer = consumer.value;
}

struct LastCheckShape {
  using fact = UpdatesLastCheck;
  UpdatesLastCheck f;
};
template <class V>
void fields(V& v, LastCheckShape& s) {
  v("at", s.f.at);
  v.may("valid_until", s.f.valid_until);
  v.may("basis", s.f.basis);
}

struct LastOsUpdateShape {
  using fact = UpdatesLastOsUpdate;
  UpdatesLastOsUpdate f;
};
template <class V>
void fields(V& v, LastOsUpdateShape& s) {
  v("at", s.f.at);
  v.may("kb", s.f.kb);
  v.may("basis", s.f.basis);
}

struct PendingShape {
  using fact = UpdatesPending;
  UpdatesPending f;
};
template <class V>
void fields(V& v, PendingShape& s) {
  v("installed", s.f.installed);
  v("total", s.f.total);
  v("security", s.f.security);
  v.may("held", s.f.held);
  v("security_known", s.f.security_known);
}

struct AutoShape {
  using fact = UpdatesAuto;
  UpdatesAuto f;
};
template <class V>
void fields(V& v, AutoShape& s) {
  UpdateMode mode = UpdateMode::Off;
  kenshin::from_key(s.f.mode, mode);
  v("mode", mode);
  v.may("paused_until", s.f.paused_until);
  v.may("managed", s.f.managed);
  s.f.mode = kenshin::to_key(mode);
}

struct RebootShape {
  using fact = RebootRequired;
  RebootRequired f;
};
template <class V>
void fields(V& v, RebootShape& s) {
  v("required", s.f.required);
  v.may("since", s.f.since);
  v.may("basis", s.f.basis);
}

struct SignatureShape {
  Spelled<SignatureState> state;
  std::optional<Instant> at;
  std::string basis;
};
template <class V>
void fields(V& v, SignatureShape& f) {
  v("state", f.state);
  v.may("at", f.at);
  v.may("basis", f.basis);
}
struct ProductShape {
  AntivirusProduct f;
};
template <class V>
void fields(V& v, ProductShape& s) {
  std::optional<bool> active = yes_or_no(s.f.active), realtime = yes_or_no(s.f.realtime);
  SignatureShape signature{{s.f.signature_state}, s.f.signature_at, s.f.signature_basis};
  v.may("id", s.f.id);
  v("name", s.f.product);
  v("evidence", s.f.evidence);
  v("active", active);
  v("realtime", realtime);
  v("signature", signature);
  s.f.active = answer_of(active);
  s.f.realtime = answer_of(realtime);
  s.f.signature_state = signature.state.value;
  s.f.signature_at = signature.at;
  s.f.signature_basis = signature.basis;
}

}  // namespace kenshin::host_facts_file
