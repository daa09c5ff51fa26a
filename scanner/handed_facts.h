// Facts of a PC or server as a file that somebody handed over: whether it is the one that was asked for, and what it
// says. Signing and nonce: docs/host-facts.md, docs/decisions/0007-declared-and-signed-facts.md.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "probes/facts.h"
#include "reports/criteria/profile.h"
#include "scanner/program.h"

namespace kenshin {

// What is known beforehand of the file; empty members demand nothing.
struct FactsRequest {
  std::string nonce;            // that was printed for this collection
  std::string public_key_file;  // of the key that signs, PEM
  bool bound() const { return !nonce.empty() || !public_key_file.empty(); }
};

// The observations of kenshin.host-facts/1, or of a questionnaire where the name ends in ".toml"; or the exit code,
// after saying why: altered, unsigned, of another request, dated ahead, malformed. `text` is the file's exact bytes.
std::variant<std::vector<Observation>, int> read_handed_facts(const std::string& text, const std::string& path,
                                                              const FactsRequest&, Instant now, const Program&);

// A file that answers a request and is older than the profile takes facts for is no answer to it: its exit code.
std::optional<int> refuse_old_answer(const std::vector<Observation>&, const std::string& path, const HostRules&,
                                     Instant now, const Program&);

}  // namespace kenshin
