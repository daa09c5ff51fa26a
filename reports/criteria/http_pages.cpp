// Documents: RFC 6265 4.1.2.5 (Secure cookies); RFC 9111 5.2.2.5 (no-store). Advice: what is set aside on the way back
// from an encrypted page.
#include "probes/base/text.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

Judgement cookies_at(const HttpSecure& seen) {
  if (seen.cookies.empty()) return judged(Verdict::NotApplicable, "no-cookies");
  std::vector<std::string> open;
  for (const Cookie& cookie : seen.cookies)
    if (!cookie.secure) open.push_back(one_line(cookie.name, 60));
  if (!open.empty()) return judged(Verdict::Attention, "cookies-not-secure", {{"cookies", list_text(open)}});
  return judged(Verdict::Met, "cookies-secure", {{"count", std::to_string(seen.cookies.size())}});
}

Judgement cache_at(const HttpSecure& seen) {
  const auto header = seen.headers.find("cache-control");
  const std::string said = header == seen.headers.end() ? std::string() : lower_ascii(header->second);
  if (said.find("no-store") != std::string::npos) return judged(Verdict::Met, "page-not-stored");
  return judged(Verdict::Attention, "page-may-be-stored", {{"header", said}});
}

}  // namespace

Judgement judge_cookies(const Question& question) {
  return worst_of<HttpSecure>(question, [](const HttpSecure& seen, const Observation&) { return cookies_at(seen); });
}

Judgement judge_page_cache(const Question& question) {
  return worst_of<HttpSecure>(question, [](const HttpSecure& seen, const Observation&) { return cache_at(seen); });
}

}  // namespace kenshin
