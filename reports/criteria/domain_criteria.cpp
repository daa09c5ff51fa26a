#include "reports/criteria/domain_criteria.h"

#include <array>

#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

constexpr std::string_view xiv = "オンライン診療 checklist 2026, 2.5.2-1.xiv";

constexpr Verdicts told = gives(Verdict::Unknown, Verdict::NotApplicable, Verdict::Met, Verdict::Attention);
constexpr Verdicts decided =
    gives(Verdict::Unknown, Verdict::NotApplicable, Verdict::Met, Verdict::Attention, Verdict::NotMet);

constexpr Criterion row(std::string_view id, std::string_view cites, Verdicts verdicts,
                        Judgement (*judge)(const Question&)) {
  return {id, cites, TargetKind::Domain, {}, verdicts, judge};
}

constexpr auto criteria = std::to_array<Criterion>({
    row("domain.own_name", xiv, gives(Verdict::Unknown, Verdict::Met, Verdict::Attention), judge_domain_own_name),
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
    {"domain.former.listed",
     xiv,
     TargetKind::Clinic,
     {},
     gives(Verdict::Unknown, Verdict::Met, Verdict::Attention),
     judge_former_listed},
});

}  // namespace

std::span<const Criterion> domain_criteria() { return criteria; }

bool speaks_of_former_domains(const Criterion& criterion) { return criterion.id.starts_with("domain.former."); }

}  // namespace kenshin
