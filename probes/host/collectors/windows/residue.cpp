// What consultations may leave behind: functions that keep or copy the screen, and, only where asked for, how many
// files of which sort lie in the usual folders. Files are counted by their endings; no name is kept, none is opened.
#include <windows.h>
// windows.h comes first
#include <initguid.h>
#include <knownfolders.h>
#include <shlobj.h>

#include <algorithm>
#include <array>

#include "probes/host/collectors/windows/facts.h"
#include "probes/host/collectors/windows/registry.h"
#include "probes/host/collectors/windows/wide_text.h"

namespace kenshin::windows {

namespace {

constexpr int most_files = 100'000;
constexpr int most_folders_down = 2;
constexpr int first_build_with_recall = 26100;
const std::array<const wchar_t*, 8> recordings = {L".mp4", L".m4a", L".mkv", L".webm",
                                                  L".mov", L".avi", L".wmv", L".mp3"};
const std::array<const wchar_t*, 4> pictures = {L".png", L".jpg", L".jpeg", L".bmp"};

std::wstring folder(const GUID& id) {
  wchar_t* path = nullptr;
  std::wstring out;
  if (SUCCEEDED(SHGetKnownFolderPath(id, KF_FLAG_DONT_VERIFY, nullptr, &path))) out = path;
  CoTaskMemFree(path);
  return out;
}

bool ends_with(const std::wstring& name, const wchar_t* ending) {
  const std::size_t length = std::char_traits<wchar_t>::length(ending);
  return name.size() > length && _wcsicmp(name.c_str() + name.size() - length, ending) == 0;
}

// Files below a folder that `counts` takes; nothing where it cannot be listed.
template <class Counts>
std::optional<int> count_files(const std::wstring& path, int down, Counts counts) {
  if (path.empty()) return std::nullopt;
  WIN32_FIND_DATAW found{};
  HANDLE search = FindFirstFileW((path + L"\\*").c_str(), &found);
  if (search == INVALID_HANDLE_VALUE)
    return GetLastError() == ERROR_PATH_NOT_FOUND || GetLastError() == ERROR_FILE_NOT_FOUND ? std::optional(0)
                                                                                            : std::nullopt;
  int out = 0;
  do {
    const std::wstring name = found.cFileName;
    const bool is_folder = (found.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    const bool leads_away = (found.dwFileAttributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0;
    if (is_folder && !leads_away && down > 0 && name != L"." && name != L"..")
      out += count_files(path + L"\\" + name, down - 1, counts).value_or(0);
    if (!is_folder && counts(name)) ++out;
  } while (out < most_files && FindNextFileW(search, &found));
  FindClose(search);
  return std::min(out, most_files);
}

bool is_recording(const std::wstring& name) {
  return std::any_of(recordings.begin(), recordings.end(), [&](const auto* e) { return ends_with(name, e); });
}
bool is_picture(const std::wstring& name) {
  return std::any_of(pictures.begin(), pictures.end(), [&](const auto* e) { return ends_with(name, e); });
}

std::optional<std::uint32_t> setting(HKEY hive, const wchar_t* key, const wchar_t* name) {
  const auto value = registry_number(hive, key, name);
  return value ? std::optional(*value) : std::nullopt;
}

constexpr auto ai_policy = L"SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsAI";

Answer recall() {
  const auto os = os_identity();
  if (os && (os->type == "Server" || os->build.value_or(first_build_with_recall) < first_build_with_recall))
    return Answer::No;
  for (HKEY hive : {HKEY_LOCAL_MACHINE, HKEY_CURRENT_USER})
    if (setting(hive, ai_policy, L"DisableAIDataAnalysis") == 1U ||
        setting(hive, ai_policy, L"AllowRecallEnablement") == 0U)
      return Answer::No;
  return Answer::Unknown;
}

// OneDrive keeps what lies below its own folder.
Answer downloads_backed_up() {
  const auto cloud = registry_text(HKEY_CURRENT_USER, L"Environment", L"OneDrive");
  const std::wstring downloads = folder(FOLDERID_Downloads);
  if (downloads.empty() || (!cloud && !cloud.is_absent())) return Answer::Unknown;
  if (!cloud || cloud->empty()) return Answer::No;
  const std::wstring kept = wide(*cloud) + L"\\";
  return _wcsnicmp(downloads.c_str(), kept.c_str(), kept.size()) == 0 ? Answer::Yes : Answer::No;
}

Answer game_capture() {
  if (setting(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Policies\\Microsoft\\Windows\\GameDVR", L"AllowGameDVR") == 0U)
    return Answer::No;
  const auto capture =
      setting(HKEY_CURRENT_USER, L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\GameDVR", L"AppCaptureEnabled");
  if (!capture) return Answer::Unknown;
  return *capture == 0 ? Answer::No : Answer::Yes;
}

Answer cloud_clipboard() {
  if (setting(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Policies\\Microsoft\\Windows\\System", L"AllowCrossDeviceClipboard") ==
      0U)
    return Answer::No;
  const auto on = registry_number_or(HKEY_CURRENT_USER, L"SOFTWARE\\Microsoft\\Clipboard", L"EnableCloudClipboard", 0);
  if (!on) return Answer::Unknown;
  return *on == 1 ? Answer::Yes : Answer::No;
}

Answer browser_sync() {
  const bool edge = setting(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Policies\\Microsoft\\Edge", L"SyncDisabled") == 1U;
  const bool chrome = setting(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Policies\\Google\\Chrome", L"SyncDisabled") == 1U;
  return edge && chrome ? Answer::No : Answer::Unknown;
}

}  // namespace

Asked<ResidueFiles> residue_files() {
  const std::wstring downloads = folder(FOLDERID_Downloads);
  ResidueFiles out;
  out.downloads =
      count_files(downloads, most_folders_down, [](const std::wstring& name) { return name != L"desktop.ini"; });
  out.screenshots = count_files(folder(FOLDERID_Screenshots), 0, is_picture);
  const auto videos = count_files(folder(FOLDERID_Videos), most_folders_down, is_recording);
  const auto meetings = count_files(folder(FOLDERID_Documents) + L"\\Zoom", most_folders_down, is_recording);
  const auto downloaded = count_files(downloads, most_folders_down, is_recording);
  if (videos && meetings && downloaded) out.recordings = *videos + *meetings + *downloaded;
  return out;
}

Asked<ResidueFeatures> residue_features() {
  return ResidueFeatures{recall(), downloads_backed_up(), game_capture(), cloud_clipboard(), browser_sync()};
}

}  // namespace kenshin::windows
