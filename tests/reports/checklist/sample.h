// The sample checklist of tests/lab/clinic, and ways to alter it as other clinics' copies differ.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "probes/base/text.h"
#include "reports/checklist/checklist.h"
#include "reports/formats/wording.h"

namespace kenshin::sample {

inline std::string file_text(const std::string& name) {
  std::ifstream in(SOURCE_DIR "/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
inline const std::string& text() {
  static const std::string read = file_text("tests/lab/clinic/checklist.txt");
  return read;
}
inline const std::vector<Catalogue>& catalogues() {
  static const std::vector<Catalogue> loaded = load_catalogues(DataFiles{}).value();
  return loaded;
}
inline const Catalogue& edition(std::string_view name) {
  for (const auto& catalogue : catalogues())
    if (catalogue.edition == name) return catalogue;
  throw std::logic_error("no such edition");
}
inline Checklist read(const std::string& document) {
  auto checklist = read_checklist(document, catalogues(), "checklist.txt");
  if (!checklist) throw std::runtime_error(checklist.error().detail);
  return *checklist;
}
inline const Checklist& original() {
  static const Checklist checklist = read(text());
  return checklist;
}

inline std::vector<std::string> ids(const Checklist& checklist) {
  std::vector<std::string> out;
  for (const auto& item : checklist.items) out.push_back(item.id.text);
  return out;
}
inline std::vector<Declared> declarations(const Checklist& checklist) {
  std::vector<Declared> out;
  for (const auto& item : checklist.items) out.push_back(item.declared);
  return out;
}
inline const ChecklistItem& item(const Checklist& checklist, std::string_view id) {
  for (const auto& it : checklist.items)
    if (it.id.text == id) return it;
  throw std::runtime_error("not in the checklist: " + std::string(id));
}
// "LINE code" of each.
inline std::vector<std::string> codes(const std::vector<ChecklistRemark>& remarks) {
  std::vector<std::string> out;
  for (const auto& remark : remarks) out.push_back(std::to_string(remark.line) + " " + remark.code);
  return out;
}

// Every occurrence replaced; at least one must be there.
inline std::string replaced(std::string in, std::string_view from, std::string_view to) {
  std::size_t count = 0;
  for (auto at = in.find(from); at != std::string::npos; at = in.find(from, at + to.size())) {
    in.replace(at, from.size(), to);
    ++count;
  }
  EXPECT_GT(count, 0U) << from;
  return in;
}

inline std::vector<std::string> lines_of(const std::string& document) {
  std::vector<std::string> out;
  for (const auto line : lines(document)) out.emplace_back(line);
  return out;
}
inline std::string from_lines(const std::vector<std::string>& all) {
  std::string out;
  for (const auto& line : all) out += line + "\n";
  return out;
}

// Per line: the index of the item it belongs to, -1 for headings and what stands before the first.
inline std::vector<int> owners(const Checklist& checklist, std::size_t count) {
  std::vector<int> out(count, -1);
  int owner = -1;
  for (std::size_t i = 0; i < count; ++i) {
    for (const auto& heading : checklist.headings)
      if (heading.line == i + 1) owner = -1;
    for (std::size_t k = 0; k < checklist.items.size(); ++k)
      if (checklist.items[k].line == i + 1) owner = static_cast<int>(k);
    out[i] = owner;
  }
  return out;
}

// All lines of an item joined into one.
inline std::string unwrapped(const std::string& document, const Checklist& checklist) {
  const auto all = lines_of(document);
  const auto owner = owners(checklist, all.size());
  std::vector<std::string> out;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i > 0 && owner[i] >= 0 && owner[i] == owner[i - 1]) out.back() += std::string(trim(all[i]));
    else out.push_back(all[i]);
  }
  return from_lines(out);
}

// One character in ten of each item's text (at least one) replaced by another.
inline std::string damaged(const std::string& document, const Checklist& checklist, unsigned seed) {
  const std::u32string pool = U"のにはをがと電話山川空木花47〓%々アイウエ診療医患者";
  auto all = lines_of(document);
  const auto owner = owners(checklist, all.size());
  std::mt19937 random(seed);
  std::vector<std::u32string> points;
  for (const auto& line : all) points.push_back(code_points(line));
  for (std::size_t k = 0; k < checklist.items.size(); ++k) {
    std::vector<std::pair<std::size_t, std::size_t>> places;  // line, character
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (owner[i] != static_cast<int>(k)) continue;
      std::size_t from = 0;
      if (checklist.items[k].line == i + 1) {  // spare box and numeral
        const std::u32string numeral = code_points(checklist.items[k].printed);
        from = numeral.empty() ? 2 : points[i].find(numeral) + numeral.size() + 1;
      }
      for (std::size_t c = from; c < points[i].size(); ++c) places.emplace_back(i, c);
    }
    const std::size_t wanted = std::max<std::size_t>(1, places.size() / 10);
    for (std::size_t n = 0; n < wanted; ++n) {
      std::swap(places[n], places[n + random() % (places.size() - n)]);
      char32_t& point = points[places[n].first][places[n].second];
      char32_t other = pool[random() % pool.size()];
      while (other == point) other = pool[random() % pool.size()];
      point = other;
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = utf8(points[i]);
  return from_lines(all);
}

// ASCII digits and brackets in their full-width forms.
inline std::string full_width(const std::string& document) {
  std::string out;
  for (const char32_t c : code_points(document)) {
    const bool widened = (c >= U'0' && c <= U'9') || c == U'(' || c == U')';
    out += utf8(std::u32string(1, widened ? c + 0xFEE0 : c));
  }
  return out;
}

// The numerals at the head of rows as characters of their own: ⅳ, ⅻ, ⅹⅳ.
inline std::string single_numerals(const std::string& document, const Checklist& checklist) {
  auto all = lines_of(document);
  for (const auto& it : checklist.items) {
    std::string& line = all[it.line - 1];
    if (it.printed.empty()) continue;
    std::u32string numeral;
    int value = 0;
    const std::map<char, int> worth = {{'i', 1}, {'v', 5}, {'x', 10}};
    for (std::size_t i = 0; i < it.printed.size(); ++i) {
      const int here = worth.at(it.printed[i]);
      value += i + 1 < it.printed.size() && worth.at(it.printed[i + 1]) > here ? -here : here;
    }
    if (value > 12) numeral += U'ⅹ', value -= 10;
    numeral += static_cast<char32_t>(0x216F + value);
    line.replace(line.find(it.printed + " "), it.printed.size(), utf8(numeral));
  }
  return from_lines(all);
}

inline std::string with_crlf_and_mark(const std::string& document) {
  return "\xEF\xBB\xBF" + replaced(document, "\n", "\r\n");
}

}  // namespace kenshin::sample
