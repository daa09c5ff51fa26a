#include "probes/probe_data.h"

#include "probes/certificate/keys.h"
#include "probes/certificate/programmes.h"
#include "probes/certificate/timestamps.h"
#include "probes/dns/trust_anchors.h"
#include "probes/domain/public_suffix.h"
#include "probes/domain/rdap_bootstrap.h"
#include "probes/domain/takeover_data.h"
#include "probes/host/product_table.h"
#include "probes/place/ranges.h"
#include "probes/tls/key_exchange.h"

namespace kenshin {

namespace {

template <class List>
Result<ProbeDataFile> described(std::string_view name, std::string_view path, const Result<List>& list) {
  if (!list) return list.error();
  return ProbeDataFile{std::string(name), list->edition, list->as_of, list->source, std::string(path)};
}

}  // namespace

Result<std::vector<ProbeDataFile>> read_probe_data(const DataFiles& data) {
  std::vector<ProbeDataFile> out;
  for (const auto& file :
       {described("root programmes", "probes/certificate/roots.json", read_programmes(data)),
        described("certificate logs", "probes/certificate/ct-logs.json", read_ct_logs(data)),
        described("weak keys", "probes/certificate/weak-keys.json", read_weak_keys(data)),
        described("known Diffie-Hellman groups", "probes/tls/dh_groups.json", read_dh_groups(data)),
        described("RDAP servers", "probes/domain/rdap-bootstrap.json", read_rdap_bootstrap(data)),
        described("DNS root keys", "probes/dns/trust-anchors.json", read_dns_anchors(data)),
        described("takeover fingerprints", "probes/domain/takeover-fingerprints.json",
                  read_takeover_fingerprints(data)),
        described("well-known names", "probes/domain/well-known-names.json", read_well_known_names(data)),
        described("security products", "probes/host/products.json", read_product_table(data))}) {
    if (!file) return file.error();
    out.push_back(*file);
  }
  if (const auto suffixes = read_suffix_list(data); !suffixes) return suffixes.error();
  const auto ranges = read_ranges(data);
  if (!ranges) return ranges.error();
  for (const RangeFile& file : *ranges)
    out.push_back({"ranges of " + file.list.name, file.list.edition, file.list.as_of, file.list.source, file.path});
  return out;
}

}  // namespace kenshin
