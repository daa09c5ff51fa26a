// The registry, read only, in its 64-bit view. What is not there is Absent, so that a default can be told from a value.
#pragma once

#include <windows.h>

#include <cstdint>
#include <string>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/host/collectors/windows/asked.h"

namespace kenshin::windows {

// A number, or a text that is one.
Asked<std::uint32_t> registry_number(HKEY, const std::wstring& key, const wchar_t* name);
Asked<std::string> registry_text(HKEY, const std::wstring& key, const wchar_t* name);
Asked<Instant> registry_filetime(HKEY, const std::wstring& key, const wchar_t* name);  // eight bytes
Asked<std::vector<std::wstring>> registry_subkeys(HKEY, const std::wstring& key);
Asked<int> registry_value_count(HKEY, const std::wstring& key);
Asked<Instant> registry_key_written(HKEY, const std::wstring& key);

// The number, or `otherwise` where it is not there; other failures stay.
Asked<std::uint32_t> registry_number_or(HKEY, const std::wstring& key, const wchar_t* name, std::uint32_t otherwise);

}  // namespace kenshin::windows
