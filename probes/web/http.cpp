#include "probes/web/http.h"

#include <algorithm>
#include <array>

#include "probes/base/text.h"
#include "probes/net/budget.h"
#include "probes/net/door.h"
#include "probes/net/fetch_url.h"
#include "probes/web/set_cookie.h"
#include "probes/web/upgrade.h"

namespace kenshin {

namespace {

constexpr std::size_t largest_body = 256 * 1024;
constexpr std::size_t longest_value = 2000;
constexpr std::size_t most_cookies = 100;

constexpr std::string_view kept_headers[] = {"strict-transport-security",
                                             "content-security-policy",
                                             "cache-control",
                                             "x-content-type-options",
                                             "x-frame-options",
                                             "referrer-policy",
                                             "permissions-policy",
                                             "server",
                                             "location",
                                             "content-type"};
constexpr std::string_view encodings[] = {"gzip", "deflate", "br", "zstd"};  // IANA "HTTP Content Coding Registry"

// TLS ports of other protocols (IANA "Service Name and Transport Protocol Port Number Registry").
constexpr std::uint16_t ports_of_others[] = {465, 563, 636, 853, 989, 990, 992, 993, 994, 995, 5061, 5223, 5349, 6697};

bool is_kept(std::string_view name) {
  return std::find(std::begin(kept_headers), std::end(kept_headers), name) != std::end(kept_headers);
}

std::string page_of(std::string_view scheme, const std::string& host, std::uint16_t port) {
  return std::string(scheme) + "://" + target_text({TargetKind::Endpoint, host, port}) + "/";
}

// RFC 9110 5.3: lines of one name are one list; of these headers only the first line counts (RFC 6797 8.1; a Location
// or Server is one value).
bool only_first_counts(std::string_view name) {
  return name == "strict-transport-security" || name == "location" || name == "server" || name == "content-type";
}

std::map<std::string, std::string> headers_of(const HttpReply& reply) {
  std::map<std::string, std::string> out;
  for (const auto& [name, value] : reply.headers) {
    if (!is_kept(name)) continue;
    const auto [at, is_new] = out.emplace(name, one_line(value, longest_value));
    if (!is_new && !only_first_counts(name)) at->second = one_line(at->second + ", " + value, longest_value);
  }
  return out;
}

std::vector<Cookie> cookies_of(const HttpReply& reply) {
  std::vector<Cookie> out;
  for (const auto& [name, value] : reply.headers)
    if (name == "set-cookie" && out.size() < most_cookies)
      if (const auto cookie = parse_set_cookie(value)) out.push_back(*cookie);
  return out;
}

// The coding of ours that the answer came in; empty where none.
std::string encoding_of(const HttpReply& reply) {
  const auto* value = reply.header("content-encoding");
  if (value == nullptr) return {};
  const std::string used = lower_ascii(trim(*value));
  for (const auto known : encodings)
    if (used == known) return used;
  return {};
}

std::string all_but(std::string_view one) {
  std::string out;
  for (const auto encoding : encodings)
    if (encoding != one) out += (out.empty() ? "" : ", ") + std::string(encoding);
  return out;
}

Result<HttpSecure> look(const Asked& asked, const Session& session, int& connections) {
  UrlRequest request;
  request.url = page_of("https", asked.target.name, asked.target.port);
  request.address = asked.address;
  request.max_size = largest_body;
  request.headers = {"Accept-Encoding: " + all_but("")};
  ++connections;
  const auto reply = fetch_url(request, session);
  if (!reply) return reply.error();
  HttpSecure out;
  out.status = reply->status;
  out.headers = headers_of(*reply);
  out.cookies = cookies_of(*reply);
  out.body_size = reply->body.size();
  const std::string first = encoding_of(*reply);
  if (first.empty()) return out;
  out.encodings.push_back(first);
  request.headers = {"Accept-Encoding: " + all_but(first)};
  ++connections;
  if (const auto again = fetch_url(request, session))
    if (const auto second = encoding_of(*again); !second.empty() && second != first) out.encodings.push_back(second);
  return out;
}

// A refusal of the plain port, as libcurl saw it. Behind a proxy it is not known who refused.
HttpPlain refused(const Asked& asked, const PlainPlace& place, const Session& session, int& connections) {
  const auto as = [](Answer answers, Answer upgrades, const char* because) {
    return HttpPlain{{answers, because}, 0, {}, {upgrades, because}};
  };
  const bool has_control = session.proxy.empty() && place.address == asked.address;
  connections += has_control ? 1 : 0;
  if (!still_lets_in(asked, place.address, session))
    return as(Answer::Unknown, Answer::Unknown, has_control ? "refused, control failed" : "refused, no control");
  return as(Answer::No, Answer::NotApplicable, "refused");
}

Result<HttpPlain> look_plain(const Asked& asked, Session& session, int& connections) {
  const auto place = plain_place(asked);
  if (!place)
    return HttpPlain{{Answer::NotApplicable, "no plain port"}, 0, {}, {Answer::NotApplicable, "no plain port"}};
  UrlRequest request;
  request.url = page_of("http", place->host, place->port);
  request.address = place->address;
  request.max_size = largest_body;
  request.allow_private = true;  // the user named it
  request.http_only = true;
  ++connections;
  const auto reply = fetch_url(request, session);
  if (!reply) {
    const auto& why = reply.error();
    if (why.kind == Error::Kind::Refused) return refused(asked, *place, session, connections);
    const std::string because = std::string(error_name(why.kind)) + ": " + one_line(why.detail, 160);
    return HttpPlain{{Answer::Unknown, because}, 0, {}, {Answer::Unknown, because}};
  }
  HttpPlain out;
  out.answers = {leaves_undecided(reply->status) ? Answer::Unknown : Answer::Yes,
                 "status " + std::to_string(reply->status)};
  out.status = reply->status;
  out.body_size = reply->body.size();
  if (const auto* location = reply->header("location")) out.location = one_line(*location, longest_value);
  const std::string address = place->address.empty() ? reply->address : place->address;
  ++connections;
  out.upgrades = upgrades_to_tls(place->host, address, place->port, session);
  return out;
}

}  // namespace

bool speaks_http(const Target& target) {
  return target.kind == TargetKind::Endpoint && target.protocol == Protocol::Tls &&
         std::find(std::begin(ports_of_others), std::end(ports_of_others), target.port) == std::end(ports_of_others);
}

std::optional<PlainPlace> plain_place(const Asked& asked) {
  if (asked.plain_http.empty()) {
    if (asked.target.port != 443) return std::nullopt;
    return PlainPlace{asked.target.name, 80, asked.address};
  }
  constexpr std::string_view scheme = "http://";
  const auto plain = parse_target(TargetKind::Endpoint, std::string_view(asked.plain_http).substr(scheme.size()));
  if (!plain) return std::nullopt;
  std::string address = plain->name == asked.target.name ? asked.address : std::string();
  if (address.empty() && is_ip_literal(plain->name)) address = plain->name;
  return PlainPlace{plain->name, plain->port, std::move(address)};
}

bool still_lets_in(const Asked& asked, const std::string& address, const Session& session) {
  if (!session.proxy.empty() || address != asked.address) return false;
  const auto lease = lease_of(session, address);
  return bool(open_port(address, asked.target.port, session, deadline_in(session.timeout)));
}

std::vector<Observation> observe_http(const Asked& asked, Session& session) {
  if (!speaks_http(asked.target)) return {};
  int secure = 0, plain = 0;
  Result<HttpSecure> seen = Error{Error::Kind::Timeout, "out of time"};
  Result<HttpPlain> seen_plain = seen.error();
  if (std::chrono::steady_clock::now() < end_of_patience(session, asked.target, asked.address)) {
    seen = look(asked, session, secure);
    seen_plain = look_plain(asked, session, plain);
  }
  return {observed<HttpSecure>(asked.target, asked.address, session.now(), secure, std::move(seen)),
          observed<HttpPlain>(asked.target, asked.address, session.now(), plain, std::move(seen_plain))};
}

}  // namespace kenshin
