#include "probes/host/apt_conf.h"

#include <algorithm>
#include <optional>

#include "probes/base/text.h"

namespace kenshin {

namespace {

enum class Mark { Word, Text, Open, Close, End, Nothing };
struct Token {
  Mark mark = Mark::Nothing;
  std::string_view text;
};

class Tokens {
 public:
  explicit Tokens(std::string_view text) : rest_(text) {}

  Token next() {
    skip_comments();
    if (rest_.empty()) return {};
    switch (rest_.front()) {
      case '{': return single(Mark::Open);
      case '}': return single(Mark::Close);
      case ';': return single(Mark::End);
      case '"': return quoted();
      default: return {Mark::Word, take(std::min(rest_.find_first_of(" \t\r\n{};\""), rest_.size()))};
    }
  }
  bool understood() const { return understood_; }

 private:
  std::string_view take(std::size_t count) {
    const std::string_view head = rest_.substr(0, count);
    rest_.remove_prefix(head.size());
    return head;
  }
  Token single(Mark mark) { return {mark, take(1)}; }
  Token quoted() {
    take(1);
    const auto end = rest_.find('"');
    if (end == std::string_view::npos) understood_ = false;
    const Token token{Mark::Text, take(std::min(end, rest_.size()))};
    take(1);
    return token;
  }
  // apt.conf(5): // and # to the end of the line, /* */; #clear and #include are directives.
  void skip_comments() {
    for (;;) {
      rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t\r\n"), rest_.size()));
      if (rest_.starts_with("#clear") || rest_.starts_with("#include")) understood_ = false;
      if (rest_.starts_with("/*")) {
        const auto end = rest_.find("*/", 2);
        if (end == std::string_view::npos) understood_ = false;
        take(end == std::string_view::npos ? rest_.size() : end + 2);
      } else if (rest_.starts_with("//") || rest_.starts_with('#')) take(std::min(rest_.find('\n'), rest_.size()));
      else return;
    }
  }

  std::string_view rest_;
  bool understood_ = true;
};

std::string full_name(const std::vector<std::string>& scope, std::string_view name) {
  std::string out = scope.empty() ? std::string() : scope.back();
  if (!out.empty() && !name.empty()) out += "::";
  out += lower_ascii(name);
  while (out.ends_with("::")) out.resize(out.size() - 2);
  return out;
}

}  // namespace

std::string_view AptConf::last(std::string_view name) const {
  const auto at = values.find(name);
  return at == values.end() || at->second.empty() ? std::string_view{} : std::string_view(at->second.back());
}

void parse_apt_conf(std::string_view text, AptConf& conf) {
  constexpr std::size_t deepest = 32, longest = 128;
  Tokens tokens(text);
  std::vector<std::string> scope;  // full names of the open brackets
  std::string_view name;
  std::optional<std::string_view> value;
  const auto settle = [&] {
    if (name.size() > longest) conf.understood = false;
    else if (value) conf.values[full_name(scope, name)].emplace_back(one_line(*value));
    name = {};
    value.reset();
  };
  for (Token token = tokens.next(); token.mark != Mark::Nothing; token = tokens.next()) {
    switch (token.mark) {
      case Mark::Word: (name.empty() && !value ? name : value.emplace()) = token.text; break;
      case Mark::Text: value = token.text; break;
      case Mark::Open:
        if (scope.size() == deepest || name.size() > longest) return void(conf.understood = false);
        scope.push_back(full_name(scope, name));
        name = {};
        value.reset();
        break;
      case Mark::Close:
        settle();
        if (scope.empty()) return void(conf.understood = false);
        scope.pop_back();
        break;
      case Mark::End: settle(); break;
      case Mark::Nothing: break;
    }
  }
  settle();
  if (!scope.empty() || !tokens.understood()) conf.understood = false;
}

Result<AptConf> apt_configuration(const RootFiles& files) {
  AptConf conf;
  std::vector<std::string> paths;
  const auto parts = files.names("/etc/apt/apt.conf.d");
  if (!parts && parts.error().kind != Error::Kind::Absent) return parts.error();
  if (parts)
    for (const auto& name : *parts) {
      const auto dot = name.rfind('.');  // apt.conf(5): no extension, or .conf
      if (!name.starts_with('.') && (dot == std::string::npos || name.substr(dot) == ".conf"))
        paths.push_back("/etc/apt/apt.conf.d/" + name);
    }
  paths.emplace_back("/etc/apt/apt.conf");
  for (const auto& path : paths) {
    const auto text = files.read(path);
    if (text) parse_apt_conf(*text, conf);
    else if (text.error().kind != Error::Kind::Absent) return text.error();
  }
  return conf;
}

}  // namespace kenshin
