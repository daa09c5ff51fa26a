#include "reports/formats/wording.h"

#include <stdexcept>

#include "probes/base/json_fields.h"

namespace kenshin {

Result<Wording> Wording::load(const DataFiles& data, Language language) {
  Wording out;
  out.language_ = language;
  const std::string_view ending = language == Language::Ja ? ".ja.json" : ".en.json";
  for (const auto& name : data.list("reports/formats/wording/")) {
    if (!name.ends_with(ending)) continue;
    const auto text = data.read(name);
    if (!text) return text.error();
    const auto sentences = from_json_text<std::map<std::string, std::string>>(*text, name);
    if (!sentences) return sentences.error();
    for (const auto& [key, sentence] : *sentences)
      if (!out.sentences_.emplace(key, sentence).second)
        return Error{Error::Kind::Malformed, name + ": the key \"" + key + "\" stands in another wording file, too"};
  }
  auto audit = std::make_shared<Wording>(out);
  constexpr std::string_view family = "audit.";
  for (auto at = out.sentences_.lower_bound(family); at != out.sentences_.end() && at->first.starts_with(family); ++at)
    audit->sentences_[at->first.substr(family.size())] = at->second;
  out.audit_ = std::move(audit);
  return out;
}

bool Wording::has(std::string_view key) const { return sentences_.find(key) != sentences_.end(); }

std::string Wording::operator()(std::string_view key,
                                const std::vector<std::pair<std::string, std::string>>& parameters) const {
  const auto at = sentences_.find(key);
  if (at == sentences_.end()) return "[" + std::string(key) + "]";
  std::string out;
  std::string_view rest = at->second;
  while (!rest.empty()) {
    const auto open = rest.find('{');
    out += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    const auto close = rest.find('}', open);
    if (close == std::string_view::npos) throw std::logic_error("wording: '{' without '}' in " + std::string(key));
    const auto name = rest.substr(open + 1, close - open - 1);
    bool given = false;
    for (const auto& [parameter, value] : parameters)
      if (parameter == name && !given) out += value, given = true;
    if (!given) out += rest.substr(open, close - open + 1);  // a test finds it
    rest.remove_prefix(close + 1);
  }
  return out;
}

}  // namespace kenshin
