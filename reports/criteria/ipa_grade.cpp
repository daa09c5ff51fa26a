#include "reports/criteria/ipa_grade.h"

#include <algorithm>
#include <array>

namespace kenshin {

namespace {

// What the guideline's types demand; advice and what other documents demand does not enter its grade.
constexpr std::array<std::string_view, 9> demanded_by_types = {
    "tls.version.floor",   "tls.version.tls13", "tls.suites.listed", "tls.suites.tls13",     "tls.suites.prohibited",
    "tls.groups.strength", "tls.dh.strength",   "certificate.key",   "certificate.signature"};

bool is_of_the_guideline(const Finding& finding) {
  return finding.force != Force::Note && std::find(demanded_by_types.begin(), demanded_by_types.end(),
                                                   finding.criterion.text) != demanded_by_types.end();
}

// Reasons of which no copy of the guideline at hand says what they mean for a type.
bool is_unsettled(const Finding& finding) {
  const std::string& code = finding.because.code;
  return code == "suite-membership-unconfirmed" || code == "key-unlisted" || code == "dh-no-safe-prime";
}

struct Weighed {
  std::vector<CriterionId> refused, undecided;
  bool observed = false;
};

void add(std::vector<CriterionId>& to, const CriterionId& id) {
  if (std::find(to.begin(), to.end(), id) == to.end()) to.push_back(id);
}

// A figure that is only recalled keeps from a type, and proves membership of none.
Weighed weighed(const std::vector<Finding>& findings, bool last_type) {
  Weighed out;
  for (const Finding& finding : findings) {
    if (!is_of_the_guideline(finding)) continue;
    const bool unsure = is_unsettled(finding) || (last_type && finding.mark == Mark::Recalled);
    switch (finding.verdict) {
      case Verdict::NotApplicable: break;
      case Verdict::Met: out.observed = true; break;
      case Verdict::Unknown: add(out.undecided, finding.criterion); break;
      case Verdict::Conditional:
      case Verdict::Attention:
      case Verdict::NotMet:
        out.observed = true;
        add(unsure ? out.undecided : out.refused, finding.criterion);
        break;
    }
  }
  return out;
}

}  // namespace

IpaGrading::IpaGrading(const std::vector<Profile>& types, Day on) : types_(types) {
  for (const Profile& type : types) judging_.emplace_back(type, on, demanded_by_types);
}

void IpaGrading::look_at(const Target& target, const Facts& about) {
  for (Judging& judging : judging_) judging.look_at(target, about);
}

std::optional<IpaGrade> IpaGrading::take() {
  IpaGrade out;
  bool observed = false;
  for (std::size_t i = 0; i < types_.size(); ++i) {
    const Weighed seen = weighed(judging_[i].take(), i + 1 == types_.size());
    observed = observed || seen.observed;
    out.edition = types_[i].suites.edition;
    if (!seen.refused.empty()) {
      out.held_back_by = seen.refused;
      continue;
    }
    if (!observed) return std::nullopt;
    out.at_most = types_[i].tls.demanded;
    out.undecided_over = seen.undecided;
    if (seen.undecided.empty()) out.grade = out.at_most;
    return out;
  }
  if (!observed) return std::nullopt;
  out.at_most = SuiteGrade::Outside;
  out.grade = SuiteGrade::Outside;
  return out;
}

}  // namespace kenshin
