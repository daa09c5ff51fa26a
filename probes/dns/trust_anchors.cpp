#include "probes/dns/trust_anchors.h"

#include "probes/base/json_fields.h"

namespace kenshin {

template <class V>
void fields(V& v, DnsAnchor& f) {
  v("key_tag", f.key_tag);
  v("algorithm", f.algorithm);
  v("digest_type", f.digest_type);
  v("digest", f.digest);
}
template <class V>
void fields(V& v, DnsAnchors& f) {
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("source", f.source);
  v("mark", f.mark);
  v("anchors", f.anchors);
}

Result<DnsAnchors> load_dns_anchors(std::string_view text, std::string_view file_name) {
  auto read = from_json_text<DnsAnchors>(text, file_name);
  if (!read) return read;
  const auto malformed = [&](const std::string& what) {
    return Error{Error::Kind::Malformed, std::string(file_name) + ": " + what};
  };
  if (read->anchors.empty()) return malformed("no anchor: nothing could be validated");
  for (const DnsAnchor& anchor : read->anchors) {
    const auto digest = from_hex(anchor.digest);
    const std::size_t wanted = anchor.digest_type == 2 ? 32 : anchor.digest_type == 4 ? 48 : 0;
    if (!digest || digest->size() != wanted)
      return malformed("anchor " + std::to_string(anchor.key_tag) + " has no digest of SHA-256 or SHA-384");
  }
  if (!read->as_of) return malformed("anchors without a date");
  return read;
}

Result<DnsAnchors> read_dns_anchors(const DataFiles& data) {
  constexpr std::string_view file = "probes/dns/trust-anchors.json";
  const auto text = data.read(file);
  if (!text) return text.error();
  return load_dns_anchors(*text, file);
}

std::string anchor_line(const DnsAnchor& anchor) {
  return ". IN DS " + std::to_string(anchor.key_tag) + " " + std::to_string(anchor.algorithm) + " " +
         std::to_string(anchor.digest_type) + " " + anchor.digest;
}

}  // namespace kenshin
