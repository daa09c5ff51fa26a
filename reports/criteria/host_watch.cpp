// Document: checklist (2026), items 2.5.2-1.viii and 2.5.2-2.iii (intrusion prevention) and 2.5.2-1.x (logs), which
// speak of servers. The guideline names no period for which logs are kept (システム運用編 17): the period is told, and
// judged is only whether they are kept at all and out of everybody's reach. What keeps intruders out may stand before
// the server: none found on it is a question.
#include <algorithm>

#include "probes/base/text.h"
#include "probes/host/product_table.h"
#include "reports/criteria/host_evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

Judgement logs_of(const SystemLogs& seen, const Seen& at) {
  if (seen.service == LogService::Stopped) return judged(Verdict::NotMet, "logs-off");
  if (seen.writable_by_everyone == Answer::Yes) return judged(Verdict::NotMet, "logs-writable");
  const bool dated_ahead = seen.oldest && at.days_since(*seen.oldest) < -1;
  if (seen.service != LogService::Running || seen.writable_by_everyone != Answer::No || dated_ahead)
    return judged(Verdict::Unknown, "logs-untold");
  return judged(Verdict::Met, "logs-kept",
                {{"oldest", seen.oldest ? to_text(day_in_japan(*seen.oldest)) : std::string()},
                 {"days", seen.oldest ? std::to_string(at.days_since(*seen.oldest)) : std::string()}});
}

// A management agent watches nothing, whatever is said of it.
bool is_only_managed(const Sensor& sensor) {
  const auto& known = shipped_product_table().products;
  return std::any_of(known.begin(), known.end(),
                     [&](const KnownProduct& it) { return it.id == sensor.id && it.kind == ProductKind::Management; });
}

Judgement watched_by(const std::vector<Sensor>& products) {
  std::vector<std::string> active, undecided, audit;
  for (const Sensor& it : products) {
    if (is_only_managed(it)) continue;
    if (it.kind == SensorKind::Audit) audit.push_back(it.product);
    else if (it.active == Answer::Yes) active.push_back(it.product);
    else if (it.active == Answer::Unknown) undecided.push_back(it.product);
  }
  if (!active.empty()) return judged(Verdict::Met, "ids-active", {{"products", list_text(active)}});
  if (!undecided.empty()) return judged(Verdict::Unknown, "ids-undecided", {{"products", list_text(undecided)}});
  if (!audit.empty()) return judged(Verdict::Attention, "ids-audit-only", {{"products", list_text(audit)}});
  return judged(Verdict::Attention, "ids-none");
}

Judgement ports_of(const ListeningPorts& seen, const HostRules& rules) {
  std::vector<std::string> open;
  for (const ListeningPort& it : seen.ports)
    if (it.scope == ListeningScope::Any && rules.exposed_ports.contains(it.port))
      open.push_back((it.protocol == PortProtocol::Tcp ? "tcp " : "udp ") + std::to_string(it.port));
  if (!open.empty()) return judged(Verdict::Attention, "ports-exposed", {{"ports", list_text(open)}});
  return judged(Verdict::Met, "ports-kept-in");
}

}  // namespace

Judgement judge_logs(const Question& question) {
  return of_host<SystemLogs>(question, [](const SystemLogs& seen, const Seen& at) { return logs_of(seen, at); });
}

Judgement judge_clock(const Question& question) {
  return of_host<ClockSync>(question, [](const ClockSync& seen, const Seen&) {
    if (seen.synchronized == Answer::Yes) return judged(Verdict::Met, "clock-synchronized");
    return seen.synchronized == Answer::No ? judged(Verdict::Attention, "clock-free")
                                           : judged(Verdict::Unknown, "clock-untold");
  });
}

Judgement judge_intrusion_detection(const Question& question) {
  return of_list<SensorProducts>(question,
                                 [](const SensorProducts& found, const Seen&) { return watched_by(found.products); });
}

Judgement judge_ports(const Question& question) {
  return of_host<ListeningPorts>(
      question, [&](const ListeningPorts& seen, const Seen&) { return ports_of(seen, question.profile.host); });
}

}  // namespace kenshin
