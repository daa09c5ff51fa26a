#include "probes/domain/holder.h"

#include <algorithm>
#include <array>

#include "probes/base/bytes.h"
#include "probes/base/crypto.h"
#include "probes/base/text.h"

namespace kenshin {

namespace {

// Longer ones first: 医療法人社団 begins with 医療法人.
constexpr std::array<std::string_view, 30> japanese_forms = {"特定非営利活動法人",
                                                             "国立研究開発法人",
                                                             "地方独立行政法人",
                                                             "一般社団法人",
                                                             "一般財団法人",
                                                             "公益社団法人",
                                                             "公益財団法人",
                                                             "社会医療法人財団",
                                                             "社会医療法人社団",
                                                             "社会医療法人",
                                                             "特定医療法人",
                                                             "医療法人社団",
                                                             "医療法人財団",
                                                             "医療法人",
                                                             "社会福祉法人",
                                                             "国立大学法人",
                                                             "公立大学法人",
                                                             "独立行政法人",
                                                             "学校法人",
                                                             "宗教法人",
                                                             "npo法人",
                                                             "株式会社",
                                                             "有限会社",
                                                             "合同会社",
                                                             "合資会社",
                                                             "合名会社",
                                                             "(株)",
                                                             "(有)",
                                                             "(医)",
                                                             "(社)"};

constexpr std::array<std::string_view, 18> latin_forms = {
    "inc", "incorporated", "co",  "company", "ltd", "limited", "corp",       "corporation", "llc",
    "llp", "gmbh",         "plc", "kk",      "gk",  "yk",      "foundation", "association", "the"};

bool is_separator(char32_t c) {
  constexpr std::u32string_view separators = U" \t\u3000.,;:'\"()[]-‐‑–—―・･·&/_「」『』、。";
  return separators.find(c) != std::u32string_view::npos;
}

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> out;
  std::u32string word;
  const auto end_word = [&] {
    if (!word.empty()) out.push_back(utf8(word));
    word.clear();
  };
  for (const char32_t c : code_points(name))
    if (is_separator(c)) end_word();
    else word += c;
  end_word();
  return out;
}

bool is_latin_form(const std::string& word) {
  return std::find(latin_forms.begin(), latin_forms.end(), word) != latin_forms.end();
}

std::string without_japanese_forms(std::string name) {
  for (bool again = true; again;) {
    again = false;
    for (const auto form : japanese_forms) {
      if (name.size() <= form.size()) continue;
      if (name.starts_with(form)) name.erase(0, form.size()), again = true;
      else if (name.ends_with(form)) name.erase(name.size() - form.size()), again = true;
    }
    const std::string trimmed(trim(name));
    name = trimmed;
  }
  return name;
}

// A K.K. is one word, not two letters.
std::string without_dots(std::string_view name) {
  std::string out;
  for (const char c : name)
    if (c != '.') out += c;
  return out;
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string hash_of(const std::string& normalised, const std::string& salt) {
  Buffer bytes = from_hex(salt) ? *from_hex(salt) : Buffer(salt.begin(), salt.end());
  bytes.insert(bytes.end(), normalised.begin(), normalised.end());
  return salt + ":" + sha256_hex(bytes);
}

const std::string& salt_of_this_run() {
  static const std::string salt = hex(random_bytes(16));
  return salt;
}

}  // namespace

std::string normalised_holder(std::string_view name) {
  const std::string plain = lower_ascii(nfkc(one_line(name)));
  std::vector<std::string> words = words_of(without_dots(without_japanese_forms(plain)));
  while (words.size() > 1 && is_latin_form(words.back())) words.pop_back();
  while (words.size() > 1 && is_latin_form(words.front())) words.erase(words.begin());
  return join(words, "");
}

std::string salt_of(std::string_view hash) {
  const auto colon = hash.find(':');
  return colon == std::string_view::npos ? std::string() : std::string(hash.substr(0, colon));
}

std::vector<HolderMark> holder_marks(const std::vector<std::string>& names, const Session& session) {
  const std::string& salt = session.holder_salt.empty() ? salt_of_this_run() : session.holder_salt;
  std::vector<HolderMark> out;
  for (const auto& name : names)
    if (const std::string plain = normalised_holder(name); !plain.empty())
      out.push_back({hash_of(plain, salt), is_ascii(plain)});
  return out;
}

HolderCompared compare_holder(std::string_view expected, const std::vector<HolderMark>& marks) {
  const std::string plain = normalised_holder(expected);
  if (plain.empty()) return HolderCompared::Unknown;
  bool in_same_script = false;
  for (const auto& mark : marks) {
    if (hash_of(plain, salt_of(mark.hash)) == mark.hash) return HolderCompared::Same;
    in_same_script |= mark.is_latin == is_ascii(plain);
  }
  return in_same_script ? HolderCompared::Other : HolderCompared::Unknown;
}

void set_holder(Registration& record, std::string_view expected, const std::vector<HolderMark>& marks) {
  if (marks.empty()) return;
  const auto japanese = std::find_if(marks.begin(), marks.end(), [](const HolderMark& m) { return !m.is_latin; });
  record.holder_hash = japanese != marks.end() ? japanese->hash : marks.front().hash;
  record.holder_compared = compare_holder(expected, marks);
}

}  // namespace kenshin
