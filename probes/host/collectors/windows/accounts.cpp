// Local accounts, counted; no name leaves this file. Administrators are found by the group's id, S-1-5-32-544, because
// its name is translated.
#include <windows.h>
// windows.h comes first
#include <lm.h>

#include <map>

#include "probes/host/collectors/windows/facts.h"
#include "probes/host/collectors/windows/wide_text.h"

namespace kenshin::windows {

namespace {

constexpr int stale_days = 90;

NoAnswer net_failed(const char* step, unsigned long code) { return no_answer("netapi", step, code); }

struct LocalUser {
  bool enabled = false;
  std::int64_t last_logon = 0;  // 0: never, or not known
};

Asked<std::map<std::wstring, LocalUser>> local_users() {
  std::map<std::wstring, LocalUser> out;
  DWORD resume = 0;
  for (;;) {
    BYTE* buffer = nullptr;
    DWORD count = 0, total = 0;
    const auto code =
        NetUserEnum(nullptr, 3, FILTER_NORMAL_ACCOUNT, &buffer, MAX_PREFERRED_LENGTH, &count, &total, &resume);
    if (code != NERR_Success && code != ERROR_MORE_DATA) return net_failed("NetUserEnum", code);
    const auto* rows = reinterpret_cast<const USER_INFO_3*>(buffer);
    for (DWORD i = 0; i < count; ++i)
      out[rows[i].usri3_name] = {(rows[i].usri3_flags & UF_ACCOUNTDISABLE) == 0,
                                 static_cast<std::int64_t>(rows[i].usri3_last_logon)};
    NetApiBufferFree(buffer);
    if (code == NERR_Success) break;
  }
  // No Windows is without accounts.
  if (out.empty()) return no_answer(Error::Kind::Failed, "netapi", "NetUserEnum gave no accounts");
  return out;
}

Asked<std::wstring> administrators_group() {
  BYTE sid[SECURITY_MAX_SID_SIZE];
  DWORD size = sizeof sid;
  if (!CreateWellKnownSid(WinBuiltinAdministratorsSid, nullptr, sid, &size))
    return net_failed("CreateWellKnownSid", GetLastError());
  wchar_t name[256], domain[256];
  DWORD name_length = 256, domain_length = 256;
  SID_NAME_USE use{};
  if (!LookupAccountSidW(nullptr, sid, name, &name_length, domain, &domain_length, &use))
    return net_failed("LookupAccountSid", GetLastError());
  return std::wstring(name, name_length);
}

// Persons in that group: local ones that are enabled, and those of a domain or directory.
std::optional<int> administrators(const std::map<std::wstring, LocalUser>& users) {
  const auto group = administrators_group();
  if (!group) return std::nullopt;
  BYTE* buffer = nullptr;
  DWORD count = 0, total = 0;
  const auto code =
      NetLocalGroupGetMembers(nullptr, group->c_str(), 2, &buffer, MAX_PREFERRED_LENGTH, &count, &total, nullptr);
  if (code != NERR_Success) return std::nullopt;
  wchar_t computer[MAX_COMPUTERNAME_LENGTH + 1];
  DWORD length = MAX_COMPUTERNAME_LENGTH + 1;
  const std::wstring here = GetComputerNameW(computer, &length) ? std::wstring(computer, length) : std::wstring();
  const auto* rows = reinterpret_cast<const LOCALGROUP_MEMBERS_INFO_2*>(buffer);
  int out = 0;
  for (DWORD i = 0; i < count; ++i) {
    if (rows[i].lgrmi2_sidusage != SidTypeUser) continue;
    const std::wstring full = rows[i].lgrmi2_domainandname;
    const auto cut = full.find(L'\\');
    const bool local = cut != std::wstring::npos && _wcsicmp(full.substr(0, cut).c_str(), here.c_str()) == 0;
    const auto user = local ? users.find(full.substr(cut + 1)) : users.end();
    if (user == users.end() || user->second.enabled) ++out;
  }
  NetApiBufferFree(buffer);
  // Windows always has one; none seen means that the list was not given.
  return out > 0 ? std::optional(out) : std::nullopt;
}

}  // namespace

Asked<LocalAccounts> accounts_local() {
  const auto users = local_users();
  if (!users) return users.why();
  FILETIME time{};
  GetSystemTimeAsFileTime(&time);
  const auto now =
      static_cast<std::int64_t>((std::uint64_t{time.dwHighDateTime} << 32 | time.dwLowDateTime) / 10'000'000) -
      11'644'473'600;
  LocalAccounts out;
  out.stale_days = stale_days;
  int enabled = 0, stale = 0;
  bool all_known = true;
  for (const auto& [name, user] : *users) {
    if (!user.enabled) continue;
    ++enabled;
    all_known = all_known && user.last_logon != 0;
    if (user.last_logon != 0 && now - user.last_logon > std::int64_t{stale_days} * 86'400) ++stale;
  }
  out.enabled = enabled;
  if (stale > 0 || all_known) out.stale = stale;
  out.privileged = administrators(*users);
  return out;  // an empty password could only be found by trying it
}

}  // namespace kenshin::windows
