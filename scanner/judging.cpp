#include "scanner/judging.h"

#include <algorithm>

#include "probes/domain/public_suffix.h"
#include "probes/place/ranges.h"
#include "probes/probe_data.h"

namespace kenshin {

std::string profile_for(const Facts& facts) {
  const auto* clinic = facts.one<DeclaredClinic>({TargetKind::Clinic, "", 0});
  return clinic && clinic->affects_medical_information_system == Answer::Yes ? "ipa-high" : "checklist-2026";
}

std::optional<FailOn> fail_on_named(std::string_view name) {
  if (name == "fail") return FailOn::Fail;
  if (name == "unknown") return FailOn::Unknown;
  if (name == "regression") return FailOn::Regression;
  if (name == "none") return FailOn::None;
  return std::nullopt;
}

namespace {

std::vector<DataFileUsed> data_used(const Profile& profile, const Catalogue& catalogue, Day on) {
  const bool support_old = on - profile.support.as_of > std::chrono::days(profile.support.hard_limit_days);
  const auto is_old = [&](Day as_of) { return on - as_of > std::chrono::days(profile.certificate.store_old_days); };
  return {{"profile " + profile.id, profile.edition, profile.as_of, profile.source, false},
          {"catalogue " + catalogue.edition, catalogue.edition, catalogue.as_of, catalogue.source, false},
          {"cipher suite lists", profile.suites.edition, profile.suites.as_of, profile.suites.source, false},
          {"root programmes", profile.roots.edition, profile.roots.as_of, profile.roots.source,
           is_old(profile.roots.as_of)},
          {"distrusted authorities", profile.distrust.edition, profile.distrust.as_of, profile.distrust.source,
           is_old(profile.distrust.as_of)},
          {"CAA names of authorities", profile.caa_issuers.edition, profile.caa_issuers.as_of,
           profile.caa_issuers.source, false},
          {"cloud regions", profile.regions.edition, profile.regions.as_of, profile.regions.source, false},
          {"end of support", profile.support.edition, profile.support.as_of, profile.support.source, support_old}};
}

Result<Beside> load_beside(const DataFiles& data) {
  Beside out;
  for (const char* type : {"ipa-high", "ipa-recommended", "ipa-exception"}) {
    auto profile = load_profile(data, type);
    if (!profile) return profile.error();
    out.grades.push_back(std::move(*profile));
  }
  constexpr std::string_view file = "reports/criteria/configuration-lines.json";
  const auto text = data.read(file);
  if (!text) return text.error();
  auto lines = load_configuration_lines(*text, file);
  if (!lines) return lines.error();
  out.configuration = std::move(*lines);
  return out;
}

}  // namespace

Result<Report> judge_facts(SavedFacts facts, const JudgingInputs& inputs, const DataFiles& data) {
  auto profile = load_profile(data, inputs.profile.empty() ? profile_for(facts.outline()) : inputs.profile);
  if (!profile) return profile.error();
  auto catalogues = load_catalogues(data);
  if (!catalogues) return catalogues.error();

  std::optional<Checklist> checklist;
  std::string edition = "mhlw-2026";
  if (inputs.checklist_text) {
    auto read = read_checklist(*inputs.checklist_text, *catalogues, inputs.checklist_name);
    if (!read) return read.error();
    edition = read->edition;
    checklist = std::move(*read);
  }
  const auto catalogue =
      std::find_if(catalogues->begin(), catalogues->end(), [&](const Catalogue& c) { return c.edition == edition; });
  if (catalogue == catalogues->end()) return Error{Error::Kind::Malformed, "no catalogue edition " + edition};
  const Day on = inputs.on.value_or(day_in_japan(facts.last_seen()));
  auto beside = load_beside(data);
  if (!beside) return beside.error();
  auto used = data_used(*profile, *catalogue, on);
  const auto probed = read_probe_data(data);
  if (!probed) return probed.error();
  bool any_ranges = false;
  for (const ProbeDataFile& file : *probed) {
    const bool ranges = file.path.starts_with(ranges_folder);
    any_ranges = any_ranges || (ranges && file.as_of);
    if (file.name == "root programmes" || (ranges && !file.as_of)) continue;
    const bool old = ranges && on - *file.as_of > std::chrono::days(profile->regions.hard_limit_days);
    used.push_back({file.name, file.edition, file.as_of, file.source, old, !file.as_of});
  }
  if (!any_ranges)
    used.push_back(
        {"address ranges", "none", std::nullopt, "no list of ranges is in use: kenshin data import", false, true});
  const auto suffixes = suffix_list_edition();
  used.push_back({"public suffixes", suffixes.edition, suffixes.as_of, suffixes.source, false});
  used.push_back({"configuration lines", beside->configuration.edition, beside->configuration.as_of,
                  beside->configuration.source, false});
  return make_report(std::move(facts), std::move(*profile), *catalogue, std::move(checklist), on, std::move(used),
                     std::move(*beside));
}

}  // namespace kenshin
