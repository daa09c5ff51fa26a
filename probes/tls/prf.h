// The pseudorandom function of TLS 1.2 and before, and what is derived with it: RFC 5246 5, 6.3, 7.4.9 and 8.1, RFC
// 2246 5 (MD5 and SHA-1 together), RFC 7627 4.
#pragma once

#include <string_view>

#include "probes/tls/suite12.h"

namespace kenshin {

// The hash of the PRF and of the transcript, by libcrypto's name: the suite's in TLS 1.2, MD5 and SHA-1 side by side
// before.
std::string_view prf_hash(const Suite12&, TlsVersion);

Buffer prf(std::string_view hash, Bytes secret, std::string_view label, Bytes seed, std::size_t size);
Buffer digest(std::string_view hash, Bytes);
Buffer hmac(std::string_view hash, Bytes key, Bytes);

struct HelloRandoms {
  Buffer client, server;
};

// 48 bytes. The second is RFC 7627's, over the handshake up to the ClientKeyExchange.
Buffer master_secret(std::string_view hash, Bytes premaster, const HelloRandoms&);
Buffer extended_master_secret(std::string_view hash, Bytes premaster, Bytes transcript);

// The verify_data of a Finished: 12 bytes.
Buffer client_verify_data(std::string_view hash, Bytes master, Bytes transcript);
Buffer server_verify_data(std::string_view hash, Bytes master, Bytes transcript);

}  // namespace kenshin
