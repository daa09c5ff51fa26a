// Servers up to TLS 1.2 that go no further than ServerHelloDone and then do what vulnerable or mended software does.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "probes/tls/facts.h"
#include "tests/lab/scripted.h"

namespace kenshin::lab {

enum class OnHeartbeat {
  Drops,    // mended
  Answers,  // vulnerable
  Buffers,  // vulnerable, and the answer goes out with the next thing that is said
  Ignores,  // says nothing to anything
  Closes,
};

// What is said to the first and the second early ChangeCipherSpec. Nothing: silence. An alert closes.
struct OnEarlyCcs {
  std::optional<std::uint8_t> first, second;
  bool first_closes = false, second_closes = false;
};

enum class OnPremaster {
  Mended,        // bad_record_mac for the Finished, whatever the premaster
  StartTells,    // illegal_parameter where the block does not begin with 0 and 2
  FormTells,     // decrypt_error where the form is wrong anywhere
  EarlyTells,    // the same alert, at once where the form is wrong
  ClosesOnForm,  // closes without an alert where the form is wrong
  Unsteady,      // one alert for every second connection
  Silent,
};

enum class OnPoint { Refuses, Takes, RefusesAll };

struct UnfinishedWish {
  TlsVersion version = TlsVersion::Tls12;  // the highest; older hellos are answered as they ask
  SuiteId suite{0x002F};                   // an ECDHE suite gets a ServerKeyExchange on P-256
  std::map<std::uint16_t, Buffer> echoes;  // extensions that are answered where they are asked for, with these bodies
  std::uint8_t compression = 0;
  OnHeartbeat heartbeat = OnHeartbeat::Drops;
  OnEarlyCcs ccs{std::uint8_t{10}, {}};
  OnPremaster premaster = OnPremaster::Mended;
  OnPoint point = OnPoint::Refuses;
};
Behaviour unfinished_server(const UnfinishedWish&);

}  // namespace kenshin::lab
