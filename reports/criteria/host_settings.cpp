// Document: checklist (2026), items 2.5.1-2.iv (sign-in at the terminal) and 2.5.2-1.vii and viii (access rights,
// intrusion prevention): how a machine is set up. Only an open door is a breach; what a rule of ours asks for is
// advice.
#include <algorithm>
#include <set>

#include "probes/base/text.h"
#include "reports/criteria/host_evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

std::string number(int value) { return std::to_string(value); }

std::string_view profile_name(FirewallScope scope) {
  switch (scope) {
    case FirewallScope::Domain: return "domain";
    case FirewallScope::Private: return "private";
    case FirewallScope::Public: return "public";
    case FirewallScope::All: break;
  }
  return "all";
}

Judgement firewall_of(const HostFirewall& seen) {
  std::vector<std::string> off;
  bool any_untold = false;
  std::set<FirewallScope> on;
  for (const FirewallProfile& it : seen.profiles) {
    if (it.enabled == Answer::No) off.emplace_back(profile_name(it.scope));
    if (it.enabled == Answer::Yes) on.insert(it.scope);
    any_untold = any_untold || it.enabled == Answer::Unknown;
  }
  // Of Windows' profiles the network decides which one is in force.
  const bool everywhere =
      on.contains(FirewallScope::All) || (on.contains(FirewallScope::Private) && on.contains(FirewallScope::Public));
  const Parameters named = {{"profiles", list_text(off)}};
  if (!off.empty() && off.size() == seen.profiles.size()) return judged(Verdict::NotMet, "firewall-off", named);
  if (!off.empty()) return judged(Verdict::Attention, "firewall-partly", named);
  return any_untold || !everywhere ? judged(Verdict::Unknown, "firewall-untold") : judged(Verdict::Met, "firewall-on");
}

Judgement disk_of(const DiskEncryption& seen) {
  const auto any = [&](std::initializer_list<VolumeState> states) {
    return std::any_of(seen.volumes.begin(), seen.volumes.end(), [&](const DiskVolume& it) {
      return it.role != VolumeRole::Removable && std::find(states.begin(), states.end(), it.state) != states.end();
    });
  };
  if (any({VolumeState::Off, VolumeState::Decrypting})) return judged(Verdict::Attention, "disk-not-encrypted");
  if (any({VolumeState::Suspended})) return judged(Verdict::Attention, "disk-suspended");
  if (any({VolumeState::Encrypting})) return judged(Verdict::Attention, "disk-under-way");
  const bool system_is_on = std::any_of(seen.volumes.begin(), seen.volumes.end(), [](const DiskVolume& it) {
    return it.role == VolumeRole::System && it.state == VolumeState::On;
  });
  return any({VolumeState::Unknown}) || !system_is_on ? judged(Verdict::Unknown, "disk-untold")
                                                      : judged(Verdict::Met, "disk-encrypted");
}

Judgement lock_of(const ScreenLock& seen, const HostRules& rules) {
  if (seen.enabled == Answer::No) return judged(Verdict::Attention, "lock-off");
  if (seen.password == Answer::No) return judged(Verdict::Attention, "lock-without-password");
  if (seen.enabled != Answer::Yes || seen.password != Answer::Yes || !seen.after_seconds)
    return judged(Verdict::Unknown, "lock-untold");
  const Parameters after = {{"minutes", number(*seen.after_seconds / 60 + (*seen.after_seconds % 60 > 0 ? 1 : 0))},
                            {"limit", number(rules.lock_minutes)}};
  return *seen.after_seconds <= rules.lock_minutes * 60 ? judged(Verdict::Met, "lock-in-time", after)
                                                        : judged(Verdict::Attention, "lock-late", after);
}

Judgement accounts_of(const LocalAccounts& seen, const HostRules& rules) {
  if (seen.blank_password.value_or(0) > 0)
    return judged(Verdict::NotMet, "account-without-password", {{"count", number(*seen.blank_password)}});
  if (seen.stale.value_or(0) > 0)
    return judged(Verdict::Attention, "accounts-unused",
                  {{"count", number(*seen.stale)}, {"days", number(seen.stale_days)}});
  if (seen.privileged.value_or(0) > rules.privileged_accounts)
    return judged(Verdict::Attention, "accounts-privileged", {{"count", number(*seen.privileged)}});
  // No account at all, or more of one kind than there are: not counted rightly.
  const int all = seen.enabled.value_or(0);
  const bool miscounted = all <= 0 || std::max({seen.privileged.value_or(0), seen.stale.value_or(0)}) > all;
  if (!seen.blank_password || !seen.stale || !seen.privileged || miscounted)
    return judged(Verdict::Unknown, "accounts-untold");
  return judged(Verdict::Met, "accounts-in-use", {{"count", seen.enabled ? number(*seen.enabled) : std::string()}});
}

}  // namespace

Judgement judge_firewall(const Question& question) {
  return of_host<HostFirewall>(question, [](const HostFirewall& seen, const Seen&) { return firewall_of(seen); });
}

Judgement judge_disk(const Question& question) {
  return of_host<DiskEncryption>(question, [](const DiskEncryption& seen, const Seen&) { return disk_of(seen); });
}

Judgement judge_lock(const Question& question) {
  return of_host<ScreenLock>(question,
                             [&](const ScreenLock& seen, const Seen&) { return lock_of(seen, question.profile.host); });
}

Judgement judge_automatic_login(const Question& question) {
  return of_host<AutomaticLogin>(question, [](const AutomaticLogin& seen, const Seen&) {
    if (seen.enabled == Answer::Yes) return judged(Verdict::NotMet, "login-automatic");
    return seen.enabled == Answer::No ? judged(Verdict::Met, "login-asked-for")
                                      : judged(Verdict::Unknown, "login-untold");
  });
}

Judgement judge_accounts(const Question& question) {
  return of_host<LocalAccounts>(
      question, [&](const LocalAccounts& seen, const Seen&) { return accounts_of(seen, question.profile.host); });
}

}  // namespace kenshin
