#include "probes/net/http_head.h"

#include <algorithm>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr int most_interim_answers = 8;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// RFC 9112 4: HTTP-version SP 3DIGIT [SP reason], none below 100 (RFC 9110 15). Nothing where the line is something
// else.
Result<int> status_of(std::string_view line) {
  constexpr std::string_view form = "HTTP/1.x 200";
  const bool fits = line.size() >= form.size() && line.starts_with("HTTP/1.") && is_digit(line[7]) && line[8] == ' ' &&
                    is_digit(line[9]) && line[9] != '0' && is_digit(line[10]) && is_digit(line[11]) &&
                    (line.size() == form.size() || line[12] == ' ');
  if (!fits) return Error{Error::Kind::Malformed, "not HTTP: " + one_line(line, 80)};
  return (line[9] - '0') * 100 + (line[10] - '0') * 10 + (line[11] - '0');
}

}  // namespace

const std::string* HttpHead::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(), [&](const auto& h) { return h.first == name; });
  return found == headers.end() ? nullptr : &found->second;
}

Step hear_http_head(Bytes bytes) {
  constexpr std::string_view begins = "HTTP/1.";
  const std::string_view text = text_of(bytes);
  const auto compared = std::min(begins.size(), text.size());
  if (text.substr(0, compared) != begins.substr(0, compared)) return {Said::Wrong, 0, {}};
  // RFC 9112 2.2: a lone LF may end a line.
  for (auto at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    const auto rest = text.substr(at + 1);
    if (rest.starts_with('\n')) return {Said::Yes, at + 2, {}};
    if (rest.starts_with("\r\n")) return {Said::Yes, at + 3, {}};
  }
  return {};
}

Result<HttpHead> parse_http_head(std::string_view text) {
  const auto all = lines(text);
  if (all.empty()) return Error{Error::Kind::Malformed, "not HTTP: nothing"};
  const auto status = status_of(all.front());
  if (!status) return status.error();
  HttpHead out{*status, {}};
  for (std::size_t i = 1; i < all.size() && !all[i].empty(); ++i) {
    const auto colon = all[i].find(':');
    if (colon == std::string_view::npos) continue;
    out.headers.emplace_back(lower_ascii(trim(all[i].substr(0, colon))), std::string(trim(all[i].substr(colon + 1))));
  }
  return out;
}

Result<HttpHead> hear_final_head(Dialogue& dialogue) {
  for (int passed_over = 0; passed_over <= most_interim_answers; ++passed_over) {
    std::string text;
    const auto heard = dialogue.hear([&](Bytes bytes) {
      Step step = hear_http_head(bytes);
      if (step.said == Said::Yes) text = text_of(bytes.first(step.used));
      return step;
    });
    if (!heard) return heard.error();
    auto head = parse_http_head(text);
    if (!head || head->status >= 200 || head->status == 101) return head;
  }
  return Error{Error::Kind::Malformed, "more than " + std::to_string(most_interim_answers) + " interim answers"};
}

}  // namespace kenshin
