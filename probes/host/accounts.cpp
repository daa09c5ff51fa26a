#include "probes/host/accounts.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <set>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr int stale_days = 90;
constexpr std::size_t account_limit = 10'000, record_size = 292;  // lastlog(8): time, line, host
constexpr std::size_t lastlog_limit = std::size_t{32} << 20;

std::optional<unsigned> number(std::string_view digits) {
  unsigned value{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

bool is_shell(std::string_view program) {
  constexpr std::array<std::string_view, 5> none = {"nologin", "false", "sync", "halt", "shutdown"};
  const auto name = program.substr(program.rfind('/') + 1);
  return std::find(none.begin(), none.end(), name) == none.end();
}

unsigned least_user_number(const RootFiles& files) {
  const auto defs = files.read("/etc/login.defs");
  if (!defs) return 1000;
  for (const auto line : lines(*defs)) {
    if (!line.starts_with("UID_MIN")) continue;
    if (const auto value = number(trim(line.substr(7)))) return *value;
  }
  return 1000;
}

struct PrivilegedGroups {
  std::set<unsigned> numbers;
  std::set<std::string, std::less<>> members;
};
PrivilegedGroups privileged_groups(std::string_view text) {
  constexpr std::array<std::string_view, 4> known = {"sudo", "wheel", "admin", "root"};
  PrivilegedGroups out;
  for (const auto line : lines(text)) {
    const auto parts = split(line, ':');
    if (parts.size() < 4 || std::find(known.begin(), known.end(), parts[0]) == known.end()) continue;
    if (const auto group = number(parts[2])) out.numbers.insert(*group);
    for (const auto member : split(parts[3], ',')) out.members.emplace(trim(member));
  }
  return out;
}

std::optional<int> privileged(const RootFiles& files, const std::vector<PersonAccount>& people) {
  const auto text = files.read("/etc/group", std::size_t{16} << 20);
  if (!text) return std::nullopt;
  const auto groups = privileged_groups(*text);
  return static_cast<int>(std::count_if(people.begin(), people.end(), [&](const PersonAccount& p) {
    return p.number == 0 || groups.numbers.count(p.group) > 0 || groups.members.count(p.user) > 0;
  }));
}

std::optional<int> stale(const RootFiles& files, const std::vector<PersonAccount>& people, Instant now) {
  const auto log = files.head("/var/log/lastlog", lastlog_limit);
  if (!log) return std::nullopt;
  int old = 0;
  bool blind = false;
  for (const auto& person : people) {
    if (person.number == 0) continue;
    const std::size_t from = std::size_t{person.number} * record_size;
    const auto at = from < log->size() ? last_login(std::string_view(*log).substr(from, record_size)) : std::nullopt;
    if (!at) blind = true;
    else if (now - *at > std::chrono::days(stale_days)) ++old;
  }
  if (old == 0 && blind) return std::nullopt;
  return old;
}

std::optional<int> blank_passwords(const RootFiles& files, const std::vector<PersonAccount>& people) {
  std::set<std::string, std::less<>> empty;
  for (const auto& person : people)
    if (person.blank_password) empty.insert(person.user);
  const auto shadow = files.read("/etc/shadow", std::size_t{16} << 20);
  if (!shadow || trim(*shadow).empty())
    return empty.empty() ? std::nullopt : std::optional(static_cast<int>(empty.size()));
  for (const auto line : lines(*shadow)) {
    const auto parts = split(line, ':');
    const auto owner = std::find_if(people.begin(), people.end(), [&](const auto& p) { return p.user == parts[0]; });
    if (parts.size() > 1 && parts[1].empty() && owner != people.end()) empty.insert(owner->user);
  }
  return static_cast<int>(empty.size());
}

}  // namespace

std::vector<PersonAccount> parse_passwd(std::string_view text, unsigned least_number) {
  constexpr unsigned nobody = 65534;
  std::vector<PersonAccount> out;
  for (const auto line : lines(text)) {
    const auto parts = split(line, ':');
    if (parts.size() != 7 || out.size() == account_limit) continue;
    const auto user = number(parts[2]), group = number(parts[3]);
    if (!user || !group || !is_shell(trim(parts[6]))) continue;
    if (*user == 0 || (*user >= least_number && *user < nobody))
      out.push_back({std::string(parts[0]), *user, *group, parts[1].empty()});
  }
  return out;
}

std::optional<Instant> last_login(std::string_view record) {
  std::uint32_t seconds = 0;
  if (record.size() < sizeof seconds) return std::nullopt;
  std::memcpy(&seconds, record.data(), sizeof seconds);
  if (seconds == 0) return std::nullopt;
  return Instant{std::chrono::seconds{seconds}};
}

Result<LocalAccounts> local_accounts(const RootFiles& files, Instant now) {
  const auto text = files.read("/etc/passwd", std::size_t{16} << 20);
  if (!text) return text.error();
  const auto people = parse_passwd(*text, least_user_number(files));
  if (people.empty()) return Error{Error::Kind::Failed, "/etc/passwd names nobody, not even root"};
  return LocalAccounts{static_cast<int>(people.size()), privileged(files, people), stale(files, people, now),
                       blank_passwords(files, people), stale_days};
}

}  // namespace kenshin
