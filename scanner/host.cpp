// kenshin host: this machine's facts as kenshin.host-facts/1.
#include <array>
#include <ostream>

#include "probes/host/this_host.h"
#include "scanner/commands.h"
#include "scanner/opened_session.h"

namespace kenshin {

namespace {
constexpr auto options = std::to_array<Option>({{"out,o", Takes::Value, "FILE"}, {"label", Takes::Value, "NAME"}});
}  // namespace

const std::span<const Option> host_options = options;

int run_host(const Arguments& arguments, const Program& program) {
  if (!arguments.positional.empty())
    return program.fail(exit_codes::usage, "cli.bad-option", {{"what", arguments.positional.front()}});
  auto opening = open_session(arguments);
  if (!opening) return program.fail(exit_codes::usage, "cli.error", {{"what", opening.error().detail}});
  const std::string document = this_host_document(arguments.value("label"), opening->session);
  if (!arguments.has("out") || arguments.value("out") == "-") return program.out << document, exit_codes::ok;
  const auto written = write_file(arguments.value("out"), document);
  return written ? exit_codes::ok
                 : program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", written.error().detail}});
}

}  // namespace kenshin
