// Whether the holder a registry names is the one the operator expects. Names are compared and hashed here and dropped:
// none of them reaches a fact, a file, a log or a report.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "probes/domain/facts.h"
#include "probes/session.h"

namespace kenshin {

// A name as it is compared: NFKC, lower case, without blanks, punctuation and the legal forms (株式会社, 医療法人社団,
// Co., Ltd. ...) at its ends. A name that is nothing but a legal form stays as it is.
std::string normalised_holder(std::string_view name);

// What is kept of a name.
struct HolderMark {
  std::string hash;       // "SALT:SHA-256" in hex, of the salt's bytes and the normalised name
  bool is_latin = false;  // written in ASCII alone: says nothing of a name in Japanese
  friend bool operator==(const HolderMark&, const HolderMark&) = default;
};

// "SALT:…" → "SALT"; empty where the hash has none.
std::string salt_of(std::string_view hash);

// Marks of the names with session.holder_salt or, where it is empty, with one that this process made by chance. An
// empty name has none.
std::vector<HolderMark> holder_marks(const std::vector<std::string>& names, const Session&);

// Same where one of the marks is that of `expected`; Other only where one in the same script is not; otherwise Unknown.
HolderCompared compare_holder(std::string_view expected, const std::vector<HolderMark>&);

// Sets holder_hash, of the name in Japanese where there is one, and holder_compared.
void set_holder(Registration&, std::string_view expected, const std::vector<HolderMark>&);

}  // namespace kenshin
