// What the world may do to us is a value: a T, or an Error that says what happened.
// std::expected's names, so that it can take our place one day. Exceptions are for bugs and broken installs only.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace kenshin {

struct Error {
  // The names in JSON are in docs/schema/facts.json; see error_name().
  enum class Kind {
    Timeout,        // nothing came before the deadline
    Refused,        // the connection was refused
    Reset,          // the peer reset the connection
    Closed,         // the peer closed without answering
    NotTls,         // something else than TLS answered
    Unreachable,    // no route, no address
    Malformed,      // an answer that cannot be read
    Denied,         // this user may not look
    Unsupported,    // not built, or this system has no such thing
    RateLimited,    // asked to come back later
    NotAuthorised,  // the owner's permission is missing (class 3)
    Vantage,        // this place cannot see it
    Absent,         // asked, and it is not there
    NotCollected,   // a collector left it out
    Failed,         // the collector's own error
    NotAsked,       // nobody asked
  };
  Kind kind = Kind::NotAsked;
  std::string detail;
  friend bool operator==(const Error&, const Error&) = default;
};

// The stable spelling in JSON: "timeout", "not_tls" ...
std::string_view error_name(Error::Kind);

// A T or an Error. Reading value() of an Error is a bug.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }
  const T& value() const { return std::get<0>(state_); }
  T& value() { return std::get<0>(state_); }
  const T& operator*() const { return value(); }
  T& operator*() { return value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }
  const Error& error() const { return std::get<1>(state_); }
  friend bool operator==(const Result&, const Result&) = default;

 private:
  std::variant<T, Error> state_;
};

// The value of a step that yields nothing but success.
struct Done {
  friend bool operator==(const Done&, const Done&) = default;
};

}  // namespace kenshin
