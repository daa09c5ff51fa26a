// kenshin（オンライン診療の安全点検）: finds the command, gives it its options, and is the only place that catches.
#include <fcntl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>

#include "probes/base/text.h"
#include "probes/probe_data.h"
#include "scanner/commands.h"

namespace {

using namespace kenshin;

constexpr Option global_options[] = {
    {"help,h", Takes::Nothing, ""}, {"version", Takes::Nothing, ""},  {"lang", Takes::Value, "ja|en"},
    {"data", Takes::Value, "DIR"},  {"no-color", Takes::Nothing, ""},
};

// Where the word of the command stands: the first that is no option and no option's value.
std::size_t command_position(const std::vector<std::string>& words) {
  std::size_t i = 0;
  while (i < words.size() && words[i].starts_with("-")) i += words[i] == "--lang" || words[i] == "--data" ? 2 : 1;
  return i;
}

std::string overview(const Program& program) {
  const auto& say = program.say();
  std::string out = say("cli.title") + "\n\n" + say("cli.usage") + "\n\n";
  for (const auto& command : all_commands()) {
    const std::string name(command.name);
    out += "  " + name + std::string(12 - name.size(), ' ') + say("cli.command." + name) + "\n";
  }
  return out + "\n" + say("cli.options") + "\n" + options_help(global_options, say) + "\n" + say("cli.footer") + "\n";
}

int run(const std::vector<std::string>& words) {
  const std::size_t at = command_position(words);
  const Command* command = nullptr;
  for (const auto& row : all_commands())
    if (at < words.size() && row.name == words[at]) command = &row;

  std::vector<Option> options(std::begin(global_options), std::end(global_options));
  if (command) options.insert(options.end(), command->options.begin(), command->options.end());
  std::vector<std::string> rest = words;
  if (command) rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(at));
  const auto arguments = parse_arguments(options, rest);

  if (arguments && arguments->has("data") && !std::filesystem::is_directory(arguments->value("data"))) {
    std::cerr << "kenshin: --data " << one_line(arguments->value("data"), 200) << ": not a folder\n";
    return exit_codes::no_input;
  }
  const DataFiles data = arguments ? DataFiles(arguments->value("data")) : DataFiles();
  auto ja = Wording::load(data, Language::Ja);
  auto en = Wording::load(data, Language::En);
  if (!ja || !en) {
    std::cerr << "kenshin: " << one_line((ja ? en : ja).error().detail, 500) << '\n';
    return exit_codes::could_not_run;
  }
  const std::string lang = arguments ? arguments->value("lang", "ja") : "ja";
  const bool no_colour = (arguments && arguments->has("no-color")) || std::getenv("NO_COLOR") != nullptr;
  const Program program{data,
                        std::move(*ja),
                        std::move(*en),
                        lang == "en" ? Language::En : Language::Ja,
                        std::cout,
                        std::cerr,
                        !no_colour && isatty(STDOUT_FILENO) == 1,
                        isatty(STDERR_FILENO) == 1};

  if (!arguments) return program.fail(exit_codes::usage, "cli.bad-option", {{"what", arguments.error().detail}});
  if (lang != "ja" && lang != "en") return program.fail(exit_codes::usage, "cli.bad-lang", {{"what", lang}});
  if (arguments->has("version")) return std::cout << "kenshin " KENSHIN_VERSION "\n", exit_codes::ok;
  if (!command && at < words.size()) {
    std::vector<std::string_view> names;
    for (const auto& row : all_commands()) names.push_back(row.name);
    const auto meant = nearest(words[at], names);
    return program.fail(exit_codes::usage, meant.empty() ? "cli.bad-command" : "cli.bad-command-meant",
                        {{"what", words[at]}, {"meant", std::string(meant)}});
  }
  if (!command) {
    (arguments->has("help") ? std::cout : std::cerr) << overview(program);
    return arguments->has("help") ? exit_codes::ok : exit_codes::usage;
  }
  if (arguments->has("help")) {
    const std::string name(command->name);
    std::cout << program.say()("cli.usage." + name) << "\n\n"
              << program.say()("cli.command." + name) << "\n\n"
              << options_help(options, program.say());
    return exit_codes::ok;
  }
  if (arguments->has("data")) {
    if (const auto probed = read_probe_data(data); !probed)
      return program.fail(exit_codes::data, "cli.broken-data",
                          {{"what", probed.error().detail}, {"folder", arguments->value("data")}});
    install_data(data);
  }
  return command->run(*arguments, program);
}

// A file opened later must not become standard output: what is closed is made unwritable.
void occupy_standard_descriptors() {
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(standard, F_GETFD) < 0) open("/dev/null", O_RDONLY);  // the lowest free number: this one
}

}  // namespace

int main(int count, char** words) {
  std::signal(SIGPIPE, SIG_IGN);
  occupy_standard_descriptors();
  try {
    const int code = run(std::vector<std::string>(words + 1, words + count));
    std::cout.flush();
    if (std::cout) return code;
    std::cerr << "kenshin: standard output could not be written\n";
    return kenshin::exit_codes::cannot_create;
  } catch (const std::exception& error) {
    std::cerr << "kenshin: bug: " << error.what() << '\n';
    return kenshin::exit_codes::software;
  }
}
