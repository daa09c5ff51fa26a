#include "reports/formats/waived.h"

namespace kenshin {

std::vector<const DeclaredWaiver*> waivers_of_findings(const Report& report) {
  std::vector<const DeclaredWaiver*> out(report.findings.size());
  std::vector<bool> bare(report.findings.size());
  for (const ItemAnswer& answer : report.answers)
    for (const std::size_t index : answer.findings) {
      if (answer.waiver) out.at(index) = answer.waiver;
      else bare.at(index) = true;
    }
  for (std::size_t i = 0; i < out.size(); ++i)
    if (bare[i] || report.findings[i].verdict != Verdict::NotMet) out[i] = nullptr;
  return out;
}

}  // namespace kenshin
