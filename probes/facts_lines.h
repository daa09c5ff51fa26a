// kenshin.facts/1 line by line, for who must not hold all of it at once (docs/schema/facts.json).
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <variant>

#include "probes/facts.h"

namespace kenshin {

struct FactsHeader {
  std::string tool_version;
  Instant started;
};
using FactsLine = std::variant<FactsHeader, Observation, Instant>;  // Instant: the run was finished then

enum class LinePlace { First, Later };  // the first line is the header
// Malformed with `where` ("facts.jsonl:17") in front.
Result<FactsLine> read_facts_line(std::string_view line, LinePlace, std::string_view where);

// The same as one document (--format json), piece by piece; of the Facts only the header and the end are read.
void write_document_start(const Facts&, std::ostream&);
void write_document_observation(const Observation&, bool is_first, std::ostream&);
void write_document_end(bool is_empty, std::ostream&);

}  // namespace kenshin
