// Security Center's list of products as COM gives it: IWSCProductList and IWscProduct of iwscapi.h, which mingw-w64
// lacks, as far as they are used. Not in an unnamed namespace: there a compiler may conclude that a class nobody
// derives from has no objects, and leave the calls out.
#pragma once

#include <windows.h>
// windows.h comes first
#include <oleauto.h>

namespace kenshin::windows {

struct ListedProduct : IDispatch {
  virtual HRESULT STDMETHODCALLTYPE get_ProductName(BSTR*) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_ProductState(int*) = 0;     // WSC_SECURITY_PRODUCT_STATE
  virtual HRESULT STDMETHODCALLTYPE get_SignatureStatus(int*) = 0;  // WSC_SECURITY_SIGNATURE_STATUS
};
struct ProductList : IDispatch {
  virtual HRESULT STDMETHODCALLTYPE Initialize(ULONG provider) = 0;  // WSC_SECURITY_PROVIDER
  virtual HRESULT STDMETHODCALLTYPE get_Count(LONG*) = 0;
  virtual HRESULT STDMETHODCALLTYPE get_Item(ULONG, ListedProduct**) = 0;
};
inline constexpr CLSID product_list = {0x17072F7B, 0x9ABE, 0x4A74, {0xA2, 0x61, 0x1E, 0xB7, 0x6B, 0x55, 0x10, 0x7A}};
inline constexpr IID product_list_id = {0x722A338C, 0x6E8E, 0x4E72, {0xAC, 0x27, 0x14, 0x17, 0xFB, 0x0C, 0x81, 0xC2}};

}  // namespace kenshin::windows
