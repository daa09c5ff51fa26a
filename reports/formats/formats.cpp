#include "reports/formats/formats.h"

#include <algorithm>
#include <array>

#include "reports/formats/csv.h"
#include "reports/formats/html_page.h"
#include "reports/formats/junit.h"
#include "reports/formats/markdown.h"
#include "reports/formats/prometheus.h"
#include "reports/formats/result_json.h"
#include "reports/formats/sarif.h"

namespace kenshin {

std::span<const Format> all_formats() {
  static constexpr auto formats = std::to_array<Format>({
      {"json", "result.json", write_result_json, nullptr, true},
      {"html", "report.html", write_html, write_public_html, true},
      {"csv", "report.csv", write_csv, write_public_csv},
      {"md", "report.md", write_markdown, write_public_markdown},
      {"junit", "junit.xml", write_junit},
      {"sarif", "report.sarif", write_sarif},
      {"prometheus", "kenshin.prom", write_prometheus},
  });
  return formats;
}

const Format* format_named(std::string_view name) {
  const auto formats = all_formats();
  const auto at = std::find_if(formats.begin(), formats.end(), [&](const Format& f) { return f.name == name; });
  return at == formats.end() ? nullptr : &*at;
}

std::string file_name_of(const Format& format, Audience audience) {
  const std::string prefix = audience == Audience::Clinic ? "" : std::string(audience_name(audience)) + "-";
  return prefix + std::string(format.file_name);
}

std::string_view audience_name(Audience audience) {
  switch (audience) {
    case Audience::Public: return "public";
    case Audience::Clinic: return "clinic";
    case Audience::Assessor: return "assessor";
  }
  return "";
}

std::optional<Audience> audience_named(std::string_view name) {
  for (const Audience audience : {Audience::Public, Audience::Clinic, Audience::Assessor})
    if (audience_name(audience) == name) return audience;
  return std::nullopt;
}

}  // namespace kenshin
