#include "reports/formats/prometheus.h"

#include <array>
#include <map>
#include <ostream>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::array states = {Observed::Met,    Observed::Supported, Observed::Conditional,   Observed::Attention,
                               Observed::NotMet, Observed::Unknown,   Observed::NotApplicable, Observed::NotObserved};
constexpr std::array verdicts = {Verdict::Met,    Verdict::Conditional, Verdict::Attention,
                                 Verdict::NotMet, Verdict::Unknown,     Verdict::NotApplicable};
constexpr std::array forces = {Force::Must, Force::Should, Force::Note};

std::string label(std::string_view value) {
  std::string out = "\"";
  for (const char c : one_line(value)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

void head(std::string_view name, std::string_view help, std::ostream& out) {
  out << "# HELP " << name << ' ' << help << "\n# TYPE " << name << " gauge\n";
}

void single(std::string_view name, std::string_view help, long long value, std::ostream& out) {
  head(name, help, out);
  out << name << ' ' << value << '\n';
}

}  // namespace

void write_prometheus(const Report& report, const Words&, std::ostream& out) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(report.saved.last_seen().time_since_epoch());
  single("kenshin_last_run_timestamp_seconds", "When the last observation of the run was made.", seconds.count(), out);
  single("kenshin_run_complete", "1 where the run came to its end.", report.facts.finished ? 1 : 0, out);
  head("kenshin_items", "Items of the checklist, by what was observed.", out);
  for (const Observed state : states)
    out << "kenshin_items{state=" << label(observed_name(state)) << "} " << report.count(state) << '\n';
  head("kenshin_item_state", "1 for the state that an item has.", out);
  for (const ItemAnswer& answer : report.answers)
    out << "kenshin_item_state{item=" << label(answer.id.text) << ",state=" << label(observed_name(answer.observed))
        << "} 1\n";
  std::map<std::pair<Verdict, Force>, int> counts;
  for (const Finding& finding : report.findings) ++counts[{finding.verdict, finding.force}];
  head("kenshin_findings", "Findings, by verdict and force.", out);
  for (const Verdict verdict : verdicts)
    for (const Force force : forces)
      out << "kenshin_findings{verdict=" << label(verdict_name(verdict)) << ",force=" << label(force_name(force))
          << "} " << counts[{verdict, force}] << '\n';
  single("kenshin_contradictions", "Ticked items that were measured as not met.", report.contradictions(), out);
  single("kenshin_waived_items", "Items not met that people hold back.", report.waived(), out);
}

}  // namespace kenshin
