// A COM object that lives in this process: it counts its references, answers to every interface it is asked for, and to
// at most one late-bound property.
#pragma once

#include <windows.h>
// windows.h comes first
#include <oleauto.h>

#include <string>
#include <string_view>

namespace kenshin::lab {

template <class Interface>
struct Object : Interface {
  virtual ~Object() = default;  // behind the interface's own members: what a caller sees of it stays as published

  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID, void** out) override {
    *out = this;
    this->AddRef();
    return S_OK;
  }
  ULONG STDMETHODCALLTYPE AddRef() override { return ++references_; }
  ULONG STDMETHODCALLTYPE Release() override {
    const ULONG left = --references_;
    if (left == 0) delete this;
    return left;
  }
  HRESULT STDMETHODCALLTYPE GetTypeInfoCount(UINT*) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetTypeInfo(UINT, LCID, ITypeInfo**) override { return E_NOTIMPL; }
  HRESULT STDMETHODCALLTYPE GetIDsOfNames(REFIID, LPOLESTR* names, UINT, LCID, DISPID* id) override {
    if (late_name() != names[0]) return DISP_E_UNKNOWNNAME;
    *id = 1;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE Invoke(DISPID, REFIID, LCID, WORD, DISPPARAMS*, VARIANT* out, EXCEPINFO*, UINT*) override {
    return late_value(*out);
  }
  virtual std::wstring_view late_name() const { return L""; }
  virtual HRESULT late_value(VARIANT&) const { return E_NOTIMPL; }

 private:
  ULONG references_ = 1;
};

inline HRESULT give(BSTR* out, const std::wstring& text) {
  *out = SysAllocString(text.c_str());
  return S_OK;
}

}  // namespace kenshin::lab
