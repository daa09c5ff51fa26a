#include "scanner/toml_table.h"

#include <algorithm>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::size_t most_bare_dots = 1000;
constexpr std::size_t most_faults = 1000;  // nobody reads on

std::string quoted(std::string_view text) { return "\"" + one_line(text, 60) + "\""; }

std::string meant(std::string_view word, const std::vector<std::string_view>& known) {
  const auto near = nearest(word, known);
  return near.empty() ? std::string() : "; did you mean \"" + std::string(near) + "\"?";
}

// Dots outside texts and comments, that is, mostly those of dotted keys. toml++ recurses once for each part of such a
// key, so a file may not have many.
std::size_t bare_dots(std::string_view text) {
  std::size_t dots = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.') ++dots;
    if (c == '#') at = std::min(text.find('\n', at), text.size());
    if (c != '"' && c != '\'') continue;
    const std::string three(3, c);
    const bool many_lines = text.substr(at).starts_with(three);
    for (at += many_lines ? 3 : 1; at < text.size(); ++at) {
      if (c == '"' && text[at] == '\\') ++at;
      else if (many_lines ? text.substr(at).starts_with(three) : (text[at] == c || text[at] == '\n')) break;
    }
    if (many_lines) at = std::min(text.find_first_not_of(c, at), text.size()) - 1;
  }
  return dots;
}

}  // namespace

std::optional<toml::table> parse_toml(std::string_view text, std::vector<TomlFault>& faults) {
  if (bare_dots(text) > most_bare_dots) {
    faults.push_back({1, 1, "more dotted keys than any configuration needs"});
    return std::nullopt;
  }
  try {
    return toml::parse(text);
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    faults.push_back({at.line, at.column, "not TOML: " + one_line(error.description())});
    return std::nullopt;
  }
}

Error toml_error(std::string_view file_name, std::vector<TomlFault> faults) {
  std::stable_sort(faults.begin(), faults.end(), [](const auto& a, const auto& b) {
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
  constexpr std::size_t shown = 50;
  std::vector<std::string> texts;
  for (const auto& fault : faults)
    if (texts.size() < shown)
      texts.push_back(std::string(file_name) + ":" + std::to_string(fault.line) + ":" + std::to_string(fault.column) +
                      ": " + fault.what);
  if (faults.size() > shown) texts.push_back("… " + std::to_string(faults.size() - shown) + " more");
  return {Error::Kind::Malformed, join(texts, "\n")};
}

std::string TomlTable::in_table() const { return called_.empty() ? std::string() : " in " + called_; }

void TomlTable::add_fault(toml::source_position at, std::string what) {
  if (faults_->size() < most_faults) faults_->push_back({at.line, at.column, std::move(what)});
}

bool TomlTable::fault(std::string_view key, std::string what) {
  const toml::node* node = in_->get(key);
  add_fault((node != nullptr ? *node : static_cast<const toml::node&>(*in_)).source().begin,
            std::string(key) + in_table() + ": " + std::move(what));
  return false;
}

bool TomlTable::fault_of_word(std::string_view key, std::string_view word, const std::vector<std::string_view>& known) {
  const std::vector<std::string> all(known.begin(), known.end());
  return fault(key, quoted(word) + " is none of " + join(all, ", ") + meant(word, known));
}

const toml::node* TomlTable::find(std::string_view key) {
  known_.emplace_back(key);
  return in_->get(key);
}

bool TomlTable::is_blank(std::string_view key) const {
  const toml::node* node = in_->get(key);
  return node != nullptr && node->is_string() && trim(node->as_string()->get()).empty();
}

bool TomlTable::text(std::string_view key, std::string& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  const auto* text = node->as_string();
  if (text == nullptr) return fault(key, "a text in quotes is expected");
  value = text->get();
  return true;
}

bool TomlTable::texts(std::string_view key, std::vector<std::string>& values) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  const auto* list = node->as_array();
  if (list == nullptr) return fault(key, "a list of texts is expected, such as [\"…\"]");
  std::vector<std::string> read;
  for (const auto& element : *list) {
    if (!element.is_string()) return fault(key, "a list of texts is expected, such as [\"…\"]");
    read.push_back(element.as_string()->get());
  }
  values = std::move(read);
  return true;
}

bool TomlTable::flag(std::string_view key, bool& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  if (!node->is_boolean()) return fault(key, "true or false is expected, without quotes");
  value = node->as_boolean()->get();
  return true;
}

bool TomlTable::day(std::string_view key, Day& value) {
  const toml::node* node = find(key);
  if (node == nullptr) return false;
  if (const auto* date = node->as_date()) {
    using namespace std::chrono;
    const year_month_day day{year{date->get().year}, month{date->get().month}, std::chrono::day{date->get().day}};
    if (!day.ok()) return fault(key, "there is no such day");
    return value = Day{day}, true;
  }
  const auto* text = node->as_string();
  const auto parsed = text != nullptr ? parse_day(text->get()) : Result<Day>(Error{});
  if (!parsed) return fault(key, "a day that exists is expected, written YYYY-MM-DD");
  return value = *parsed, true;
}

bool TomlTable::day(std::string_view key, std::optional<Day>& value) {
  Day read{};
  if (!day(key, read)) return false;
  return value = read, true;
}

bool TomlTable::need_text(std::string_view key, std::string& value) {
  if (!has(key)) return known_.emplace_back(key), fault(key, "this key is needed");
  if (!text(key, value)) return false;
  return trim(value).empty() ? fault(key, "this must not be blank") : true;
}

bool TomlTable::need_day(std::string_view key, Day& value) {
  if (!has(key)) return known_.emplace_back(key), fault(key, "this key is needed, a day written YYYY-MM-DD");
  return day(key, value);
}

std::optional<TomlTable> TomlTable::table(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* inner = node->as_table();
  if (inner == nullptr) {
    fault(key, "a table is expected" + (called_.empty() ? ", written [" + std::string(key) + "]" : std::string()));
    return std::nullopt;
  }
  return TomlTable(*inner, called_.empty() ? "[" + std::string(key) + "]" : std::string(key) + in_table(), *faults_);
}

std::vector<TomlTable> TomlTable::tables(std::string_view key) {
  std::vector<TomlTable> out;
  const toml::node* node = find(key);
  if (node == nullptr) return out;
  const std::string heading = "[[" + std::string(key) + "]]";
  const auto* list = node->as_array();
  const bool right =
      list != nullptr && std::all_of(list->begin(), list->end(), [](const auto& e) { return e.is_table(); });
  if (!right) {
    fault(key, called_.empty() ? "write " + heading + " for each one" : "a list of tables is expected, such as [{…}]");
    return out;
  }
  for (const auto& element : *list)
    out.emplace_back(*element.as_table(), called_.empty() ? heading : std::string(key) + in_table(), *faults_);
  return out;
}

std::size_t TomlTable::line() const { return in_->source().begin.line; }

void TomlTable::end() {
  const std::vector<std::string_view> known(known_.begin(), known_.end());
  for (const auto& [key, value] : *in_) {
    if (faults_->size() >= most_faults) return;
    if (std::find(known.begin(), known.end(), key.str()) != known.end()) continue;
    add_fault(key.source().begin, "unknown key " + quoted(key.str()) + in_table() + meant(key.str(), known));
  }
}

}  // namespace kenshin
