#include "probes/place/country_file.h"

#include <maxminddb.h>
#include <netinet/in.h>

#include <filesystem>

#include "probes/base/text.h"

namespace kenshin {

struct CountryFile::Opened {
  MMDB_s database{};
  Opened() = default;
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;
  ~Opened() {
    if (is_open) MMDB_close(&database);
  }
  bool is_open = false;
};

namespace {

sockaddr_storage socket_address(const IpAddress& address) {
  sockaddr_storage out{};
  if (is_ipv4(address)) {
    auto& v4 = reinterpret_cast<sockaddr_in&>(out);
    v4.sin_family = AF_INET;
    v4.sin_addr.s_addr = htonl(static_cast<std::uint32_t>(address.low));
    return out;
  }
  auto& v6 = reinterpret_cast<sockaddr_in6&>(out);
  v6.sin6_family = AF_INET6;
  for (std::size_t i = 0; i < 8; ++i) {
    v6.sin6_addr.s6_addr[i] = static_cast<std::uint8_t>(address.high >> (56 - 8 * i));
    v6.sin6_addr.s6_addr[8 + i] = static_cast<std::uint8_t>(address.low >> (56 - 8 * i));
  }
  return out;
}

template <class... Path>
std::optional<std::string> letters(MMDB_entry_s entry, Path... path) {
  MMDB_entry_data_s found{};
  if (MMDB_get_value(&entry, &found, path..., static_cast<const char*>(nullptr)) != MMDB_SUCCESS || !found.has_data ||
      found.type != MMDB_DATA_TYPE_UTF8_STRING || found.data_size != 2)
    return std::nullopt;
  const std::string text(found.utf8_string, 2);
  if (text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") != std::string::npos) return std::nullopt;
  return text;
}

}  // namespace

Result<CountryFile> CountryFile::open(const std::string& path) {
  std::error_code trouble;
  if (!std::filesystem::exists(path, trouble)) return Error{Error::Kind::Absent, path + ": not there"};
  if (!std::filesystem::is_regular_file(path, trouble)) return Error{Error::Kind::Malformed, path + ": not a file"};
  auto opened = std::make_shared<Opened>();
  const int code = MMDB_open(path.c_str(), MMDB_MODE_MMAP, &opened->database);
  if (code != MMDB_SUCCESS) {
    const bool denied = code == MMDB_FILE_OPEN_ERROR;
    return Error{denied ? Error::Kind::Denied : Error::Kind::Malformed, path + ": " + MMDB_strerror(code)};
  }
  opened->is_open = true;
  if (opened->database.metadata.database_type == nullptr)
    return Error{Error::Kind::Malformed, path + ": a database without a type"};
  return CountryFile(std::move(opened));
}

PlaceList CountryFile::list() const {
  const auto& metadata = file_->database.metadata;
  PlaceList out{PlaceSource::Geo, one_line(metadata.database_type, 80), "", std::nullopt};
  constexpr std::uint64_t end_of_calendar = 253'402'300'800;  // the year 10000
  if (metadata.build_epoch > 0 && metadata.build_epoch < end_of_calendar) {
    const Instant built{std::chrono::seconds(static_cast<std::int64_t>(metadata.build_epoch))};
    out.as_of = std::chrono::floor<std::chrono::days>(built);
  }
  out.edition = out.as_of ? to_text(*out.as_of) : "unknown";
  return out;
}

std::optional<std::string> CountryFile::country_of(const IpAddress& address) const {
  const sockaddr_storage socket = socket_address(address);
  int code = MMDB_SUCCESS;
  const MMDB_lookup_result_s found =
      MMDB_lookup_sockaddr(&file_->database, reinterpret_cast<const sockaddr*>(&socket), &code);
  if (code != MMDB_SUCCESS || !found.found_entry) return std::nullopt;
  for (auto read : {letters(found.entry, "country", "iso_code"), letters(found.entry, "country_code"),
                    letters(found.entry, "country")})
    if (read) return read;
  return std::nullopt;
}

}  // namespace kenshin
