#include "reports/formats/markdown.h"

#include <ostream>

#include "probes/base/text.h"
#include "reports/formats/actions.h"
#include "reports/formats/phrases.h"

namespace kenshin {

namespace {

constexpr std::size_t cell_limit = 2000;  // code points

class Markdown {
 public:
  Markdown(const Wording& words, std::ostream& out) : words_(words), out_(out) {}

  void heading(std::string_view text) { out_ << "\n## " << markdown_escape(text) << "\n\n"; }
  void table(std::initializer_list<std::string_view> columns) {
    out_ << '|';
    for (const auto column : columns) out_ << ' ' << markdown_escape(words_("column." + std::string(column))) << " |";
    out_ << "\n|";
    for (std::size_t i = 0; i < columns.size(); ++i) out_ << " --- |";
    out_ << '\n';
  }
  void row(std::initializer_list<std::string_view> cells) {
    out_ << '|';
    for (const auto cell : cells) out_ << ' ' << markdown_escape(cell) << " |";
    out_ << '\n';
  }
  void sentence(std::string_view text) { out_ << markdown_escape(text) << "\n\n"; }

 private:
  const Wording& words_;
  std::ostream& out_;
};

std::string with_symbol(Observed state, const std::string& words) {
  return std::string(symbol_of(state)) + " " + words;
}

void write_actions(const Report& report, const Wording& words, Markdown& out) {
  const auto actions = actions_of(report);
  if (actions.empty()) return;
  out.heading(words("page.actions"));
  out.table({"verdict", "target", "reason", "remedy", "who"});
  for (const Action& action : actions) {
    const Finding& first = action.first();
    std::string targets;
    for (const Finding* finding : action.findings) {
      const std::string name = target_words(finding->target, words);
      if (targets.find(name) == std::string::npos) targets += (targets.empty() ? "" : ", ") + name;
    }
    out.row({with_symbol(observed_as(first.verdict), verdict_words(first.verdict, words)), targets,
             reason_words(first.because, words), remedy_words(first, words), charge_words(action.charge, words)});
  }
}

void write_items(const Report& report, const Wording& words, Markdown& out) {
  out.heading(words("page.checklist"));
  out.table({"number", "item", "declared", "observed", "agreement"});
  for (const ItemAnswer& answer : report.answers) {
    const CatalogueItem* item = report.catalogue.find(answer.id);
    const std::string state = state_words(answer, item ? item->answered_by : AnsweredBy::Person, words);
    out.row({answer.id.text, item ? in_language(item->title, words) : "",
             words("declared." + std::string(declared_name(answer.declared))), with_symbol(answer.observed, state),
             words("agreement." + std::string(agreement_name(answer.agreement)))});
  }
}

void write_findings(const Report& report, const Wording& words, Markdown& out) {
  out.heading(words("page.matrix"));
  out.table({"id", "target", "check", "verdict", "force", "reason"});
  for (const Finding& finding : report.findings)
    out.row({finding.id, target_words(finding.target, words), criterion_words(finding.criterion, words),
             with_symbol(observed_as(finding.verdict), verdict_words(finding.verdict, words)),
             words("page.force." + std::string(force_name(finding.force))), reason_words(finding.because, words)});
}

void write_not_probed(const Report& report, const Wording& words, Markdown& out) {
  if (report.not_probed.empty()) return;
  out.heading(words("page.not-probed"));
  out.table({"what", "why"});
  for (const NotProbed& row : report.not_probed) out.row({row.what, not_probed_words(row, words)});
}

}  // namespace

std::string markdown_escape(std::string_view text) {
  constexpr std::string_view marks = "\\`*_{}[]()<>#+-!|~&@:";
  std::string out;
  for (const char c : one_line(text, cell_limit)) {
    if (marks.find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

void write_markdown(const Report& report, const Words& all_words, std::ostream& stream) {
  const Wording& words = all_words.of_reader();
  const std::string clinic = report.clinic().clinic_name;
  Markdown out(words, stream);
  stream << "# " << markdown_escape((clinic.empty() ? "" : clinic + " – ") + words("page.title")) << "\n\n";
  out.sentence(report_words(report, words));
  if (!report.facts.finished) out.sentence(words("page.cut_short"));
  for (const auto& [state, items] : state_counts(report))
    stream << "- " << markdown_escape(with_symbol(state, count_words(state, words))) << " "
           << markdown_escape(words("page.count", {{"count", std::to_string(items)}})) << '\n';
  write_actions(report, words, out);
  write_items(report, words, out);
  write_findings(report, words, out);
  write_not_probed(report, words, out);
  stream << '\n';
  out.sentence(words("page.certifies_nothing"));
}

void write_public_markdown(const PublicReport& report, const Words& all_words, std::ostream& stream) {
  const Wording& words = all_words.of_reader();
  Markdown out(words, stream);
  stream << "# "
         << markdown_escape((report.clinic_name.empty() ? "" : report.clinic_name + " – ") + words("public.title"))
         << "\n\n";
  const auto particular = [&](std::string_view key, const std::string& value) {
    stream << "- " << markdown_escape(words(key) + ": " + (value.empty() ? words("page.not_stated") : value)) << '\n';
  };
  particular("page.confirmed_on", report.confirmed_on ? day_words(*report.confirmed_on, words) : "");
  particular("page.confirmed_by", report.confirmed_by);
  particular("public.form", in_language(report.form, words) + " (" + report.form_edition + ")");
  stream << '\n';
  out.table({"number", "item", "declared"});
  for (const PublicRow& row : report.rows)
    out.row({row.number, row.text, row.depth > 0 ? "" : words("declared." + std::string(declared_name(row.declared)))});
  stream << '\n';
  if (report.checked_on) out.sentence(public_check_words(report, words));
}

}  // namespace kenshin
