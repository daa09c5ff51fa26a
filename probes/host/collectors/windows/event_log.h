// The system's event log, asked by time and number, never by text.
#pragma once

#include <windows.h>
// windows.h comes first
#include <winevt.h>

#include "probes/base/calendar.h"
#include "probes/host/collectors/windows/asked.h"

namespace kenshin::windows {

class EventHandle {
 public:
  explicit EventHandle(EVT_HANDLE handle) : handle_(handle) {}
  ~EventHandle() {
    if (handle_ != nullptr) EvtClose(handle_);
  }
  EventHandle(const EventHandle&) = delete;
  EventHandle& operator=(const EventHandle&) = delete;
  EVT_HANDLE operator*() const { return handle_; }
  explicit operator bool() const { return handle_ != nullptr; }

 private:
  EVT_HANDLE handle_;
};

// When the first event of the System log was written that the query (XPath) finds; Absent where there is none.
Asked<Instant> first_event(const wchar_t* query);

}  // namespace kenshin::windows
