// Ephemeral keys: the finite-field groups that a server uses (RFC 5246 7.4.3), whether other servers share them, and
// values that come back in another connection.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/data_files.h"
#include "probes/tls/conversation.h"
#include "probes/tls/facts.h"

namespace kenshin {

// A row of probes/tls/dh_groups.json.
struct KnownDhGroup {
  std::string name, document, mark;
  bool safe_prime = false;
  std::string prime;  // lower-case hex
};
struct KnownDhGroups {
  std::string edition;
  Day as_of{};
  std::string source;
  std::vector<KnownDhGroup> groups;
};
// Strict: errors name file, line and key.
Result<KnownDhGroups> load_dh_groups(std::string_view text, std::string_view file_name);
Result<KnownDhGroups> read_dh_groups(const DataFiles&);
const std::vector<KnownDhGroup>& known_dh_groups();

// Bits, name and nature of one group; versions are left out. Unknown nature: too long to test in a second or so.
DhGroup dh_group(Bytes prime, Bytes generator);

// Everything the connections so far show. `doubt`: why DHE suites may be missing; empty where none can be.
TlsKeyExchange key_exchange_seen(const std::vector<KeyExchangeSeen>&, const std::string& doubt);

// Whether the server picks the ffdhe group that the client lists (RFC 7919 4): `offer` lists its DHE suites alone.
Decided honours_ffdhe(Conversation&, const HelloOffer& offer, const DhGroup& usual, Tally&);

}  // namespace kenshin
