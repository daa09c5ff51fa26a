#include "probes/domain/public_suffix.h"

#include <libpsl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <stdexcept>

#include "probes/base/target.h"
#include "probes/base/text.h"

namespace kenshin {

namespace {

using OwnedList = std::unique_ptr<psl_ctx_t, decltype(&psl_free)>;

constexpr std::size_t largest_list = std::size_t{8} << 20;

OwnedList list_in(std::string_view text) {
  std::string copy(text);
  const std::unique_ptr<FILE, decltype(&fclose)> in(fmemopen(copy.data(), copy.size(), "r"), &fclose);
  return {in ? psl_load_fp(in.get()) : nullptr, &psl_free};
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

// The machine's own: a file, or what is built into libpsl.
SuffixListEdition edition_of_machine(bool built_in) {
  const std::string library = std::string("libpsl ") + psl_get_version();
  SuffixListEdition out;
  if (built_in) {
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

struct ListAtWork {
  OwnedList owned{nullptr, &psl_free};
  SuffixListEdition edition;
  const psl_ctx_t* list() const { return owned ? owned.get() : psl_builtin(); }
};

// A broken file of the user's is refused before anything is asked (read_probe_data); here it is a broken install.
const ListAtWork& at_work() {
  static const ListAtWork now = [] {
    ListAtWork machine{{psl_latest(nullptr), &psl_free}, {}};
    machine.edition = edition_of_machine(!machine.owned || machine.owned.get() == psl_builtin());
    const auto users = read_suffix_list(installed_data());
    if (!users) throw std::runtime_error(users.error().detail);
    if (!*users || (machine.edition.as_of && (*users)->as_of <= *machine.edition.as_of)) return machine;
    const std::string directory = installed_data().directory_of(suffix_list_file);
    return ListAtWork{list_in(*installed_data().read(suffix_list_file)),
                      {(*users)->edition, (*users)->as_of, directory + "/" + std::string(suffix_list_file)}};
  }();
  return now;
}
const psl_ctx_t* suffix_list() { return at_work().list(); }

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

bool is_at_or_below(std::string_view name, std::string_view domain) {
  if (name.size() <= domain.size()) return name == domain;
  return name.ends_with(domain) && name[name.size() - domain.size() - 1] == '.';
}

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

SuffixListEdition suffix_list_edition() { return at_work().edition; }

Result<SuffixListText> read_suffix_list(std::string_view text, std::string_view file_name) {
  const auto refuse = [&](std::string_view what) {
    return Error{Error::Kind::Malformed, std::string(file_name) + ": " + std::string(what)};
  };
  if (text.size() > largest_list) return refuse("larger than 8 MiB");
  if (!valid_utf8(text) || text.find('\0') != std::string_view::npos) return refuse("not a text in UTF-8");
  for (const auto section : {"// ===BEGIN ICANN DOMAINS===", "// ===END ICANN DOMAINS===",
                             "// ===BEGIN PRIVATE DOMAINS===", "// ===END PRIVATE DOMAINS==="})
    if (text.find(section) == std::string_view::npos) return refuse("no line \"" + std::string(section) + "\"");
  constexpr std::string_view version = "// VERSION: ";
  const auto at = text.find(version);
  if (at == std::string_view::npos) return refuse("no line \"// VERSION: \", so of which day it is, is not known");
  const std::string_view edition = text.substr(at + version.size(), text.substr(at + version.size()).find('\n'));
  const auto day = parse_day(edition.substr(0, 10));
  if (!day) return refuse("the VERSION line begins with no day");
  const OwnedList list = list_in(text);
  const int rules = list ? psl_suffix_count(list.get()) : 0;
  if (rules <= 0) return refuse("libpsl finds no rule in it");
  return SuffixListText{one_line(trim(edition), 60), *day, static_cast<std::size_t>(rules)};
}

Result<std::optional<SuffixListText>> read_suffix_list(const DataFiles& data) {
  const auto text = data.read(suffix_list_file);
  if (!text && text.error().kind == Error::Kind::Absent) return std::optional<SuffixListText>();
  if (!text) return text.error();
  const auto read = read_suffix_list(*text, suffix_list_file);
  if (!read) return read.error();
  return std::optional(*read);
}

}  // namespace kenshin
