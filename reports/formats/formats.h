// A format is a function and a row in formats.cpp. It writes what was decided and decides nothing.
#pragma once

#include <iosfwd>
#include <span>
#include <string_view>

#include "reports/formats/wording.h"
#include "reports/report.h"

namespace kenshin {

struct Words {  // result.json needs both languages, the page the one that was asked for
  const Wording& ja;
  const Wording& en;
  Language language = Language::Ja;
  const Wording& of_reader() const { return language == Language::Ja ? ja : en; }
};

struct Format {
  std::string_view name;       // "json"
  std::string_view file_name;  // in --out DIR: "result.json"
  void (*write)(const Report&, const Words&, std::ostream&);
};

std::span<const Format> all_formats();

}  // namespace kenshin
