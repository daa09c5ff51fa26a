#include "reports/outcome.h"

#include <algorithm>
#include <set>

#include "probes/base/small_json_fields.h"
#include "reports/formats/phrases.h"
#include "reports/report.h"

namespace kenshin {

namespace {

template <class E>
bool named(std::string_view word, std::string_view (*name_of)(E), int count, E& value) {
  for (int i = 0; i < count; ++i)
    if (name_of(static_cast<E>(i)) == word) return value = static_cast<E>(i), true;
  return false;
}

constexpr std::size_t sentence_limit = 2000;

bool holds(Verdict verdict) { return verdict == Verdict::Met || verdict == Verdict::NotApplicable; }

// Which findings answer an item that nobody waived, and which answer any.
struct Answering {
  std::set<std::string> any, unwaived;
  bool waived(const std::string& finding) const { return any.contains(finding) && !unwaived.contains(finding); }
};

// Reads members by name and remembers the first fault; what is not asked for is passed over.
class Reading {
 public:
  Reading(const Json& in, std::string pointer, JsonFault& fault)
      : in_(in), pointer_(std::move(pointer)), fault_(fault), reader_(in, pointer_, fault) {}

  std::string text(std::string_view key, std::size_t limit = 300) {
    std::string out;
    reader_(key, out);
    return one_line(out, limit);
  }
  template <class T>
  T value(std::string_view key) {
    T out{};
    reader_(key, out);
    return out;
  }
  int count(std::string_view key) {
    const int out = value<int>(key);
    if (!fault_.found && out < 0) fault_ = {at(key), "number out of range", true};
    return out;
  }
  template <class E>
  E word(std::string_view key, bool (*named)(std::string_view, E&)) {
    E out{};
    const std::string name = value<std::string>(key);
    if (!fault_.found && !named(name, out))
      fault_ = {at(key), "not a known value: \"" + one_line(name, 60) + "\"", true};
    return out;
  }
  // Where the member is no object the fault is set and an empty one stands for it.
  Reading object(std::string_view key) { return {member(key), at(key), fault_}; }
  template <class Each>
  void each(std::string_view key, Each take) {
    const Json& list = member(key);
    if (!fault_.found && !list.is_array()) fault_ = {at(key), "expected an array", true};
    for (std::size_t i = 0; i < list.size() && !fault_.found; ++i)
      take(Reading(list[i], at(key) + "/" + std::to_string(i), fault_));
  }
  bool is_null(std::string_view key) { return member(key).is_null(); }

 private:
  std::string at(std::string_view key) const { return pointer_ + "/" + std::string(key); }
  const Json& member(std::string_view key) {
    static const Json nothing = Json::object();
    if (fault_.found) return nothing;
    const auto found = in_.find(key);
    if (found != in_.end()) return *found;
    fault_ = {pointer_, "missing key \"" + std::string(key) + "\"", true};
    return nothing;
  }

  const Json& in_;
  std::string pointer_;
  JsonFault& fault_;
  JsonReader reader_;
};

BothLanguages read_both(Reading in, std::size_t limit = 300) { return {in.text("ja", limit), in.text("en", limit)}; }

ItemOutcome read_item(Reading in, Answering& answering) {
  ItemOutcome out;
  out.id.text = in.text("id");
  if (!in.is_null("title")) out.title = read_both(in.object("title"));
  out.declared = in.word("declared", declared_named);
  out.observed = in.word("observed", observed_named);
  out.agreement = in.word("agreement", agreement_named);
  if (!in.is_null("waiver")) out.waived_until = in.object("waiver").value<Day>("expires");
  for (const auto& id : in.value<std::vector<std::string>>("findings")) {
    answering.any.insert(id);
    if (!out.waived_until) answering.unwaived.insert(id);
  }
  return out;
}

FindingOutcome read_finding(Reading in, const Answering& answering) {
  FindingOutcome out;
  out.criterion.text = in.text("criterion");
  Reading target = in.object("target");
  out.target_kind = target.text("kind");
  out.target = target.text("name");
  out.verdict = in.word("verdict", verdict_named);
  out.force = in.word("force", force_named);
  Reading because = in.object("because");
  out.reason = because.text("code");
  if (!holds(out.verdict)) out.because = read_both(because, sentence_limit);
  out.waived = answering.waived(in.value<std::string>("id"));
  return out;
}

Outcome read_all(Reading in) {
  Outcome out;
  Reading profile = in.object("profile"), facts = in.object("facts"), editions = in.object("editions"),
          clinic = in.object("clinic"), items = in.object("counts").object("items");
  out.clinic = clinic.text("name");
  out.judged_on = in.value<Day>("judged_on");
  out.started = facts.value<Instant>("started");
  out.finished = facts.value<std::optional<Instant>>("finished");
  out.profile = profile.text("id");
  out.profile_edition = profile.text("edition");
  out.tool_version = facts.text("tool_version");
  out.editions["catalogue"] = editions.text("catalogue");
  if (!editions.is_null("checklist")) out.editions["checklist"] = editions.text("checklist");
  in.each("data", [&](Reading file) {
    const std::string name = file.text("name");
    if (!name.starts_with("profile ") && !name.starts_with("catalogue ")) out.editions[name] = file.text("edition");
  });
  for (std::size_t i = 0; i < out.counts.size(); ++i)
    out.counts[i] = items.count(observed_name(static_cast<Observed>(i)));
  Answering answering;
  in.each("items", [&](Reading item) { out.items.push_back(read_item(std::move(item), answering)); });
  in.each("findings", [&](Reading finding) { out.findings.push_back(read_finding(std::move(finding), answering)); });
  return out;
}

}  // namespace

bool observed_named(std::string_view word, Observed& value) { return named(word, observed_name, 8, value); }
bool declared_named(std::string_view word, Declared& value) { return named(word, declared_name, 4, value); }
bool agreement_named(std::string_view word, Agreement& value) { return named(word, agreement_name, 4, value); }

Outcome outcome_of(const Report& report, const Wording& ja, const Wording& en) {
  Outcome out;
  out.clinic = one_line(report.clinic().clinic_name);
  out.judged_on = report.judged_on;
  out.started = report.facts.started;
  out.finished = report.facts.finished;
  out.profile = report.profile.id;
  out.profile_edition = report.profile.edition;
  out.tool_version = report.facts.tool_version;
  out.editions["catalogue"] = report.catalogue.edition;
  if (report.checklist) out.editions["checklist"] = report.checklist->edition;
  for (const auto& file : report.data)
    if (!file.name.starts_with("profile ") && !file.name.starts_with("catalogue "))
      out.editions[file.name] = file.edition;
  for (std::size_t i = 0; i < out.counts.size(); ++i) out.counts[i] = report.count(static_cast<Observed>(i));
  Answering answering;
  for (const auto& answer : report.answers) {
    const CatalogueItem* item = report.catalogue.find(answer.id);
    const std::optional<Day> waived = answer.waiver ? std::optional(answer.waiver->expires) : std::nullopt;
    out.items.push_back(
        {answer.id, item ? item->title : BothLanguages{}, answer.declared, answer.observed, answer.agreement, waived});
    for (const std::size_t index : answer.findings) {
      answering.any.insert(report.findings.at(index).id);
      if (!waived) answering.unwaived.insert(report.findings[index].id);
    }
  }
  const auto sentence = [](const Finding& it, const Wording& words) {
    return holds(it.verdict) ? "" : one_line(reason_words(it.because, words), sentence_limit);
  };
  for (const auto& it : report.findings)
    out.findings.push_back({it.criterion,
                            std::string(target_kind_name(it.target.kind)),
                            one_line(target_text(it.target)),
                            it.because.code,
                            {sentence(it, ja), sentence(it, en)},
                            it.verdict,
                            it.force,
                            answering.waived(it.id)});
  return out;
}

Result<Outcome> read_outcome(std::string_view text, std::string_view file) {
  if (text.size() > largest_result)
    return Error{Error::Kind::Malformed,
                 std::string(file) + ": larger than " + std::to_string(largest_result) + " bytes"};
  const auto json = parse_small_json(text, file, {1000, 6'000'000});
  if (!json) return json.error();
  JsonFault fault;
  Reading root(*json, "", fault);
  if (const std::string schema = root.text("schema"); !fault.found && schema != "kenshin.result/1")
    fault = {"/schema", "is \"" + one_line(schema, 60) + "\", expected kenshin.result/1", true};
  Outcome out = read_all(root);
  if (!fault.found) return out;
  return Error{Error::Kind::Malformed, std::string(file) + ":" + std::to_string(line_of(text, fault.pointer)) + ": " +
                                           (fault.pointer.empty() ? "" : one_line(fault.pointer, 120) + ": ") +
                                           fault.what};
}

}  // namespace kenshin
