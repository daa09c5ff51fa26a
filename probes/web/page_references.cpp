#include "probes/web/page_references.h"

#include <algorithm>
#include <optional>
#include <set>

#include "probes/base/target.h"
#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::size_t most_references = 1000, longest_value = 2048;

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

struct Tag {
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string_view value(std::string_view attribute) const {
    for (const auto& [name_of, value_of] : attributes)
      if (name_of == attribute) return value_of;
    return {};
  }
};

// 13.2.5: tag and attribute states, without character references but &amp;.
class Tags {
 public:
  explicit Tags(std::string_view html) : html_(html) {}

  std::optional<Tag> next() {
    for (;;) {
      at_ = html_.find('<', at_);
      if (at_ == std::string_view::npos || at_ + 1 >= html_.size()) return std::nullopt;
      if (html_.substr(at_).starts_with("<!--")) {
        skip_behind("-->", at_ + 4);
        continue;
      }
      ++at_;
      if (is_letter(html_[at_])) break;
    }
    Tag out;
    out.name = word("/>");
    while (at_ < html_.size() && html_[at_] != '>') attribute(out);
    if (out.name == "script" || out.name == "style") skip_raw("</" + out.name);
    return out;
  }

 private:
  void skip_behind(std::string_view end, std::size_t from) {
    const auto found = html_.find(end, from);
    at_ = found == std::string_view::npos ? html_.size() : found + end.size();
  }
  // Raw text ends at its own end tag, in any case.
  void skip_raw(const std::string& end) {
    for (auto found = html_.find("</", at_); found != std::string_view::npos; found = html_.find("</", found + 2))
      if (lower_ascii(html_.substr(found, end.size())) == end) return void(at_ = found);
    at_ = html_.size();
  }
  std::string word(std::string_view ends) {
    const std::size_t begin = at_;
    while (at_ < html_.size() && !is_space(html_[at_]) && ends.find(html_[at_]) == std::string_view::npos) ++at_;
    return lower_ascii(html_.substr(begin, std::min(at_ - begin, longest_value)));
  }
  void skip_spaces() {
    while (at_ < html_.size() && is_space(html_[at_])) ++at_;
  }
  void attribute(Tag& into) {
    skip_spaces();
    if (at_ < html_.size() && (html_[at_] == '/' || html_[at_] == '=')) return void(++at_);
    if (at_ >= html_.size() || html_[at_] == '>') return;
    std::string name = word("/>=");
    skip_spaces();
    std::string value;
    if (at_ < html_.size() && html_[at_] == '=') {
      ++at_;
      skip_spaces();
      value = attribute_value();
    }
    if (into.attributes.size() < 100) into.attributes.emplace_back(std::move(name), std::move(value));
  }
  std::string attribute_value() {
    if (at_ >= html_.size()) return {};
    std::size_t begin = at_, end = at_;
    if (const char quote = html_[at_]; quote == '"' || quote == '\'') {
      begin = ++at_;
      end = std::min(html_.find(quote, at_), html_.size());
      at_ = std::min(end + 1, html_.size());
    } else {
      while (at_ < html_.size() && !is_space(html_[at_]) && html_[at_] != '>') ++at_;
      end = at_;
    }
    return std::string(html_.substr(begin, std::min(end - begin, longest_value)));
  }

  std::string_view html_;
  std::size_t at_ = 0;
};

bool has_word(std::string_view all, std::string_view wanted) {
  const std::string lower = lower_ascii(all);
  for (const auto part : split(lower, ' '))
    if (trim(part) == wanted) return true;
  return false;
}

}  // namespace

std::string host_of_url(std::string_view url) {
  std::string text;
  for (const char c : trim(url))
    if (c != '\t' && c != '\n' && c != '\r') text += c == '\\' ? '/' : c;  // URL Standard 4.4
  const auto slashes = text.find("//");
  if (slashes == std::string::npos) return {};
  const std::string scheme = lower_ascii(std::string_view(text).substr(0, slashes));
  if (!scheme.empty() && scheme != "http:" && scheme != "https:" && scheme != "ws:" && scheme != "wss:") return {};
  std::string_view host = std::string_view(text).substr(slashes + 2);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  if (host.starts_with('[')) return {};  // an address is nobody's name
  host = host.substr(0, host.find(':'));
  if (host.empty() || is_ip_literal(host)) return {};
  const auto canonical = canonical_host(host);
  return canonical ? *canonical : std::string();
}

std::vector<PageReference> page_references(std::string_view html) {
  std::set<PageReference> out;
  const auto refers = [&](ReferenceKind kind, std::string_view url) {
    if (out.size() >= most_references || url.empty()) return;
    if (auto host = host_of_url(url); !host.empty()) out.insert({kind, std::move(host)});
  };
  Tags tags(html);
  for (auto tag = tags.next(); tag; tag = tags.next()) {
    const std::string& name = tag->name;
    if (name == "script") refers(ReferenceKind::Script, tag->value("src"));
    else if (name == "base") refers(ReferenceKind::Script, tag->value("href"));
    else if (name == "link") {
      const bool paints = has_word(tag->value("rel"), "stylesheet") || has_word(tag->value("rel"), "modulepreload");
      refers(paints ? ReferenceKind::Script : ReferenceKind::Link, tag->value("href"));
    } else if (name == "form") refers(ReferenceKind::Form, tag->value("action"));
    else if (name == "button" || name == "input") refers(ReferenceKind::Form, tag->value("formaction"));
    else if (name == "iframe" || name == "frame" || name == "embed") refers(ReferenceKind::Frame, tag->value("src"));
    else if (name == "object") refers(ReferenceKind::Frame, tag->value("data"));
    else if (name == "a" || name == "area") refers(ReferenceKind::Link, tag->value("href"));
    else if (name == "img" || name == "source" || name == "video" || name == "audio")
      refers(ReferenceKind::Link, tag->value("src"));
  }
  return {out.begin(), out.end()};
}

}  // namespace kenshin
