// The firewall per profile of the network. Where Windows' own is off, another may have taken its place: Security Center
// knows.
#include <windows.h>
// the ids of netfw.h are defined here
#include <initguid.h>
#include <netfw.h>

#include <algorithm>
#include <array>
#include <utility>

#include "probes/host/collectors/windows/com.h"
#include "probes/host/collectors/windows/facts.h"
#include "probes/host/collectors/windows/registry.h"
#include "probes/host/collectors/windows/security_products.h"

namespace kenshin::windows {

namespace {

const std::wstring local = L"SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy\\";
const std::wstring policy = L"SOFTWARE\\Policies\\Microsoft\\WindowsFirewall\\";

struct Profile {
  FirewallScope scope;
  NET_FW_PROFILE_TYPE2 type;
  const wchar_t *local_name, *policy_name;
};
constexpr std::array<Profile, 3> profiles = {
    {{FirewallScope::Domain, NET_FW_PROFILE2_DOMAIN, L"DomainProfile", L"DomainProfile"},
     {FirewallScope::Private, NET_FW_PROFILE2_PRIVATE, L"StandardProfile", L"PrivateProfile"},
     {FirewallScope::Public, NET_FW_PROFILE2_PUBLIC, L"PublicProfile", L"PublicProfile"}}};

Answer answer(bool yes) { return yes ? Answer::Yes : Answer::No; }

Asked<HostFirewall> by_policy_object() {
  Com<INetFwPolicy2> object;
  HRESULT code =
      CoCreateInstance(CLSID_NetFwPolicy2, nullptr, CLSCTX_INPROC_SERVER, IID_INetFwPolicy2, object.out_void());
  if (FAILED(code)) return no_answer("netfw", "CoCreateInstance NetFwPolicy2", static_cast<unsigned long>(code));
  HostFirewall out;
  out.basis = "netfw";
  for (const auto& profile : profiles) {
    VARIANT_BOOL on = VARIANT_FALSE;
    code = object->get_FirewallEnabled(profile.type, &on);
    if (FAILED(code)) return no_answer("netfw", "get_FirewallEnabled", static_cast<unsigned long>(code));
    out.profiles.push_back({profile.scope, answer(on != VARIANT_FALSE)});
  }
  return out;
}

Asked<HostFirewall> by_registry() {
  HostFirewall out;
  out.basis = "registry";
  for (const auto& profile : profiles) {
    auto on = registry_number(HKEY_LOCAL_MACHINE, policy + profile.policy_name, L"EnableFirewall");
    if (on.is_absent()) on = registry_number(HKEY_LOCAL_MACHINE, local + profile.local_name, L"EnableFirewall");
    if (!on) return on.why();
    out.profiles.push_back({profile.scope, answer(*on != 0)});
  }
  return out;
}

bool another_is_on() {
  const auto products = security_products(SecurityProvider::Firewall);
  return products && std::any_of(products->begin(), products->end(),
                                 [](const auto& product) { return product.active == Answer::Yes; });
}

}  // namespace

Asked<HostFirewall> firewall() {
  auto out = by_policy_object();
  if (!out) {
    auto registered = by_registry();
    if (!registered) return out;
    out = std::move(registered);
  }
  const bool off = std::any_of(out->profiles.begin(), out->profiles.end(),
                               [](const auto& profile) { return profile.enabled == Answer::No; });
  if (off && another_is_on()) return HostFirewall{{{FirewallScope::All, Answer::Yes}}, "wsc"};
  return out;
}

}  // namespace kenshin::windows
