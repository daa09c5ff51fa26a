// Document: checklist (2026), item 2.5.1-1.v: operating systems kept up to date; without security support they cannot
// be. Dates: reports/criteria/end-of-support.json, which is Unknown for everybody once past its own hard limit.
#include <algorithm>
#include <chrono>

#include "reports/criteria/host_evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// The edition class of a Windows client, from the edition's registry or display name; empty where it is not known.
std::string edition_class(std::string_view edition) {
  if (edition == "IoTEnterpriseS") return "iot_ltsc";
  if (edition.starts_with("EnterpriseS") || contains(edition, "LTSC") || contains(edition, "LTSB")) return "ltsc";
  if (edition.starts_with("Professional") || edition.starts_with("Pro") || edition.starts_with("Core") ||
      edition.starts_with("Home"))
    return "home_pro";
  if (edition.starts_with("Enterprise") || edition.starts_with("Education") || edition == "IoTEnterprise")
    return "enterprise";
  return {};
}

const SupportCycle* windows_cycle(const EndOfSupport& data, const OsIdentity& os) {
  const bool server = os.edition.empty() ? os.type == "Server" : os.edition.starts_with("Server");
  // An edition of one kind on an installation of the other, and the half-yearly servers, are in no row.
  if ((!os.type.empty() && (os.type == "Server") != server) || contains(os.edition, "ACor")) return nullptr;
  const std::string wanted = edition_class(os.edition);
  const SupportCycle* found = nullptr;
  for (const SupportCycle& cycle : data.cycles) {
    if (!cycle.product.starts_with("windows") || (cycle.product == "windows-server") != server) continue;
    if (!os.build || cycle.build != os.build) continue;
    if (!cycle.edition_class.empty() && !server && cycle.edition_class != wanted) continue;
    if (!found || !cycle.edition_class.empty()) found = &cycle;
  }
  return found;
}

const SupportCycle* versioned_cycle(const EndOfSupport& data, std::string_view product, std::string_view version) {
  const SupportCycle* found = nullptr;
  for (const SupportCycle& cycle : data.cycles) {
    if (cycle.product != product || cycle.cycle.empty()) continue;
    if (version != cycle.cycle && !version.starts_with(cycle.cycle + ".")) continue;
    if (!found || cycle.cycle.size() > found->cycle.size()) found = &cycle;
  }
  return found;
}

const SupportCycle* cycle_of(const EndOfSupport& data, const OsIdentity& os) {
  if (os.family == "windows") return windows_cycle(data, os);
  const std::string_view product = os.family == "macos" ? "macos" : std::string_view(os.id);
  return product.starts_with("windows") ? nullptr : versioned_cycle(data, product, os.version);
}

// Windows ESU years end on the second Tuesday of the month in which ordinary support ended.
Day esu_until(Day security_until, int years) {
  const std::chrono::year_month_day ended{security_until};
  const auto year = ended.year() + std::chrono::years(years);
  return Day{year / ended.month() / std::chrono::Tuesday[2]};
}

struct Extension {
  bool known = false;  // whether there is one was observed
  Day until{};         // the end of what is proven; the epoch: none
};

Extension windows_extension(const Question& question, const Seen& seen, const SupportCycle& cycle) {
  const auto* esu = in_collection<OsExtendedSupport>(question, seen);
  if (!esu) return {};
  constexpr int last_year = 3;  // of the commercial programme
  if (esu->commercial_year && (*esu->commercial_year < 1 || *esu->commercial_year > last_year)) return {};
  int years = esu->commercial_year.value_or(0);
  if (esu->consumer == Answer::Yes) years = std::max(years, question.profile.host.consumer_esu_years);
  if (years > 0) return {true, std::min(*cycle.extended_until, esu_until(*cycle.security_until, years))};
  return {esu->consumer == Answer::No || esu->consumer == Answer::NotApplicable, {}};
}

Judgement after_the_end(const Question& question, const OsIdentity& os, const Seen& seen, const SupportCycle& cycle) {
  const Day ended = *cycle.security_until;
  const auto about = [&](Day until) {
    return Parameters{{"os", os.pretty}, {"until", to_text(until)}, {"ended", to_text(ended)}};
  };
  if (!cycle.extended_until || *cycle.extended_until < question.on)
    return judged(Verdict::NotMet, "support-ended", about(std::max(ended, cycle.extended_until.value_or(ended))));
  if (os.family != "windows")
    return judged(Verdict::Attention, cycle.extended_for_everyone ? "support-extended" : "support-extended-unproven",
                  about(*cycle.extended_until));
  const Extension extension = windows_extension(question, seen, cycle);
  if (!extension.known) return judged(Verdict::Unknown, "esu-not-known", about(*cycle.extended_until));
  if (extension.until < question.on)
    return judged(Verdict::NotMet, "support-ended", about(std::max(ended, extension.until)));
  return judged(Verdict::Attention, "support-extended", about(extension.until));
}

Judgement supported(const Question& question, const OsIdentity& os, const Seen& seen) {
  const EndOfSupport& data = question.profile.support;
  if ((question.on - data.as_of).count() > data.hard_limit_days)
    return judged(Verdict::Unknown, "support-data-old", {{"as_of", to_text(data.as_of)}});
  const SupportCycle* cycle = cycle_of(data, os);
  if (!cycle || !cycle->security_until) return judged(Verdict::Unknown, "os-not-in-data", {{"os", os.pretty}});
  const auto left = (*cycle->security_until - question.on).count();
  const Parameters about = {
      {"os", os.pretty}, {"until", to_text(*cycle->security_until)}, {"days", std::to_string(left)}};
  if (left > question.profile.host.support_warn_days) return judged(Verdict::Met, "os-supported", about);
  if (left >= 0) return judged(Verdict::Attention, "support-ends-soon", about);
  return after_the_end(question, os, seen, *cycle);
}

}  // namespace

Judgement judge_os_supported(const Question& question) {
  return of_host<OsIdentity>(question,
                             [&](const OsIdentity& os, const Seen& seen) { return supported(question, os, seen); });
}

}  // namespace kenshin
