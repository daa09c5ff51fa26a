// How much a collection of host facts is worth as evidence, before it is asked what each fact rests on.
#pragma once

#include "probes/host/facts.h"

namespace kenshin {

inline constexpr std::string_view questionnaire_collector = "questionnaire";

// A: read by a program from the machine, and signed by a key that is known. B: read by a program, but anybody may have
// changed the file on its way. D: declared by a person.
enum class EvidenceGrade { A, B, D };
inline EvidenceGrade evidence_grade(const HostCollection& collection) {
  if (collection.collector == questionnaire_collector) return EvidenceGrade::D;
  return collection.signed_by.empty() ? EvidenceGrade::B : EvidenceGrade::A;
}

}  // namespace kenshin
