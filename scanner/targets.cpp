#include "scanner/targets.h"

#include <set>

#include "scanner/program.h"
#include "scanner/target_list.h"

namespace kenshin {

Result<std::vector<AskedEndpoint>> targets_of(const std::vector<std::string>& words) {
  std::vector<AskedEndpoint> out;
  std::set<AskedEndpoint> seen;
  const auto add = [&](const AskedEndpoint& endpoint) {
    if (seen.insert(endpoint).second) out.push_back(endpoint);
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

}  // namespace kenshin
