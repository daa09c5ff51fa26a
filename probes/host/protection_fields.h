// The JSON of probes/host/protection_facts.h, in kenshin.facts/1 and, for the values of facts, in kenshin.host-facts/1.
// Include only in .cpp files.
#pragma once

#include "probes/host/protection_facts.h"
#include "probes/tls/facts_fields.h"

namespace kenshin {

constexpr EnumNames<SoftwareKind, 4> enum_names(SoftwareKind) {
  return {{{SoftwareKind::Other, "other"},
           {SoftwareKind::Browser, "browser"},
           {SoftwareKind::Runtime, "runtime"},
           {SoftwareKind::ConsultationClient, "consultation_client"}}};
}
constexpr EnumNames<SoftwareUpdates, 4> enum_names(SoftwareUpdates) {
  return {{{SoftwareUpdates::Unknown, "unknown"},
           {SoftwareUpdates::Automatic, "automatic"},
           {SoftwareUpdates::Manual, "manual"},
           {SoftwareUpdates::Off, "off"}}};
}
constexpr EnumNames<FirewallScope, 4> enum_names(FirewallScope) {
  return {{{FirewallScope::All, "all"},
           {FirewallScope::Domain, "domain"},
           {FirewallScope::Private, "private"},
           {FirewallScope::Public, "public"}}};
}
constexpr EnumNames<VolumeRole, 3> enum_names(VolumeRole) {
  return {{{VolumeRole::System, "system"}, {VolumeRole::Data, "data"}, {VolumeRole::Removable, "removable"}}};
}
constexpr EnumNames<VolumeState, 7> enum_names(VolumeState) {
  return {{{VolumeState::Unknown, "unknown"},
           {VolumeState::On, "on"},
           {VolumeState::Off, "off"},
           {VolumeState::Suspended, "suspended"},
           {VolumeState::Encrypting, "encrypting"},
           {VolumeState::Decrypting, "decrypting"},
           {VolumeState::Locked, "locked"}}};
}
constexpr EnumNames<LogService, 3> enum_names(LogService) {
  return {{{LogService::Unknown, "unknown"}, {LogService::Running, "running"}, {LogService::Stopped, "stopped"}}};
}
constexpr EnumNames<SensorKind, 3> enum_names(SensorKind) {
  return {{{SensorKind::Ids, "ids"}, {SensorKind::Edr, "edr"}, {SensorKind::Audit, "audit"}}};
}
constexpr EnumNames<PortProtocol, 2> enum_names(PortProtocol) {
  return {{{PortProtocol::Tcp, "tcp"}, {PortProtocol::Udp, "udp"}}};
}
constexpr EnumNames<ListeningScope, 3> enum_names(ListeningScope) {
  return {{{ListeningScope::Loopback, "loopback"}, {ListeningScope::Private, "private"}, {ListeningScope::Any, "any"}}};
}

// A count, a number of days or seconds, a port: a reader refuses what is below zero or above `most`.
template <class V>
void refuse_beyond(V& v, std::string_view key, const std::optional<int>& value, int most) {
  if constexpr (requires { v.refuse(std::string()); })
    if (value && (*value < 0 || *value > most)) v.refuse(std::string(key) + " is out of range");
}
template <class V, class T>
void count(V& v, std::string_view key, T& value, int most = 2147483647) {
  v(key, value);
  refuse_beyond(v, key, value, most);
}

template <class V>
void fields(V& v, InstalledSoftware& f) {
  v("id", f.id);
  v("name", f.product);
  v("version", f.version);
  v("kind", f.kind);
  v("updates", f.updates);
}
template <class V>
void fields(V& v, SoftwareProducts& f) {
  v("products", f.products);
}
template <class V>
void fields(V& v, FirewallProfile& f) {
  v("name", f.scope);
  v("enabled", f.enabled);
}
template <class V>
void fields(V& v, HostFirewall& f) {
  v("profiles", f.profiles);
  v("basis", f.basis);
}
template <class V>
void fields(V& v, DiskVolume& f) {
  v("role", f.role);
  v("state", f.state);
}
template <class V>
void fields(V& v, DiskEncryption& f) {
  v("volumes", f.volumes);
  v("basis", f.basis);
}
template <class V>
void fields(V& v, ScreenLock& f) {
  v("enabled", f.enabled);
  count(v, "after_seconds", f.after_seconds);
  v("password", f.password);
  v("basis", f.basis);
}
template <class V>
void fields(V& v, AutomaticLogin& f) {
  v("enabled", f.enabled);
  v("basis", f.basis);
}
template <class V>
void fields(V& v, LocalAccounts& f) {
  count(v, "enabled", f.enabled);
  count(v, "privileged", f.privileged);
  count(v, "stale", f.stale);
  count(v, "blank_password", f.blank_password);
  count(v, "stale_days", f.stale_days);
}
template <class V>
void fields(V& v, SystemLogs& f) {
  v("service", f.service);
  v("oldest", f.oldest);
  count(v, "retention_days", f.retention_days);
  v("forwarded", f.forwarded);
  v("writable_by_everyone", f.writable_by_everyone);
  v("basis", f.basis);
}
template <class V>
void fields(V& v, ClockSync& f) {
  v("synchronized", f.synchronized);
  v("basis", f.basis);
}
template <class V>
void fields(V& v, Sensor& f) {
  v("id", f.id);
  v("name", f.product);
  v("kind", f.kind);
  v("evidence", f.evidence);
  v("active", f.active);
}
template <class V>
void fields(V& v, SensorProducts& f) {
  v("products", f.products);
}
template <class V>
void fields(V& v, ListeningPort& f) {
  v("protocol", f.protocol);
  count(v, "port", f.port, 65535);
  v("scope", f.scope);
}
template <class V>
void fields(V& v, ListeningPorts& f) {
  v("ports", f.ports);
}
template <class V>
void fields(V& v, ResidueFiles& f) {
  count(v, "recordings", f.recordings);
  count(v, "downloads", f.downloads);
  count(v, "screenshots", f.screenshots);
}
template <class V>
void fields(V& v, ResidueFeatures& f) {
  v("recall", f.recall);
  v("downloads_backed_up", f.downloads_backed_up);
  v("game_capture", f.game_capture);
  v("cloud_clipboard", f.cloud_clipboard);
  v("browser_sync", f.browser_sync);
}
template <class V>
void fields(V& v, LastPowerOff& f) {
  v("from", f.from);
  v("to", f.to);
}
template <class V>
void fields(V& v, OtherUse& f) {
  v("ehr_client", f.ehr_client);
  count(v, "networks", f.networks);
}

}  // namespace kenshin
