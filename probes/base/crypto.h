// Chance and SHA-256 out of libcrypto, for everybody.
#pragma once

#include <iosfwd>
#include <optional>

#include "probes/base/bytes.h"

namespace kenshin {

// So many bytes nobody can foretell. Throws where the system has none: a broken install.
Buffer random_bytes(std::size_t);

Buffer sha256(Bytes);  // 32 bytes
// Of the rest of the stream, read in chunks; nothing where it could not be read to its end.
std::optional<Buffer> sha256(std::istream&);
std::string sha256_hex(Bytes);  // as fingerprints are shown: 64 lower-case digits

}  // namespace kenshin
