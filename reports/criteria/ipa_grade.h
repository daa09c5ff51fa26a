// How IPA/CRYPTREC's TLS暗号設定ガイドライン grades the consultation system's TLS, whatever profile judges it: 高,
// 推奨, 例外 or 外 stands beside the verdict of item 2.5.2-1.xii (docs/user-guide.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "reports/criteria/criterion.h"

namespace kenshin {

struct IpaGrade {
  std::optional<SuiteGrade> grade;          // nothing: could not be told
  SuiteGrade at_most = SuiteGrade::High;    // the best it can be; where it is known, the grade
  std::string edition;                      // of the type that decided
  std::vector<CriterionId> held_back_by;    // what keeps it from the next better type
  std::vector<CriterionId> undecided_over;  // what could not be told; empty where the grade is known
};

// Target by target. `types`: the profiles of the guideline's types, best first.
class IpaGrading {
 public:
  IpaGrading(const std::vector<Profile>& types, Day on);
  void look_at(const Target&, const Facts& about);  // targets ascending
  std::optional<IpaGrade> take();                   // nothing: no endpoint of the consultation system was observed

 private:
  const std::vector<Profile>& types_;
  std::vector<Judging> judging_;
};

}  // namespace kenshin
