// [sources] of kenshin.toml: doors for tests and closed networks (docs/config.md).
#pragma once

#include <filesystem>

#include "scanner/config.h"
#include "scanner/toml_table.h"

namespace kenshin {

// Paths are joined with that folder; faults go to the table's list.
Sources read_sources(TomlTable&, const std::filesystem::path& folder);

}  // namespace kenshin
