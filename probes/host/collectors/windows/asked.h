// What a question to Windows yields: a value, or which step failed and with which of the system's own codes. A fact of
// the file is one of these (docs/schema/host-facts.json).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "probes/base/result.h"

namespace kenshin::windows {

struct NoAnswer {
  Error::Kind kind = Error::Kind::Failed;  // Absent, Denied, Failed, Unsupported or NotCollected
  std::string source, at, code;
};

// `code` is an HRESULT, NTSTATUS or Win32 code; those that mean "you may not" are Denied, the rest Failed.
NoAnswer no_answer(std::string_view source, std::string_view at, unsigned long code);
// Where nothing failed and there is nothing to tell either.
NoAnswer no_answer(Error::Kind, std::string_view source, std::string_view at);

template <class T>
class [[nodiscard]] Asked {
 public:
  Asked(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Asked(NoAnswer why) : state_(std::in_place_index<1>, std::move(why)) {}

  explicit operator bool() const { return state_.index() == 0; }
  const T& operator*() const { return *std::get_if<0>(&state_); }
  T& operator*() { return *std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }
  const NoAnswer& why() const { return *std::get_if<1>(&state_); }
  bool is_absent() const { return state_.index() == 1 && why().kind == Error::Kind::Absent; }

 private:
  std::variant<T, NoAnswer> state_;
};

}  // namespace kenshin::windows
