// Whether updates come by themselves (policies and settings in the registry), when they were last looked for, and
// whether they wait for a restart.
#include "probes/host/collectors/windows/com.h"
#include "probes/host/collectors/windows/facts.h"
#include "probes/host/collectors/windows/registry.h"

namespace kenshin::windows {

namespace {

const std::wstring policy = L"SOFTWARE\\Policies\\Microsoft\\Windows\\WindowsUpdate";
const std::wstring managed_device = L"SOFTWARE\\Microsoft\\PolicyManager\\current\\device\\Update";
const std::wstring set_by_owner = L"SOFTWARE\\Microsoft\\WindowsUpdate\\UX\\Settings";
const std::wstring service = L"SYSTEM\\CurrentControlSet\\Services\\wuauserv";
constexpr std::uint32_t service_disabled = 4;

// What policies and settings say; an empty mode where they say nothing. What may not be read might say anything.
Asked<UpdatesAuto> configured() {
  std::optional<NoAnswer> lost;
  const auto number = [&](const std::wstring& key, const wchar_t* name) {
    const auto value = registry_number(HKEY_LOCAL_MACHINE, key, name);
    if (!value && !value.is_absent()) lost = value.why();
    return value ? std::optional(*value) : std::nullopt;
  };
  const auto options = number(policy + L"\\AU", L"AUOptions");
  const auto none = number(policy + L"\\AU", L"NoAutoUpdate"), server = number(policy + L"\\AU", L"UseWUServer");
  const auto device = number(managed_device, L"AllowAutoUpdate"), start = number(service, L"Start");
  if (lost) return std::move(*lost);
  if (!start) return no_answer(Error::Kind::Failed, "registry", "no service of Windows Update");
  UpdatesAuto out;
  out.managed = server == 1U || device.has_value();
  if (start == service_disabled || none == 1U || device == 5U) out.mode = "off";
  else if (options == 2U || options == 3U || options == 7U || device == 0U) out.mode = "notify";
  else if (out.managed) out.mode = "managed";
  else if (options == 4U) out.mode = "automatic";
  else if (options) return no_answer(Error::Kind::Failed, "registry", "AUOptions " + std::to_string(*options));
  return out;
}

Answer required_by_agent(NoAnswer& why) {
  Com<IDispatch> information;
  HRESULT code = create_by_name(L"Microsoft.Update.SystemInfo", information);
  const char* step = "CoCreateInstance Microsoft.Update.SystemInfo";
  Variant required;
  if (SUCCEEDED(code)) step = "RebootRequired", code = get_property(information.get(), L"RebootRequired", required);
  if (FAILED(code) || !required.yes()) {
    why = no_answer("wua", step, static_cast<unsigned long>(code));
    return Answer::Unknown;
  }
  return *required.yes() ? Answer::Yes : Answer::No;
}

}  // namespace

Asked<UpdatesLastCheck> updates_last_check() {
  Com<IDispatch> updates;
  HRESULT code = create_by_name(L"Microsoft.Update.AutoUpdate", updates);
  if (FAILED(code))
    return no_answer("wua", "CoCreateInstance Microsoft.Update.AutoUpdate", static_cast<unsigned long>(code));
  Variant results, date;
  code = get_property(updates.get(), L"Results", results);
  if (FAILED(code) || (*results).vt != VT_DISPATCH || (*results).pdispVal == nullptr)
    return no_answer("wua", "Results", static_cast<unsigned long>(FAILED(code) ? code : E_UNEXPECTED));
  code = get_property((*results).pdispVal, L"LastSearchSuccessDate", date);
  if (FAILED(code)) return no_answer("wua", "LastSearchSuccessDate", static_cast<unsigned long>(code));
  const auto at = date.date();
  if (!at) return no_answer(Error::Kind::Absent, "wua", "LastSearchSuccessDate");
  return UpdatesLastCheck{*at, std::nullopt, "wua"};
}

Asked<UpdatesAuto> updates_auto() {
  const auto os = os_identity();
  if (!os) return os.why();
  auto said = configured();
  if (!said) return said;
  UpdatesAuto& out = *said;
  // Windows for clients updates itself where nobody decided otherwise; what a server does depends on how it was set up.
  if (out.mode.empty() && os->type != "Client") return no_answer(Error::Kind::Absent, "registry", "no policy is set");
  if (out.mode.empty()) out.mode = "automatic";
  if (const auto until = registry_text(HKEY_LOCAL_MACHINE, set_by_owner, L"PauseUpdatesExpiryTime"))
    if (const auto at = parse_instant(*until)) out.paused_until = *at;
  return said;
}

Asked<RebootRequired> reboot_required() {
  RebootRequired out;
  for (const auto* key : {L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired",
                          L"SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing\\RebootPending"}) {
    const auto written = registry_key_written(HKEY_LOCAL_MACHINE, key);
    if (!written) continue;
    out.required = true;
    out.since = out.since ? std::min(*out.since, *written) : *written;
  }
  NoAnswer why;
  const Answer agent = required_by_agent(why);
  out.required = out.required || agent == Answer::Yes;
  out.basis = agent == Answer::Unknown ? "registry" : "wua, registry";
  if (!out.required && agent == Answer::Unknown) return why;
  return out;
}

}  // namespace kenshin::windows
