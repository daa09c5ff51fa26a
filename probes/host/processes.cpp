#include "probes/host/processes.h"

#include <algorithm>

#include "probes/base/text.h"

namespace kenshin {

Answer Processes::runs(std::initializer_list<std::string_view> any) const {
  constexpr std::size_t longest = 15;  // proc_pid_comm(5)
  if (std::any_of(any.begin(), any.end(), [&](auto name) { return names.count(name.substr(0, longest)) > 0; }))
    return Answer::Yes;
  return all ? Answer::No : Answer::Unknown;
}

Processes running_processes(const RootFiles& files) {
  Processes out;
  const auto entries = files.names("/proc");
  if (!entries) return out;
  for (const auto& entry : *entries) {
    if (entry.find_first_not_of("0123456789") != std::string::npos) continue;
    const auto name = files.read("/proc/" + entry + "/comm", 256);
    if (!name) continue;
    out.all |= entry == "1";
    out.names.emplace(trim(*name));
  }
  return out;
}

}  // namespace kenshin
