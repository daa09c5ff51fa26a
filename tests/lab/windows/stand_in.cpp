// Stands in for Windows Security Center and Windows Update Agent where wine has neither: a DLL that a test puts in
// system32 as wscapi.dll and registers for their classes. What it answers comes from the environment, rows separated by
// ";" and fields by "|":
//   STANDIN_PRODUCTS  name | state | signature             (WSC_SECURITY_PRODUCT_STATE, _SIGNATURE_STATUS)
//   STANDIN_HISTORY   title | day | result                 (OperationResultCode; 2 succeeded)
//   STANDIN_UPDATES   category | severity | installed | needs a restart | hidden
//   STANDIN_CHECKED   day of the last search
//   STANDIN_ONLINE    set: refuses to stay offline
// It shows that the collector calls, counts and releases as these interfaces ask. Both sides are ours: what real
// Windows answers it does not show.
#include <windows.h>
// the class ids of wuapi.h are defined here
#include <initguid.h>

#include <vector>

#include "probes/host/collectors/windows/product_list.h"
#include "tests/lab/windows/bare_update_agent.h"

namespace kenshin::lab {
namespace {

using Row = std::vector<std::wstring>;

std::vector<std::wstring> parts(const std::wstring& text, wchar_t separator) {
  std::vector<std::wstring> out;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = text.find(separator, begin);
    if (end == std::wstring::npos) end = text.size();
    out.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return out;
}
std::wstring setting(const wchar_t* name) {
  wchar_t text[4096];
  const DWORD size = GetEnvironmentVariableW(name, text, 4096);
  return size > 0 && size < 4096 ? std::wstring(text, size) : std::wstring();
}
std::vector<Row> rows(const wchar_t* name, std::size_t fields) {
  std::vector<Row> out;
  for (const auto& line : parts(setting(name), L';')) {
    Row row = parts(line, L'|');
    row.resize(fields);
    out.push_back(std::move(row));
  }
  return out;
}
int number(const std::wstring& text) { return _wtoi(text.c_str()); }
VARIANT_BOOL truth(const std::wstring& text) { return number(text) != 0 ? VARIANT_TRUE : VARIANT_FALSE; }
DATE day(const std::wstring& text) {
  SYSTEMTIME time{};
  const auto fields = parts(text, L'-');
  if (fields.size() != 3) return 0;
  time.wYear = static_cast<WORD>(number(fields[0]));
  time.wMonth = static_cast<WORD>(number(fields[1]));
  time.wDay = static_cast<WORD>(number(fields[2]));
  time.wHour = 3;
  DATE out = 0;
  SystemTimeToVariantTime(&time, &out);
  return out;
}

// --- Security Center
// --------------------------------------------------------------------------------------------------

struct Product : Object<windows::ListedProduct> {
  explicit Product(Row row) : row_(std::move(row)) {}
  HRESULT STDMETHODCALLTYPE get_ProductName(BSTR* out) override { return give(out, row_[0]); }
  HRESULT STDMETHODCALLTYPE get_ProductState(int* out) override { return *out = number(row_[1]), S_OK; }
  HRESULT STDMETHODCALLTYPE get_SignatureStatus(int* out) override { return *out = number(row_[2]), S_OK; }
  Row row_;
};
struct ProductList : Object<windows::ProductList> {
  HRESULT STDMETHODCALLTYPE Initialize(ULONG provider) override {
    constexpr ULONG antivirus = 4;
    if (provider == antivirus) rows_ = rows(L"STANDIN_PRODUCTS", 3);
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE get_Count(LONG* out) override { return *out = static_cast<LONG>(rows_.size()), S_OK; }
  HRESULT STDMETHODCALLTYPE get_Item(ULONG index, windows::ListedProduct** out) override {
    if (index >= rows_.size()) return E_INVALIDARG;
    *out = new Product(rows_[index]);
    return S_OK;
  }
  std::vector<Row> rows_;
};

// --- Update Agent
// -----------------------------------------------------------------------------------------------------

template <class Bare, class Item, class Made>
struct List : Bare {
  explicit List(std::vector<Row> rows) : rows_(std::move(rows)) {}
  HRESULT STDMETHODCALLTYPE get_Count(LONG* out) override { return *out = static_cast<LONG>(rows_.size()), S_OK; }
  HRESULT STDMETHODCALLTYPE get_Item(LONG index, Item** out) override {
    if (index < 0 || index >= static_cast<LONG>(rows_.size())) return E_INVALIDARG;
    *out = new Made(rows_[static_cast<std::size_t>(index)]);
    return S_OK;
  }
  std::vector<Row> rows_;
};

struct Category : BareCategory {
  explicit Category(Row row) : id_(row[0]) {}
  HRESULT STDMETHODCALLTYPE get_CategoryID(BSTR* out) override { return give(out, id_); }
  std::wstring id_;
};
struct Update : BareUpdate {
  explicit Update(Row row) : row_(std::move(row)) {}
  HRESULT STDMETHODCALLTYPE get_Title(BSTR* out) override { return give(out, L"an update"); }
  HRESULT STDMETHODCALLTYPE get_Categories(ICategoryCollection** out) override {
    *out = new List<BareCategoryCollection, ICategory, Category>({{row_[0]}});
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE get_MsrcSeverity(BSTR* out) override { return give(out, row_[1]); }
  HRESULT STDMETHODCALLTYPE get_IsHidden(VARIANT_BOOL* out) override { return *out = truth(row_[4]), S_OK; }
  std::wstring_view late_name() const override { return L"RebootRequired"; }  // of IUpdate2
  HRESULT late_value(VARIANT& out) const override {
    out.vt = VT_BOOL;
    out.boolVal = truth(row_[3]);
    return S_OK;
  }
  Row row_;
};
struct HistoryEntry : BareUpdateHistoryEntry {
  explicit HistoryEntry(Row row) : row_(std::move(row)) {}
  HRESULT STDMETHODCALLTYPE get_Title(BSTR* out) override { return give(out, row_[0]); }
  HRESULT STDMETHODCALLTYPE get_Date(DATE* out) override { return *out = day(row_[1]), S_OK; }
  HRESULT STDMETHODCALLTYPE get_Operation(UpdateOperation* out) override { return *out = uoInstallation, S_OK; }
  HRESULT STDMETHODCALLTYPE get_ResultCode(OperationResultCode* out) override {
    *out = static_cast<OperationResultCode>(number(row_[2]));
    return S_OK;
  }
  Row row_;
};
struct SearchResult : BareSearchResult {
  explicit SearchResult(std::vector<Row> found) : found_(std::move(found)) {}
  HRESULT STDMETHODCALLTYPE get_ResultCode(OperationResultCode* out) override { return *out = orcSucceeded, S_OK; }
  HRESULT STDMETHODCALLTYPE get_Updates(IUpdateCollection** out) override {
    *out = new List<BareUpdateCollection, IUpdate, Update>(found_);
    return S_OK;
  }
  std::vector<Row> found_;
};
struct Searcher : BareUpdateSearcher {
  HRESULT STDMETHODCALLTYPE get_Online(VARIANT_BOOL* out) override { return *out = online_, S_OK; }
  HRESULT STDMETHODCALLTYPE put_Online(VARIANT_BOOL wanted) override {
    if (!setting(L"STANDIN_ONLINE").empty()) return E_NOTIMPL;
    online_ = wanted;
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE Search(BSTR criteria, ISearchResult** out) override {
    if (online_ != VARIANT_FALSE) ExitProcess(99);  // this would have gone to the network
    const bool installed = std::wstring_view(criteria).find(L"IsInstalled=1") != std::wstring_view::npos;
    std::vector<Row> found;
    for (auto& row : rows(L"STANDIN_UPDATES", 5))
      if ((number(row[2]) != 0) == installed) found.push_back(std::move(row));
    *out = new SearchResult(std::move(found));
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE GetTotalHistoryCount(LONG* out) override {
    *out = static_cast<LONG>(rows(L"STANDIN_HISTORY", 3).size());
    return S_OK;
  }
  HRESULT STDMETHODCALLTYPE QueryHistory(LONG first, LONG count, IUpdateHistoryEntryCollection** out) override {
    auto all = rows(L"STANDIN_HISTORY", 3);
    if (first != 0 || count > static_cast<LONG>(all.size())) return E_INVALIDARG;
    all.resize(static_cast<std::size_t>(count));
    *out = new List<BareUpdateHistoryEntryCollection, IUpdateHistoryEntry, HistoryEntry>(std::move(all));
    return S_OK;
  }
  VARIANT_BOOL online_ = VARIANT_TRUE;
};
struct UpdateSessionStandIn : BareUpdateSession {
  HRESULT STDMETHODCALLTYPE CreateUpdateSearcher(IUpdateSearcher** out) override { return *out = new Searcher, S_OK; }
};
struct Results : Object<IDispatch> {
  std::wstring_view late_name() const override { return L"LastSearchSuccessDate"; }
  HRESULT late_value(VARIANT& out) const override {
    const std::wstring checked = setting(L"STANDIN_CHECKED");
    out.vt = checked.empty() ? VT_EMPTY : VT_DATE;
    if (!checked.empty()) out.date = day(checked);
    return S_OK;
  }
};
struct AutomaticUpdatesStandIn : Object<IDispatch> {
  std::wstring_view late_name() const override { return L"Results"; }
  HRESULT late_value(VARIANT& out) const override {
    out.vt = VT_DISPATCH;
    out.pdispVal = new Results;
    return S_OK;
  }
};

struct Factory : IClassFactory {
  explicit Factory(IUnknown* (*make)()) : make_(make) {}
  HRESULT STDMETHODCALLTYPE QueryInterface(REFIID, void** out) override { return *out = this, S_OK; }
  ULONG STDMETHODCALLTYPE AddRef() override { return 2; }
  ULONG STDMETHODCALLTYPE Release() override { return 1; }
  HRESULT STDMETHODCALLTYPE CreateInstance(IUnknown*, REFIID, void** out) override { return *out = make_(), S_OK; }
  HRESULT STDMETHODCALLTYPE LockServer(BOOL) override { return S_OK; }
  IUnknown* (*make_)();
};
template <class Made>
IUnknown* made() {
  return new Made;
}

}  // namespace
}  // namespace kenshin::lab

extern "C" __declspec(dllexport) HRESULT WINAPI DllGetClassObject(REFCLSID wanted, REFIID, void** out) {
  using namespace kenshin::lab;
  static Factory products(made<ProductList>), sessions(made<UpdateSessionStandIn>),
      automatic(made<AutomaticUpdatesStandIn>);
  if (wanted == kenshin::windows::product_list) return *out = &products, S_OK;
  if (wanted == CLSID_UpdateSession) return *out = &sessions, S_OK;
  if (wanted == CLSID_AutomaticUpdates) return *out = &automatic, S_OK;
  return CLASS_E_CLASSNOTAVAILABLE;
}
