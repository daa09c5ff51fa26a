// kenshin.host-facts/1 of this PC, and the file it goes to.
#pragma once

#include <string>

#include "probes/host/collectors/windows/asked.h"
#include "probes/host/collectors/windows/decoding/command_line.h"

namespace kenshin::windows {

struct ThisPc {
  std::string id, label;
};
// The label that was asked for, or one made of the id.
ThisPc name_this_pc(const Wanted&);

// Asks for every fact; the document in UTF-8.
std::string facts_document(const ThisPc&, const Wanted&);

// Writes to a temporary name beside it and renames. A file of the same PC is replaced, one of another PC never. The
// path that was written.
Asked<std::wstring> write_facts(const ThisPc&, const Wanted&, const std::string& document);

}  // namespace kenshin::windows
