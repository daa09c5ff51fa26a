// A cursor over foreign bytes and its counterpart for writing. Parsers read like the RFC's struct: lengths only through
// vec8/vec16/vec24, and finish() fails on bytes that ran short as well as on bytes left over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "probes/base/result.h"

namespace kenshin {

using Bytes = std::span<const std::uint8_t>;
using Buffer = std::vector<std::uint8_t>;

inline Bytes bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_of(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

// After a short read every call yields zero or nothing, and finish() of the root fails. Children made by vecN() share
// the root's failure; they must not outlive it.
class Reader {
 public:
  explicit Reader(Bytes in) : rest_(in), ok_(&whole_) {}
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;
  Reader(Reader&& other) noexcept
      : rest_(other.rest_), whole_(other.whole_), ok_(other.ok_ == &other.whole_ ? &whole_ : other.ok_) {}

  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u24() { return number(3); }
  std::uint32_t u32() { return number(4); }
  Bytes take(std::size_t count);
  Reader vec8() { return {take(u8()), ok_}; }
  Reader vec16() { return {take(u16()), ok_}; }
  Reader vec24() { return {take(u24()), ok_}; }

  Bytes rest() { return take(rest_.size()); }  // all that is left
  std::size_t left() const { return rest_.size(); }
  bool done() const { return rest_.empty() || !*ok_; }  // nothing more to read, or already failed
  bool ok() const { return *ok_; }
  void fail() { *ok_ = false; }  // a value the format forbids

  // What was parsed, or Malformed where bytes ran short or are left over.
  template <class T>
  Result<T> finish(T parsed) const {
    if (!*ok_) return Error{Error::Kind::Malformed, "truncated or out of range"};
    if (!rest_.empty()) return Error{Error::Kind::Malformed, std::to_string(rest_.size()) + " bytes left over"};
    return parsed;
  }

 private:
  Reader(Bytes in, bool* ok) : rest_(in), ok_(ok) {}
  std::uint32_t number(std::size_t width);

  Bytes rest_;
  bool whole_ = true;
  bool* ok_;
};

class Writer {
 public:
  void u8(std::uint8_t value) { out_.push_back(value); }
  void u16(std::uint16_t value) { number(value, 2); }
  void u24(std::uint32_t value) { number(value, 3); }
  void u32(std::uint32_t value) { number(value, 4); }
  void put(Bytes bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
  void put(std::string_view text) { put(bytes_of(text)); }

  // A length-prefixed body, written by `body(Writer&)`. A body too long for its prefix throws std::length_error: a bug.
  template <class Body>
  void vec8(Body body) {
    vec(1, body);
  }
  template <class Body>
  void vec16(Body body) {
    vec(2, body);
  }
  template <class Body>
  void vec24(Body body) {
    vec(3, body);
  }

  std::size_t size() const { return out_.size(); }
  Buffer take() { return std::move(out_); }
  Bytes view() const { return out_; }

 private:
  template <class Body>
  void vec(std::size_t width, Body& body) {
    const std::size_t at = out_.size();
    number(0, width);
    body(*this);
    patch(at, width);
  }
  void number(std::uint32_t value, std::size_t width);
  void patch(std::size_t at, std::size_t width);

  Buffer out_;
};

std::string hex(Bytes);                        // lower case, no separators
std::string base64(Bytes);                     // RFC 4648 section 4, padded
Result<Buffer> from_base64(std::string_view);  // strict: no white space, right padding
Result<Buffer> from_hex(std::string_view);

}  // namespace kenshin
