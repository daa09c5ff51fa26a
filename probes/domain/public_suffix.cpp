#include "probes/domain/public_suffix.h"

#include <libpsl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <memory>

#include "probes/base/target.h"
#include "probes/base/text.h"

namespace kenshin {

namespace {

// The newest list on this machine, or the one built into libpsl.
const psl_ctx_t* suffix_list() {
  static const std::unique_ptr<psl_ctx_t, decltype(&psl_free)> list(psl_latest(nullptr), &psl_free);
  return list ? list.get() : psl_builtin();
}

std::optional<std::string> host_name(std::string_view name) {
  const auto host = canonical_host(name);
  if (!host || is_ip_literal(*host)) return std::nullopt;
  return *host;
}

std::optional<Day> day_of(std::int64_t seconds) {
  if (seconds <= 0) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(Instant(std::chrono::seconds(seconds)));
}

// One label more than the longest suffix of `name` that is public by the rules of `type`.
std::optional<std::string> below_suffix(const std::string& name, int type) {
  if (psl_is_public_suffix2(suffix_list(), name.c_str(), type | PSL_TYPE_NO_STAR_RULE)) return std::nullopt;
  std::string below = name;
  for (auto dot = below.find('.'); dot != std::string::npos; dot = below.find('.')) {
    std::string suffix = below.substr(dot + 1);
    if (psl_is_public_suffix2(suffix_list(), suffix.c_str(), type | PSL_TYPE_NO_STAR_RULE)) return below;
    below = std::move(suffix);
  }
  return std::nullopt;
}

constexpr std::array<std::string_view, 9> organisational = {"ac.jp", "ad.jp", "co.jp", "ed.jp", "go.jp",
                                                            "gr.jp", "lg.jp", "ne.jp", "or.jp"};
constexpr std::array<std::string_view, 7> designated_cities = {
    "kawasaki.jp", "kitakyushu.jp", "kobe.jp", "nagoya.jp", "sapporo.jp", "sendai.jp", "yokohama.jp"};

}  // namespace

std::optional<std::string> registry_name(std::string_view name) {
  const auto host = host_name(name);
  return host ? below_suffix(*host, PSL_TYPE_ICANN) : std::nullopt;
}

std::optional<std::string> site_name(std::string_view name) {
  const auto host = host_name(name);
  return host ? below_suffix(*host, PSL_TYPE_ANY) : std::nullopt;
}

RegistrationKind registration_kind(std::string_view name) {
  const auto registered = registry_name(name);
  if (!registered) return RegistrationKind::Unknown;
  const std::string_view suffix = std::string_view(*registered).substr(registered->find('.') + 1);
  if (suffix == "jp") return RegistrationKind::General;
  if (!suffix.ends_with(".jp")) return RegistrationKind::Gtld;
  const auto listed = [&](const auto& names) { return std::find(names.begin(), names.end(), suffix) != names.end(); };
  if (listed(organisational)) return RegistrationKind::Organisational;
  if (listed(designated_cities) || std::count(suffix.begin(), suffix.end(), '.') > 1)
    return RegistrationKind::Geographic;
  return RegistrationKind::Prefecture;
}

SuffixListEdition suffix_list_edition() {
  const std::string library = std::string("libpsl ") + psl_get_version();
  SuffixListEdition out;
  if (suffix_list() == psl_builtin()) {
    out.as_of = day_of(psl_builtin_file_time());
    out.source = library + ", built in";
  } else {
    struct stat file = {};
    if (stat(psl_dist_filename(), &file) == 0) out.as_of = day_of(file.st_mtime);
    out.source = std::string(psl_dist_filename()) + ", read by " + library;
  }
  out.edition = out.as_of ? to_text(*out.as_of) : "unknown";
  return out;
}

}  // namespace kenshin
