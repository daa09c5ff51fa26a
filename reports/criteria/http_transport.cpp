// Documents: checklist (2026), item 2.5.2-1.xii (what is sent is encrypted by TLS): a consultation or sign-in page that
// answers without TLS breaks it, a redirect to HTTPS does not; RFC 6797 (HSTS), advisory.
#include <algorithm>

#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/web/http.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/hsts.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

// Somebody said that patients or staff sign in or consult here.
bool is_declared_for_people(const Question& question) {
  const auto* declared = question.facts.one<DeclaredEndpoint>(question.target);
  return declared && (declared->role == Role::Consult || declared->role == Role::Login);
}

// "https:" alone, or with a host that is none, leads nowhere.
bool leads_to_tls(const std::string& location) {
  const std::string place = lower_ascii(location);
  return place.starts_with("https://") && parse_endpoint(place);
}

Judgement plain_at(const Question& question, const HttpPlain& seen) {
  switch (seen.answers.accepted) {
    case Answer::NotApplicable: return judged(Verdict::NotApplicable, "plain-http-out-of-question");
    case Answer::No: return judged(Verdict::Met, "plain-http-closed");
    case Answer::Unknown: return judged(Verdict::Unknown, "plain-http-undecided", {{"because", seen.answers.because}});
    case Answer::Yes: break;
  }
  const Parameters told = {{"status", std::to_string(seen.status)}, {"location", seen.location}};
  if (seen.status < 200) return judged(Verdict::Unknown, "plain-http-undecided", {{"because", seen.answers.because}});
  if (seen.status >= 300 && seen.status < 400)
    return leads_to_tls(seen.location) ? judged(Verdict::Met, "plain-http-redirects", told)
                                       : judged(Verdict::Attention, "plain-http-leads-elsewhere", told);
  if (leaves_undecided(seen.status))
    return judged(Verdict::Unknown, "plain-http-undecided", {{"because", "status " + std::to_string(seen.status)}});
  if (seen.status >= 400 && seen.status != 401) return judged(Verdict::Met, "plain-http-serves-nothing", told);
  if (seen.status < 300 && seen.body_size == std::size_t{0})
    return judged(Verdict::Attention, "plain-http-answers-empty", told);
  return is_declared_for_people(question) ? judged(Verdict::NotMet, "plain-http-serves", told)
                                          : judged(Verdict::Attention, "plain-http-serves-something", told);
}

Judgement hsts_at(const WebRules& rules, const HttpSecure& seen) {
  const auto header = seen.headers.find("strict-transport-security");
  if (header == seen.headers.end()) return judged(Verdict::Attention, "hsts-missing");
  const auto age = hsts_max_age(header->second);
  if (!age) return judged(Verdict::Attention, "hsts-unreadable", {{"header", header->second}});
  const auto days = std::chrono::duration_cast<std::chrono::days>(*age).count();
  const Parameters told = {{"days", std::to_string(days)}, {"wanted", std::to_string(rules.hsts_days)}};
  return days < rules.hsts_days ? judged(Verdict::Attention, "hsts-short", told)
                                : judged(Verdict::Met, "hsts-set", told);
}

}  // namespace

Judgement judge_plain_http(const Question& question) {
  return worst_of<HttpPlain>(question,
                             [&](const HttpPlain& seen, const Observation&) { return plain_at(question, seen); });
}

Judgement judge_hsts(const Question& question) {
  return worst_of<HttpSecure>(
      question, [&](const HttpSecure& seen, const Observation&) { return hsts_at(question.profile.web, seen); });
}

}  // namespace kenshin
