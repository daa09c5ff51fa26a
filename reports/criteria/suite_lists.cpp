// suites-ipa-*.json: the cipher suites of IPA/CRYPTREC's guideline by code point, with the names the guideline gives.
#include "probes/base/json_fields.h"
#include "reports/criteria/words.h"

namespace kenshin {

namespace {

using Named = std::map<std::string, std::string>;  // "0xC02C": "TLS_ECDHE_…"

struct ListsShape {
  std::string edition, source;
  Day as_of;
  words::Word<Mark> mark;
  bool exception_list_held = false;
  Named tls13, high, high_recalled, recommended, exception;
};
template <class V>
void fields(V& v, ListsShape& f) {
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("source", f.source);
  v("mark", f.mark);
  v("exception_list_held", f.exception_list_held);
  v("tls13", f.tls13);
  v("high", f.high);
  v("high_recalled", f.high_recalled);
  v("recommended", f.recommended);
  v("exception", f.exception);
}

Error malformed(std::string_view text, std::string_view file, const std::string& pointer, const std::string& what) {
  return {Error::Kind::Malformed,
          std::string(file) + ":" + std::to_string(line_of(text, pointer)) + ": " + pointer + ": " + what};
}

}  // namespace

SuiteGrade SuiteLists::grade(SuiteId suite) const {
  const auto at = grades.find(suite);
  return at == grades.end() ? SuiteGrade::Outside : at->second;
}

std::string_view grade_name(SuiteGrade grade) {
  switch (grade) {
    case SuiteGrade::Outside: return "outside";
    case SuiteGrade::Exception: return "exception";
    case SuiteGrade::Recommended: return "recommended";
    case SuiteGrade::High: return "high";
  }
  return "outside";
}

Result<SuiteLists> load_suite_lists(std::string_view text, std::string_view file_name) {
  const auto shape = from_json_text<ListsShape>(text, file_name);
  if (!shape) return shape.error();
  SuiteLists lists{shape->edition, shape->as_of, shape->source, shape->mark.value, {}, {}, shape->exception_list_held};
  struct Section {
    const char* key;
    const Named& suites;
    SuiteGrade grade;
    bool recalled;
  };
  for (const Section& section :
       {Section{"tls13", shape->tls13, SuiteGrade::High, false}, Section{"high", shape->high, SuiteGrade::High, false},
        Section{"high_recalled", shape->high_recalled, SuiteGrade::High, true},
        Section{"recommended", shape->recommended, SuiteGrade::Recommended, false},
        Section{"exception", shape->exception, SuiteGrade::Exception, false}})
    for (const auto& [code, name] : section.suites) {
      const std::string pointer = "/" + std::string(section.key) + "/" + code;
      const auto suite = code.starts_with("0x") ? suite_named(code) : std::nullopt;
      if (!suite) return malformed(text, file_name, pointer, "not a code point such as 0xC02F");
      if (!lists.grades.emplace(*suite, section.grade).second)
        return malformed(text, file_name, pointer, "stands in two lists");
      if (section.recalled) lists.recalled.insert(*suite);
    }
  return lists;
}

}  // namespace kenshin
