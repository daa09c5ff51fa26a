#include "scanner/target_list.h"

#include <set>

#include "probes/base/text.h"

namespace kenshin {

namespace {

std::string_view without_comment(std::string_view line) {
  for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1))
    if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t') return line.substr(0, at);
  return line;
}

}  // namespace

Result<std::vector<AskedEndpoint>> read_targets(std::string_view text, std::string_view file_name) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<AskedEndpoint> out;
  std::set<AskedEndpoint> seen;
  std::size_t number = 0;
  for (const auto line : lines(text)) {
    ++number;
    const auto typed = trim(without_comment(line));
    if (typed.empty()) continue;
    auto target = parse_endpoint(typed);
    if (!target)
      return Error{Error::Kind::Malformed,
                   std::string(file_name) + ":" + std::to_string(number) + ": " + target.error().detail};
    if (seen.insert(*target).second) out.push_back(std::move(*target));
  }
  return out;
}

}  // namespace kenshin
