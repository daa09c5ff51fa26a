// Whether volumes are encrypted: a property of the shell that any user may read, unlike the classes of BitLocker.
#include <windows.h>
// windows.h comes first
#include <propsys.h>
#include <shlobj.h>
#include <shobjidl.h>

#include "probes/host/collectors/windows/com.h"
#include "probes/host/collectors/windows/decoding/volume_state.h"
#include "probes/host/collectors/windows/facts.h"

namespace kenshin::windows {

namespace {

NoAnswer shell_failed(const char* step, HRESULT code) {
  return no_answer("shell_property", step, static_cast<unsigned long>(code));
}

Asked<PROPERTYKEY> protection_key() {
  HMODULE library = LoadLibraryExW(L"propsys.dll", nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
  using KeyFromName = HRESULT(WINAPI*)(PCWSTR, PROPERTYKEY*);
  const auto key_from_name =
      library == nullptr
          ? nullptr
          : reinterpret_cast<KeyFromName>(reinterpret_cast<void*>(GetProcAddress(library, "PSGetPropertyKeyFromName")));
  if (key_from_name == nullptr) return no_answer("shell_property", "LoadLibrary propsys.dll", GetLastError());
  PROPERTYKEY key{};
  const HRESULT code = key_from_name(L"System.Volume.BitLockerProtection", &key);
  if (FAILED(code)) return shell_failed("PSGetPropertyKeyFromName", code);
  return key;
}

Asked<int> protection_of(const std::wstring& volume, const PROPERTYKEY& key) {
  Com<IShellItem2> item;
  HRESULT code = SHCreateItemFromParsingName(volume.c_str(), nullptr, IID_IShellItem2, item.out_void());
  if (FAILED(code)) return shell_failed("SHCreateItemFromParsingName", code);
  INT value = 0;
  code = item->GetInt32(key, &value);
  if (FAILED(code)) return shell_failed("GetInt32", code);
  return value;
}

wchar_t system_letter() {
  wchar_t folder[MAX_PATH] = {};
  const UINT length = GetSystemWindowsDirectoryW(folder, MAX_PATH);
  return length > 0 && length < MAX_PATH ? folder[0] : L'C';
}

}  // namespace

Asked<DiskEncryption> disk_encryption() {
  const auto key = protection_key();
  if (!key) return key.why();
  DiskEncryption out;
  out.basis = "shell_property";
  const DWORD drives = GetLogicalDrives();
  for (wchar_t letter = L'A'; letter <= L'Z'; ++letter) {
    if ((drives >> (letter - L'A') & 1) == 0) continue;
    const std::wstring volume = {letter, L':', L'\\'};
    const UINT type = GetDriveTypeW(volume.c_str());
    if (type != DRIVE_FIXED && type != DRIVE_REMOVABLE) continue;
    const bool system = letter == system_letter();
    const auto value = protection_of(volume, *key);
    if (!value && system) return value.why();
    out.volumes.push_back({system                    ? VolumeRole::System
                           : type == DRIVE_REMOVABLE ? VolumeRole::Removable
                                                     : VolumeRole::Data,
                           value ? volume_state(*value) : VolumeState::Unknown});
  }
  return out;
}

}  // namespace kenshin::windows
