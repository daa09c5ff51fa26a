// Document: checklist (2026), items 2.5.1-1.v (software kept up to date), 2.5.2-1.vi (no patients' data left behind),
// 2.5.1-1.ii and 2.5.2-1.v (effect on the medical information system). Nothing found by patterns proves that there is
// nothing, so these rows ask and never pass by absence.
#include <algorithm>
#include <array>

#include "probes/base/text.h"
#include "reports/criteria/host_evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

Judgement software_of(const SoftwareProducts& seen) {
  std::vector<std::string> off, by_hand, untold;
  for (const InstalledSoftware& it : seen.products) {
    const std::string shown = it.product + " " + it.version;
    if (it.updates == SoftwareUpdates::Off) off.push_back(shown);
    if (it.updates == SoftwareUpdates::Manual) by_hand.push_back(shown);
    if (it.updates == SoftwareUpdates::Unknown) untold.push_back(shown);
  }
  if (!off.empty()) return judged(Verdict::Attention, "software-updates-off", {{"products", list_text(off)}});
  if (!by_hand.empty()) return judged(Verdict::Attention, "software-by-hand", {{"products", list_text(by_hand)}});
  if (!untold.empty()) return judged(Verdict::Unknown, "software-untold", {{"products", list_text(untold)}});
  if (seen.products.empty()) return judged(Verdict::NotApplicable, "software-none-known");
  return judged(Verdict::Met, "software-updated", {{"count", std::to_string(seen.products.size())}});
}

Judgement files_of(const ResidueFiles& seen) {
  const auto number = [](const std::optional<int>& count) { return count ? std::to_string(*count) : std::string(); };
  const Parameters counted = {{"recordings", number(seen.recordings)},
                              {"downloads", number(seen.downloads)},
                              {"screenshots", number(seen.screenshots)}};
  const bool any =
      seen.recordings.value_or(0) > 0 || seen.downloads.value_or(0) > 0 || seen.screenshots.value_or(0) > 0;
  return any ? judged(Verdict::Attention, "residue-found", counted)
             : judged(Verdict::Unknown, "residue-not-found", counted);
}

Judgement features_of(const ResidueFeatures& seen) {
  const std::array<std::pair<const char*, Answer>, 5> all = {{{"Recall", seen.recall},
                                                              {"OneDrive", seen.downloads_backed_up},
                                                              {"Game Bar", seen.game_capture},
                                                              {"cloud clipboard", seen.cloud_clipboard},
                                                              {"browser sync", seen.browser_sync}}};
  std::vector<std::string> on, untold;
  for (const auto& [name, answer] : all) {
    if (answer == Answer::Yes) on.emplace_back(name);
    if (answer == Answer::Unknown) untold.emplace_back(name);
  }
  if (!on.empty()) return judged(Verdict::Attention, "residue-features-on", {{"features", list_text(on)}});
  return untold.empty() ? judged(Verdict::Met, "residue-features-off")
                        : judged(Verdict::Unknown, "residue-features-untold", {{"features", list_text(untold)}});
}

Judgement other_use_of(const OtherUse& seen) {
  if (seen.ehr_client == Answer::Yes) return judged(Verdict::Attention, "records-client-beside");
  if (seen.networks.value_or(0) > 1)
    return judged(Verdict::Attention, "networks-several", {{"count", std::to_string(*seen.networks)}});
  return judged(Verdict::Unknown, "records-client-not-found");
}

}  // namespace

Judgement judge_software(const Question& question) {
  return unless_accepted(question, of_host<SoftwareProducts>(question, [](const SoftwareProducts& seen, const Seen&) {
                           return software_of(seen);
                         }));
}

Judgement judge_residue_files(const Question& question) {
  return of_host<ResidueFiles>(question, [](const ResidueFiles& seen, const Seen&) { return files_of(seen); });
}

Judgement judge_residue_features(const Question& question) {
  return of_host<ResidueFeatures>(question, [](const ResidueFeatures& seen, const Seen&) { return features_of(seen); });
}

Judgement judge_other_use(const Question& question) {
  return of_host<OtherUse>(question, [](const OtherUse& seen, const Seen&) { return other_use_of(seen); });
}

}  // namespace kenshin
