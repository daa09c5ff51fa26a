// COM in small: pointers that release, strings and variants that are freed, late-bound members.
#pragma once

#include <windows.h>
// windows.h comes first
#include <oleauto.h>

#include <optional>
#include <string>

#include "probes/base/calendar.h"
#include "probes/host/collectors/windows/asked.h"

namespace kenshin::windows {

template <class T>
class Com {
 public:
  Com() = default;
  ~Com() {
    if (pointer_ != nullptr) pointer_->Release();
  }
  Com(const Com&) = delete;
  Com& operator=(const Com&) = delete;
  T** out() { return &pointer_; }
  void** out_void() { return reinterpret_cast<void**>(&pointer_); }
  T* get() const { return pointer_; }
  T* operator->() const { return pointer_; }

 private:
  T* pointer_ = nullptr;
};

class Text {
 public:
  Text() = default;
  explicit Text(const std::wstring& text) : text_(SysAllocStringLen(text.data(), static_cast<UINT>(text.size()))) {}
  ~Text() { SysFreeString(text_); }
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;
  BSTR* out() { return &text_; }
  BSTR get() const { return text_; }
  std::string narrowed() const;

 private:
  BSTR text_ = nullptr;
};

class Variant {
 public:
  Variant() { VariantInit(&value_); }
  ~Variant() { VariantClear(&value_); }
  Variant(const Variant&) = delete;
  Variant& operator=(const Variant&) = delete;
  VARIANT* out() { return &value_; }
  const VARIANT& operator*() const { return value_; }
  std::optional<std::string> text() const;
  std::optional<bool> yes() const;
  std::optional<long> number() const;
  std::optional<Instant> date() const;  // taken as UTC

 private:
  VARIANT value_;
};

// COM for as long as it lives; the code of whichever step failed.
class ComRuntime {
 public:
  ComRuntime();
  ~ComRuntime();
  ComRuntime(const ComRuntime&) = delete;
  ComRuntime& operator=(const ComRuntime&) = delete;

 private:
  HRESULT code_;
};

// A late-bound property, for interfaces whose binary form our headers do not know.
HRESULT get_property(IDispatch*, const wchar_t* name, Variant& out);
HRESULT create_by_name(const wchar_t* program_id, Com<IDispatch>& out);

}  // namespace kenshin::windows
