#include "scanner/data_kinds.h"

#include <array>

#include "probes/base/text.h"
#include "probes/certificate/keys.h"
#include "probes/certificate/programmes.h"
#include "probes/certificate/timestamps.h"
#include "probes/dns/trust_anchors.h"
#include "probes/domain/public_suffix.h"
#include "probes/domain/rdap_bootstrap.h"
#include "probes/domain/takeover_data.h"
#include "probes/host/product_table.h"
#include "probes/place/foreign_ranges.h"
#include "probes/tls/key_exchange.h"
#include "reports/criteria/caa_issuers.h"
#include "reports/criteria/configuration_lines.h"
#include "reports/criteria/distrust.h"
#include "reports/criteria/profile.h"
#include "reports/criteria/regions.h"

namespace kenshin {

namespace {

template <class List>
Result<DataSummary> summary(const Result<List>& list, std::size_t (*rows)(const List&)) {
  if (!list) return list.error();
  return DataSummary{list->edition, list->as_of, list->source, rows(*list)};
}

Result<DataSummary> roots(std::string_view text, std::string_view file) {
  return summary<Programmes>(load_programmes(text, file), [](const Programmes& l) { return l.roots.size(); });
}
Result<DataSummary> logs(std::string_view text, std::string_view file) {
  return summary<CtLogs>(load_ct_logs(text, file), [](const CtLogs& l) { return l.logs.size(); });
}
Result<DataSummary> weak_keys(std::string_view text, std::string_view file) {
  return summary<WeakKeyList>(load_weak_keys(text, file), [](const WeakKeyList& l) { return l.digests.size(); });
}
Result<DataSummary> dh_groups(std::string_view text, std::string_view file) {
  return summary<KnownDhGroups>(load_dh_groups(text, file), [](const KnownDhGroups& l) { return l.groups.size(); });
}
Result<DataSummary> suites(std::string_view text, std::string_view file) {
  return summary<SuiteLists>(load_suite_lists(text, file), [](const SuiteLists& l) { return l.grades.size(); });
}
Result<DataSummary> distrusted(std::string_view text, std::string_view file) {
  return summary<Distrust>(load_distrust(text, file), [](const Distrust& l) { return l.rows.size(); });
}
Result<DataSummary> support(std::string_view text, std::string_view file) {
  return summary<EndOfSupport>(load_end_of_support(text, file), [](const EndOfSupport& l) { return l.cycles.size(); });
}
Result<DataSummary> regions(std::string_view text, std::string_view file) {
  return summary<Regions>(load_regions(text, file), [](const Regions& l) { return l.rows.size(); });
}
Result<DataSummary> configuration(std::string_view text, std::string_view file) {
  return summary<ConfigurationLines>(load_configuration_lines(text, file),
                                     [](const ConfigurationLines& l) { return l.advice.size(); });
}
Result<DataSummary> suffixes(std::string_view text, std::string_view file) {
  const auto list = read_suffix_list(text, file);
  if (!list) return list.error();
  return DataSummary{list->edition, list->as_of, "the Public Suffix List", list->rules};
}
Result<DataSummary> caa_names(std::string_view text, std::string_view file) {
  return summary<CaaIssuers>(load_caa_issuers(text, file), [](const CaaIssuers& l) { return l.rows.size(); });
}
Result<DataSummary> rdap_servers(std::string_view text, std::string_view file) {
  return summary<RdapBootstrap>(load_rdap_bootstrap(text, file),
                                [](const RdapBootstrap& l) { return l.services.size(); });
}
Result<DataSummary> root_keys(std::string_view text, std::string_view file) {
  return summary<DnsAnchors>(load_dns_anchors(text, file), [](const DnsAnchors& l) { return l.anchors.size(); });
}
Result<DataSummary> takeovers(std::string_view text, std::string_view file) {
  return summary<TakeoverFingerprints>(load_takeover_fingerprints(text, file),
                                       [](const TakeoverFingerprints& l) { return l.providers.size(); });
}
Result<DataSummary> ranges(std::string_view text, std::string_view file) {
  return summary<RangeList>(load_ranges(text, file), [](const RangeList& l) { return l.ranges.size(); });
}

Result<DataSummary> security_products(std::string_view text, std::string_view file) {
  return summary<ProductTable>(load_product_table(text, file), [](const ProductTable& l) { return l.products.size(); });
}

constexpr std::array<DataKind, 15> kinds = {
    {{"root programmes", "probes/certificate/roots.json", roots},
     {"certificate logs", "probes/certificate/ct-logs.json", logs},
     {"weak keys", "probes/certificate/weak-keys.json", weak_keys},
     {"known Diffie-Hellman groups", "probes/tls/dh_groups.json", dh_groups},
     {"cipher suite lists", "reports/criteria/suites-ipa-3.0.1.json", suites},
     {"distrusted authorities", "reports/criteria/distrust.json", distrusted},
     {"end of support", "reports/criteria/end-of-support.json", support},
     {"cloud regions", "reports/criteria/regions.json", regions},
     {"CAA names of authorities", "reports/criteria/caa-issuers.json", caa_names},
     {"configuration lines", "reports/criteria/configuration-lines.json", configuration},
     {"RDAP servers", "probes/domain/rdap-bootstrap.json", rdap_servers},
     {"DNS root keys", "probes/dns/trust-anchors.json", root_keys},
     {"takeover fingerprints", "probes/domain/takeover-fingerprints.json", takeovers},
     {"security products", "probes/host/products.json", security_products},
     {"public suffixes", suffix_list_file, suffixes}}};

constexpr std::string_view ranges_schema = "kenshin-ranges/1\n";

std::string base_name(std::string_view path) { return std::string(path.substr(path.rfind('/') + 1)); }

Result<RecognisedData> recognised(std::string path, std::string text) {
  auto read = read_data(path, text);
  if (!read) return read.error();
  return RecognisedData{std::move(path), std::move(text), std::move(*read)};
}

}  // namespace

std::span<const DataKind> data_kinds() { return kinds; }

Result<DataSummary> read_data(std::string_view path, std::string_view text) {
  for (const DataKind& kind : kinds)
    if (kind.path == path) return kind.read(text, path);
  if (path.starts_with(ranges_folder) && path.ends_with(".ranges")) return ranges(text, path);
  return Error{Error::Kind::Absent, "no data file belongs at " + one_line(path, 200)};
}

Result<RecognisedData> recognise_data(std::string_view text, const GivenData& given) {
  if (const auto format = range_format_of(text)) {
    const auto list = read_foreign_ranges(*format, {text, given.file_name, given.source, given.provider, given.as_of});
    if (!list) return list.error();
    return recognised(ranges_path(*list), ranges_text(*list));
  }
  if (text.starts_with(ranges_schema)) {
    const auto list = load_ranges(text, one_line(given.file_name, 200));
    if (!list) return list.error();
    return recognised(ranges_path(*list), std::string(text));
  }
  for (const DataKind& kind : kinds)
    if (kind.read(text, given.file_name)) return recognised(std::string(kind.path), std::string(text));
  for (const DataKind& kind : kinds)  // none fits: say what is wrong with what it is named after
    if (base_name(kind.path) == base_name(given.file_name))
      return kind.read(text, one_line(given.file_name, 200)).error();
  return Error{Error::Kind::Malformed, one_line(given.file_name, 200) + ": none of the forms that are known"};
}

}  // namespace kenshin
