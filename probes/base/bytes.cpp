#include "probes/base/bytes.h"

#include <stdexcept>

namespace kenshin {

Bytes Reader::take(std::size_t count) {
  if (!*ok_ || count > rest_.size()) {
    *ok_ = false;
    rest_ = {};
    return {};
  }
  const Bytes head = rest_.first(count);
  rest_ = rest_.subspan(count);
  return head;
}

std::uint32_t Reader::number(std::size_t width) {
  std::uint32_t value = 0;
  for (const std::uint8_t byte : take(width)) value = value << 8 | byte;
  return value;
}

void Writer::number(std::uint32_t value, std::size_t width) {
  for (std::size_t i = width; i-- > 0;) out_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void Writer::patch(std::size_t at, std::size_t width) {
  const std::size_t length = out_.size() - at - width;
  if (length >> (8 * width) != 0) throw std::length_error("body too long for its length prefix");
  for (std::size_t i = 0; i < width; ++i) out_[at + i] = static_cast<std::uint8_t>(length >> (8 * (width - 1 - i)));
}

std::string hex(Bytes bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

namespace {

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

Error malformed(std::string_view what) { return {Error::Kind::Malformed, std::string(what)}; }

}  // namespace

std::string base64(Bytes bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (i + k < bytes.size() ? bytes[i + k] : 0U);
    for (std::size_t k = 0; k < 4; ++k) out += i + k > bytes.size() ? '=' : base64_digits[group >> (18 - 6 * k) & 63];
  }
  return out;
}

Result<Buffer> from_base64(std::string_view text) {
  if (text.size() % 4 != 0) return malformed("base64: length is no multiple of four");
  Buffer out;
  for (std::size_t i = 0; i < text.size(); i += 4) {
    std::uint32_t group = 0;
    std::size_t padding = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      const char c = text[i + k];
      const bool may_pad = i + 4 == text.size() && k >= 2;
      const std::size_t digit = base64_digits.find(c);
      if (c == '=' && may_pad) ++padding;
      else if (digit == std::string_view::npos || padding > 0) return malformed("base64: not a base64 digit");
      group = group << 6 | (c == '=' ? 0U : static_cast<std::uint32_t>(digit));
    }
    for (std::size_t k = 0; k < 3 - padding; ++k) out.push_back(static_cast<std::uint8_t>(group >> (16 - 8 * k)));
  }
  return out;
}

Result<Buffer> from_hex(std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  if (text.size() % 2 != 0) return malformed("hex: odd length");
  Buffer out;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    std::uint8_t byte = 0;
    for (const char c : text.substr(i, 2)) {
      const std::size_t digit = digits.find(c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c);
      if (digit == std::string_view::npos) return malformed("hex: not a hex digit");
      byte = static_cast<std::uint8_t>(static_cast<std::size_t>(byte) << 4 | digit);
    }
    out.push_back(byte);
  }
  return out;
}

}  // namespace kenshin
