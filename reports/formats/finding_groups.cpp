#include "reports/formats/finding_groups.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace kenshin {

namespace {

constexpr std::size_t most_named = 12;

using Said = std::tuple<std::string, Verdict, Force, std::string, std::vector<std::pair<std::string, std::string>>>;

}  // namespace

std::size_t FindingGroup::named() const { return std::min(findings.size(), most_named); }

std::vector<FindingGroup> groups_of(const Report& report, const ItemAnswer& answer) {
  std::vector<FindingGroup> out;
  std::map<Said, std::size_t> known;
  for (const std::size_t index : answer.findings) {
    const Finding& finding = report.findings.at(index);
    const auto [at, is_new] = known.emplace(
        Said{finding.criterion.text, finding.verdict, finding.force, finding.because.code, finding.because.parameters},
        out.size());
    if (is_new) out.emplace_back();
    out[at->second].findings.push_back(&finding);
  }
  return out;
}

}  // namespace kenshin
