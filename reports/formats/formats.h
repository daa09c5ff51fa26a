// A format is a function and a row in formats.cpp; a second function where the public may have it. It writes what was
// decided and decides nothing.
#pragma once

#include <iosfwd>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "reports/formats/wording.h"
#include "reports/public_report.h"
#include "reports/report.h"

namespace kenshin {

// For whom: what anybody may read, what the clinic acts on, all that an audit asks for.
enum class Audience { Public, Clinic, Assessor };
std::string_view audience_name(Audience);  // "public" ...
std::optional<Audience> audience_named(std::string_view);

struct Words {  // result.json needs both languages, the page the one that was asked for
  const Wording& ja;
  const Wording& en;
  Language language = Language::Ja;
  Audience audience = Audience::Clinic;
  const Wording& of_reader() const {
    const Wording& words = language == Language::Ja ? ja : en;
    return audience == Audience::Assessor ? words.in_audit_terms() : words;
  }
};

struct Format {
  std::string_view name;                                                             // "json"
  std::string_view file_name;                                                        // in --out DIR: "result.json"
  void (*write)(const Report&, const Words&, std::ostream&);                         // for the clinic and the assessor
  void (*write_public)(const PublicReport&, const Words&, std::ostream&) = nullptr;  // nullptr: not for the public
  bool of_every_run = false;                                                         // `scan` and `judge` write it
};

// "report.html", "public-report.html", "assessor-report.html": the editions of one run can stand in one folder.
std::string file_name_of(const Format&, Audience);
const Format* format_named(std::string_view);  // nullptr: there is none

std::span<const Format> all_formats();

}  // namespace kenshin
