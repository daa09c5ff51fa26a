// Builders of ClientHello extensions (IANA "TLS ExtensionType Values"), for HelloOffer::more.
#pragma once

#include <string>
#include <vector>

#include "probes/tls/client_hello.h"

namespace kenshin {

// Types by their IANA number, for reading what a server answers.
namespace extension_type {
constexpr std::uint16_t server_name = 0, max_fragment_length = 1, status_request = 5, supported_groups = 10,
                        heartbeat = 15, alpn = 16, signed_certificate_timestamp = 18, encrypt_then_mac = 22,
                        extended_master_secret = 23, compress_certificate = 27, record_size_limit = 28,
                        session_ticket = 35, pre_shared_key = 41, early_data = 42, cookie = 44,
                        psk_key_exchange_modes = 45, signature_algorithms_cert = 50, key_share = 51,
                        renegotiation_info = 0xFF01;
}

HelloExtension alpn(const std::vector<std::string>& protocols);          // RFC 7301 3.1
HelloExtension status_request();                                         // RFC 6066 8, type ocsp
HelloExtension signed_certificate_timestamp();                           // RFC 6962 3.3.1
HelloExtension encrypt_then_mac();                                       // RFC 7366
HelloExtension heartbeat();                                              // RFC 6520, peer_allowed_to_send
HelloExtension max_fragment_length(std::uint8_t code);                   // RFC 6066 4
HelloExtension record_size_limit(std::uint16_t limit);                   // RFC 8449
HelloExtension compress_certificate(const std::vector<std::uint16_t>&);  // RFC 8879
HelloExtension session_ticket(Bytes ticket);                             // RFC 5077 3.2; empty asks for one
HelloExtension renegotiation_info(Bytes verify_data);                    // RFC 5746 3.2

}  // namespace kenshin
