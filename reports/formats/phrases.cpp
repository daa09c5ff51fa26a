#include "reports/formats/phrases.h"

#include <algorithm>
#include <array>

#include "probes/base/text.h"
#include "reports/formats/actions.h"

namespace kenshin {

namespace {

std::string key(std::string_view family, std::string_view name) { return std::string(family) + std::string(name); }
std::string number(int n) { return std::to_string(n); }

// What was not seen ("—", as judges write an empty value) says nothing in brackets of its own or before a comma.
std::string without_empty_values(std::string text) {
  constexpr std::pair<std::string_view, std::string_view> empties[] = {{"（—）", ""}, {" (—)", ""},    {"（—、", "（"},
                                                                       {"(—, ", "("}, {"、—）", "）"}, {", —)", ")"}};
  for (const auto& [from, to] : empties)
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at))
      text.replace(at, from.size(), to);
  return text;
}

// What differs from an accepted state ("changed.name_servers": "OLD → NEW"), named in the reader's language, before the
// parameter "changes" that names it by its keys.
std::vector<std::pair<std::string, std::string>> named_changes(const Reason& reason, const Wording& words) {
  std::string changes;
  for (const auto& [name, value] : reason.parameters) {
    if (!name.starts_with("changed.")) continue;
    if (!changes.empty()) changes += words("changed.and");
    changes += value == "—" ? words(name) : words("changed.one", {{"what", words(name)}, {"values", value}});
  }
  auto out = reason.parameters;
  if (!changes.empty()) out.emplace(out.begin(), "changes", changes);
  return out;
}

// A failed observation tells its story by the kind of error; everything else by its own sentence.
std::string why(const Reason& reason, std::string_view family, const Wording& words) {
  for (const auto& [name, value] : reason.parameters)
    if (const std::string error = key("error.", value); name == "kind" && words.has(error))
      return without_empty_values(words(error, reason.parameters));
  return without_empty_values(words(key(family, reason.code), named_changes(reason, words)));
}

constexpr std::array worst_first = {Observed::NotMet,        Observed::Attention,  Observed::Unknown,
                                    Observed::Conditional,   Observed::Supported,  Observed::Met,
                                    Observed::NotApplicable, Observed::NotObserved};

}  // namespace

Observed observed_as(Verdict verdict) {
  switch (verdict) {
    case Verdict::Unknown: return Observed::Unknown;
    case Verdict::NotApplicable: return Observed::NotApplicable;
    case Verdict::Met: return Observed::Met;
    case Verdict::Conditional: return Observed::Conditional;
    case Verdict::Attention: return Observed::Attention;
    case Verdict::NotMet: return Observed::NotMet;
  }
  return Observed::Unknown;
}

std::string_view symbol_of(Observed state) {
  switch (state) {
    case Observed::NotObserved: return "—";
    case Observed::Unknown: return "？";
    case Observed::NotApplicable: return "／";
    case Observed::Met: return "○";
    case Observed::Supported: return "＋";
    case Observed::Conditional: return "◇";
    case Observed::Attention: return "△";
    case Observed::NotMet: return "×";
  }
  return "？";
}

std::string state_words(const ItemAnswer& answer, AnsweredBy by, const Wording& words) {
  if (answer.observed == Observed::NotObserved)
    return words(by == AnsweredBy::Person ? "state.person" : "verdict.not_observed");
  const std::string plain = words(key("verdict.", observed_name(answer.observed)));
  if (answer.waiver)
    return words("state.waived", {{"state", plain}, {"until", day_words(answer.waiver->expires, words)}});
  const bool holds = answer.observed == Observed::Met || answer.observed == Observed::Supported ||
                     answer.observed == Observed::Conditional;
  return holds && answer.probed_only ? words("state.probed_only", {{"state", plain}}) : plain;
}

std::string verdict_words(Verdict verdict, const Wording& words) {
  return words(key("verdict.", verdict_name(verdict)));
}

std::string charge_words(Charge charge, const Wording& words) { return words(key("charge.", charge_name(charge))); }

std::string target_words(const Target& target, const Wording& words) {
  return target.kind == TargetKind::Clinic && target.name.empty() ? words("target.clinic") : target_text(target);
}

std::string criterion_words(const CriterionId& id, const Wording& words) { return words(key("criterion.", id.text)); }
std::string reason_words(const Reason& reason, const Wording& words) { return why(reason, "reason.", words); }
std::string not_probed_words(const NotProbed& row, const Wording& words) { return why(row.why, "not_probed.", words); }
std::string meaning_words(const Finding& finding, const Wording& words) {
  return words(key("meaning.", finding.criterion.text), finding.because.parameters);
}
std::string unknown_remedy_words(const Finding& finding, const Wording& words) {
  const std::string general = "action.unknown.remedy";
  for (const auto& [name, value] : finding.because.parameters) {
    if (finding.because.code != "could-not-observe" || name != "kind") continue;
    const std::string special = general + "." + value;
    const std::string of_target = special + "." + std::string(target_kind_name(finding.target.kind));
    if (words.has(of_target)) return words(of_target);
    if (words.has(special)) return words(special);
  }
  return words(general);
}
std::string remedy_words(const Finding& finding, const Wording& words) {
  const std::string general = key("remedy.", finding.criterion.text);
  const std::string special = general + "." + finding.because.code;
  if (words.has(special)) return words(special, finding.because.parameters);
  const std::string of_reason = key("action.remedy.", finding.because.code);
  if (words.has(of_reason)) return words(of_reason, finding.because.parameters);
  if (finding.verdict == Verdict::Unknown) return unknown_remedy_words(finding, words);  // nothing was found to mend
  return words(general, finding.because.parameters);
}

std::string letter_words(const Finding& finding, const std::string& targets, const std::string& clinic,
                         const Wording& words) {
  if (finding.verdict != Verdict::Attention && finding.verdict != Verdict::NotMet) return {};
  const std::string general = key("letter.", finding.criterion.text), special = general + "." + finding.because.code;
  if (!words.has(general) && !words.has(special)) return {};
  return words("letter.frame",
               {{"clinic", clinic.empty() ? words("letter.no-name") : clinic},
                {"targets", targets},
                {"question", words(words.has(special) ? special : general, named_changes(finding.because, words))}});
}

std::string grade_words(const IpaGrade& ipa, const Wording& words) {
  const auto names = [&](const std::vector<CriterionId>& criteria) {
    std::vector<std::string> out;
    for (const auto& id : criteria) out.push_back(criterion_words(id, words));
    return join(out, words("grade.and"));
  };
  const std::string grade = words(key("grade.", grade_name(ipa.at_most)));
  std::string out = words(ipa.grade ? "grade.known" : "grade.unknown",
                          {{"edition", ipa.edition}, {"grade", grade}, {"criteria", names(ipa.undecided_over)}});
  if (!ipa.held_back_by.empty()) out += words("grade.held_back", {{"criteria", names(ipa.held_back_by)}});
  return out;
}

namespace {

// Rows of the document that fit no item of the form: their ticks are compared with nothing.
std::string unmatched_words(const Report& report, const Wording& words) {
  if (!report.checklist) return {};
  const auto& items = report.checklist->items;
  const auto unmatched = std::count_if(items.begin(), items.end(), [](const ChecklistItem& i) { return !i.matched; });
  if (unmatched == 0) return {};
  return words("summary.unmatched", {{"count", std::to_string(unmatched)}, {"all", std::to_string(items.size())}});
}

std::string outcome_words(const Report& report, const Wording& words) {
  const int not_met = report.count(Observed::NotMet);
  const int attention = report.count(Observed::Attention), unknown = report.count(Observed::Unknown);
  const int held =
      report.count(Observed::Met) + report.count(Observed::Supported) + report.count(Observed::Conditional);
  if (not_met > 0) {
    std::string out = words("summary.not_met", {{"count", number(not_met)}});
    if (const int n = report.contradictions()) out += words("summary.contradictions", {{"count", number(n)}});
    if (const int n = report.waived()) out += words("summary.waived", {{"count", number(n)}});
    return out;
  }
  if (attention + unknown > 0) {
    std::string out = words("summary.open");
    if (attention > 0) out += words("summary.open.attention", {{"count", number(attention)}});
    if (unknown > 0) out += words("summary.open.unknown", {{"count", number(unknown)}});
    return out;
  }
  if (held == 0) return words("summary.nothing");
  for (const auto& answer : report.answers)
    if (answer.probed_only) return words("summary.held_in_scope", {{"count", number(held)}});
  return words("summary.held", {{"count", number(held)}});
}

}  // namespace

// What falls short of advice, or of a vendor's machine, decides no item, and is among the things to do all the same.
std::string beside_words(const Report& report, const Wording& words) {
  const auto actions = actions_of(report);
  const auto beside = std::count_if(actions.begin(), actions.end(), [](const Action& action) {
    return action.first().verdict == Verdict::NotMet && (action.advice() || action.items.empty());
  });
  if (beside == 0) return {};
  return words("summary.beside", {{"count", number(static_cast<int>(beside))}});
}

std::string report_words(const Report& report, const Wording& words) {
  return outcome_words(report, words) + beside_words(report, words) + unmatched_words(report, words);
}

std::vector<StateCount> state_counts(const Report& report) {
  std::vector<StateCount> out;
  for (const Observed state : worst_first)
    if (const int n = report.count(state)) out.push_back({state, n});
  return out;
}

std::string count_words(Observed state, const Wording& words) {
  return words(state == Observed::NotObserved ? "count.not_observed" : key("verdict.", observed_name(state)));
}

std::string day_words(Day day, const Wording& words) {
  const std::chrono::year_month_day date(day);
  const auto part = [&](unsigned n) {  // 6月1日, but 06-01
    const bool padded = words.language() == Language::En && n < 10;
    return (padded ? "0" : "") + std::to_string(n);
  };
  return words("day", {{"year", number(static_cast<int>(date.year()))},
                       {"month", part(static_cast<unsigned>(date.month()))},
                       {"day", part(static_cast<unsigned>(date.day()))}});
}

std::string public_check_words(const PublicReport& report, const Wording& words) {
  return words("public.checked", {{"day", day_words(report.checked_on.value(), words)},
                                  {"version", KENSHIN_VERSION},
                                  {"criteria", report.criteria_edition}});
}

const std::string& in_language(const BothLanguages& text, const Wording& words) {
  return words.language() == Language::Ja ? text.ja : text.en;
}

}  // namespace kenshin
