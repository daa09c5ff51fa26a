// Document: checklist (2026), item 2.5.1-1.v: updates of operating system and software; holding them back on the
// vendor's advice is allowed there, so an `accepted` in force makes a weakness Conditional.
#include "reports/criteria/host_evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

std::string number(int value) { return std::to_string(value); }

// Inside the time for which the list's own maker vouches; nobody vouches for longer than a check may be old.
bool is_vouched_for(const UpdatesLastCheck& check, const Seen& seen, const HostRules& rules) {
  return check.valid_until && *check.valid_until >= seen.fact->collected_at &&
         seen.days_since(check.at) <= rules.check_fail_days;
}

// A list of updates tells nothing once it is old: then "none pending" only means that nobody looked.
bool list_is_fresh(const Question& question, const Seen& seen) {
  const HostRules& rules = question.profile.host;
  const auto* check = in_collection<UpdatesLastCheck>(question, seen);
  if (!check || seen.days_since(check->at) < -1) return false;
  return is_vouched_for(*check, seen, rules) || seen.days_since(check->at) <= rules.check_met_days;
}

// The first second Tuesday, in Japan a Wednesday, after that day: when Windows next had a security update.
Day next_patch_day(Day after) {
  using namespace std::chrono;
  const year_month_day date{after};
  for (auto month = date.year() / date.month();; month += months{1}) {
    const Day released = Day{month / Tuesday[2]} + days{1};
    if (released > after) return released;
  }
}

// How long one of the updates that wait has waited at least. Windows brings them on a day of the month; elsewhere no
// calendar tells when one came, so that only a long time without any upgrade does.
bool waited_long(const Question& question, const Seen& seen, Instant last_upgrade) {
  const int limit = question.profile.host.pending_fail_days;
  const auto* os = in_collection<OsIdentity>(question, seen);
  if (!os || os->family != "windows") return seen.days_since(last_upgrade) > 3 * limit;
  const Instant released{next_patch_day(day_in_japan(last_upgrade))};
  return seen.days_since(released) > limit;
}

Judgement pending_of(const Question& question, const UpdatesPending& pending, const Seen& seen) {
  if (pending.installed <= 0) return judged(Verdict::Unknown, "packages-unreadable");
  if (!pending.security_known)
    return judged(Verdict::Unknown, "security-not-told-apart", {{"total", number(pending.total)}});
  const Parameters counted = {{"security", number(pending.security)}, {"total", number(pending.total)}};
  if (pending.security == 0)
    return list_is_fresh(question, seen) ? judged(Verdict::Met, "nothing-pending", counted)
                                         : judged(Verdict::Unknown, "list-too-old");
  const auto* last = in_collection<UpdatesLastOsUpdate>(question, seen);
  if (!last) return judged(Verdict::Attention, "pending", counted);
  const int days = seen.days_since(last->at);
  Parameters aged = counted;
  aged.emplace_back("days", number(days));
  return waited_long(question, seen, last->at) ? judged(Verdict::NotMet, "pending-long", aged)
                                               : judged(Verdict::Attention, "pending", counted);
}

Judgement last_check_of(const Question& question, const UpdatesLastCheck& check, const Seen& seen) {
  const HostRules& rules = question.profile.host;
  const int days = seen.days_since(check.at);
  const Parameters aged = {{"at", to_text(day_in_japan(check.at))}, {"days", number(days)}};
  if (days < -1) return judged(Verdict::Unknown, "date-in-future", aged);
  if (is_vouched_for(check, seen, rules)) return judged(Verdict::Met, "checked-recently", aged);
  if (days <= rules.check_met_days) return judged(Verdict::Met, "checked-recently", aged);
  return days <= rules.check_fail_days ? judged(Verdict::Attention, "checked-a-while-ago", aged)
                                       : judged(Verdict::NotMet, "check-neglected", aged);
}

Judgement reboot_of(const Question& question, const RebootRequired& reboot, const Seen& seen) {
  if (seen.fact->container) return judged(Verdict::NotApplicable, "container");
  if (!reboot.required) return judged(Verdict::Met, "no-reboot-needed");
  if (!reboot.since) return judged(Verdict::Attention, "reboot-needed");
  const int days = seen.days_since(*reboot.since);
  return days > question.profile.host.reboot_fail_days
             ? judged(Verdict::NotMet, "reboot-neglected", {{"days", number(days)}})
             : judged(Verdict::Attention, "reboot-needed");
}

Judgement automatic_of(const UpdatesAuto& automatic, const Seen& seen) {
  if (automatic.mode == "off") return judged(Verdict::NotMet, "updates-off");
  if (automatic.paused_until && *automatic.paused_until > seen.fact->collected_at)
    return judged(Verdict::Attention, "updates-paused", {{"until", to_text(day_in_japan(*automatic.paused_until))}});
  if (automatic.managed || automatic.mode == "managed") return judged(Verdict::Attention, "updates-managed");
  return automatic.mode == "automatic" ? judged(Verdict::Met, "updates-automatic")
                                       : judged(Verdict::Attention, "updates-by-hand");
}

}  // namespace

Judgement judge_updates_pending(const Question& question) {
  return unless_accepted(question,
                         of_host<UpdatesPending>(question, [&](const UpdatesPending& pending, const Seen& seen) {
                           return pending_of(question, pending, seen);
                         }));
}

Judgement judge_updates_last_check(const Question& question) {
  return unless_accepted(question,
                         of_host<UpdatesLastCheck>(question, [&](const UpdatesLastCheck& check, const Seen& seen) {
                           return last_check_of(question, check, seen);
                         }));
}

Judgement judge_updates_automatic(const Question& question) {
  return unless_accepted(question, of_host<UpdatesAuto>(question, [](const UpdatesAuto& automatic, const Seen& seen) {
                           return automatic_of(automatic, seen);
                         }));
}

Judgement judge_reboot(const Question& question) {
  return unless_accepted(question,
                         of_host<RebootRequired>(question, [&](const RebootRequired& reboot, const Seen& seen) {
                           return reboot_of(question, reboot, seen);
                         }));
}

}  // namespace kenshin
