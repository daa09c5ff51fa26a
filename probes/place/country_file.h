// A country database in MaxMind's MMDB form (libmaxminddb): the user's own file, never ours. It holds an opinion, not
// evidence.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "probes/place/facts.h"

namespace kenshin {

class CountryFile {
 public:
  // Absent, Denied or Malformed, naming the file.
  static Result<CountryFile> open(const std::string& path);

  PlaceList list() const;  // its type and the day it was built
  // ISO 3166-1 letters from country.iso_code, country_code or country; nothing where it has none.
  std::optional<std::string> country_of(const IpAddress&) const;

 private:
  struct Opened;
  explicit CountryFile(std::shared_ptr<Opened> file) : file_(std::move(file)) {}
  std::shared_ptr<Opened> file_;
};

}  // namespace kenshin
