#include "probes/domain/http_refusal.h"

#include "probes/domain/refusal_words.h"

namespace kenshin {

Error http_refusal(const HttpReply& reply, std::string_view who, const std::optional<Instant>& not_before) {
  std::string said = std::string(who) + ": HTTP " + std::to_string(reply.status);
  if (not_before) said += ", not again before " + to_text(*not_before);
  const bool refuses = has_refusal_words(text_of(reply.body).substr(0, 4096));
  switch (reply.status) {
    case 422:
    case 429: return {Error::Kind::RateLimited, said};
    case 503: return {not_before ? Error::Kind::RateLimited : Error::Kind::Malformed, said};
    case 401:
    case 403: return {refuses ? Error::Kind::RateLimited : Error::Kind::Denied, said};
    case 404: return {refuses || not_before ? Error::Kind::RateLimited : Error::Kind::Malformed, said};
    default: return {Error::Kind::Malformed, said};
  }
}

}  // namespace kenshin
