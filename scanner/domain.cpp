// kenshin domain NAME…: what the registry (and the DNS) says of names, for engineers; facts only.
#include <algorithm>

#include "probes/base/text.h"
#include "scanner/commands.h"
#include "scanner/observing.h"
#include "scanner/scan_inputs.h"

namespace kenshin {

namespace {

std::vector<Option> make_options() {
  std::vector<Option> out(output_options.begin(), output_options.end());
  out.push_back({"config,c", Takes::Value, "FILE"});
  for (const Option& option : probing_options)
    for (const std::string_view name : {"timeout", "source", "workers", "resolver"})
      if (option.name == name) out.push_back(option);
  return out;
}
const std::vector<Option> options = make_options();

// In the order given, each once.
Result<std::vector<Target>> domains_of(const std::vector<std::string>& words) {
  std::vector<Target> out;
  for (const auto& word : words) {
    const auto name = canonical_host(word);
    if (!name) return name.error();
    if (is_ip_literal(*name)) return Error{Error::Kind::Malformed, "a domain name is expected: " + one_line(word, 80)};
    const Target domain{TargetKind::Domain, *name, 0};
    if (std::find(out.begin(), out.end(), domain) == out.end()) out.push_back(domain);
  }
  return out;
}

}  // namespace

const std::span<const Option> domain_options = options;

int run_domain(const Arguments& arguments, const Program& program) {
  const auto domains = domains_of(arguments.positional);
  if (!domains) return program.fail(exit_codes::usage, "cli.bad-target", {{"what", domains.error().detail}});
  if (domains->empty()) return program.fail(exit_codes::usage, "cli.no-domain");
  if (const auto code = refuse_output(arguments, program)) return *code;
  auto opening = open_session(arguments);
  if (!opening) return program.fail(exit_codes::usage, "cli.error", {{"what", opening.error().detail}});
  if (const auto code = open_configured_doors(arguments, opening->session, program)) return *code;
  return observe_and_write({{}, *domains, {}}, arguments, *opening, program);
}

}  // namespace kenshin
