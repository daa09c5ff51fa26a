// distrust.json: authorities that a root programme stopped trusting, from when, and why. The rules are the programmes'
// own announcements; each row carries its source and mark.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/certificate/facts.h"

namespace kenshin {

// SctAfter: certificates whose earliest timestamp is later than the date. NotBeforeAfter, NotBeforeBefore: by the
// leaf's notBefore. All: every certificate below the root, since the date or always.
enum class DistrustRule { SctAfter, NotBeforeAfter, NotBeforeBefore, All };

struct DistrustRow {
  std::string authority;
  std::vector<std::string> programmes;     // "mozilla", "chrome", "apple", "microsoft"
  std::vector<std::string> roots;          // SHA-256 of root certificates
  std::vector<std::string> organisations;  // the O of a root's subject begins with one of them; where no root is listed
  std::vector<std::string> except;         // the O of an intermediate that the programme spared
  DistrustRule rule{};
  std::optional<Instant> date;
  bool for_cause = false;  // misconduct or failure; false: age or novelty
  std::string source, mark;
};

struct Distrust {
  std::string edition;
  Day as_of{};
  std::string source;
  std::vector<DistrustRow> rows;
};

// Strict: Malformed, naming file and line; also for a row that names nobody, a rule without its date or an unknown
// programme.
Result<Distrust> load_distrust(std::string_view text, std::string_view file_name);

// Whether the row is about that root.
bool is_about(const DistrustRow&, const Anchor&);

// Whether the programmes of the row distrust this chain below that root. Unknown: the rule counts timestamps and none
// was seen. NotApplicable: another root.
Answer is_distrusted(const DistrustRow&, const CertificateChain&, const Anchor&);

}  // namespace kenshin
