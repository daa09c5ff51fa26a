#include "probes/base/json_fields.h"

#include <algorithm>
#include <limits>
#include <set>

#include "probes/base/small_json_fields.h"

namespace kenshin {

namespace {

std::size_t line_at(std::string_view text, std::size_t offset) {
  return 1 + static_cast<std::size_t>(std::count(
                 text.begin(), text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size())), '\n'));
}

// Walks a text that is known to be JSON and stops at the value a pointer names.
class Walk {
 public:
  explicit Walk(std::string_view text) : text_(text) {}

  std::size_t find(std::string_view pointer) {
    while (!pointer.empty()) {
      pointer.remove_prefix(1);
      const auto slash = pointer.find('/');
      const std::string_view step = pointer.substr(0, slash);
      pointer = slash == std::string_view::npos ? std::string_view{} : pointer.substr(slash);
      if (!descend(step)) break;
    }
    blank();
    return at_;
  }

 private:
  void blank() {
    while (at_ < text_.size() && std::string_view(" \t\r\n,:").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  std::string_view string() {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    return text_.substr(begin, at_++ - begin);
  }
  void skip_value() {
    blank();
    int depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') string();
      else if (c == '{' || c == '[') ++depth, ++at_;
      else if (c == '}' || c == ']') {
        if (depth == 0) return;
        --depth, ++at_;
      } else if (depth == 0 && c == ',') return;
      else ++at_;
      if (depth == 0 && (c == '"' || c == '}' || c == ']')) return;
    }
  }
  // To the member or element named `step`; back where it was and false if there is none.
  bool descend(std::string_view step) {
    blank();
    const std::size_t start = at_;
    const char open = at_ < text_.size() ? text_[at_] : '\0';
    if (open != '{' && open != '[') return false;
    ++at_;
    for (std::size_t index = 0;; ++index) {
      blank();
      if (at_ >= text_.size() || text_[at_] == '}' || text_[at_] == ']') return at_ = start, false;
      const std::size_t entry = at_;
      const bool hit = open == '{' ? string() == step : std::to_string(index) == step;
      if (hit && open == '{') at_ = entry, key_ = true;
      if (hit) return open == '{' ? (string(), true) : true;
      skip_value();
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool key_ = false;
};

// Refuses duplicate keys and depth, which nlohmann's parser accepts silently.
class Strict : public nlohmann::json_sax<Json> {
 public:
  std::size_t most_members = std::numeric_limits<std::size_t>::max(), most_elements = most_members;
  std::string trouble;
  std::size_t position = 0;

  bool null() override { return counted(); }
  bool boolean(bool) override { return counted(); }
  bool number_integer(number_integer_t) override { return counted(); }
  bool number_unsigned(number_unsigned_t) override { return counted(); }
  bool number_float(number_float_t, const string_t&) override { return counted(); }
  bool string(string_t&) override { return counted(); }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return open(); }
  bool start_array(std::size_t) override { return open(); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override {
    if (keys_.back().size() >= most_members) {
      trouble = "more than " + std::to_string(most_members) + " members in one object";
      duplicate = name;
      return false;
    }
    if (keys_.back().insert(name).second) return true;
    trouble = "the key \"" + one_line(name, 60) + "\" stands twice in one object";
    duplicate = name;
    return false;
  }
  bool parse_error(std::size_t at, const std::string&, const nlohmann::detail::exception& error) override {
    position = at;
    trouble = "not JSON: " + one_line(error.what(), 160);
    return false;
  }
  std::string duplicate;

 private:
  bool counted() {
    if (++values_ <= most_elements) return true;
    trouble = "more than " + std::to_string(most_elements) + " values";
    return false;
  }
  bool open() {
    if (!counted()) return false;
    keys_.emplace_back();
    if (keys_.size() <= 64) return true;
    trouble = "nested deeper than 64";
    return false;
  }
  bool close() { return keys_.pop_back(), true; }
  std::vector<std::set<std::string>> keys_;
  std::size_t values_ = 0;
};

Result<Json> parsed(std::string_view text, std::string_view file, Strict strict) {
  if (!Json::sax_parse(text, &strict)) {
    std::size_t line = line_at(text, strict.position);
    if (!strict.duplicate.empty()) line = line_at(text, text.rfind("\"" + strict.duplicate + "\""));
    return Error{Error::Kind::Malformed, std::string(file) + ":" + std::to_string(line) + ": " + strict.trouble};
  }
  return Json::parse(text, nullptr, false);
}

}  // namespace

std::size_t line_of(std::string_view json_text, std::string_view pointer) {
  return line_at(json_text, Walk(json_text).find(pointer));
}

Result<Json> parse_json(std::string_view text, std::string_view file) { return parsed(text, file, {}); }

Result<Json> parse_small_json(std::string_view text, std::string_view file, SmallJson limits) {
  Strict strict;
  strict.most_members = limits.members;
  strict.most_elements = limits.values;
  return parsed(text, file, std::move(strict));
}

}  // namespace kenshin
