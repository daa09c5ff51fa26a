#include "probes/host/pending_updates.h"

#include <filesystem>

#include "probes/base/json_fields.h"
#include "probes/host/child_program.h"

namespace kenshin {

namespace {

constexpr std::string_view program_name = "kenshin-apt-facts";
constexpr std::chrono::seconds deadline{20};
constexpr std::size_t output_limit = std::size_t{1} << 20;

struct AptFacts {
  UpdatesPending pending;
};
template <class V>
void fields(V& v, AptFacts& f) {
  v("installed", f.pending.installed);
  v("total", f.pending.total);
  v("security", f.pending.security);
  v("held", f.pending.held);
  v("security_known", f.pending.security_known);
}

struct AptTrouble {
  std::string error;
};
template <class V>
void fields(V& v, AptTrouble& f) {
  v("error", f.error);
}

std::string beside_this_program() {
  std::error_code ignored;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", ignored);
  const auto folder = self.parent_path();
  for (const auto& place : {folder / program_name, folder / "../libexec/kenshin" / program_name})
    if (std::filesystem::exists(place, ignored)) return place.string();
  return {};
}

Error failed(std::string_view what) {
  return {Error::Kind::Failed, std::string(program_name) + ": " + one_line(what, 200)};
}

}  // namespace

Result<UpdatesPending> parse_apt_facts(std::string_view printed) {
  const auto facts = from_json_text<AptFacts>(printed, program_name);
  if (!facts) return Error{Error::Kind::Failed, facts.error().detail};
  const UpdatesPending& p = facts->pending;
  if (p.installed < 0 || p.total < 0 || p.security < 0 || p.held < 0 || p.security > p.total || p.held > p.total)
    return failed("counts that contradict each other");
  if (p.installed == 0) return failed("0 packages installed: the package database was not read");
  return p;
}

Result<UpdatesPending> pending_updates(const std::string& program, const std::string& root) {
  const std::string path = program.empty() ? beside_this_program() : program;
  const Error missing{Error::Kind::Unsupported,
                      std::string(program_name) + " is not installed beside kenshin; build it with libapt-pkg-dev"};
  if (path.empty()) return missing;
  std::vector<std::string> arguments;
  if (root != "/") arguments = {"--root", root};
  const auto output = run_program(path, arguments, deadline, output_limit);
  if (!output && output.error().kind == Error::Kind::Absent) return missing;
  if (!output) return output.error().kind == Error::Kind::Denied ? output.error() : failed(output.error().detail);
  if (output->exit_status == 0) return parse_apt_facts(output->printed);
  const auto trouble = from_json_text<AptTrouble>(output->printed, program_name);
  return failed(trouble ? trouble->error : "ended with " + std::to_string(output->exit_status));
}

}  // namespace kenshin
