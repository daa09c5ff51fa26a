#include "probes/probe_data.h"

#include "probes/certificate/keys.h"
#include "probes/certificate/programmes.h"
#include "probes/certificate/timestamps.h"
#include "probes/dns/trust_anchors.h"
#include "probes/domain/rdap_bootstrap.h"
#include "probes/domain/takeover_data.h"
#include "probes/tls/key_exchange.h"

namespace kenshin {

namespace {

template <class List>
Result<ProbeDataFile> described(std::string_view name, const Result<List>& list) {
  if (!list) return list.error();
  return ProbeDataFile{std::string(name), list->edition, list->as_of, list->source};
}

}  // namespace

Result<std::vector<ProbeDataFile>> read_probe_data(const DataFiles& data) {
  std::vector<ProbeDataFile> out;
  for (const auto& file :
       {described("root programmes", read_programmes(data)), described("certificate logs", read_ct_logs(data)),
        described("weak keys", read_weak_keys(data)), described("known Diffie-Hellman groups", read_dh_groups(data)),
        described("RDAP servers", read_rdap_bootstrap(data)), described("DNS root keys", read_dns_anchors(data)),
        described("takeover fingerprints", read_takeover_fingerprints(data)),
        described("well-known names", read_well_known_names(data))}) {
    if (!file) return file.error();
    out.push_back(*file);
  }
  return out;
}

}  // namespace kenshin
