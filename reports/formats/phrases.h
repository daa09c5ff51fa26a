// Words that several formats share: what a verdict, a tick, a target and a finding are called in the reader's language
// (wording/page.*.json, wording/criteria.*.json).
#pragma once

#include <string>
#include <string_view>

#include "reports/formats/formats.h"

namespace kenshin {

// The state an item is shown with where a finding has only a verdict: same name, same words.
Observed observed_as(Verdict);

// "×", "○" …: beside the word, never instead of it.
std::string_view symbol_of(Observed);

// "基準に届いていません", "適合（点検した範囲のみ）", "基準に届いていません（期限つきで保留、2027-03-31まで）".
std::string state_words(const ItemAnswer&, AnsweredBy, const Wording&);
std::string verdict_words(Verdict, const Wording&);

std::string charge_words(Charge, const Wording&);
std::string target_words(const Target&, const Wording&);
std::string criterion_words(const CriterionId&, const Wording&);
// Why, with what was measured; for a failed observation (parameter "kind") the sentence of that error.
std::string reason_words(const Reason&, const Wording&);
std::string not_probed_words(const NotProbed&, const Wording&);
std::string meaning_words(const Finding&, const Wording&);  // what it means for the clinic
// What to do about what could not be observed: by the reason, where something better than "try again" is known.
std::string unknown_remedy_words(const Finding&, const Wording&);
std::string remedy_words(const Finding&, const Wording&);  // what to do: remedy.ID.CODE, else remedy.ID
// A letter to whoever manages the target, ready to send: letter.ID.CODE, else letter.ID; empty where there is none.
std::string letter_words(const Finding&, const std::string& targets, const std::string& clinic, const Wording&);

// "IPAガイドライン 3.0.1：推奨セキュリティ型 …": the grade with what keeps it from a better one.
std::string grade_words(const IpaGrade&, const Wording&);

// The whole report in one sentence or two.
std::string report_words(const Report&, const Wording&);
// "適合 3", "基準に届いていません 1" …: one entry for every state that occurs, worst first.
struct StateCount {
  Observed state;
  int items;
};
std::vector<StateCount> state_counts(const Report&);
std::string count_words(Observed, const Wording&);  // what is counted

// A day as the reader writes it: "2026年11月22日", "2026-11-22".
std::string day_words(Day, const Wording&);

// The one sentence of a published page on the automatic check; for a report whose check came to its end.
std::string public_check_words(const PublicReport&, const Wording&);

const std::string& in_language(const BothLanguages&, const Wording&);

}  // namespace kenshin
