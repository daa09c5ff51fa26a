#include "probes/host/collectors/windows/decoding/extended_support.h"

#include <algorithm>
#include <array>

namespace kenshin::windows {

namespace {

constexpr std::array<std::string_view, 3> licence_ids = {"f520e45e-7413-4a34-a497-d2765967d094",
                                                         "1043add5-23b1-4afb-9a0f-64343c8f3f8d",
                                                         "83d49986-add3-41d7-ba33-87c7bfb5c0fb"};

// 19045.6456 was the last revision for everybody (2025-10-14); one that mended the enrolment came after it.
constexpr int last_free_revision = 6466;
constexpr int enrolled = 3;

bool same(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace

std::optional<int> esu_year(std::string_view licence_id) {
  for (std::size_t i = 0; i < licence_ids.size(); ++i)
    if (same(licence_ids[i], licence_id)) return static_cast<int>(i) + 1;
  return std::nullopt;
}

std::string esu_condition() {
  std::string out;
  for (const auto id : licence_ids) out += (out.empty() ? "ID = '" : " OR ID = '") + std::string(id) + "'";
  return out;
}

Answer consumer_esu(std::optional<int> ubr, std::span<const int> eligibility) {
  const bool said = std::find(eligibility.begin(), eligibility.end(), enrolled) != eligibility.end();
  return said && ubr && *ubr > last_free_revision ? Answer::Yes : Answer::Unknown;
}

EsuProgramme esu_programme(std::optional<int> build, std::string_view type) {
  if (!build || type != "Client") return EsuProgramme::NotKnown;
  if (*build >= 22000) return EsuProgramme::NotNeeded;
  return *build == 19045 ? EsuProgramme::Windows10 : EsuProgramme::NotKnown;
}

}  // namespace kenshin::windows
