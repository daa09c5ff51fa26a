// kenshin merge: the results of many clinics as one table, worst first.
#include <array>
#include <filesystem>
#include <ostream>

#include "reports/formats/fleet_out.h"
#include "scanner/commands.h"
#include "scanner/earlier.h"

namespace kenshin {

namespace {

constexpr auto options = std::to_array<Option>({{"out,o", Takes::Value, "DIR"}});

struct FleetFile {
  std::string_view name;
  void (*write)(const Fleet&, const Words&, std::ostream&);
};
constexpr auto files = std::to_array<FleetFile>(
    {{"fleet.json", write_fleet_json}, {"fleet.csv", write_fleet_csv}, {"fleet.html", write_fleet_html}});

}  // namespace

const std::span<const Option> merge_options = options;

int run_merge(const Arguments& arguments, const Program& program) {
  if (arguments.positional.empty() || !arguments.has("out")) return program.fail(exit_codes::usage, "fleet.usage");
  FleetCount counting;
  for (const auto& path : arguments.positional) {
    const auto outcome = outcome_at(path);
    if (!outcome)
      return program.fail(exit_code_of(outcome.error()),
                          outcome.error().kind == Error::Kind::Malformed ? "cli.error" : "cli.cannot-read",
                          {{"what", outcome.error().detail}});
    counting.add(*outcome, path);
  }
  const Fleet fleet = counting.take();
  const std::filesystem::path out = arguments.value("out");
  std::error_code trouble;
  std::filesystem::create_directories(out, trouble);
  if (trouble)
    return program.fail(exit_codes::cannot_create, "cli.cannot-write",
                        {{"what", out.string() + ": " + trouble.message()}});
  for (const FleetFile& file : files) {
    const std::string path = (out / file.name).string();
    const auto written = write_file(path, [&](std::ostream& stream) { file.write(fleet, program.words(), stream); });
    if (!written)
      return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", written.error().detail}});
    program.err << program.say()("cli.wrote", {{"what", path}}) << '\n';
  }
  return exit_codes::ok;
}

}  // namespace kenshin
