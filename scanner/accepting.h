// From the facts of a finished scan to a baseline: what is true now, as somebody accepts it (probes/domain/baseline.h).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "probes/domain/baseline.h"
#include "probes/saved_facts.h"

namespace kenshin {

constexpr std::string_view baseline_file_name = "kenshin.baseline.json";  // where none is named

// Why a domain of the facts is not accepted: wording key "cli.baseline.WHY", or "error.KIND" for a failed observation.
struct NotAccepted {
  std::string domain, why, detail;
};

struct Accepted {
  Baseline baseline;
  std::vector<NotAccepted> refused;
};

// Only domains whose registration was seen; with them the certificates of endpoints at or below their name. Malformed
// where the scan was not finished, or the facts cannot be read.
Result<Accepted> accept_facts(const SavedFacts&);

// What the new facts do not speak of stays as it was accepted; a holder's hash of another salt cannot.
Baseline merged(const Baseline& before, Baseline now);

// The members of a domain as texts, for people: key "changed.NAME" in the wording files. Lists are joined; empty: not
// stored.
std::vector<std::pair<std::string, std::string>> values_of(const DeclaredBaseline&);

}  // namespace kenshin
