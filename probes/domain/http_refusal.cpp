#include "probes/domain/http_refusal.h"

#include <algorithm>
#include <array>

#include "probes/base/text.h"

namespace kenshin {

namespace {

bool is_of_a_quota(std::string_view body) {
  constexpr std::array<std::string_view, 4> words = {"quota", "rate limit", "limit exceeded", "too many"};
  const std::string said = lower_ascii(body.substr(0, 4096));
  return std::any_of(words.begin(), words.end(), [&](auto word) { return said.find(word) != std::string::npos; });
}

}  // namespace

Error http_refusal(const HttpReply& reply, std::string_view who, const std::optional<Instant>& not_before) {
  std::string said = std::string(who) + ": HTTP " + std::to_string(reply.status);
  if (not_before) said += ", not again before " + to_text(*not_before);
  const bool quota = is_of_a_quota(text_of(reply.body));
  switch (reply.status) {
    case 422:
    case 429: return {Error::Kind::RateLimited, said};
    case 503: return {not_before ? Error::Kind::RateLimited : Error::Kind::Malformed, said};
    case 401:
    case 403: return {quota ? Error::Kind::RateLimited : Error::Kind::Denied, said};
    case 404: return {Error::Kind::Absent, said};
    default: return {Error::Kind::Malformed, said};
  }
}

}  // namespace kenshin
