// The certificate kenshin shows where an endpoint demands one: the PEM files of Session::client_certificate and
// client_key.
#pragma once

#include <string>
#include <vector>

#include "probes/base/bytes.h"
#include "probes/certificate/openssl.h"

namespace kenshin {

struct ClientIdentity {
  std::vector<Buffer> chain;  // DER, the own one first
  OwnedKey key;
};

// Absent where a file cannot be read, Malformed where it holds no certificate, no key, or one that does not belong to
// the other. Never asks for a passphrase.
Result<ClientIdentity> read_client_identity(const std::string& certificate_file, const std::string& key_file);

}  // namespace kenshin
