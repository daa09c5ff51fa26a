// Registries' answers kept on disk, so that nobody is asked twice in a day: a folder shared by all runs of one user, a
// file per name. What is broken, foreign or of another server is as good as not there.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/domain/facts.h"
#include "probes/domain/holder.h"

namespace kenshin {

struct KeptAnswer {
  std::string domain, server;  // whom it was asked of: "HOST:PORT", or the base of RDAP
  Instant asked_at;
  bool is_whole = false;            // both languages and the registrar's date were asked for, too
  Registration record;              // without the holder's members
  std::vector<HolderMark> holders;  // hashes alone
};

// A file's text, as keep_answer() writes it. Malformed for anything else, another version, and a record that decides
// nothing.
Result<KeptAnswer> parse_kept_answer(std::string_view text);

// What `server` said of the name less than `at_most` ago. Only a regular file of this user, of at most 256 KiB, and
// not from the future.
std::optional<KeptAnswer> kept_answer(const std::string& folder, const std::string& domain, const std::string& server,
                                      Instant now, std::chrono::seconds at_most);

// Writes it whole or not at all. A folder that cannot be written is no error: the next run asks again.
void keep_answer(const std::string& folder, const KeptAnswer&);

}  // namespace kenshin
