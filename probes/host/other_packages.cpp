#include "probes/host/other_packages.h"

#include <array>

#include "probes/base/data_files.h"
#include "probes/host/child_program.h"
#include "probes/host/host_facts.h"

namespace kenshin {

namespace {

constexpr std::string_view script = "probes/host/collectors/kenshin-collect-linux.sh";
constexpr std::chrono::seconds deadline{30};
constexpr std::size_t output_limit = std::size_t{1} << 20;

constexpr std::array<std::string_view, 7> resting = {
    UpdatesLastCheck::name, UpdatesLastOsUpdate::name, UpdatesPending::name, UpdatesAuto::name,
    RebootRequired::name,   AntivirusProducts::name,   SensorProducts::name};

Result<std::vector<Observation>> told_by_script(const std::string& root, const std::string& programs) {
  const auto text = DataFiles().read(script);  // this program's own, whatever data folder is in use
  if (!text) return text.error();
  std::vector<std::string> words = {"-c", *text, "kenshin-collect-linux.sh"};
  if (root != "/") words.insert(words.end(), {"--root", root});
  if (!programs.empty()) words.insert(words.end(), {"--programs", programs});
  const auto output = run_program("/bin/sh", words, deadline, output_limit);
  if (!output) return Error{Error::Kind::Failed, "the collector for other package systems: " + output.error().detail};
  auto facts = read_host_facts(output->printed, script);
  if (!facts) return Error{Error::Kind::Failed, facts.error().detail};
  return facts;
}

}  // namespace

std::vector<Observation> facts_of_other_packages(const std::string& root, const std::string& programs,
                                                 const Target& target, Instant now) {
  const auto told = told_by_script(root, programs);
  std::vector<Observation> out;
  for (const auto name : resting) {
    Observation observation{{},
                            target,
                            "",
                            std::string(name),
                            now,
                            0,
                            told ? Error{Error::Kind::Failed, "the collector did not tell"} : told.error()};
    if (told)
      for (const auto& one : *told)
        if (one.name == name) observation.fact = one.fact;
    out.push_back(std::move(observation));
  }
  return out;
}

}  // namespace kenshin
