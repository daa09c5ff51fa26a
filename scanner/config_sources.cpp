#include "scanner/config_sources.h"

#include "probes/domain/outside.h"
#include "probes/domain/rdap_bootstrap.h"

namespace kenshin {

namespace {

// true for the public service, false for none, or the base URL of another.
void read_outside(TomlTable& t, std::string_view key, std::string_view public_base, std::string& base) {
  bool on = false;
  if (t.holds_flag(key)) {
    if (t.flag(key, on) && on) base = public_base;
    return;
  }
  if (!t.text(key, base)) return;
  if (!base.ends_with('/')) base += '/';
  if (!is_rdap_base(base)) t.fault(key, "true, false or a base URL is expected: https, or http on loopback");
}

}  // namespace

Sources read_sources(TomlTable& t, const std::filesystem::path& folder) {
  Sources s;
  if (t.text("whois", s.whois)) {
    if (!parse_target(TargetKind::Endpoint, s.whois)) s.whois += ":43";
    const auto server = parse_target(TargetKind::Endpoint, s.whois);
    if (server) s.whois = target_text(*server);
    else t.fault("whois", "HOST or HOST:PORT is expected");
  }
  if (t.text("rdap", s.rdap)) {
    if (!s.rdap.ends_with('/')) s.rdap += '/';
    if (!is_rdap_base(s.rdap)) t.fault("rdap", "the URL of an RDAP server is expected: https, or http on loopback");
  }
  if (t.text("resolver", s.resolver) && !is_ip_literal(s.resolver)) {
    const auto server = parse_target(TargetKind::Endpoint, s.resolver);
    if (!server || !is_ip_literal(server->name)) t.fault("resolver", "ADDRESS or ADDRESS:PORT is expected");
  }
  read_outside(t, "certspotter", certspotter_base, s.outside.certspotter);
  read_outside(t, "crtsh", crtsh_base, s.outside.crtsh);
  read_outside(t, "wayback", wayback_base, s.outside.wayback);
  t.flag("lookalikes", s.outside.lookalikes);
  for (const auto& [name, file] :
       {std::pair{"trust_bundle", &s.trust_bundle}, std::pair{"trust_anchor", &s.trust_anchor},
        std::pair{"baseline", &s.baseline}, std::pair{"mmdb", &s.mmdb}, std::pair{"cache", &s.cache}})
    if (t.text(name, *file)) *file = (folder / *file).string();
  return s;
}

}  // namespace kenshin
