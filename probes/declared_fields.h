// The JSON of probes/declared.h.
// Include only in .cpp files.
#pragma once

#include "probes/declared.h"
#include "probes/tls/facts_fields.h"

namespace kenshin {

constexpr EnumNames<Role, 9> enum_names(Role) {
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
constexpr EnumNames<Owner, 4> enum_names(Owner) {
  return {{{Owner::Unknown, "unknown"},
           {Owner::Clinic, "clinic"},
           {Owner::Vendor, "vendor"},
           {Owner::GeneralService, "general_service"}}};
}
constexpr EnumNames<SystemKind, 3> enum_names(SystemKind) {
  return {{{SystemKind::Unknown, "unknown"},
           {SystemKind::Dedicated, "dedicated"},
           {SystemKind::GeneralPurpose, "general_purpose"}}};
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
  v.may("former_domains_listed", f.former_domains_listed);
}
template <class V>
void fields(V& v, DeclaredEndpoint& f) {
  v("role", f.role);
  v("owner", f.owner);
  v("tls12_reason", f.tls12_reason);
  v.may("plain_http", f.plain_http);
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

}  // namespace kenshin
