// ROBOT (Bleichenbacher's attack of 1998, still): does the server tell an RSA-encrypted premaster of right form from a
// wrong one (RFC 5246 7.4.7.1 forbids it)?
#pragma once

#include <array>
#include <string>

#include "probes/tls/learned.h"

namespace kenshin {

// How the block that is encrypted is made (PKCS#1 v1.5, RFC 8017 7.2.1).
enum class Premaster { Right, WrongStart, NoZero, EarlyZero, WrongVersion };
constexpr std::array all_premasters{Premaster::Right, Premaster::WrongStart, Premaster::NoZero, Premaster::EarlyZero,
                                    Premaster::WrongVersion};

// A block of `size` bytes (64 or more) for that version. Padding is random.
Buffer premaster_block(Premaster, std::size_t size, TlsVersion);

// What the answers to the five, in their order, amount to: "" none tells them apart, else "strong" or "weak".
std::string oracle_strength(const std::array<std::string, all_premasters.size()>& answers);

// Class 3. Ten connections where the answers are alike: each premaster with ChangeCipherSpec and a Finished of noise,
// and each alone; thirty where they differ, which must differ the same way thrice. NotApplicable without RSA key
// exchange.
Vulnerability robot(Conversation&, const Learned&, Tally&);

}  // namespace kenshin
