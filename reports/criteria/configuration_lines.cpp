#include "reports/criteria/configuration_lines.h"

#include <algorithm>
#include <array>

#include "probes/base/json_fields.h"
#include "reports/criteria/criterion.h"
#include "reports/criteria/words.h"

namespace kenshin {

namespace {

constexpr std::array<std::string_view, 4> products = {"nginx", "apache", "haproxy", "iis"};

struct ConfigurationShape {
  ConfigurationLines lines;
};

}  // namespace

template <class V>
void fields(V& v, ConfigurationAdvice& f) {
  v("criterion", f.criterion);
  v.may("code", f.code);
  v("lines", f.lines);
}
template <class V>
void fields(V& v, ConfigurationShape& f) {
  v("edition", f.lines.edition);
  v("as_of", f.lines.as_of);
  v("source", f.lines.source);
  std::map<std::string, words::Word<Mark>> marks;
  for (const auto& [product, mark] : f.lines.marks) marks[product] = {mark};
  v("marks", marks);
  f.lines.marks.clear();
  for (const auto& [product, mark] : marks) f.lines.marks[product] = mark.value;
  v("advice", f.lines.advice);
}

const std::map<std::string, std::string>* ConfigurationLines::of(const Finding& finding) const {
  if (finding.verdict != Verdict::NotMet && finding.verdict != Verdict::Attention &&
      finding.verdict != Verdict::Conditional)
    return nullptr;
  const std::map<std::string, std::string>* general = nullptr;
  for (const ConfigurationAdvice& row : advice) {
    if (row.criterion != finding.criterion) continue;
    if (row.code == finding.because.code) return &row.lines;
    if (row.code.empty()) general = &row.lines;
  }
  return general;
}

Result<ConfigurationLines> load_configuration_lines(std::string_view text, std::string_view file_name) {
  const auto shape = from_json_text<ConfigurationShape>(text, file_name);
  if (!shape) return shape.error();
  for (std::size_t i = 0; i < shape->lines.advice.size(); ++i) {
    const ConfigurationAdvice& row = shape->lines.advice[i];
    const std::string pointer = "/advice/" + std::to_string(i);
    const auto refused = [&](const std::string& what) {
      return Error{Error::Kind::Malformed, std::string(file_name) + ":" + std::to_string(line_of(text, pointer)) +
                                               ": " + pointer + ": " + what};
    };
    if (!criterion_named(row.criterion.text)) return refused("no such criterion: " + row.criterion.text);
    for (const auto& [product, line] : row.lines)
      if (std::find(products.begin(), products.end(), product) == products.end() || line.empty())
        return refused("no such product, or nothing to write: " + product);
      else if (shape->lines.marks.count(product) == 0) return refused("no mark for " + product);
  }
  return shape->lines;
}

}  // namespace kenshin
