#include "reports/criteria/domain_criteria.h"

#include <array>

#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

constexpr std::string_view xiv = "オンライン診療 checklist 2026, 2.5.2-1.xiv";

constexpr Verdicts seen = gives(Verdict::Unknown, Verdict::Met, Verdict::Attention);
constexpr Verdicts never_ruled_out = gives(Verdict::Unknown, Verdict::Met, Verdict::Attention, Verdict::NotMet);
constexpr Verdicts told = gives(Verdict::Unknown, Verdict::NotApplicable, Verdict::Met, Verdict::Attention);
constexpr Verdicts decided =
    gives(Verdict::Unknown, Verdict::NotApplicable, Verdict::Met, Verdict::Attention, Verdict::NotMet);

constexpr Criterion row(std::string_view id, std::string_view cites, Verdicts verdicts,
                        Judgement (*judge)(const Question&)) {
  return {id, cites, TargetKind::Domain, {}, verdicts, judge};
}

constexpr auto criteria = std::to_array<Criterion>({
    row("domain.registered", xiv, never_ruled_out, judge_domain_registered),
    row("domain.state", xiv, decided, judge_domain_state),
    row("domain.expiry", xiv, told, judge_domain_expiry),
    row("domain.lock", xiv, told, judge_domain_lock),
    row("domain.young", xiv, told, judge_domain_young),
    row("domain.dnssec", "オンライン診療 checklist 2026, 2.5.2-1.xiv; RFC 4035; RFC 8624", decided,
        judge_domain_dnssec),
    row("domain.caa", "RFC 8659", told, judge_domain_caa),
    row("domain.caa_issuer", "RFC 8659", told, judge_caa_issuer),
    row("domain.no_mail", "RFC 7505; RFC 7208; RFC 7489", told, judge_domain_no_mail),
    row("domain.mail", "RFC 7208; RFC 7489; RFC 8461; RFC 7672", told, judge_domain_mail),
    row("domain.delegation", "RFC 1034 4.2.2; RFC 2182; RFC 1912 2.8", told, judge_domain_delegation),
    row("domain.dependents.lame", xiv, told, judge_domain_lame),
    row("domain.dependents.registered", xiv, decided, judge_dependents_registered),
    row("domain.dependents.state", xiv, decided, judge_dependents_state),
    row("domain.dependents.expiry", xiv, told, judge_dependents_expiry),
    row("domain.dependents.dangling", xiv, seen, judge_dependents_dangling),
    row("domain.dependents.takeover", xiv, told, judge_dependents_takeover),
    row("domain.dependents.newer", xiv, told, judge_dependents_newer),
    row("domain.dependents.wildcard", xiv, seen, judge_domain_wildcard),
    {"endpoint.address_held", xiv, TargetKind::Endpoint, {}, told, judge_address_held},
    row("domain.own_name", xiv, seen, judge_domain_own_name),
    row("domain.registry_lock", "RFC 8056; RFC 5731 2.3", told, judge_domain_registry_lock),
    row("domain.created", xiv, told, judge_domain_created),
    row("domain.holder", xiv, told, judge_domain_holder),
    row("domain.changed", xiv, decided, judge_domain_changed),
    row("domain.transferred", "オンライン診療 checklist 2026, 2.5.2-1.xiv; RFC 9083 10.2.3", told,
        judge_domain_transferred),
    row("domain.certificate_older", "オンライン診療 checklist 2026, 2.5.2-1.xiv; RFC 6962 3.2", told,
        judge_certificate_older),
    row("domain.certificates_before", "オンライン診療 checklist 2026, 2.5.2-1.xiv; RFC 6962", told,
        judge_certificates_before),
    row("domain.new_issuer", "オンライン診療 checklist 2026, 2.5.2-1.xiv; RFC 6962", told, judge_new_issuer),
    row("domain.lookalikes", "our own policy", told, judge_lookalikes),
    row("domain.former.held", xiv, decided, judge_former_held),
    row("domain.former.reused", xiv, decided, judge_former_reused),
    row("domain.former.archive", "our own policy", gives(Verdict::Unknown, Verdict::NotApplicable, Verdict::Met),
        judge_former_archive),
    {"domain.former.listed", xiv, TargetKind::Clinic, {}, seen, judge_former_listed},
});

}  // namespace

std::span<const Criterion> domain_criteria() { return criteria; }

bool speaks_of_former_domains(const Criterion& criterion) { return criterion.id.starts_with("domain.former."); }

}  // namespace kenshin
