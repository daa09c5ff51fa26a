#include "reports/criteria/host_criteria.h"

#include <array>

#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

using enum Verdict;

constexpr std::string_view v = "オンライン診療 checklist 2026, 2.5.1-1.v";
constexpr std::string_view vi = "オンライン診療 checklist 2026, 2.5.1-1.v and vi";
constexpr std::string_view sign_in = "オンライン診療 checklist 2026, 2.5.1-2.iv";
constexpr std::string_view left_behind = "オンライン診療 checklist 2026, 2.5.2-1.vi";
constexpr std::string_view rights = "オンライン診療 checklist 2026, 2.5.2-1.vii";
constexpr std::string_view intrusion = "オンライン診療 checklist 2026, 2.5.2-1.viii and 2.5.2-2.iii";
constexpr std::string_view logs = "オンライン診療 checklist 2026, 2.5.2-1.x";
constexpr std::string_view effect = "オンライン診療 checklist 2026, 2.5.1-1.ii and 2.5.2-1.v";

constexpr std::array servers = {Role::Server};
constexpr std::array terminals = {Role::Terminal};

constexpr Verdicts told = gives(Unknown, Met, Attention);
constexpr Verdicts decided = gives(Unknown, Met, Attention, NotMet);
constexpr Verdicts held_back = gives(Unknown, Met, Conditional, Attention, NotMet);

constexpr Criterion row(std::string_view id, std::string_view cites, std::span<const Role> roles, Verdicts verdicts,
                        Judgement (*judge)(const Question&)) {
  return {id, cites, TargetKind::Host, roles, verdicts, judge};
}

constexpr auto criteria = std::to_array<Criterion>({
    row("host.os.supported", v, {}, decided, judge_os_supported),
    row("host.updates.pending_security", v, {}, held_back, judge_updates_pending),
    row("host.updates.last_check", v, {}, held_back, judge_updates_last_check),
    row("host.updates.current", v, {}, gives(Unknown, NotApplicable, Met, Conditional, Attention, NotMet),
        judge_updates_current),
    row("host.updates.automatic", v, {}, held_back, judge_updates_automatic),
    row("host.reboot", v, {}, gives(Unknown, NotApplicable, Met, Conditional, Attention, NotMet), judge_reboot),
    row("host.software", v, {}, gives(Unknown, NotApplicable, Met, Conditional, Attention), judge_software),
    row("host.av.active", vi, {}, decided, judge_antivirus_active),
    row("host.av.signatures", vi, {}, gives(Unknown, NotApplicable, Met, Attention, NotMet),
        judge_antivirus_signatures),
    row("host.av.alone", vi, {}, gives(Unknown, NotApplicable, Met, Attention), judge_antivirus_alone),
    row("host.login.automatic", sign_in, terminals, decided, judge_automatic_login),
    row("host.lock", sign_in, terminals, told, judge_lock),
    row("host.disk", "our own policy", terminals, told, judge_disk),
    row("host.accounts", rights, servers, decided, judge_accounts),
    row("host.firewall", intrusion, servers, decided, judge_firewall),
    row("host.ports", intrusion, servers, told, judge_ports),
    row("host.ids", intrusion, servers, told, judge_intrusion_detection),
    row("host.logs", logs, servers, decided, judge_logs),
    row("host.clock", logs, servers, told, judge_clock),
    row("host.residue.files", left_behind, terminals, gives(Unknown, Attention), judge_residue_files),
    row("host.residue.features", left_behind, terminals, told, judge_residue_features),
    row("host.other_use", effect, terminals, gives(Unknown, Attention), judge_other_use),
});

}  // namespace

std::span<const Criterion> host_criteria() { return criteria; }

}  // namespace kenshin
