#include "probes/host/collectors/windows/wmi.h"

#include <wbemidl.h>

namespace kenshin::windows {

namespace {

constexpr std::size_t row_limit = 1000;
constexpr long row_patience_ms = 20'000;

NoAnswer wmi_failed(const char* step, HRESULT code) { return no_answer("wmi", step, static_cast<unsigned long>(code)); }

WmiRow row_of(IWbemClassObject* object, const std::vector<std::wstring>& members) {
  WmiRow row;
  for (const auto& member : members) {
    Variant value;
    if (FAILED(object->Get(member.c_str(), 0, value.out(), nullptr, nullptr))) continue;
    if (const auto text = value.text()) row[member] = *text;
    else if (const auto yes = value.yes()) row[member] = *yes ? "true" : "false";
    else if (const auto number = value.number()) row[member] = std::to_string(*number);
  }
  return row;
}

}  // namespace

Asked<std::vector<WmiRow>> wmi_query(const std::wstring& name_space, const std::wstring& query,
                                     const std::vector<std::wstring>& members) {
  Com<IWbemLocator> locator;
  HRESULT code =
      CoCreateInstance(CLSID_WbemLocator, nullptr, CLSCTX_INPROC_SERVER, IID_IWbemLocator, locator.out_void());
  if (FAILED(code)) return wmi_failed("CoCreateInstance WbemLocator", code);
  Com<IWbemServices> services;
  code = locator->ConnectServer(Text(name_space).get(), nullptr, nullptr, nullptr, WBEM_FLAG_CONNECT_USE_MAX_WAIT,
                                nullptr, nullptr, services.out());
  if (FAILED(code)) return wmi_failed("ConnectServer", code);
  CoSetProxyBlanket(services.get(), RPC_C_AUTHN_WINNT, RPC_C_AUTHZ_NONE, nullptr, RPC_C_AUTHN_LEVEL_CALL,
                    RPC_C_IMP_LEVEL_IMPERSONATE, nullptr, EOAC_NONE);
  Com<IEnumWbemClassObject> found;
  code = services->ExecQuery(Text(L"WQL").get(), Text(query).get(),
                             WBEM_FLAG_FORWARD_ONLY | WBEM_FLAG_RETURN_IMMEDIATELY, nullptr, found.out());
  if (FAILED(code)) return wmi_failed("ExecQuery", code);
  std::vector<WmiRow> rows;
  while (rows.size() < row_limit) {
    Com<IWbemClassObject> object;
    ULONG count = 0;
    code = found->Next(row_patience_ms, 1, object.out(), &count);
    if (FAILED(code)) return wmi_failed("Next", code);
    if (code == WBEM_S_TIMEDOUT) return wmi_failed("Next", code);
    if (count == 0) break;
    rows.push_back(row_of(object.get(), members));
  }
  return rows;
}

}  // namespace kenshin::windows
