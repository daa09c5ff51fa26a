#include "probes/host/collectors/windows/this_pc.h"

#include <windows.h>
// windows.h comes first
#include <bcrypt.h>

#include <vector>

#include "probes/host/collectors/windows/registry.h"

namespace kenshin::windows {

namespace {

constexpr std::string_view id_prefix = "kenshin host id 1:";

class Sha256 {
 public:
  Sha256() {
    code_ = BCryptOpenAlgorithmProvider(&algorithm_, BCRYPT_SHA256_ALGORITHM, nullptr, 0);
    if (code_ == 0) code_ = BCryptCreateHash(algorithm_, &hash_, nullptr, 0, nullptr, 0, 0);
  }
  ~Sha256() {
    if (hash_ != nullptr) BCryptDestroyHash(hash_);
    if (algorithm_ != nullptr) BCryptCloseAlgorithmProvider(algorithm_, 0);
  }
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  void add(const void* bytes, std::size_t size) {
    if (code_ != 0) return;
    code_ = BCryptHashData(hash_, static_cast<UCHAR*>(const_cast<void*>(bytes)), static_cast<ULONG>(size), 0);
  }
  Asked<std::string> hex() {
    UCHAR digest[32];
    if (code_ == 0) code_ = BCryptFinishHash(hash_, digest, sizeof digest, 0);
    if (code_ != 0) return no_answer("bcrypt", "SHA-256", static_cast<unsigned long>(code_));
    std::string out;
    for (const UCHAR byte : digest) {
      out += "0123456789abcdef"[byte >> 4];
      out += "0123456789abcdef"[byte & 15];
    }
    return out;
  }

 private:
  BCRYPT_ALG_HANDLE algorithm_ = nullptr;
  BCRYPT_HASH_HANDLE hash_ = nullptr;
  NTSTATUS code_ = 0;
};

}  // namespace

Asked<std::string> host_id() {
  const auto machine = registry_text(HKEY_LOCAL_MACHINE, L"SOFTWARE\\Microsoft\\Cryptography", L"MachineGuid");
  if (!machine) return machine.why();
  Sha256 hash;
  hash.add(id_prefix.data(), id_prefix.size());
  hash.add(machine->data(), machine->size());
  return hash.hex();
}

bool is_elevated() {
  HANDLE token = nullptr;
  if (!OpenProcessToken(GetCurrentProcess(), TOKEN_QUERY, &token)) return false;
  TOKEN_ELEVATION elevation{};
  DWORD size = sizeof elevation;
  const bool known = GetTokenInformation(token, TokenElevation, &elevation, sizeof elevation, &size) != 0;
  CloseHandle(token);
  return known && elevation.TokenIsElevated != 0;
}

std::wstring own_path() {
  std::wstring path(32 * 1024, L'\0');
  const DWORD length = GetModuleFileNameW(nullptr, path.data(), static_cast<DWORD>(path.size()));
  path.resize(length < path.size() ? length : 0);
  return path;
}

std::string own_sha256() {
  HANDLE file = CreateFileW(own_path().c_str(), GENERIC_READ, FILE_SHARE_READ, nullptr, OPEN_EXISTING, 0, nullptr);
  if (file == INVALID_HANDLE_VALUE) return {};
  Sha256 hash;
  std::vector<BYTE> block(64 * 1024);
  DWORD size = 0;
  bool read = true;
  while ((read = ReadFile(file, block.data(), static_cast<DWORD>(block.size()), &size, nullptr) != 0) && size > 0)
    hash.add(block.data(), size);
  CloseHandle(file);
  auto hex = hash.hex();
  return read && hex ? std::move(*hex) : std::string();
}

}  // namespace kenshin::windows
