#include "reports/criteria/suite_families.h"

#include <algorithm>
#include <array>

#include "probes/tls/code_points.h"

namespace kenshin {

namespace {

bool contains(std::string_view name, std::string_view part) { return name.find(part) != std::string_view::npos; }

struct Family {
  std::string_view name;
  bool (*holds)(std::string_view suite);
};

constexpr auto families = std::to_array<Family>({
    {"null",
     [](std::string_view s) {  // RFC 9150's suites authenticate and do not encrypt
       return contains(s, "_NULL") || s == "TLS_SHA256_SHA256" || s == "TLS_SHA384_SHA384";
     }},
    {"anon", [](std::string_view s) { return contains(s, "_anon_"); }},
    {"export", [](std::string_view s) { return contains(s, "_EXPORT"); }},
    {"des", [](std::string_view s) { return contains(s, "_DES_") || contains(s, "_DES40_"); }},
    {"3des", [](std::string_view s) { return contains(s, "_3DES_"); }},
    {"rc2", [](std::string_view s) { return contains(s, "_RC2_"); }},
    {"rc4", [](std::string_view s) { return contains(s, "_RC4_"); }},
    {"static_rsa",
     [](std::string_view s) {
       return s.starts_with("TLS_RSA_WITH_") || s.starts_with("TLS_RSA_EXPORT") || s.starts_with("SSL_RSA_");
     }},
});

}  // namespace

bool is_suite_family(std::string_view family) {
  return std::any_of(families.begin(), families.end(), [&](const Family& f) { return f.name == family; });
}

bool belongs_to(SuiteId suite, std::string_view family) {
  for (const auto& row : families)
    if (row.name == family) return row.holds(suite_name(suite));
  return false;
}

std::vector<SuiteId> in_families(const std::vector<SuiteId>& suites, const std::vector<std::string>& prohibited) {
  std::vector<SuiteId> out;
  for (const SuiteId suite : suites)
    if (std::any_of(prohibited.begin(), prohibited.end(), [&](const auto& f) { return belongs_to(suite, f); }))
      out.push_back(suite);
  return out;
}

}  // namespace kenshin
