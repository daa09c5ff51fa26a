#include "probes/host/file_text.h"

#include <cstdint>

#include "probes/base/text.h"

namespace kenshin {

namespace {

enum class ByteOrder { Little, Big };

Result<std::string> from_utf16(std::string_view bytes, ByteOrder order, std::string_view file_name) {
  const auto malformed = [&](std::string_view what) {
    return Error{Error::Kind::Malformed, std::string(file_name) + ": " + std::string(what)};
  };
  if (bytes.size() % 2 != 0) return malformed("UTF-16 that ends in half a unit");
  std::u32string points;
  points.reserve(bytes.size() / 2);
  char32_t high = 0;  // a high surrogate that waits for its low one
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    const auto first = static_cast<std::uint8_t>(bytes[i]), second = static_cast<std::uint8_t>(bytes[i + 1]);
    const char32_t unit = static_cast<char32_t>(order == ByteOrder::Little ? second << 8 | first : first << 8 | second);
    const bool is_low = unit >= 0xDC00 && unit <= 0xDFFF;
    if (is_low != (high != 0)) return malformed("UTF-16 with a lone surrogate");
    if (unit >= 0xD800 && unit <= 0xDBFF) {
      high = unit;
      continue;
    }
    points.push_back(is_low ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : unit);
    high = 0;
  }
  if (high != 0) return malformed("UTF-16 with a lone surrogate");
  return utf8(points);
}

}  // namespace

Result<std::string> utf8_from_file(std::string_view bytes, std::string_view file_name) {
  if (bytes.starts_with("\xEF\xBB\xBF")) return std::string(bytes.substr(3));
  if (bytes.starts_with("\xFF\xFE")) return from_utf16(bytes.substr(2), ByteOrder::Little, file_name);
  if (bytes.starts_with("\xFE\xFF")) return from_utf16(bytes.substr(2), ByteOrder::Big, file_name);
  return std::string(bytes);
}

}  // namespace kenshin
