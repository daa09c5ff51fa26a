// The small files of a machine that kenshin reads itself. The first byte chooses the parser.
#include <cstdint>

#include "probes/base/bytes.h"
#include "probes/host/apt_conf.h"
#include "probes/host/clamav.h"
#include "probes/host/dpkg_status.h"
#include "probes/host/os_release.h"
#include "probes/host/pending_updates.h"
#include "probes/host/updates.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kenshin;
  if (size == 0) return 0;
  const auto text = text_of({bytes + 1, size - 1});
  AptConf conf;
  switch (bytes[0]) {
    case 'a': parse_apt_conf(text, conf); break;
    case 'c': static_cast<void>(parse_clamav_header(text)); break;
    case 'd': parse_dpkg_status(text); break;
    case 'h': last_upgrade_in_history(text); break;
    case 'l': last_upgrade_in_dpkg_log(text); break;
    case 'o': parse_os_release(text); break;
    case 'p': static_cast<void>(parse_apt_facts(text)); break;
    case 'r': parse_release_file(text); break;
    case 's': parse_clamd_conf(text); break;
    case 'v': static_cast<void>(parse_clamd_version(text)); break;
    case 'w': version_before(text.substr(0, text.size() / 2), text.substr(text.size() / 2)); break;
    default: break;
  }
  return 0;
}
