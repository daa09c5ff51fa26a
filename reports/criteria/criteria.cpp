// The list of criteria: one row each, in the order in which findings stand.
#include <algorithm>
#include <array>
#include <vector>

#include "reports/criteria/criterion.h"
#include "reports/criteria/domain_criteria.h"
#include "reports/criteria/host_criteria.h"
#include "reports/criteria/judges.h"
#include "reports/criteria/tls_weaknesses.h"

namespace kenshin {

namespace {

using enum Verdict;

// The vendor's consultation system, of which item 2.5.2-1.xii speaks.
constexpr std::array consultation = {Role::Consult, Role::Login, Role::Api, Role::Media};

// What patients' data go to, of which item 2.5.2-2.i speaks.
constexpr std::array keeping = {Role::Consult, Role::Login, Role::Api, Role::Media, Role::Data};

constexpr TargetKind endpoint = TargetKind::Endpoint;

constexpr std::string_view xii = "オンライン診療 checklist 2026, 2.5.2-1.xii";
constexpr std::string_view xii_ipa = "オンライン診療 checklist 2026, 2.5.2-1.xii; IPA/CRYPTREC TLS暗号設定ガイドライン";
constexpr std::string_view xii_br = "オンライン診療 checklist 2026, 2.5.2-1.xii; CA/B Forum TLS BR 2.2.6";
constexpr std::string_view kept_in_japan = "オンライン診療 checklist 2026, 2.5.2-2.i";

constexpr std::string_view rfc_revocation = "RFC 6960; RFC 5280 5; CA/B Forum TLS BR 2.2.6, 4.9";
constexpr std::string_view guideline13 = "医療情報システムの安全管理に関するガイドライン, システム運用編 13";

constexpr auto criteria = std::to_array<Criterion>({
    {"tls.version.floor", xii, endpoint, consultation, gives(Unknown, Met, NotMet), judge_version_floor},
    {"tls.version.tls13", xii, endpoint, consultation, gives(Unknown, Met, Conditional, Attention, NotMet),
     judge_tls13},
    {"tls.suites.listed", xii_ipa, endpoint, consultation, gives(Unknown, NotApplicable, Met, Attention, NotMet),
     judge_suites_listed},
    {"tls.suites.prohibited", xii_ipa, endpoint, consultation, gives(Unknown, Met, NotMet), judge_suites_prohibited},
    {"tls.suites.tls13", xii_ipa, endpoint, consultation, gives(Unknown, NotApplicable, Met, Attention, NotMet),
     judge_suites_tls13},
    {"tls.groups.strength", xii_ipa, endpoint, consultation, gives(Unknown, NotApplicable, Met, Attention, NotMet),
     judge_group_strength},
    {"tls.dh.strength", xii_ipa, endpoint, consultation, gives(Unknown, NotApplicable, Met, Attention, NotMet),
     judge_dh_strength},
    {"tls.suites.server_order", xii_ipa, endpoint, consultation, gives(Unknown, NotApplicable, Met, Attention),
     judge_server_order},
    {"certificate.trusted", xii, endpoint, consultation, gives(Unknown, Met, Attention, NotMet),
     judge_certificate_trusted},
    {"certificate.distrusted", xii, endpoint, consultation, gives(Unknown, NotApplicable, Met, Attention, NotMet),
     judge_certificate_distrusted},
    {"certificate.name", xii_br, endpoint, consultation, gives(Unknown, Met, NotMet), judge_certificate_name},
    {"certificate.validity", xii_br, endpoint, consultation, gives(Unknown, Met, Attention, NotMet),
     judge_certificate_validity},
    {"certificate.lifetime", xii_br, endpoint, consultation, gives(Unknown, NotApplicable, Met, Attention, NotMet),
     judge_certificate_lifetime},
    {"certificate.key", xii_br, endpoint, consultation, gives(Unknown, Met, Attention, NotMet), judge_certificate_key},
    {"certificate.signature", xii_br, endpoint, consultation, gives(Unknown, Met, NotMet), judge_certificate_signature},
    {"certificate.chain_complete", xii_br, endpoint, consultation,
     gives(Unknown, NotApplicable, Met, Attention, NotMet), judge_chain_complete},
    {"certificate.revocation", rfc_revocation, endpoint, consultation, gives(Unknown, NotApplicable, Met, NotMet),
     judge_certificate_revocation},
    {"certificate.key_flaws", xii_br, endpoint, consultation, gives(Unknown, Met, Attention, NotMet), judge_key_flaws},
    {"certificate.key_shared",
     "Heninger, Durumeric, Wustrow, Halderman: Mining Your Ps and Qs (2012); CA/B Forum TLS BR 6.1.1.3", endpoint,
     consultation, gives(Unknown, NotApplicable, Met, Attention, NotMet), judge_key_shared},
    {"http.plain", xii, endpoint, consultation, gives(Unknown, NotApplicable, Met, Attention, NotMet),
     judge_plain_http},
    {"tls.client_certificate", guideline13, endpoint, consultation, gives(Unknown, NotApplicable, Met, Attention),
     judge_client_certificate},
    {"certificate.usage", xii_br, endpoint, consultation, gives(Unknown, Met, Attention, NotMet),
     judge_certificate_usage},
    {"certificate.timestamps", "RFC 6962; the browsers' transparency policies", endpoint, consultation,
     gives(Unknown, NotApplicable, Met, Attention), judge_certificate_timestamps},
    {"certificate.must_staple", "RFC 7633 4", endpoint, consultation, gives(Unknown, NotApplicable, Met, Attention),
     judge_must_staple},
    {"certificate.same_everywhere", "our own policy", endpoint, consultation,
     gives(Unknown, NotApplicable, Met, Attention), judge_same_certificates},
    {"certificate.conformance", xii_br, endpoint, consultation, gives(Unknown, NotApplicable, Met, Attention),
     judge_certificate_conformance},
    {"certificate.validation", xii_br, endpoint, consultation, gives(Unknown, Met), judge_certificate_validation},
    {"http.hsts", "RFC 6797", endpoint, consultation, gives(Unknown, Met, Attention), judge_hsts},
    {"http.cookies", "RFC 6265 4.1.2.5", endpoint, consultation, gives(Unknown, NotApplicable, Met, Attention),
     judge_cookies},
    {"http.page_cache", "RFC 9111 5.2.2.5", endpoint, consultation, gives(Unknown, Met, Attention), judge_page_cache},
    {"tls.session.resumption", "RFC 8446 4.2.9", endpoint, consultation, gives(Unknown, NotApplicable, Met, Attention),
     judge_resumption},
    {"tls.session.early_data", "RFC 8446 8, E.5", endpoint, consultation, gives(Unknown, NotApplicable, Met, Attention),
     judge_early_data},
    {"tls.signature_schemes", "RFC 9155; RFC 8446 4.2.3", endpoint, consultation,
     gives(Unknown, NotApplicable, Met, Attention), judge_signature_schemes},
    {"tls.groups.post_quantum", "no guideline demands it yet", endpoint, consultation,
     gives(Unknown, NotApplicable, Met, Attention), judge_post_quantum},
    {"tls.version.tls12", xii, endpoint, consultation, gives(Unknown, Met), judge_tls12},
    {"place.japan", kept_in_japan, endpoint, keeping, gives(Unknown, Met, Attention, NotMet), judge_place_japan},
});

}  // namespace

std::span<const Criterion> all_criteria() {
  static const std::vector<Criterion> all = [] {
    std::vector<Criterion> out(criteria.begin(), criteria.end());
    for (const auto more : {weakness_criteria(), domain_criteria(), host_criteria()})
      out.insert(out.end(), more.begin(), more.end());
    return out;
  }();
  return all;
}

const Criterion* criterion_named(std::string_view id) {
  const auto all = all_criteria();
  const auto at = std::find_if(all.begin(), all.end(), [&](const Criterion& c) { return c.id == id; });
  return at == all.end() ? nullptr : &*at;
}

}  // namespace kenshin
