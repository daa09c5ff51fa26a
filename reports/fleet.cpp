#include "reports/fleet.h"

#include <algorithm>
#include <tuple>

#include "probes/base/target.h"
#include "probes/base/text.h"

namespace kenshin {

namespace {

// Host names and domains are shared between clinics; the label of a computer is each clinic's own.
std::string shared_name(const FindingOutcome& it) {
  if (it.target_kind == target_kind_name(TargetKind::Domain)) return it.target;
  if (it.target_kind != target_kind_name(TargetKind::Endpoint)) return {};
  const auto target = parse_target(TargetKind::Endpoint, it.target);
  return target ? target->name : it.target;
}

bool fails(const FindingOutcome& it) { return it.verdict == Verdict::NotMet && it.force == Force::Must && !it.waived; }

}  // namespace

void FleetCount::add(const Outcome& outcome, std::string_view source) {
  FleetClinic clinic{outcome.clinic,
                     one_line(source),
                     outcome.judged_on,
                     !outcome.finished,
                     outcome.profile,
                     outcome.profile_edition,
                     outcome.tool_version,
                     outcome.counts,
                     0,
                     0,
                     0};
  for (const auto& item : outcome.items) {
    clinic.contradictions += item.agreement == Agreement::Contradicts ? 1 : 0;
    clinic.waived += item.waived_until ? 1 : 0;
  }
  for (const auto& it : outcome.findings) {
    if (!fails(it)) continue;
    ++clinic.failing;
    if (const std::string host = shared_name(it); !host.empty())
      failures_[{host, it.criterion}].push_back(clinic.shown());
  }
  clinics_.push_back(std::move(clinic));
}

Fleet FleetCount::take() {
  Fleet out;
  out.clinics = std::move(clinics_);
  const auto counts = [](const FleetClinic& it) {
    return std::tuple(it.count(Observed::NotMet), it.failing, it.contradictions, it.count(Observed::Attention),
                      it.count(Observed::Unknown));
  };
  std::sort(out.clinics.begin(), out.clinics.end(), [&](const FleetClinic& a, const FleetClinic& b) {
    if (counts(a) != counts(b)) return counts(a) > counts(b);
    return std::tie(a.name, a.source) < std::tie(b.name, b.source);
  });
  for (auto& [key, clinics] : failures_) {
    std::sort(clinics.begin(), clinics.end());
    clinics.erase(std::unique(clinics.begin(), clinics.end()), clinics.end());
    out.failures.push_back({key.first, key.second, std::move(clinics)});
  }
  std::stable_sort(out.failures.begin(), out.failures.end(),
                   [](const auto& a, const auto& b) { return a.clinics.size() > b.clinics.size(); });
  failures_.clear();
  return out;
}

}  // namespace kenshin
