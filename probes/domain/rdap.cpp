#include "probes/domain/rdap.h"

#include <curl/curl.h>

#include <charconv>

#include "probes/base/text.h"
#include "probes/domain/http_refusal.h"
#include "probes/domain/rdap_bootstrap.h"
#include "probes/net/fetch_url.h"

namespace kenshin {

namespace {

constexpr std::string_view rdap_type = "application/rdap+json";

Result<HttpReply> fetch(const std::string& url, std::string_view base, const Session& session) {
  const bool here = is_on_loopback(base);
  UrlRequest request;
  request.url = url;
  request.headers = {"Accept: application/rdap+json, application/json"};  // RFC 7480 4.2
  request.follow = 3;
  request.allow_private = here;
  request.https_only = !here;
  request.verify = true;
  request.ca_file = session.registries.rdap_trust;
  auto reply = fetch_url(request, session);
  // That the server's own name is absent says nothing of the name asked for.
  const auto kind = reply ? Error::Kind{} : reply.error().kind;
  if (!reply)
    return Error{kind == Error::Kind::Absent ? Error::Kind::Unreachable : kind, "RDAP: " + reply.error().detail};
  if (reply->truncated) return Error{Error::Kind::Malformed, "RDAP answer: longer than 1 MiB"};
  return reply;
}

// Whether a 404 is the registry's own word that there is no such name (RFC 7480 5.3), and not a server's that is
// somebody else's, overloaded or at work.
bool says_absent(const HttpReply& reply, const std::string& url) {
  if (reply.status != 404 || reply.url != url || reply.header("retry-after") != nullptr) return false;
  const std::string_view body = trim(text_of(reply.body));
  return body.empty() || is_rdap_not_found(body);
}

}  // namespace

std::string rdap_question(std::string_view base, std::string_view name) {
  return std::string(base) + "domain/" + std::string(name);
}

RdapSaid ask_rdap(const std::string& url, std::string_view base, std::string_view name, const Session& session) {
  const auto reply = fetch(url, base, session);
  if (!reply) return {reply.error(), false, std::nullopt};
  const std::string* after = reply->header("retry-after");
  const auto not_before = after != nullptr ? retry_after(*after, session.now()) : std::nullopt;
  const std::string_view body = text_of(reply->body);
  if (reply->status == 200) return {parse_rdap_domain(body, name), false, not_before};
  const std::string* type = reply->header("content-type");
  const bool speaks = (type != nullptr && lower_ascii(*type).starts_with(rdap_type)) || is_rdap_not_found(body);
  if (says_absent(*reply, url)) return {Error{Error::Kind::Absent, "RDAP: HTTP 404"}, speaks, not_before};
  return {http_refusal(*reply, "RDAP", not_before), speaks, not_before};
}

Result<Done> ask_rdap_help(const std::string& base, const Session& session) {
  const auto reply = fetch(base + "help", base, session);
  if (!reply) return reply.error();
  if (reply->status != 200 || !is_rdap_help(text_of(reply->body)))
    return Error{Error::Kind::Malformed, "RDAP: a 404 from where nobody speaks RDAP"};
  return Done{};
}

std::optional<Instant> retry_after(std::string_view value, Instant now) {
  value = trim(value);
  const bool seconds = !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
  if (seconds) {
    long long count = 0;
    if (value.size() > 9) return std::nullopt;
    std::from_chars(value.data(), value.data() + value.size(), count);
    return now + std::chrono::seconds(count);
  }
  if (value.size() > 60) return std::nullopt;
  const auto at = curl_getdate(std::string(value).c_str(), nullptr);
  if (at <= 0) return std::nullopt;
  return Instant(std::chrono::seconds(at));
}

}  // namespace kenshin
