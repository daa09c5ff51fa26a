// kenshin host: this machine's facts as kenshin.host-facts/1, and what else makes or guards such a file: a
// questionnaire, osquery's results, a nonce, a signature.
#include <array>
#include <filesystem>
#include <ostream>

#include "probes/base/crypto.h"
#include "probes/base/signature.h"
#include "probes/base/text.h"
#include "probes/host/host_facts.h"
#include "probes/host/osquery.h"
#include "probes/host/this_host.h"
#include "scanner/commands.h"
#include "scanner/opened_session.h"
#include "scanner/questionnaire.h"

namespace kenshin {

namespace {

constexpr auto options = std::to_array<Option>({{"out,o", Takes::Value, "FILE"},
                                                {"label", Takes::Value, "NAME"},
                                                {"nonce", Takes::Nothing, ""},
                                                {"with-nonce", Takes::Value, "VALUE"},
                                                {"sign", Takes::Value, "KEY"},
                                                {"questionnaire", Takes::Nothing, ""},
                                                {"from-questionnaire", Takes::Value, "FILE"},
                                                {"import-osquery", Takes::Nothing, ""}});

constexpr std::size_t key_limit = 65536, facts_limit = std::size_t{1} << 20, osquery_limit = std::size_t{64} << 20;

class HostCommand {
 public:
  HostCommand(const Arguments& arguments, const Program& program) : arguments_(arguments), program_(program) {}

  int run() {
    if (arguments_.has("nonce")) return print(hex(random_bytes(16)) + "\n");
    if (arguments_.has("questionnaire")) return print_form();
    const bool imports = arguments_.has("import-osquery"), signs = arguments_.has("sign");
    const auto& files = arguments_.positional;
    if (imports && files.empty()) return program_.fail(exit_codes::usage, "cli.host-import-nothing");
    if (!imports && !files.empty()) {
      if (signs) return sign_files();
      return program_.fail(exit_codes::usage, "cli.bad-option", {{"what", files.front()}});
    }
    if (signs && !arguments_.has("out")) return program_.fail(exit_codes::usage, "cli.host-sign-nothing");
    auto opening = open_session(arguments_);
    if (!opening) return program_.fail(exit_codes::usage, "cli.error", {{"what", opening.error().detail}});
    return deliver(opening->session);
  }

 private:
  // Never over a form that somebody has filled in.
  int print_form() const {
    const std::string out = arguments_.value("out", "-");
    std::error_code trouble;
    if (out != "-" && std::filesystem::exists(out, trouble))
      return program_.fail(exit_codes::cannot_create, "cli.form-exists", {{"what", out}});
    return print(std::string(questionnaire_form()));
  }
  int print(const std::string& text) const {
    const std::string out = arguments_.value("out", "-");
    if (out == "-") return program_.out << text, exit_codes::ok;
    const auto written = write_file(out, text);
    return written ? exit_codes::ok : cannot_write(written.error());
  }
  int cannot_write(const Error& error) const {
    return program_.fail(exit_codes::cannot_create, "cli.cannot-write", {{"what", error.detail}});
  }
  int cannot_read(const Error& error) const {
    return program_.fail(exit_code_of(error), "cli.cannot-read", {{"what", error.detail}});
  }
  int refuse(const Error& error) const {
    return program_.fail(exit_codes::data, "cli.error", {{"what", error.detail}});
  }

  // Writes the facts, with the label and nonce that were asked for, and signs them.
  int deliver(Session& session) {
    std::vector<Observation> facts;
    if (arguments_.has("from-questionnaire")) {
      const auto path = arguments_.value("from-questionnaire");
      const auto text = read_file(path, facts_limit);
      if (!text) return cannot_read(text.error());
      auto read = read_questionnaire(*text, path, session.now());
      if (!read) return refuse(read.error());
      facts = std::move(*read);
    } else if (arguments_.has("import-osquery")) {
      OsqueryResults results;
      for (const auto& path : arguments_.positional) {
        const auto text = read_file(path, osquery_limit);
        if (!text) return cannot_read(text.error());
        if (const auto added = add_osquery_results(*text, path, results); !added) return refuse(added.error());
      }
      auto made = host_facts_of(results, arguments_.value("label"));
      if (!made) return refuse(made.error());
      facts = std::move(*made);
    } else {
      facts = this_host_facts(arguments_.value("label"), session);
    }
    auto& collection = std::get<HostCollection>(*facts.front().fact);
    if (arguments_.has("label")) collection.label = one_line(arguments_.value("label"), 100);
    collection.nonce = one_line(arguments_.value("with-nonce"), 200);
    if (const int code = print(write_host_facts(facts)); code != exit_codes::ok || !arguments_.has("sign")) return code;
    return sign(arguments_.value("out"));
  }

  int sign_files() {
    for (const auto& path : arguments_.positional)
      if (const int code = sign(path)) return code;
    return exit_codes::ok;
  }
  // The exact bytes of the file, as they lie there.
  int sign(const std::string& path) {
    const auto key = read_file(arguments_.value("sign"), key_limit);
    if (!key) return cannot_read(key.error());
    const auto text = read_file(path, facts_limit);
    if (!text) return cannot_read(text.error());
    const auto signature = sign_detached(*text, *key);
    if (!signature) return refuse({Error::Kind::Malformed, arguments_.value("sign") + ": " + signature.error().detail});
    const auto written = write_file(path + ".sig", *signature);
    return written ? exit_codes::ok : cannot_write(written.error());
  }

  const Arguments& arguments_;
  const Program& program_;
};

}  // namespace

const std::span<const Option> host_options = options;

int run_host(const Arguments& arguments, const Program& program) { return HostCommand(arguments, program).run(); }

}  // namespace kenshin
