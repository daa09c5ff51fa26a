// One list of members per struct, for reading JSON strictly and writing it:
//
//   template <class Visit> void fields(Visit& visit, Decided& it) { visit("accepted", it.accepted); visit("because",
//   it.because); }
//
// Reading: an unknown key, a missing one and a wrong type are errors that name file, line and key. Writing: keys in the
// listed order. Include this only in .cpp files that read or write
// JSON, and in *_fields.h headers, which those share.
//
// Members may be bool, int, std::size_t, std::string, text-like types (to_key/from_key, or enum_names), std::optional
// (null), std::vector, std::map with text-like keys, Buffer (base64), and structs with fields().
#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "probes/base/bytes.h"
#include "probes/base/calendar.h"
#include "probes/base/id.h"
#include "probes/base/result.h"
#include "probes/base/text.h"

namespace kenshin {

using Json = nlohmann::ordered_json;

// Parses with limits on depth (64) and without duplicate keys; the error names `file` and line.
Result<Json> parse_json(std::string_view text, std::string_view file);

// The line of the value at a JSON pointer ("/rows/3/force") in that text, or of its nearest ancestor that is there.
std::size_t line_of(std::string_view json_text, std::string_view pointer);

// Text-like types: enums with a table, days, instants, ids.
template <class E>
concept NamedEnum = std::is_enum_v<E> && requires(E e) {
  enum_names(e);
};

// What enum_names returns: every enumerator with its name.
template <class E, std::size_t N>
using EnumNames = std::array<std::pair<E, std::string_view>, N>;

template <NamedEnum E>
std::string to_key(E value) {
  for (const auto& [known, name] : enum_names(value))
    if (known == value) return std::string(name);
  return {};
}
template <NamedEnum E>
bool from_key(std::string_view text, E& value) {
  for (const auto& [known, name] : enum_names(E{}))
    if (name == text) return value = known, true;
  return false;
}
inline std::string to_key(Day day) { return to_text(day); }
inline std::string to_key(Instant at) { return to_text(at); }
inline bool from_key(std::string_view text, Day& day) {
  const auto parsed = parse_day(text);
  return parsed ? (day = *parsed, true) : false;
}
inline bool from_key(std::string_view text, Instant& at) {
  const auto parsed = parse_instant(text);
  return parsed ? (at = *parsed, true) : false;
}
template <class Tag>
std::string to_key(const Id<Tag>& id) {
  return id.text;
}
template <class Tag>
bool from_key(std::string_view text, Id<Tag>& id) {
  return id.text = text, true;
}

template <class T>
concept TextLike = requires(T t, std::string_view s) {
  { to_key(t) } -> std::convertible_to<std::string>;
  { from_key(s, t) } -> std::same_as<bool>;
};

class JsonWriter;
class JsonReader;

template <class T>
Json json_of(const T&);

class JsonWriter {
 public:
  template <class T>
  void operator()(std::string_view key, T& member) {
    out_[std::string(key)] = json_of(member);
  }
  // A member that may be missing when read (its default stays); written like any other.
  template <class T>
  void may(std::string_view key, T& member) {
    (*this)(key, member);
  }
  Json take() { return std::move(out_); }

 private:
  Json out_ = Json::object();
};

// The first thing that was wrong; later reads do nothing.
struct JsonFault {
  std::string pointer, what;
  bool found = false;
};

template <class T>
void read_json(const Json&, const std::string& pointer, T&, JsonFault&);

class JsonReader {
 public:
  JsonReader(const Json& in, std::string pointer, JsonFault& fault)
      : in_(in), pointer_(std::move(pointer)), fault_(fault) {
    if (!in_.is_object()) fail(pointer_, "expected an object");
  }
  template <class T>
  void operator()(std::string_view key, T& member) {
    if (!read(key, member)) fail(pointer_, "missing key \"" + std::string(key) + "\"");
  }
  template <class T>
  void may(std::string_view key, T& member) {
    read(key, member);
  }
  // A value that reads well and means nothing.
  void refuse(std::string what) { fail(pointer_, std::move(what)); }
  // After all members: any key that was not read is unknown.
  void end() {
    if (fault_.found) return;
    for (const auto& [key, value] : in_.items()) {
      if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
      const std::vector<std::string_view> known(known_.begin(), known_.end());
      const auto meant = nearest(key, known);
      fail(pointer_ + "/" + key,
           "unknown key \"" + one_line(key, 60) + "\"" +
               (meant.empty() ? std::string() : "; did you mean \"" + std::string(meant) + "\"?"));
      return;
    }
  }

 private:
  template <class T>
  bool read(std::string_view key, T& member) {
    known_.emplace_back(key);
    if (fault_.found) return true;
    const auto at = in_.find(key);
    if (at == in_.end()) return false;
    read_json(*at, pointer_ + "/" + std::string(key), member, fault_);
    return true;
  }
  void fail(std::string pointer, std::string what) {
    if (!fault_.found) fault_ = {std::move(pointer), std::move(what), true};
  }

  const Json& in_;
  std::string pointer_;
  JsonFault& fault_;
  std::vector<std::string> known_;
};

namespace json_detail {
template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};
template <class T>
struct is_vector : std::false_type {};
template <class T>
struct is_vector<std::vector<T>> : std::true_type {};
template <class T>
struct is_map : std::false_type {};
template <class K, class V>
struct is_map<std::map<K, V>> : std::true_type {};
}  // namespace json_detail

template <class T>
Json json_of(const T& value) {
  if constexpr (std::same_as<T, Json>) return value;
  else if constexpr (std::same_as<T, bool> || std::integral<T>) return value;
  else if constexpr (std::same_as<T, std::string>) return value;
  else if constexpr (std::same_as<T, Buffer>) return base64(value);
  else if constexpr (TextLike<T>) return to_key(value);
  else if constexpr (json_detail::is_optional<T>::value) return value ? json_of(*value) : Json(nullptr);
  else if constexpr (json_detail::is_vector<T>::value) {
    Json out = Json::array();
    for (const auto& element : value) out.push_back(json_of(element));
    return out;
  } else if constexpr (json_detail::is_map<T>::value) {
    Json out = Json::object();
    for (const auto& [key, element] : value) {
      if constexpr (std::same_as<typename T::key_type, std::string>) out[key] = json_of(element);
      else out[to_key(key)] = json_of(element);
    }
    return out;
  } else {
    JsonWriter writer;
    fields(writer, const_cast<T&>(value));  // JsonWriter reads its members only
    return writer.take();
  }
}

template <class T>
void read_json(const Json& in, const std::string& pointer, T& value, JsonFault& fault) {
  if (fault.found) return;
  const auto fail = [&](std::string what) { fault = {pointer, std::move(what), true}; };
  if constexpr (std::same_as<T, Json>) value = in;
  else if constexpr (std::same_as<T, bool>) {
    if (!in.is_boolean()) return fail("expected true or false");
    value = in.template get<bool>();
  } else if constexpr (std::integral<T>) {
    if (!in.is_number_integer()) return fail("expected a whole number");
    const auto wide = in.template get<std::int64_t>();
    if (!std::in_range<T>(wide)) return fail("number out of range");
    value = static_cast<T>(wide);
  } else if constexpr (std::same_as<T, std::string>) {
    if (!in.is_string()) return fail("expected a string");
    value = in.template get<std::string>();
  } else if constexpr (std::same_as<T, Buffer>) {
    if (!in.is_string()) return fail("expected base64");
    auto bytes = from_base64(in.template get_ref<const std::string&>());
    if (!bytes) return fail(bytes.error().detail);
    value = std::move(*bytes);
  } else if constexpr (TextLike<T>) {
    if (!in.is_string()) return fail("expected a string");
    const auto& text = in.template get_ref<const std::string&>();
    if (!from_key(text, value)) return fail("not a known value: \"" + one_line(text, 60) + "\"");
  } else if constexpr (json_detail::is_optional<T>::value) {
    if (in.is_null()) return void(value.reset());
    typename T::value_type inner{};
    read_json(in, pointer, inner, fault);
    value = std::move(inner);
  } else if constexpr (json_detail::is_vector<T>::value) {
    if (!in.is_array()) return fail("expected an array");
    value.clear();
    for (std::size_t i = 0; i < in.size(); ++i) {
      typename T::value_type inner{};
      read_json(in[i], pointer + "/" + std::to_string(i), inner, fault);
      value.push_back(std::move(inner));
    }
  } else if constexpr (json_detail::is_map<T>::value) {
    if (!in.is_object()) return fail("expected an object");
    value.clear();
    for (const auto& [key, element] : in.items()) {
      typename T::key_type k{};
      if constexpr (std::same_as<typename T::key_type, std::string>) k = key;
      else if (!from_key(key, k)) return fail("not a known key: \"" + one_line(key, 60) + "\"");
      read_json(element, pointer + "/" + key, value[k], fault);
    }
  } else {
    JsonReader reader(in, pointer, fault);
    fields(reader, value);
    reader.end();
  }
}

// A T from parsed JSON; the error reads "FILE:LINE: /pointer: what". `text` is what `in` was parsed from.
template <class T>
Result<T> from_json(const Json& in, std::string_view text, std::string_view file) {
  T value{};
  JsonFault fault;
  read_json(in, "", value, fault);
  if (!fault.found) return value;
  return Error{Error::Kind::Malformed, std::string(file) + ":" + std::to_string(line_of(text, fault.pointer)) + ": " +
                                           (fault.pointer.empty() ? "" : one_line(fault.pointer, 120) + ": ") +
                                           fault.what};
}
template <class T>
Result<T> from_json_text(std::string_view text, std::string_view file) {
  const auto parsed = parse_json(text, file);
  if (!parsed) return parsed.error();
  return from_json<T>(*parsed, text, file);
}

}  // namespace kenshin
