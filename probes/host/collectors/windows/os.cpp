// Which Windows this is, and whether its support was extended.
#include "probes/host/collectors/windows/decoding/extended_support.h"
#include "probes/host/collectors/windows/decoding/windows_version.h"
#include "probes/host/collectors/windows/facts.h"
#include "probes/host/collectors/windows/registry.h"
#include "probes/host/collectors/windows/wide_text.h"
#include "probes/host/collectors/windows/wmi.h"

namespace kenshin::windows {

namespace {

constexpr auto current_version = L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
constexpr auto consumer_key = L"SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Windows\\ConsumerESU";

std::string text_or_nothing(const wchar_t* name) {
  auto text = registry_text(HKEY_LOCAL_MACHINE, current_version, name);
  return text ? std::move(*text) : std::string();
}

std::vector<int> consumer_eligibility() {
  std::vector<int> out;
  for (HKEY hive : {HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE})
    for (const auto* name : {L"ESUEligibility", L"ESUEligibilityResult"})
      if (const auto value = registry_number(hive, consumer_key, name)) out.push_back(static_cast<int>(*value));
  return out;
}

}  // namespace

Asked<OsIdentity> os_identity() {
  const auto build = registry_number(HKEY_LOCAL_MACHINE, current_version, L"CurrentBuild");
  if (!build) return build.why();
  OsIdentity os;
  os.family = os.id = "windows";
  os.build = static_cast<int>(*build);
  if (const auto ubr = registry_number(HKEY_LOCAL_MACHINE, current_version, L"UBR")) os.ubr = static_cast<int>(*ubr);
  os.edition = text_or_nothing(L"EditionID");
  os.type = installation_type(text_or_nothing(L"InstallationType"));
  os.pretty = pretty_name(os, text_or_nothing(L"DisplayVersion"));
  return os;
}

Asked<OsExtendedSupport> os_extended_support() {
  const auto os = os_identity();
  if (!os) return os.why();
  OsExtendedSupport support;
  support.consumer = Answer::NotApplicable;
  switch (esu_programme(os->build, os->type)) {
    case EsuProgramme::NotNeeded: return support;
    case EsuProgramme::NotKnown:
      return no_answer(Error::Kind::Unsupported, "registry", "the licences of this edition are not known");
    case EsuProgramme::Windows10: break;
  }
  const auto licences = wmi_query(
      L"root\\CIMV2",
      L"SELECT ID FROM SoftwareLicensingProduct WHERE LicenseStatus = 1 AND (" + wide(esu_condition()) + L")", {L"ID"});
  if (!licences) return licences.why();
  for (const auto& licence : *licences)
    if (const auto id = licence.find(L"ID"); id != licence.end())
      if (const auto year = esu_year(id->second)) support.commercial_year = std::max(support.commercial_year, year);
  support.consumer = consumer_esu(os->ubr, consumer_eligibility());
  return support;
}

}  // namespace kenshin::windows
