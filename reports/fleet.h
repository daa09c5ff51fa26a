// Many clinics side by side, out of their results: whose state is worst, and which shared host fails whom.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/outcome.h"

namespace kenshin {

struct FleetClinic {
  std::string name;    // as declared; empty: not declared
  std::string source;  // the file it was read from
  Day judged_on;
  bool cut_short = false;
  std::string profile, profile_edition, tool_version;
  std::array<int, 8> counts{};  // items of the document, by Observed
  int contradictions = 0, waived = 0;
  int failing = 0;  // findings of force must that are not met and not waived

  int count(Observed observed) const { return counts.at(static_cast<std::size_t>(observed)); }
  const std::string& shown() const { return name.empty() ? source : name; }
};

// A host name on the net, or a domain, that does not meet a criterion of force must, and in whose results.
struct FleetFailure {
  std::string host;  // without the port
  CriterionId criterion;
  std::vector<std::string> clinics;  // ascending, each once
};

struct Fleet {
  std::vector<FleetClinic> clinics;    // worst first
  std::vector<FleetFailure> failures;  // of the most clinics first
};

// Results are added one after the other, so that only one is held at a time.
class FleetCount {
 public:
  void add(const Outcome&, std::string_view source);
  Fleet take();

 private:
  std::vector<FleetClinic> clinics_;
  std::map<std::pair<std::string, CriterionId>, std::vector<std::string>> failures_;
};

}  // namespace kenshin
