// The configuration of APT as far as automatic updates need it: apt.conf(5), read, never obeyed.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "probes/host/root_files.h"

namespace kenshin {

struct AptConf {
  // Lower-case names ("apt::periodic::enable") with the values given to them, in the order given; list elements stand
  // under the list's name.
  std::map<std::string, std::vector<std::string>, std::less<>> values;
  bool understood = true;  // false after #clear, #include or a bracket without partner

  // The last value given, or "" .
  std::string_view last(std::string_view name) const;
};

// Adds what `text` sets.
void parse_apt_conf(std::string_view text, AptConf&);

// /etc/apt/apt.conf.d/* in order, then /etc/apt/apt.conf. A file that is there and cannot be read is an error.
Result<AptConf> apt_configuration(const RootFiles&);

}  // namespace kenshin
