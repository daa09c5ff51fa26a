#include "probes/host/collectors/windows/event_log.h"

#include <vector>

#include "probes/host/collectors/windows/decoding/filetime.h"

namespace kenshin::windows {

Asked<Instant> first_event(const wchar_t* query) {
  const EventHandle found(EvtQuery(nullptr, L"System", query, EvtQueryChannelPath | EvtQueryForwardDirection));
  if (!found) return no_answer("eventlog", "EvtQuery", GetLastError());
  EVT_HANDLE first = nullptr;
  DWORD count = 0;
  if (!EvtNext(*found, 1, &first, 10'000, 0, &count)) {
    const DWORD code = GetLastError();
    if (code == ERROR_NO_MORE_ITEMS) return no_answer(Error::Kind::Absent, "eventlog", "EvtNext");
    return no_answer("eventlog", "EvtNext", code);
  }
  const EventHandle event(first);
  const EventHandle context(EvtCreateRenderContext(0, nullptr, EvtRenderContextSystem));
  if (!context) return no_answer("eventlog", "EvtCreateRenderContext", GetLastError());
  std::vector<EVT_VARIANT> values(1024);
  DWORD used = 0, properties = 0;
  if (!EvtRender(*context, *event, EvtRenderEventValues, static_cast<DWORD>(values.size() * sizeof(EVT_VARIANT)),
                 values.data(), &used, &properties))
    return no_answer("eventlog", "EvtRender", GetLastError());
  const EVT_VARIANT& time = values[EvtSystemTimeCreated];
  const auto at = properties > EvtSystemTimeCreated && time.Type == EvtVarTypeFileTime
                      ? instant_of_filetime(time.FileTimeVal)
                      : std::nullopt;
  if (!at) return no_answer(Error::Kind::Failed, "eventlog", "EvtSystemTimeCreated");
  return *at;
}

}  // namespace kenshin::windows
