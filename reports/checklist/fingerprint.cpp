#include "reports/checklist/fingerprint.h"

#include <algorithm>

#include "probes/base/bytes.h"
#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::size_t most_kept = 64;
constexpr std::size_t least_kept = 24;  // or all that there is, of a very short text

bool counts(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= 0x3041 && c <= 0x3096) ||  // hiragana
         (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC || c == 0x3005 ||                            // katakana, ー, 々
         (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF);                            // kanji
}

std::uint16_t hash(char32_t first, char32_t second) {
  std::uint32_t h = 2166136261U;
  for (const char32_t c : {first, second})
    for (int shift = 0; shift < 24; shift += 8) h = (h ^ ((c >> shift) & 0xFFU)) * 16777619U;
  h ^= h >> 15;
  h *= 0x85EBCA6BU;
  h ^= h >> 13;
  return static_cast<std::uint16_t>(h ^ (h >> 16));
}

}  // namespace

PairHashes pair_hashes(std::string_view text) {
  PairHashes out;
  char32_t previous = 0;
  for (char32_t c : code_points(nfkc(text))) {
    if (c >= U'A' && c <= U'Z') c += 32;
    if (!counts(c)) continue;
    if (previous != 0) out.hashes.push_back(hash(previous, c));
    previous = c;
  }
  std::sort(out.hashes.begin(), out.hashes.end());
  out.hashes.erase(std::unique(out.hashes.begin(), out.hashes.end()), out.hashes.end());
  return out;
}

Fingerprint fingerprint_of(const PairHashes& text) {
  const std::size_t size = text.hashes.size();
  const std::size_t kept = std::min({size, most_kept, std::max(least_kept, size * 2 / 3)});
  return {{text.hashes.begin(), text.hashes.begin() + static_cast<std::ptrdiff_t>(kept)}};
}

double likeness(const Fingerprint& sketch, const PairHashes& text) {
  if (sketch.empty() || text.hashes.empty()) return 0;
  const auto end = std::upper_bound(text.hashes.begin(), text.hashes.end(), sketch.hashes.back());
  const auto in_text = static_cast<std::size_t>(end - text.hashes.begin());
  std::size_t shared = 0;
  auto at = text.hashes.begin();
  for (const auto wanted : sketch.hashes) {
    at = std::lower_bound(at, end, wanted);
    if (at != end && *at == wanted) ++shared;
  }
  return static_cast<double>(shared) / static_cast<double>(sketch.hashes.size() + in_text - shared);
}

std::string to_key(const Fingerprint& fingerprint) {
  Writer out;
  for (const auto h : fingerprint.hashes) out.u16(h);
  return hex(out.view());
}

bool from_key(std::string_view text, Fingerprint& fingerprint) {
  const auto bytes = from_hex(text);
  if (!bytes || bytes->size() % 2 != 0) return false;
  Reader in(*bytes);
  fingerprint.hashes.clear();
  while (!in.done()) {
    const auto next = in.u16();
    if (!fingerprint.empty() && next <= fingerprint.hashes.back()) return false;
    fingerprint.hashes.push_back(next);
  }
  return in.ok();
}

}  // namespace kenshin
