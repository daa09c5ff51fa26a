#include "reports/formats/junit.h"

#include <map>
#include <ostream>

#include "reports/formats/escape.h"
#include "reports/formats/phrases.h"
#include "reports/formats/waived.h"

namespace kenshin {

namespace {

// XML 1.0, 2.2: U+FFFE and U+FFFF are no characters; html_escape leaves out the rest that is not.
std::string xml_escape(std::string_view text) {
  std::string out = html_escape(text);
  for (const std::string_view bad : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"})
    for (auto at = out.find(bad); at != std::string::npos; at = out.find(bad, at)) out.erase(at, bad.size());
  return out;
}

struct Case {
  const Finding* finding;
  const DeclaredWaiver* waiver;
  bool fails() const { return finding->verdict == Verdict::NotMet && !waiver; }
  bool is_unknown() const { return finding->verdict == Verdict::Unknown; }
  bool is_skipped() const { return waiver || finding->verdict == Verdict::NotApplicable; }
};

struct Counts {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  void add(const Case& it) {
    ++tests;
    failures += it.fails() ? 1 : 0;
    errors += it.is_unknown() ? 1 : 0;
    skipped += it.is_skipped() ? 1 : 0;
  }
};

void write_case(const Case& it, const std::string& target, const Wording& words, std::ostream& out) {
  const Finding& finding = *it.finding;
  const std::string said =
      xml_escape(verdict_words(finding.verdict, words) + ": " + reason_words(finding.because, words));
  out << "    <testcase classname=\"" << target << "\" name=\"" << xml_escape(finding.criterion.text) << " ("
      << xml_escape(finding.id) << ")\">\n";
  const std::string type = xml_escape(finding.because.code);
  if (it.fails())
    out << "      <failure message=\"" << said << "\" type=\"" << type << "\">"
        << xml_escape(remedy_words(finding, words)) << "</failure>\n";
  else if (it.is_unknown()) out << "      <error message=\"" << said << "\" type=\"" << type << "\"/>\n";
  else if (it.waiver)
    out << "      <skipped message=\"" << said << " ("
        << xml_escape(words("item.waiver_text", {{"reason", it.waiver->reason},
                                                 {"approver", it.waiver->approver},
                                                 {"until", day_words(it.waiver->expires, words)}}))
        << ")\"/>\n";
  else if (it.is_skipped()) out << "      <skipped message=\"" << said << "\"/>\n";
  else out << "      <system-out>" << said << "</system-out>\n";
  out << "    </testcase>\n";
}

}  // namespace

void write_junit(const Report& report, const Words& all_words, std::ostream& out) {
  const Wording& words = all_words.of_reader();
  const auto waivers = waivers_of_findings(report);
  std::map<Target, std::vector<Case>> suites;
  Counts all;
  for (std::size_t i = 0; i < report.findings.size(); ++i) {
    const Case it{&report.findings[i], waivers[i]};
    suites[it.finding->target].push_back(it);
    all.add(it);
  }
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"kenshin\" tests=\"" << all.tests
      << "\" failures=\"" << all.failures << "\" errors=\"" << all.errors << "\">\n";
  for (const auto& [target, cases] : suites) {
    Counts counts;
    for (const Case& it : cases) counts.add(it);
    const std::string name = xml_escape(target_words(target, words));
    out << "  <testsuite name=\"" << name << "\" tests=\"" << counts.tests << "\" failures=\"" << counts.failures
        << "\" errors=\"" << counts.errors << "\" skipped=\"" << counts.skipped << "\" timestamp=\""
        << to_text(report.facts.started).substr(0, 19) << "\">\n";
    for (const Case& it : cases) write_case(it, name, words, out);
    out << "  </testsuite>\n";
  }
  out << "</testsuites>\n";
}

}  // namespace kenshin
