#include "reports/formats/change_list.h"

#include "probes/base/text.h"
#include "reports/formats/phrases.h"

namespace kenshin {

namespace {

std::string turn_key(Turn turn) { return "changes.turn." + std::string(turn_name(turn)); }

// A list of another edition may know what this one has no words for.
std::string words_or_name(std::string_view family, const std::string& name, const Wording& words) {
  const std::string key = std::string(family) + name;
  return words.has(key) ? words(key) : name;
}

std::string state(Observed observed, const Wording& words) {
  return std::string(symbol_of(observed)) + " " + words("verdict." + std::string(observed_name(observed)));
}

std::string before_and_after(const std::string& before, const std::string& after, const Wording& words) {
  return words("changes.from_to", {{"before", before}, {"after", after}});
}

std::string named(const ItemId& id, const BothLanguages& title, const Wording& words) {
  const std::string& text = in_language(title, words);
  return text.empty() ? id.text : id.text + " " + text;
}

std::string item_line(const ItemChange& it, const Wording& words) {
  const auto shown = [&](const std::optional<Observed>& observed) {
    return observed ? state(*observed, words) : words("changes.no_item");
  };
  return words("changes.line", {{"what", named(it.id, it.title, words)},
                                {"how", before_and_after(shown(it.before), shown(it.after), words)}});
}

std::string finding_line(const FindingChange& it, const Wording& words) {
  const FindingOutcome& latest = it.latest();
  const auto shown = [&](const std::optional<FindingOutcome>& outcome) {
    return outcome ? state(observed_as(outcome->verdict), words) : words("changes.no_finding");
  };
  const std::string target = latest.target.empty() ? words("target.clinic") : latest.target;
  std::string how = before_and_after(shown(it.before), shown(it.after), words);
  if (const std::string& why = in_language(latest.because, words); it.after && !why.empty())
    how = words("changes.why", {{"how", how}, {"why", why}});
  if (latest.force != Force::Must)
    how += words("changes.force", {{"force", words("page.force." + std::string(force_name(latest.force)))}});
  return words("changes.line",
               {{"what", words("changes.finding", {{"check", words_or_name("criterion.", latest.criterion.text, words)},
                                                   {"target", target}})},
                {"how", how}});
}

// What came or went and held is only counted: a new server brings dozens of it.
bool is_quiet(const FindingChange& it) {
  return (it.turn == Turn::Appeared || it.turn == Turn::Gone) && it.latest().verdict == Verdict::Met;
}

ChangeList rules_list(const Changes& changes, const Wording& words) {
  ChangeList out{words("changes.rules"), words("changes.rules.lead"), {}};
  for (const auto& it : changes.rules) {
    const auto shown = [&](const std::string& edition) {
      return edition.empty() ? words("changes.no_edition") : edition;
    };
    out.lines.push_back(words("changes.line", {{"what", words_or_name("changes.rule.", it.what, words)},
                                               {"how", before_and_after(shown(it.before), shown(it.after), words)}}));
  }
  return out;
}

ChangeList turn_list(const Changes& changes, Turn turn, const Wording& words) {
  ChangeList out{words(turn_key(turn)), "", {}};
  if (const std::string lead = turn_key(turn) + ".lead"; words.has(lead)) out.lead = words(lead);
  for (const auto& it : changes.items)
    if (it.turn == turn) out.lines.push_back(item_line(it, words));
  int quiet = 0;
  for (const auto& it : changes.findings) {
    if (it.turn != turn) continue;
    if (is_quiet(it)) ++quiet;
    else out.lines.push_back(finding_line(it, words));
  }
  if (quiet > 0) out.lines.push_back(words("changes.quiet", {{"count", std::to_string(quiet)}}));
  return out;
}

ChangeList ticks_list(const Changes& changes, const Wording& words) {
  ChangeList out{words("changes.ticks"), words("changes.ticks.lead"), {}};
  const auto tick = [&](Declared declared) { return words("declared." + std::string(declared_name(declared))); };
  for (const auto& it : changes.ticks)
    out.lines.push_back(words("changes.line", {{"what", named(it.id, it.title, words)},
                                               {"how", before_and_after(tick(it.before), tick(it.after), words)}}));
  return out;
}

}  // namespace

std::vector<ChangeList> change_lists(const Changes& changes, const Wording& words) {
  std::vector<ChangeList> out;
  const auto add = [&](ChangeList list) {
    if (!list.lines.empty()) out.push_back(std::move(list));
  };
  add(rules_list(changes, words));
  for (int turn = 0; turn < turns; ++turn) add(turn_list(changes, static_cast<Turn>(turn), words));
  add(ticks_list(changes, words));
  return out;
}

std::string changes_in_a_sentence(const Changes& changes, const Wording& words) {
  std::vector<std::string> counts;
  for (int i = 0; i < turns; ++i) {
    const Turn turn = static_cast<Turn>(i);
    int count = changes.count(turn);
    for (const auto& it : changes.items) count += it.turn == turn ? 1 : 0;
    if (count > 0)
      counts.push_back(words("changes.counted", {{"turn", words(turn_key(turn))}, {"count", std::to_string(count)}}));
  }
  if (!changes.ticks.empty())
    counts.push_back(
        words("changes.counted", {{"turn", words("changes.ticks")}, {"count", std::to_string(changes.ticks.size())}}));
  const std::string what = counts.empty() ? words("changes.nothing") : join(counts, words("changes.and"));
  return words("changes.sentence", {{"before", day_words(changes.before_on, words)}, {"what", what}});
}

std::vector<std::string> cautions(const Changes& changes, const Wording& words) {
  std::vector<std::string> out;
  if (changes.before_clinic != changes.after_clinic) {
    const auto shown = [&](const std::string& name) { return name.empty() ? words("page.not_stated") : name; };
    out.push_back(
        words("changes.clinics", {{"before", shown(changes.before_clinic)}, {"after", shown(changes.after_clinic)}}));
  }
  if (changes.before_cut_short) out.push_back(words("changes.before_cut_short"));
  if (changes.after_cut_short) out.push_back(words("changes.after_cut_short"));
  return out;
}

}  // namespace kenshin
