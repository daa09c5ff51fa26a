// Every probe there is, in the order they look at a target. A row here and its function make one (docs/adding.md).
#include "probes/probe.h"

#include <array>

#include "probes/certificate/chain.h"
#include "probes/dns/delegation.h"
#include "probes/dns/domain_dns.h"
#include "probes/domain/dependents.h"
#include "probes/domain/outside.h"
#include "probes/domain/registration.h"
#include "probes/host/this_host.h"
#include "probes/place/place.h"
#include "probes/tls/tls.h"
#include "probes/web/http.h"

namespace kenshin {

std::span<const Probe> all_probes() {
  static constexpr std::string_view tls[] = {
      TlsVersions::name,    TlsSuites::name,     TlsGroups::name,   TlsSignatureSchemes::name,
      TlsKeyExchange::name, TlsExtensions::name, TlsSessions::name, TlsClientCertificate::name,
      TlsTranscript::name,  TlsWeaknesses::name};
  static constexpr std::string_view certificate[] = {CertificateChain::name, CertificateSelection::name,
                                                     CertificateRevocation::name};
  static constexpr std::string_view http[] = {HttpSecure::name, HttpPlain::name};
  static constexpr std::string_view place[] = {EndpointPlace::name};
  static constexpr std::string_view registration[] = {Registration::name};
  static constexpr std::string_view dns[] = {DomainDns::name};
  static constexpr std::string_view dependents[] = {DomainDependents::name};
  static constexpr std::string_view outside[] = {IssuedCertificates::name, DomainLookalikes::name, ArchivedPages::name};
  static constexpr std::string_view delegation[] = {DomainDelegation::name};
  static constexpr std::string_view host[] = {HostCollection::name,      OsIdentity::name,       UpdatesLastCheck::name,
                                              UpdatesLastOsUpdate::name, UpdatesPending::name,   UpdatesAuto::name,
                                              RebootRequired::name,      AntivirusProducts::name};
  static constexpr auto probes = std::to_array<Probe>({
      {"tls", TargetKind::Endpoint, PermissionClass::Unusual, "ask.tls", tls, observe_tls},
      {"certificate", TargetKind::Endpoint, PermissionClass::Ordinary, "ask.certificate", certificate,
       observe_certificate},
      {"http", TargetKind::Endpoint, PermissionClass::Ordinary, "ask.http", http, observe_http},
      {"place", TargetKind::Endpoint, PermissionClass::LookUp, "ask.place", place, observe_place},
      {"registration", TargetKind::Domain, PermissionClass::LookUp, "ask.registration", registration,
       observe_registration},
      {"dns", TargetKind::Domain, PermissionClass::LookUp, "ask.dns", dns, observe_domain_dns},
      {"delegation", TargetKind::Domain, PermissionClass::LookUp, "ask.delegation", delegation, observe_delegation},
      {"dependents", TargetKind::Domain, PermissionClass::Ordinary, "ask.dependents", dependents, observe_dependents},
      {"outside", TargetKind::Domain, PermissionClass::LookUp, "ask.outside", outside, observe_outside},
      {"host", TargetKind::Host, PermissionClass::LookUp, "ask.host", host, observe_this_host},
  });
  return probes;
}

}  // namespace kenshin
