#include "scanner/targets.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <ostream>

#include "probes/base/text.h"
#include "scanner/target_list.h"

namespace kenshin {

Result<std::vector<AskedEndpoint>> targets_of(const std::vector<std::string>& words) {
  std::vector<AskedEndpoint> out;
  const auto add = [&](const AskedEndpoint& endpoint) {
    if (std::find(out.begin(), out.end(), endpoint) == out.end()) out.push_back(endpoint);
  };
  for (const auto& word : words) {
    if (word != "-" && !word.starts_with("@")) {
      const auto endpoint = parse_endpoint(word);
      if (!endpoint) return endpoint.error();
      add(*endpoint);
      continue;
    }
    const std::string path = word == "-" ? word : word.substr(1);
    const auto text = read_file(path);
    if (!text) return text.error();
    const auto list = read_targets(*text, path);
    if (!list) return list.error();
    for (const auto& endpoint : *list) add(endpoint);
  }
  return out;
}

std::function<void(const std::string&)> progress_line(const Program& program, std::size_t all) {
  if (!program.progress) return [](const std::string&) {};
  auto guard = std::make_shared<std::mutex>();
  auto done = std::make_shared<std::size_t>(0);
  return [&program, all, guard, done](const std::string& what) {
    const std::lock_guard lock(*guard);
    program.err << "\r\x1b[K"
                << program.say()("cli.progress", {{"done", std::to_string(++*done)},
                                                  {"all", std::to_string(std::max(all, *done))},
                                                  {"what", one_line(what, 60)}})
                << (*done >= all ? "\n" : "") << std::flush;
  };
}

}  // namespace kenshin
