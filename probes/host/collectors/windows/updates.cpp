// Which updates wait, and when the system itself was last updated. Only the local store of the Update Agent is asked:
// where it cannot be kept offline, nothing is searched at all.
#include <windows.h>
// the ids of wuapi.h are defined here, no library has them
#include <initguid.h>
#include <wuapi.h>

#include <algorithm>

#include "probes/host/collectors/windows/com.h"
#include "probes/host/collectors/windows/decoding/filetime.h"
#include "probes/host/collectors/windows/decoding/update_history.h"
#include "probes/host/collectors/windows/facts.h"
#include "probes/host/collectors/windows/registry.h"
#include "probes/host/collectors/windows/wide_text.h"

namespace kenshin::windows {

namespace {

constexpr long history_limit = 1000;
const std::wstring packages = L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\Packages";
constexpr std::uint32_t package_installed = 112;

NoAnswer wua_failed(const char* step, HRESULT code) { return no_answer("wua", step, static_cast<unsigned long>(code)); }

// A searcher that is offline; the step that failed otherwise.
std::optional<NoAnswer> open_offline(Com<IUpdateSearcher>& searcher) {
  Com<IUpdateSession> session;
  HRESULT code =
      CoCreateInstance(CLSID_UpdateSession, nullptr, CLSCTX_INPROC_SERVER, IID_IUpdateSession, session.out_void());
  if (FAILED(code)) return wua_failed("CoCreateInstance UpdateSession", code);
  code = session->CreateUpdateSearcher(searcher.out());
  if (FAILED(code)) return wua_failed("CreateUpdateSearcher", code);
  code = searcher->put_Online(VARIANT_FALSE);
  if (FAILED(code)) return wua_failed("put_Online", code);
  VARIANT_BOOL online = VARIANT_TRUE;
  code = searcher->get_Online(&online);
  if (FAILED(code) || online != VARIANT_FALSE) return wua_failed("get_Online", FAILED(code) ? code : E_UNEXPECTED);
  return std::nullopt;
}

struct Categories {
  bool security = false, definitions = false;
};
Categories categories_of(IUpdate* update) {
  Categories out;
  Com<ICategoryCollection> categories;
  LONG count = 0;
  if (FAILED(update->get_Categories(categories.out())) || FAILED(categories->get_Count(&count))) return out;
  for (LONG i = 0; i < count; ++i) {
    Com<ICategory> category;
    Text id;
    if (FAILED(categories->get_Item(i, category.out())) || FAILED(category->get_CategoryID(id.out()))) continue;
    out.security = out.security || is_security_category(id.narrowed());
    out.definitions = out.definitions || is_definitions_category(id.narrowed());
  }
  return out;
}

std::optional<NoAnswer> search(IUpdateSearcher* searcher, const wchar_t* criteria, Com<IUpdateCollection>& updates,
                               LONG& count) {
  Com<ISearchResult> result;
  HRESULT code = searcher->Search(Text(criteria).get(), result.out());
  if (FAILED(code)) return wua_failed("Search", code);
  OperationResultCode outcome = orcNotStarted;
  code = result->get_ResultCode(&outcome);
  if (FAILED(code) || outcome != orcSucceeded) return wua_failed("get_ResultCode", FAILED(code) ? code : E_UNEXPECTED);
  code = result->get_Updates(updates.out());
  if (SUCCEEDED(code)) code = updates->get_Count(&count);
  if (FAILED(code)) return wua_failed("get_Updates", code);
  return std::nullopt;
}

// One that is installed and waits for a restart protects nobody yet; of the installed ones only these count.
std::optional<NoAnswer> count_updates(IUpdateCollection* updates, LONG count, bool installed, UpdatesPending& pending) {
  for (LONG i = 0; i < count; ++i) {
    Com<IUpdate> update;
    const HRESULT code = updates->get_Item(i, update.out());
    if (FAILED(code)) return wua_failed("get_Item", code);
    if (installed) {
      Variant waiting;
      if (FAILED(get_property(update.get(), L"RebootRequired", waiting)) || waiting.yes() != true) continue;
    }
    const Categories categories = categories_of(update.get());
    if (categories.definitions) continue;
    Text severity;
    update->get_MsrcSeverity(severity.out());
    VARIANT_BOOL hidden = VARIANT_FALSE;
    update->get_IsHidden(&hidden);
    ++pending.total;
    if (categories.security || !severity.narrowed().empty()) ++pending.security;
    if (hidden != VARIANT_FALSE) ++pending.held;
  }
  return std::nullopt;
}

Asked<UpdatesLastOsUpdate> last_in_history() {
  Com<IUpdateSearcher> searcher;
  if (auto why = open_offline(searcher)) return std::move(*why);
  LONG count = 0;
  HRESULT code = searcher->GetTotalHistoryCount(&count);
  if (FAILED(code)) return wua_failed("GetTotalHistoryCount", code);
  // The history goes when its folder is deleted, which is usual advice for repairs: none is no answer.
  if (count == 0) return no_answer(Error::Kind::Failed, "wua", "the update history is empty");
  Com<IUpdateHistoryEntryCollection> history;
  code = searcher->QueryHistory(0, std::min(count, history_limit), history.out());
  if (SUCCEEDED(code)) code = history->get_Count(&count);
  if (FAILED(code)) return wua_failed("QueryHistory", code);
  std::optional<UpdatesLastOsUpdate> last;
  for (LONG i = 0; i < count; ++i) {
    Com<IUpdateHistoryEntry> entry;
    OperationResultCode outcome = orcNotStarted;
    UpdateOperation operation = uoUninstallation;
    DATE date = 0;
    Text title;
    if (FAILED(history->get_Item(i, entry.out())) || FAILED(entry->get_ResultCode(&outcome)) ||
        FAILED(entry->get_Operation(&operation)) || FAILED(entry->get_Date(&date)) ||
        FAILED(entry->get_Title(title.out())))
      continue;
    if (outcome != orcSucceeded || operation != uoInstallation) continue;
    const std::string text = title.narrowed();
    const auto at = instant_of_date(date);
    if (at && kind_of_update(text) == UpdateKind::Cumulative && (!last || last->at < *at))
      last = UpdatesLastOsUpdate{*at, kb_of(text), "wua_history"};
  }
  if (!last) return no_answer(Error::Kind::Failed, "wua", "no cumulative update in the history");
  return *last;
}

// The newest cumulative package that component based servicing has installed.
Asked<UpdatesLastOsUpdate> last_serviced() {
  const auto names = registry_subkeys(HKEY_LOCAL_MACHINE, packages);
  if (!names) return names.why();
  std::string newest;
  std::optional<Instant> at;
  for (const auto& name : *names) {
    const std::string version = rollup_version(narrow(name));
    if (version.empty() || (!newest.empty() && !is_later_version(version, newest))) continue;
    const std::wstring key = packages + L"\\" + name;
    const auto state = registry_number(HKEY_LOCAL_MACHINE, key, L"CurrentState");
    const auto high = registry_number(HKEY_LOCAL_MACHINE, key, L"InstallTimeHigh");
    const auto low = registry_number(HKEY_LOCAL_MACHINE, key, L"InstallTimeLow");
    if (!state || *state != package_installed || !high || !low) continue;
    newest = version;
    at = instant_of_filetime(std::uint64_t{*high} << 32 | *low);
  }
  if (!at) return no_answer(Error::Kind::Failed, "registry", "no cumulative package");
  return UpdatesLastOsUpdate{*at, "", "servicing"};
}

}  // namespace

Asked<UpdatesPending> updates_pending() {
  Com<IUpdateSearcher> searcher;
  if (auto why = open_offline(searcher)) return std::move(*why);
  UpdatesPending pending;
  pending.security_known = true;
  for (const bool installed : {true, false}) {
    Com<IUpdateCollection> updates;
    LONG count = 0;
    const auto* criteria = installed ? L"IsInstalled=1 and Type='Software'" : L"IsInstalled=0 and Type='Software'";
    if (auto why = search(searcher.get(), criteria, updates, count)) return std::move(*why);
    if (installed) pending.installed = static_cast<int>(count);
    if (auto why = count_updates(updates.get(), count, installed, pending)) return std::move(*why);
  }
  if (pending.installed == 0) return no_answer(Error::Kind::Failed, "wua", "the local store is empty");
  return pending;
}

Asked<UpdatesLastOsUpdate> updates_last_os_update() {
  auto history = last_in_history();
  if (history) return history;
  auto serviced = last_serviced();
  return serviced ? serviced : history;
}

}  // namespace kenshin::windows
