#include "reports/criteria/explain.h"

#include "probes/base/text.h"
#include "probes/tls/code_points.h"

namespace kenshin {

namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

std::string number(int value) { return std::to_string(value); }
std::string text(const std::set<std::string>& values) {
  const std::vector<std::string> all(values.begin(), values.end());
  return join(all, ", ");
}
std::string text(const std::set<int>& values) {
  std::vector<std::string> shown;
  for (const int value : values) shown.push_back(number(value));
  return join(shown, ", ");
}
std::string text(const std::set<Role>& roles) {
  std::vector<std::string> all;
  for (const Role role : roles) all.emplace_back(role == Role::Server ? "server" : "terminal");
  return join(all, ", ");
}

Lines listed(const Profile& p) {
  return {{"suites", p.suites.edition + ", " + to_text(p.suites.as_of) + ", " + std::string(mark_name(p.suites.mark))},
          {"suites.exception_list_held", p.suites.exception_list_held ? "true" : "false"},
          {"tls.demanded", std::string(grade_name(p.tls.demanded))},
          {"tls.outside", std::string(verdict_name(p.tls.outside))}};
}

Lines groups(const Profile& p) {
  std::vector<std::string> weak;
  for (const GroupId group : p.tls.weak_groups) weak.push_back(group_name(group));
  return {{"tls.weak_groups", join(weak, ", ")}, {"tls.weak_group", std::string(verdict_name(p.tls.weak_group))}};
}

Lines schemes(const Profile& p) {
  std::vector<std::string> weak;
  for (const SchemeId scheme : p.tls.weak_schemes) weak.push_back(scheme_name(scheme));
  return {{"tls.weak_schemes", join(weak, ", ")}};
}

Lines lifetimes(const Profile& p) {
  Lines out;
  for (const auto& limit : p.certificate.lifetime)
    out.emplace_back(
        "certificate.lifetime " + to_text(limit.from),
        number(limit.days) + (limit.mark == Mark::Confirmed ? "" : " (" + std::string(mark_name(limit.mark)) + ")"));
  return out;
}

Lines states(const Profile& p) {
  Lines out;
  for (const Verdict verdict : {Verdict::NotMet, Verdict::Attention, Verdict::Met}) {
    std::vector<std::string> words;
    for (const auto& [state, judged_as] : p.domain.states)
      if (judged_as == verdict) words.push_back(state);
    out.emplace_back("domain.states " + std::string(verdict_name(verdict)), join(words, ", "));
  }
  return out;
}

Lines approved_window(const Profile& p) {
  return {{"domain.approved_window_days", number(p.domain.approved_window_days)}};
}

struct Explained {
  std::string_view criterion;
  Lines (*thresholds)(const Profile&);
};

constexpr Explained explained[] = {
    {"tls.version.floor",
     [](const Profile& p) -> Lines {
       return {{"tls.floor", std::string(version_name(p.tls.floor))}};
     }},
    {"tls.version.tls13",
     [](const Profile& p) -> Lines {
       return {{"tls.without_tls13", std::string(verdict_name(p.tls.without_tls13))}};
     }},
    {"tls.suites.listed", listed},
    {"tls.suites.tls13", listed},
    {"tls.suites.prohibited",
     [](const Profile& p) -> Lines {
       return {{"tls.prohibited", join(p.tls.prohibited, ", ")}};
     }},
    {"tls.groups.strength", groups},
    {"tls.signature_schemes", schemes},
    {"tls.dh.strength",
     [](const Profile& p) -> Lines {
       return {{"tls.dh_bits", number(p.tls.dh_bits)}, {"tls.weak_dh", std::string(verdict_name(p.tls.weak_dh))}};
     }},
    {"certificate.timestamps",
     [](const Profile& p) -> Lines {
       return {{"certificate.timestamps", number(p.certificate.timestamps)}};
     }},
    {"certificate.usage",
     [](const Profile& p) -> Lines {
       return {{"certificate.client_auth_from", to_text(p.certificate.client_auth_from)}};
     }},
    {"http.hsts",
     [](const Profile& p) -> Lines {
       return {{"web.hsts_days", number(p.web.hsts_days)}};
     }},
    {"certificate.trusted",
     [](const Profile& p) -> Lines {
       return {{"roots", p.roots.edition + ", " + to_text(p.roots.as_of)},
               {"certificate.store_old_days", number(p.certificate.store_old_days)}};
     }},
    {"certificate.distrusted",
     [](const Profile& p) -> Lines {
       return {{"distrust", p.distrust.edition + ", " + to_text(p.distrust.as_of)},
               {"certificate.store_old_days", number(p.certificate.store_old_days)}};
     }},
    {"certificate.validity",
     [](const Profile& p) -> Lines {
       return {{"certificate.warn_fraction", number(p.certificate.warn_fraction)},
               {"certificate.warn_days", number(p.certificate.warn_days)}};
     }},
    {"certificate.lifetime", lifetimes},
    {"certificate.key",
     [](const Profile& p) -> Lines {
       return {{"certificate.rsa_bits", number(p.certificate.rsa_bits)},
               {"certificate.curves", text(p.certificate.curves)},
               {"certificate.weak_curves", text(p.certificate.weak_curves)}};
     }},
    {"certificate.signature",
     [](const Profile& p) -> Lines {
       return {{"certificate.weak_signatures", text(p.certificate.weak_signatures)},
               {"certificate.strong_signatures", text(p.certificate.strong_signatures)}};
     }},
    {"place.japan",
     [](const Profile& p) -> Lines {
       return {{"regions", p.regions.edition + ", " + to_text(p.regions.as_of)},
               {"regions.hard_limit_days", number(p.regions.hard_limit_days)}};
     }},
    {"domain.state", states},
    {"domain.expiry",
     [](const Profile& p) -> Lines {
       return {{"domain.expiry_warn_days", number(p.domain.expiry_warn_days)},
               {"domain.gtld_expiry_warn_days", number(p.domain.gtld_expiry_warn_days)},
               {"domain.renewal_late_days", number(p.domain.renewal_late_days)},
               {"domain.renewal_grace_days", number(p.domain.renewal_grace_days)}};
     }},
    {"domain.created", approved_window},
    {"domain.changed", approved_window},
    {"domain.transferred", approved_window},
    {"domain.certificate_older", approved_window},
    {"domain.certificates_before", approved_window},
    {"domain.former.held", states},
    {"domain.former.reused", states},
    {"domain.young",
     [](const Profile& p) -> Lines {
       return {{"domain.young_days", number(p.domain.young_days)}};
     }},
    {"host.os.supported",
     [](const Profile& p) -> Lines {
       return {{"support", p.support.edition + ", " + to_text(p.support.as_of)},
               {"host.support_warn_days", number(p.host.support_warn_days)},
               {"host.consumer_esu_years", number(p.host.consumer_esu_years)},
               {"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.updates.pending_security",
     [](const Profile& p) -> Lines {
       return {{"host.pending_fail_days", number(p.host.pending_fail_days)},
               {"host.check_met_days", number(p.host.check_met_days)},
               {"host.accepted_max_days", number(p.host.accepted_max_days)},
               {"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.updates.last_check",
     [](const Profile& p) -> Lines {
       return {{"host.check_met_days", number(p.host.check_met_days)},
               {"host.check_fail_days", number(p.host.check_fail_days)},
               {"host.accepted_max_days", number(p.host.accepted_max_days)},
               {"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.updates.current",
     [](const Profile& p) -> Lines {
       return {{"host.revision_unchanged_days", number(p.host.revision_unchanged_days)},
               {"host.cumulative_old_days", number(p.host.cumulative_old_days)},
               {"host.accepted_max_days", number(p.host.accepted_max_days)},
               {"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.reboot",
     [](const Profile& p) -> Lines {
       return {{"host.reboot_fail_days", number(p.host.reboot_fail_days)},
               {"host.accepted_max_days", number(p.host.accepted_max_days)},
               {"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.av.active",
     [](const Profile& p) -> Lines {
       return {{"host.antivirus_required", text(p.host.antivirus_required)},
               {"host.antivirus_required_on_windows", text(p.host.antivirus_required_on_windows)},
               {"host.antivirus_counts_without_realtime", text(p.host.antivirus_counts_without_realtime)},
               {"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.updates.automatic",
     [](const Profile& p) -> Lines {
       return {{"host.accepted_max_days", number(p.host.accepted_max_days)},
               {"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.software",
     [](const Profile& p) -> Lines {
       return {{"host.accepted_max_days", number(p.host.accepted_max_days)},
               {"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.av.alone",
     [](const Profile& p) -> Lines {
       return {{"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.login.automatic",
     [](const Profile& p) -> Lines {
       return {{"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.lock",
     [](const Profile& p) -> Lines {
       return {{"host.lock_minutes", number(p.host.lock_minutes)},
               {"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.disk",
     [](const Profile& p) -> Lines {
       return {{"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.accounts",
     [](const Profile& p) -> Lines {
       return {{"host.privileged_accounts", number(p.host.privileged_accounts)},
               {"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.firewall",
     [](const Profile& p) -> Lines {
       return {{"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.ports",
     [](const Profile& p) -> Lines {
       return {{"host.exposed_ports", text(p.host.exposed_ports)},
               {"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.ids",
     [](const Profile& p) -> Lines {
       return {{"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.logs",
     [](const Profile& p) -> Lines {
       return {{"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.clock",
     [](const Profile& p) -> Lines {
       return {{"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.residue.files",
     [](const Profile& p) -> Lines {
       return {{"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.residue.features",
     [](const Profile& p) -> Lines {
       return {{"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.other_use",
     [](const Profile& p) -> Lines {
       return {{"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
    {"host.av.signatures",
     [](const Profile& p) -> Lines {
       return {{"host.signature_met_days", number(p.host.signature_met_days)},
               {"host.signature_fail_days", number(p.host.signature_fail_days)},
               {"host.facts_old_days", number(p.host.facts_old_days)}};
     }},
};

}  // namespace

Lines thresholds_of(const Criterion& criterion, const Profile& profile) {
  for (const auto& row : explained)
    if (row.criterion == criterion.id) return row.thresholds(profile);
  return {};
}

std::map<std::string, std::string> standing_of(const Criterion& criterion, const Profile& profile) {
  const std::string document(criterion.cites);
  const ProfileRow* row = profile.row_of({std::string(criterion.id)});
  if (!row) return {{"document", document}};
  return {{"document", document},
          {"row", row->row},
          {"force", std::string(force_name(row->force))},
          {"found", std::string(force_name(row->found.value_or(row->force)))},
          {"rank", number(row->rank)},
          {"edition", row->edition},
          {"source", row->source},
          {"mark", std::string(mark_name(row->mark))}};
}

}  // namespace kenshin
