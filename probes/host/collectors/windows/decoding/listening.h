// Where a listening address can be reached from, and one row per port.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "probes/host/protection_facts.h"

namespace kenshin::windows {

// Bytes as on the wire, four or sixteen. Unspecified and public addresses: any; 127/8 and ::1: loopback; the rest
// (RFC 1918, RFC 3927, RFC 4193, link-local): private.
ListeningScope listening_scope(std::span<const std::uint8_t> address);

// Sorted, each protocol and port once with its widest scope; UDP ports that clients are lent (RFC 6335, 6) left out.
std::vector<ListeningPort> one_row_per_port(std::vector<ListeningPort>);

}  // namespace kenshin::windows
