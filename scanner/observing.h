// Observing without judging: what `kenshin observe` and `kenshin domain` share.
#pragma once

#include <array>
#include <optional>

#include "scanner/opened_session.h"
#include "scanner/options.h"
#include "scanner/plan.h"
#include "scanner/program.h"

namespace kenshin {

inline constexpr std::array output_options =
    std::to_array<Option>({{"format", Takes::Value, "text|json|jsonl"}, {"out,o", Takes::Value, "FILE"}});

// The exit code where --format or --out cannot be, said on standard error.
std::optional<int> refuse_output(const Arguments&, const Program&);

// Asks all of it, writes what was seen in the form asked for, and returns the exit code. 0: something was observed of a
// target, 3: nothing could be.
int observe_and_write(const Plan&, const Arguments&, OpenedSession&, const Program&);

}  // namespace kenshin
