// kenshin baseline accept: what a finished scan saw of the domains becomes what later scans are compared with.
#include <array>
#include <filesystem>
#include <ostream>

#include "probes/base/text.h"
#include "scanner/accepting.h"
#include "scanner/commands.h"
#include "scanner/config.h"

namespace kenshin {

namespace fs = std::filesystem;

namespace {

constexpr auto options = std::to_array<Option>({
    {"from", Takes::Value, "DIR|FILE"},
    {"baseline", Takes::Value, "FILE"},
    {"config,c", Takes::Value, "FILE"},
});

constexpr std::size_t largest_file = std::size_t{4} << 20;

struct PathOrCode {
  std::string path;
  std::optional<int> code;
};

// --baseline, else [sources] baseline, else the usual name beside the configuration or here.
PathOrCode baseline_file(const Arguments& arguments, const Program& program) {
  if (arguments.has("baseline")) return {arguments.value("baseline"), {}};
  if (!arguments.has("config")) return {std::string(baseline_file_name), {}};
  const std::string path = arguments.value("config");
  const auto text = read_file(path);
  if (!text) return {"", program.fail(exit_code_of(text.error()), "cli.cannot-read", {{"what", text.error().detail}})};
  const Instant now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto config = read_config(*text, path, day_in_japan(now));
  if (!config) return {"", program.fail(exit_codes::configuration, "cli.config", {{"what", config.error().detail}})};
  if (!config->sources.baseline.empty()) return {config->sources.baseline, {}};
  return {(fs::path(path).parent_path() / baseline_file_name).string(), {}};
}

// Old beside new, value by value; `before` is nullptr for a domain that was not accepted yet.
void show(const std::string& name, const DeclaredBaseline* before, const DeclaredBaseline& now,
          const Program& program) {
  const Wording& say = program.say();
  const auto shown = [&](const std::string& value) {
    return value.empty() ? say("cli.baseline.nothing") : one_line(value, 600);
  };
  program.out << name << '\n';
  const auto new_values = values_of(now);
  const auto old_values = before ? values_of(*before) : new_values;
  for (std::size_t i = 0; i < new_values.size(); ++i) {
    const auto& [what, value] = new_values[i];
    const std::string& old_value = old_values[i].second;
    program.out << "  " << say("changed." + what) << ": ";
    if (value != old_value) program.out << shown(old_value) << " → ";
    program.out << shown(value) << '\n';
  }
}

void show_all(const Accepted& accepted, const Baseline& before, const Baseline& now, const Program& program) {
  const Wording& say = program.say();
  for (const auto& [name, domain] : accepted.baseline.domains) {
    const auto old = before.domains.find(name);
    show(name, old == before.domains.end() ? nullptr : &old->second, domain, program);
  }
  for (const NotAccepted& it : accepted.refused)
    program.out << say("cli.baseline.refused",
                       {{"domain", it.domain}, {"why", say(it.why, {{"detail", one_line(it.detail)}})}})
                << '\n';
  for (const auto& [name, domain] : now.domains)
    if (!accepted.baseline.domains.contains(name))
      program.out << say("cli.baseline.kept", {{"domain", name}, {"taken", to_text(day_in_japan(domain.taken))}})
                  << '\n';
}

}  // namespace

const std::span<const Option> baseline_options = options;

int run_baseline(const Arguments& arguments, const Program& program) {
  if (arguments.positional != std::vector<std::string>{"accept"} || !arguments.has("from"))
    return program.fail(exit_codes::usage, "cli.baseline.usage");
  const std::string from = arguments.value("from");
  const auto facts = SavedFacts::open(fs::is_directory(from) ? (fs::path(from) / "facts.jsonl").string() : from);
  if (!facts)
    return program.fail(exit_code_of(facts.error()),
                        facts.error().kind == Error::Kind::Malformed ? "cli.error" : "cli.cannot-read",
                        {{"what", facts.error().detail}});
  if (!facts->outline().finished) return program.fail(exit_codes::data, "cli.baseline.unfinished", {{"what", from}});
  const auto accepted = accept_facts(*facts);
  if (!accepted) return program.fail(exit_codes::data, "cli.error", {{"what", accepted.error().detail}});
  const auto file = baseline_file(arguments, program);
  if (file.code) return *file.code;

  Baseline before;
  const auto old_text = read_file(file.path, largest_file);
  if (!old_text && old_text.error().kind != Error::Kind::Absent)
    return program.fail(exit_code_of(old_text.error()), "cli.cannot-read", {{"what", old_text.error().detail}});
  if (old_text) {
    auto read = read_baseline(*old_text, file.path);
    if (!read) return program.fail(exit_codes::data, "cli.error", {{"what", read.error().detail}});
    before = std::move(*read);
  }
  const Baseline now = merged(before, accepted->baseline);
  show_all(*accepted, before, now, program);
  if (accepted->baseline.domains.empty()) return program.fail(exit_codes::not_determinable, "cli.baseline.none");
  const std::string backup = file.path + ".bak";
  if (old_text)
    if (const auto kept = write_file(backup, *old_text); !kept)
      return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", kept.error().detail}});
  if (const auto written = write_file(file.path, baseline_text(now, KENSHIN_VERSION)); !written)
    return program.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", written.error().detail}});
  program.err << program.say()("cli.wrote", {{"what", file.path}}) << '\n';
  if (old_text) program.err << program.say()("cli.baseline.backup", {{"what", backup}}) << '\n';
  program.err << program.say()("cli.baseline.next", {{"what", file.path}}) << '\n';
  return exit_codes::ok;
}

}  // namespace kenshin
