// The sentences people read, by key, in Japanese and English: wording/*.{ja,en}.json. Both languages have every key; a
// test says so. {name} in a sentence is replaced by the parameter of that name.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "probes/base/data_files.h"
#include "probes/base/result.h"

namespace kenshin {

enum class Language { Ja, En };

class Wording {
 public:
  static Result<Wording> load(const DataFiles&, Language);

  // The sentence; a key that is missing comes back as "[key]", which a test forbids for every key that code can make.
  std::string operator()(std::string_view key,
                         const std::vector<std::pair<std::string, std::string>>& parameters = {}) const;
  bool has(std::string_view key) const;
  // The same with the terms of an audit: where there is a sentence "audit.KEY", it stands for KEY.
  const Wording& in_audit_terms() const { return audit_ ? *audit_ : *this; }
  Language language() const { return language_; }
  const std::map<std::string, std::string, std::less<>>& all() const { return sentences_; }

 private:
  Language language_ = Language::Ja;
  std::map<std::string, std::string, std::less<>> sentences_;
  std::shared_ptr<const Wording> audit_;
};

}  // namespace kenshin
