#include "probes/host/collectors/windows/com.h"

#include "probes/host/collectors/windows/decoding/filetime.h"
#include "probes/host/collectors/windows/wide_text.h"

namespace kenshin::windows {

std::string Text::narrowed() const { return narrow({text_, SysStringLen(text_)}); }

std::optional<std::string> Variant::text() const {
  if (value_.vt != VT_BSTR) return std::nullopt;
  return narrow({value_.bstrVal, SysStringLen(value_.bstrVal)});
}

std::optional<bool> Variant::yes() const {
  if (value_.vt != VT_BOOL) return std::nullopt;
  return value_.boolVal != VARIANT_FALSE;
}

std::optional<long> Variant::number() const {
  switch (value_.vt) {
    case VT_I4: return value_.lVal;
    case VT_I2: return value_.iVal;
    case VT_UI1: return value_.bVal;
    case VT_UI4: return static_cast<long>(value_.ulVal);
    default: return std::nullopt;
  }
}

std::optional<Instant> Variant::date() const {
  return value_.vt == VT_DATE ? instant_of_date(value_.date) : std::nullopt;
}

ComRuntime::ComRuntime() : code_(CoInitializeEx(nullptr, COINIT_MULTITHREADED)) {
  if (SUCCEEDED(code_))
    CoInitializeSecurity(nullptr, -1, nullptr, nullptr, RPC_C_AUTHN_LEVEL_DEFAULT, RPC_C_IMP_LEVEL_IMPERSONATE, nullptr,
                         EOAC_NONE, nullptr);
}

ComRuntime::~ComRuntime() {
  if (SUCCEEDED(code_)) CoUninitialize();
}

HRESULT get_property(IDispatch* object, const wchar_t* name, Variant& out) {
  DISPID id = 0;
  std::wstring copy(name);
  LPOLESTR text = copy.data();
  const HRESULT found = object->GetIDsOfNames(IID_NULL, &text, 1, LOCALE_INVARIANT, &id);
  if (FAILED(found)) return found;
  DISPPARAMS none{};
  return object->Invoke(id, IID_NULL, LOCALE_INVARIANT, DISPATCH_PROPERTYGET, &none, out.out(), nullptr, nullptr);
}

HRESULT create_by_name(const wchar_t* program_id, Com<IDispatch>& out) {
  CLSID id{};
  const HRESULT known = CLSIDFromProgID(program_id, &id);
  if (FAILED(known)) return known;
  return CoCreateInstance(id, nullptr, CLSCTX_INPROC_SERVER, IID_IDispatch, out.out_void());
}

}  // namespace kenshin::windows
