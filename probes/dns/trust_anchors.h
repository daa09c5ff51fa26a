// trust-anchors.json: the keys of the DNS root that validation begins with, as the DS records IANA publishes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/data_files.h"
#include "probes/base/result.h"

namespace kenshin {

struct DnsAnchor {
  int key_tag = 0, algorithm = 0, digest_type = 0;
  std::string digest;  // hex
};
struct DnsAnchors {
  std::string edition;
  std::optional<Day> as_of;
  std::string source, mark;
  std::vector<DnsAnchor> anchors;
};

// Malformed, naming the file, where a digest is none of its type or no anchor is listed: without one nothing validates.
Result<DnsAnchors> load_dns_anchors(std::string_view text, std::string_view file_name);
Result<DnsAnchors> read_dns_anchors(const DataFiles&);

// As libunbound takes it: ". IN DS 20326 8 2 E06D…".
std::string anchor_line(const DnsAnchor&);

}  // namespace kenshin
