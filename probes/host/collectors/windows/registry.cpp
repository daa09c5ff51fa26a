#include "probes/host/collectors/windows/registry.h"

#include <charconv>
#include <optional>

#include "probes/host/collectors/windows/decoding/filetime.h"
#include "probes/host/collectors/windows/wide_text.h"

namespace kenshin::windows {

namespace {

constexpr std::size_t value_limit = 64 * 1024;

NoAnswer registry_failed(const char* step, LSTATUS code) {
  auto why = no_answer("registry", step, static_cast<unsigned long>(code));
  if (code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND) why.kind = Error::Kind::Absent;
  return why;
}

class Key {
 public:
  Key(HKEY hive, const std::wstring& path)
      : code_(RegOpenKeyExW(hive, path.c_str(), 0, KEY_READ | KEY_WOW64_64KEY, &key_)) {}
  ~Key() {
    if (code_ == ERROR_SUCCESS) RegCloseKey(key_);
  }
  Key(const Key&) = delete;
  Key& operator=(const Key&) = delete;
  LSTATUS code() const { return code_; }
  HKEY operator*() const { return key_; }

 private:
  HKEY key_ = nullptr;
  LSTATUS code_;
};

struct Value {
  DWORD type = 0;
  std::vector<BYTE> bytes;
};

Asked<Value> value_of(HKEY hive, const std::wstring& path, const wchar_t* name) {
  const Key key(hive, path);
  if (key.code() != ERROR_SUCCESS) return registry_failed("RegOpenKeyEx", key.code());
  Value value;
  DWORD size = 0;
  LSTATUS code = RegQueryValueExW(*key, name, nullptr, &value.type, nullptr, &size);
  if (code == ERROR_SUCCESS && size > value_limit) code = ERROR_MORE_DATA;
  if (code != ERROR_SUCCESS) return registry_failed("RegQueryValueEx", code);
  value.bytes.resize(size);
  code = RegQueryValueExW(*key, name, nullptr, &value.type, value.bytes.data(), &size);
  if (code != ERROR_SUCCESS) return registry_failed("RegQueryValueEx", code);
  value.bytes.resize(size);
  return value;
}

std::optional<std::string> text_in(const Value& value) {
  if (value.type != REG_SZ && value.type != REG_EXPAND_SZ) return std::nullopt;
  std::wstring text(value.bytes.size() / sizeof(wchar_t), L'\0');
  for (std::size_t i = 0; i < text.size(); ++i)
    text[i] = static_cast<wchar_t>(value.bytes[2 * i] | value.bytes[2 * i + 1] << 8);
  return narrow(std::wstring_view(text).substr(0, text.find(L'\0')));
}

}  // namespace

Asked<std::uint32_t> registry_number(HKEY hive, const std::wstring& path, const wchar_t* name) {
  const auto value = value_of(hive, path, name);
  if (!value) return value.why();
  std::uint32_t number = 0;
  if (value->type == REG_DWORD && value->bytes.size() == 4) {
    for (int i = 3; i >= 0; --i) number = number << 8 | value->bytes[static_cast<std::size_t>(i)];
    return number;
  }
  const auto text = text_in(*value);
  if (!text) return registry_failed("value type", ERROR_INVALID_DATATYPE);
  const auto [end, fault] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (fault != std::errc() || end != text->data() + text->size())
    return registry_failed("value", ERROR_INVALID_DATATYPE);
  return number;
}

Asked<std::string> registry_text(HKEY hive, const std::wstring& path, const wchar_t* name) {
  const auto value = value_of(hive, path, name);
  if (!value) return value.why();
  auto text = text_in(*value);
  if (!text) return registry_failed("value type", ERROR_INVALID_DATATYPE);
  return std::move(*text);
}

Asked<Instant> registry_filetime(HKEY hive, const std::wstring& path, const wchar_t* name) {
  const auto value = value_of(hive, path, name);
  if (!value) return value.why();
  if (value->type != REG_BINARY || value->bytes.size() != 8)
    return registry_failed("value type", ERROR_INVALID_DATATYPE);
  std::uint64_t ticks = 0;
  for (std::size_t i = 8; i-- > 0;) ticks = ticks << 8 | value->bytes[i];
  const auto at = instant_of_filetime(ticks);
  if (!at) return registry_failed("value", ERROR_INVALID_DATATYPE);
  return *at;
}

Asked<std::vector<std::wstring>> registry_subkeys(HKEY hive, const std::wstring& path) {
  const Key key(hive, path);
  if (key.code() != ERROR_SUCCESS) return registry_failed("RegOpenKeyEx", key.code());
  std::vector<std::wstring> out;
  for (DWORD i = 0;; ++i) {
    wchar_t name[256];
    DWORD length = 256;
    const LSTATUS code = RegEnumKeyExW(*key, i, name, &length, nullptr, nullptr, nullptr, nullptr);
    if (code == ERROR_NO_MORE_ITEMS) return out;
    if (code != ERROR_SUCCESS) return registry_failed("RegEnumKeyEx", code);
    out.emplace_back(name, length);
  }
}

Asked<int> registry_value_count(HKEY hive, const std::wstring& path) {
  const Key key(hive, path);
  if (key.code() != ERROR_SUCCESS) return registry_failed("RegOpenKeyEx", key.code());
  DWORD values = 0;
  const LSTATUS code = RegQueryInfoKeyW(*key, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, &values, nullptr,
                                        nullptr, nullptr, nullptr);
  if (code != ERROR_SUCCESS) return registry_failed("RegQueryInfoKey", code);
  return static_cast<int>(values);
}

Asked<Instant> registry_key_written(HKEY hive, const std::wstring& path) {
  const Key key(hive, path);
  if (key.code() != ERROR_SUCCESS) return registry_failed("RegOpenKeyEx", key.code());
  FILETIME written{};
  const LSTATUS code = RegQueryInfoKeyW(*key, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr,
                                        nullptr, nullptr, &written);
  if (code != ERROR_SUCCESS) return registry_failed("RegQueryInfoKey", code);
  const auto at = instant_of_filetime(std::uint64_t{written.dwHighDateTime} << 32 | written.dwLowDateTime);
  if (!at) return registry_failed("last write time", ERROR_INVALID_TIME);
  return *at;
}

Asked<std::uint32_t> registry_number_or(HKEY hive, const std::wstring& path, const wchar_t* name,
                                        std::uint32_t otherwise) {
  auto number = registry_number(hive, path, name);
  if (number.is_absent()) return otherwise;
  return number;
}

}  // namespace kenshin::windows
