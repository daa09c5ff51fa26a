// The commands: a function and a row in commands.cpp each. main() looks them up and turns what they return into the
// exit.
#pragma once

#include <span>
#include <string_view>

#include "scanner/options.h"
#include "scanner/program.h"

namespace kenshin {

struct Command {
  std::string_view name;  // wording: "cli.command.NAME", "cli.usage.NAME"
  std::span<const Option> options;
  int (*run)(const Arguments&, const Program&);  // returns the exit code
};

std::span<const Command> all_commands();

// One file each.
extern const std::span<const Option> scan_options, observe_options, domain_options, host_options, judge_options,
    report_options, diff_options, history_options, merge_options, baseline_options, checklist_options, lint_options,
    explain_options, data_options;
int run_scan(const Arguments&, const Program&);
int run_observe(const Arguments&, const Program&);
int run_domain(const Arguments&, const Program&);
int run_host(const Arguments&, const Program&);
int run_judge(const Arguments&, const Program&);
int run_report(const Arguments&, const Program&);
int run_diff(const Arguments&, const Program&);
int run_history(const Arguments&, const Program&);
int run_merge(const Arguments&, const Program&);
int run_baseline(const Arguments&, const Program&);
int run_checklist(const Arguments&, const Program&);
int run_lint(const Arguments&, const Program&);
int run_explain(const Arguments&, const Program&);
int run_data(const Arguments&, const Program&);

}  // namespace kenshin
