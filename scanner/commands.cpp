#include "scanner/commands.h"

#include <array>

namespace kenshin {

std::span<const Command> all_commands() {
  static const std::array commands = std::to_array<Command>({
      {"scan", scan_options, run_scan},
      {"observe", observe_options, run_observe},
      {"domain", domain_options, run_domain},
      {"host", host_options, run_host},
      {"judge", judge_options, run_judge},
      {"report", report_options, run_report},
      {"diff", diff_options, run_diff},
      {"history", history_options, run_history},
      {"merge", merge_options, run_merge},
      {"baseline", baseline_options, run_baseline},
      {"checklist", checklist_options, run_checklist},
      {"lint", lint_options, run_lint},
      {"explain", explain_options, run_explain},
      {"data", data_options, run_data},
  });
  return commands;
}

}  // namespace kenshin
