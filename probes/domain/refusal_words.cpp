#include "probes/domain/refusal_words.h"

#include <algorithm>
#include <array>
#include <string>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::array<std::string_view, 28> words = {
    "limit",       "quota",         "too many", "exceed",   "refused",  "denied",       "blocked",
    "unavailable", "not available", "busy",     "overload", "temporar", "maintenance",  "rebuil",
    "try again",   "later",         "制限",     "上限",     "超過",     "拒否",         "規制",
    "しばらく",    "後ほど",        "混雑",     "停止",     "中断",     "メンテナンス", "利用でき"};

}  // namespace

bool has_refusal_words(std::string_view text) {
  const std::string said = lower_ascii(text);
  return std::any_of(words.begin(), words.end(), [&](auto word) { return said.find(word) != std::string::npos; });
}

}  // namespace kenshin
