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
#include "scanner/data_folder.h"

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

// What the user wrote: a command's own options are known once its name is.
struct CommandLine {
  std::string named;                 // the word that should be a command; empty: none was given
  const Command* command = nullptr;  // nullptr: none, or none of that name
  std::vector<Option> options;
  Result<Arguments> arguments;

  const Arguments* read() const { return arguments ? &*arguments : nullptr; }
};

CommandLine read_command_line(std::vector<std::string> words) {
  const std::size_t position = command_position(words);
  if (position < words.size() && words[position] == "help") words[position] = "--help";  // "help", "help scan"
  const std::size_t at = command_position(words);
  CommandLine out{
      at < words.size() ? words[at] : "", nullptr, {std::begin(global_options), std::end(global_options)}, Arguments{}};
  for (const auto& row : all_commands())
    if (at < words.size() && row.name == words[at]) out.command = &row;
  if (out.command) {
    out.options.insert(out.options.end(), out.command->options.begin(), out.command->options.end());
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
  }
  out.arguments = parse_arguments(out.options, words);
  return out;
}

// --data before the user's folder before the embedded data. Absent: there is no such folder as --data names.
Result<DataFiles> data_files(const Arguments* arguments) {
  std::vector<std::string> folders;
  if (arguments && arguments->has("data")) {
    folders.push_back(arguments->value("data"));
    if (!std::filesystem::is_directory(folders.back()))
      return Error{Error::Kind::Absent, "--data " + one_line(folders.back(), 200) + ": not a folder"};
  }
  std::error_code ignored;
  if (const std::string users = users_data_folder(); std::filesystem::is_directory(users, ignored))
    folders.push_back(users);
  return DataFiles(std::move(folders));
}

Result<Program> program_of(const DataFiles& data, const Arguments* arguments) {
  auto ja = Wording::load(data, Language::Ja);
  if (!ja) return ja.error();
  auto en = Wording::load(data, Language::En);
  if (!en) return en.error();
  const bool english = arguments && arguments->value("lang") == "en";
  const bool no_colour = (arguments && arguments->has("no-color")) || std::getenv("NO_COLOR") != nullptr;
  return Program{data,
                 std::move(*ja),
                 std::move(*en),
                 english ? Language::En : Language::Ja,
                 std::cout,
                 std::cerr,
                 !no_colour && isatty(STDOUT_FILENO) == 1,
                 isatty(STDERR_FILENO) == 1};
}

int refuse_command(const std::string& named, const Program& program) {
  std::vector<std::string_view> names;
  for (const auto& row : all_commands()) names.push_back(row.name);
  const auto meant = nearest(named, names);
  return program.fail(exit_codes::usage, meant.empty() ? "cli.bad-command" : "cli.bad-command-meant",
                      {{"what", named}, {"meant", std::string(meant)}});
}

int show_overview(bool asked_for, const Program& program) {
  (asked_for ? program.out : program.err) << overview(program);
  return asked_for ? exit_codes::ok : exit_codes::usage;
}

int show_help(const CommandLine& line, const Program& program) {
  const auto& say = program.say();
  const std::string name(line.command->name);
  program.out << say("cli.usage." + name) << "\n\n"
              << say("cli.command." + name) << "\n\n"
              << options_help(line.options, say);
  return exit_codes::ok;
}

// The folder that the file an error begins with was read from.
std::string folder_of(const Error& error, const DataFiles& data) {
  return data.directory_of(error.detail.substr(0, error.detail.find(':')));
}

// The probes' own lists are read from the folders, too: refused before anything is asked where one is broken. Mending
// them is what "data" is for.
int run_with_data(const Command& command, const Arguments& arguments, const Program& program) {
  if (!program.data.is_embedded_alone()) {
    const auto probed = command.run == run_data ? std::vector<ProbeDataFile>{} : read_probe_data(program.data);
    if (!probed)
      return program.fail(exit_codes::data, "cli.broken-data",
                          {{"what", probed.error().detail}, {"folder", folder_of(probed.error(), program.data)}});
    install_data(program.data);
  }
  return command.run(arguments, program);
}

int obey(const CommandLine& line, const Program& program) {
  if (!line.arguments)
    return program.fail(exit_codes::usage, "cli.bad-option", {{"what", line.arguments.error().detail}});
  const Arguments& arguments = *line.arguments;
  if (const std::string lang = arguments.value("lang", "ja"); lang != "ja" && lang != "en")
    return program.fail(exit_codes::usage, "cli.bad-lang", {{"what", lang}});
  if (arguments.has("version")) return program.out << "kenshin " KENSHIN_VERSION "\n", exit_codes::ok;
  if (!line.command && !line.named.empty()) return refuse_command(line.named, program);
  if (!line.command) return show_overview(arguments.has("help"), program);
  if (arguments.has("help")) return show_help(line, program);
  return run_with_data(*line.command, arguments, program);
}

// Where there are no words yet, in English alone.
int fail_without_words(int code, std::string_view what) {
  std::cerr << "kenshin: " << one_line(what, 500) << '\n';
  return code;
}

int run(std::vector<std::string> words) {
  const CommandLine line = read_command_line(std::move(words));
  const auto data = data_files(line.read());
  if (!data) return fail_without_words(exit_codes::no_input, data.error().detail);
  const auto program = program_of(*data, line.read());
  if (!program) return fail_without_words(exit_codes::could_not_run, program.error().detail);
  return obey(line, *program);
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
