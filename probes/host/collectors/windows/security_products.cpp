#include "probes/host/collectors/windows/security_products.h"

#include <charconv>

#include "probes/host/collectors/windows/com.h"
#include "probes/host/collectors/windows/product_list.h"
#include "probes/host/collectors/windows/wmi.h"

namespace kenshin::windows {

namespace {

NoAnswer wsc_failed(const char* step, HRESULT code) { return no_answer("wsc", step, static_cast<unsigned long>(code)); }

Asked<std::vector<SecurityProduct>> listed(SecurityProvider provider) {
  HMODULE library = LoadLibraryExW(L"wscapi.dll", nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32);
  if (library == nullptr) return no_answer("wsc", "LoadLibrary wscapi.dll", GetLastError());
  Com<ProductList> list;
  HRESULT code = CoCreateInstance(product_list, nullptr, CLSCTX_INPROC_SERVER, product_list_id, list.out_void());
  if (FAILED(code)) return wsc_failed("CoCreateInstance WSCProductList", code);
  code = list->Initialize(static_cast<ULONG>(provider));
  if (FAILED(code)) return wsc_failed("Initialize", code);
  LONG count = 0;
  code = list->get_Count(&count);
  if (FAILED(code)) return wsc_failed("get_Count", code);
  std::vector<SecurityProduct> out;
  for (LONG i = 0; i < count; ++i) {
    Com<ListedProduct> product;
    Text name;
    int state = -1, signature = -1;
    code = list->get_Item(static_cast<ULONG>(i), product.out());
    if (SUCCEEDED(code)) code = product->get_ProductName(name.out());
    if (SUCCEEDED(code)) code = product->get_ProductState(&state);
    if (FAILED(code)) return wsc_failed("get_Item", code);
    if (FAILED(product->get_SignatureStatus(&signature))) signature = -1;
    out.push_back(of_list(name.narrowed(), state, signature));
  }
  return out;
}

Asked<std::vector<SecurityProduct>> by_wmi(SecurityProvider provider) {
  const std::wstring kind = provider == SecurityProvider::Firewall ? L"FirewallProduct" : L"AntiVirusProduct";
  const auto rows = wmi_query(L"root\\SecurityCenter2", L"SELECT displayName, productState FROM " + kind,
                              {L"displayName", L"productState"});
  if (!rows) return rows.why();
  std::vector<SecurityProduct> out;
  for (const auto& row : *rows) {
    const auto name = row.find(L"displayName"), state = row.find(L"productState");
    SecurityProduct product{name == row.end() ? "?" : name->second, Answer::Unknown, SignatureState::Unknown, "wmi"};
    if (state != row.end()) {
      std::uint32_t number = 0;
      const char* end = state->second.data() + state->second.size();
      const auto read = std::from_chars(state->second.data(), end, number);
      if (read.ec == std::errc() && read.ptr == end) product = of_product_state(product.name, number);
    }
    out.push_back(std::move(product));
  }
  return out;
}

}  // namespace

Asked<std::vector<SecurityProduct>> security_products(SecurityProvider provider) {
  auto list = listed(provider);
  if (list) return list;
  auto rows = by_wmi(provider);
  return rows ? rows : list;
}

}  // namespace kenshin::windows
