// Chance and SHA-256 out of libcrypto, for everybody.
#pragma once

#include "probes/base/bytes.h"

namespace kenshin {

// So many bytes nobody can foretell. Throws where the system has none: a broken install.
Buffer random_bytes(std::size_t);

Buffer sha256(Bytes);           // 32 bytes
std::string sha256_hex(Bytes);  // as fingerprints are shown: 64 lower-case digits

}  // namespace kenshin
