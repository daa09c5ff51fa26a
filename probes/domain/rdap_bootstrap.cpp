#include "probes/domain/rdap_bootstrap.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "probes/base/json_fields.h"
#include "probes/base/target.h"
#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::string_view bootstrap_file = "probes/domain/rdap-bootstrap.json";

// RFC 9224 3 and 4, and what our own file says of itself beside it.
struct BootstrapFile {
  std::string edition;
  std::optional<Day> as_of;
  std::string source, mark, description, version, publication;
  std::vector<std::vector<std::vector<std::string>>> services;
};

std::string_view host_of(std::string_view url) {
  const auto begin = url.find("://");
  if (begin == std::string_view::npos) return {};
  std::string_view rest = url.substr(begin + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (rest.find('@') != std::string_view::npos) return {};
  if (rest.starts_with('[')) return rest.substr(1, rest.find(']') - 1);
  return rest.substr(0, rest.find(':'));
}

}  // namespace

template <class V>
void fields(V& v, BootstrapFile& f) {
  v.may("edition", f.edition);
  v.may("as_of", f.as_of);
  v.may("source", f.source);
  v.may("mark", f.mark);
  v.may("description", f.description);
  v("version", f.version);
  v("publication", f.publication);
  v("services", f.services);
}

bool is_on_loopback(std::string_view url) {
  const auto host = host_of(url);
  return host == "localhost" || host == "::1" || (is_ip_literal(host) && host.starts_with("127."));
}

bool is_rdap_base(std::string_view url) {
  if (url.size() > 300 || one_line(url) != url || url.find(' ') != std::string_view::npos) return false;
  if (!url.ends_with('/') || url.find_first_of("?#") != std::string_view::npos || !canonical_host(host_of(url)))
    return false;
  return url.starts_with("https://") || (url.starts_with("http://") && is_on_loopback(url));
}

Result<RdapBootstrap> load_rdap_bootstrap(std::string_view text, std::string_view file_name) {
  auto read = from_json_text<BootstrapFile>(text, file_name);
  if (!read) return read.error();
  const auto refuse = [&](std::string_view what, std::string_view of) {
    return Error{Error::Kind::Malformed,
                 std::string(file_name) + ": " + std::string(what) + ": \"" + one_line(of, 120) + "\""};
  };
  RdapBootstrap out{read->edition, read->as_of, read->source, read->mark, {}};
  if (read->version != "1.0") return refuse("not a known version", read->version);  // RFC 9224 3
  const auto published = parse_instant(read->publication);
  if (!published) return refuse("no date of publication", read->publication);
  if (out.edition.empty()) out.edition = read->publication;
  if (out.source.empty()) out.source = "IANA";
  if (!out.as_of) out.as_of = std::chrono::floor<std::chrono::days>(*published);
  std::set<std::string> known;
  for (const auto& service : read->services) {
    if (service.size() != 2) return refuse("a service has suffixes and bases", std::to_string(service.size()));
    RdapService row{service[0], {}};
    for (const auto& suffix : row.suffixes) {
      const auto host = canonical_host(suffix);
      if (!host || *host != suffix || is_ip_literal(suffix)) return refuse("no top-level domain", suffix);
      if (!known.insert(suffix).second) return refuse("a top-level domain stands twice", suffix);
    }
    for (const auto& base : service[1]) {
      if (!is_rdap_base(base) && !base.starts_with("http://")) return refuse("no base of an RDAP server", base);
      if (row.base.empty() && is_rdap_base(base)) row.base = base;  // RFC 9224 3: https goes first
    }
    if (!row.base.empty()) out.services.push_back(std::move(row));
  }
  return out;
}

Result<RdapBootstrap> read_rdap_bootstrap(const DataFiles& data) {
  const auto text = data.read(bootstrap_file);
  if (!text) return text.error();
  return load_rdap_bootstrap(*text, bootstrap_file);
}

const RdapBootstrap& shipped_rdap_bootstrap() {
  static const RdapBootstrap shipped = [] {
    auto read = read_rdap_bootstrap(installed_data());
    if (!read) throw std::runtime_error(read.error().detail);
    return std::move(*read);
  }();
  return shipped;
}

std::optional<std::string> rdap_base(const RdapBootstrap& bootstrap, std::string_view name) {
  for (std::string_view suffix = name;;) {
    for (const RdapService& service : bootstrap.services)
      if (std::find(service.suffixes.begin(), service.suffixes.end(), suffix) != service.suffixes.end())
        return service.base;
    const auto dot = suffix.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    suffix.remove_prefix(dot + 1);
  }
}

}  // namespace kenshin
