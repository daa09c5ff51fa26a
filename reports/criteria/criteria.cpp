// The list of criteria: one row each, in the order in which findings stand.
#include <algorithm>
#include <array>

#include "reports/criteria/criterion.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

constexpr auto met = Verdict::Met;
constexpr auto not_met = Verdict::NotMet;
constexpr auto attention = Verdict::Attention;
constexpr auto unknown = Verdict::Unknown;
constexpr auto conditional = Verdict::Conditional;
constexpr auto not_applicable = Verdict::NotApplicable;

// The vendor's consultation system, of which item 2.5.2-1.xii speaks.
constexpr std::array consultation = {Role::Consult, Role::Login, Role::Api, Role::Media};

constexpr TargetKind endpoint = TargetKind::Endpoint;
constexpr TargetKind domain = TargetKind::Domain;
constexpr TargetKind host = TargetKind::Host;

constexpr std::string_view xii = "オンライン診療 checklist 2026, 2.5.2-1.xii";
constexpr std::string_view xii_ipa = "オンライン診療 checklist 2026, 2.5.2-1.xii; IPA/CRYPTREC TLS暗号設定ガイドライン";
constexpr std::string_view xii_br = "オンライン診療 checklist 2026, 2.5.2-1.xii; CA/B Forum TLS BR 2.2.6";
constexpr std::string_view xiv = "オンライン診療 checklist 2026, 2.5.2-1.xiv";
constexpr std::string_view v = "オンライン診療 checklist 2026, 2.5.1-1.v";
constexpr std::string_view vi = "オンライン診療 checklist 2026, 2.5.1-1.v and vi";

constexpr auto criteria = std::to_array<Criterion>({
    {"tls.version.floor", xii, endpoint, consultation, gives(unknown, met, not_met), judge_version_floor},
    {"tls.version.tls13", xii, endpoint, consultation, gives(unknown, met, conditional, attention, not_met),
     judge_tls13},
    {"tls.suites.listed", xii_ipa, endpoint, consultation, gives(unknown, not_applicable, met, attention, not_met),
     judge_suites_listed},
    {"tls.suites.prohibited", xii_ipa, endpoint, consultation, gives(unknown, met, not_met), judge_suites_prohibited},
    {"tls.suites.tls13", xii_ipa, endpoint, consultation, gives(unknown, not_applicable, met, attention, not_met),
     judge_suites_tls13},
    {"tls.groups.strength", xii_ipa, endpoint, consultation, gives(unknown, not_applicable, met, attention, not_met),
     judge_group_strength},
    {"tls.suites.server_order", xii_ipa, endpoint, consultation, gives(unknown, not_applicable, met, attention),
     judge_server_order},
    {"certificate.trusted", xii, endpoint, consultation, gives(unknown, met, not_met), judge_certificate_trusted},
    {"certificate.name", xii_br, endpoint, consultation, gives(unknown, met, not_met), judge_certificate_name},
    {"certificate.validity", xii_br, endpoint, consultation, gives(unknown, met, attention, not_met),
     judge_certificate_validity},
    {"certificate.lifetime", xii_br, endpoint, consultation, gives(unknown, not_applicable, met, not_met),
     judge_certificate_lifetime},
    {"certificate.key", xii_br, endpoint, consultation, gives(unknown, met, attention, not_met), judge_certificate_key},
    {"certificate.signature", xii_br, endpoint, consultation, gives(unknown, met, not_met),
     judge_certificate_signature},
    {"certificate.chain_complete", xii_br, endpoint, consultation,
     gives(unknown, not_applicable, met, attention, not_met), judge_chain_complete},
    {"domain.registered", xiv, domain, {}, gives(unknown, met, not_met), judge_domain_registered},
    {"domain.state", xiv, domain, {}, gives(unknown, not_applicable, met, attention, not_met), judge_domain_state},
    {"domain.expiry", xiv, domain, {}, gives(unknown, not_applicable, met, attention), judge_domain_expiry},
    {"domain.lock", xiv, domain, {}, gives(unknown, not_applicable, met, attention), judge_domain_lock},
    {"domain.young", xiv, domain, {}, gives(unknown, not_applicable, met, attention), judge_domain_young},
    {"host.os.supported", v, host, {}, gives(unknown, met, attention, not_met), judge_os_supported},
    {"host.updates.pending_security",
     v,
     host,
     {},
     gives(unknown, met, conditional, attention, not_met),
     judge_updates_pending},
    {"host.updates.last_check",
     v,
     host,
     {},
     gives(unknown, met, conditional, attention, not_met),
     judge_updates_last_check},
    {"host.updates.current",
     v,
     host,
     {},
     gives(unknown, not_applicable, met, conditional, attention, not_met),
     judge_updates_current},
    {"host.reboot", v, host, {}, gives(unknown, not_applicable, met, conditional, attention, not_met), judge_reboot},
    {"host.av.active", vi, host, {}, gives(unknown, met, attention, not_met), judge_antivirus_active},
    {"host.av.signatures",
     vi,
     host,
     {},
     gives(unknown, not_applicable, met, attention, not_met),
     judge_antivirus_signatures},
});

}  // namespace

std::span<const Criterion> all_criteria() { return criteria; }

const Criterion* criterion_named(std::string_view id) {
  const auto at = std::find_if(criteria.begin(), criteria.end(), [&](const Criterion& c) { return c.id == id; });
  return at == criteria.end() ? nullptr : &*at;
}

}  // namespace kenshin
