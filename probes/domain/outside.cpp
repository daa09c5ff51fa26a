#include "probes/domain/outside.h"

#include <algorithm>

#include "probes/base/text.h"
#include "probes/domain/archive_search.h"
#include "probes/domain/certificate_search.h"
#include "probes/domain/http_refusal.h"
#include "probes/domain/lookalikes.h"
#include "probes/domain/public_suffix.h"
#include "probes/domain/rdap.h"
#include "probes/domain/rdap_bootstrap.h"
#include "probes/domain/registry_turns.h"
#include "probes/net/fetch_url.h"

namespace kenshin {

namespace {

constexpr int most_pages = 10;
constexpr std::size_t most_certificates = 1000;

// The registered name; nothing for a name of a platform.
std::optional<std::string> asked_name(const std::string& domain) {
  const auto registered = registry_name(domain), site = site_name(domain);
  return registered && site == registered ? registered : std::nullopt;
}

// The questions about one domain.
class Search {
 public:
  Search(std::string name, Session& session) : name_(std::move(name)), session_(session) {}

  int connections() const { return connections_; }

  Result<IssuedCertificates> certificates() {
    const OutsideSources& on = session_.outside;
    if (on.certspotter.empty()) return by_crtsh();
    auto first = by_certspotter();
    if (on.crtsh.empty() || (first && first->because.empty())) return first;
    auto second = by_crtsh();
    if (second || first) return second && (!first || second->because.empty()) ? second : first;
    return Error{first.error().kind, first.error().detail + "; " + second.error().detail};
  }

  Result<ArchivedPages> archive() {
    const std::string& base = session_.outside.wayback;
    const auto body = fetch(archive_question(base, name_), base, "Wayback");
    if (!body) return body.error();
    auto out = parse_archive(*body);
    if (out) out->server = base;
    return out;
  }

 private:
  // What answers with 200, whole.
  Result<std::string> fetch(const std::string& url, const std::string& base, std::string_view who) {
    Result<std::string> out = Error{};
    const auto asked = at_its_turn(server_of_url(url), {session_.whois_pause, std::nullopt}, session_, [&] {
      ++connections_;
      AfterQuestion after;
      out = reply_to(url, base, who, after);
      return after;
    });
    return asked ? out : asked.error();
  }

  Result<std::string> reply_to(const std::string& url, const std::string& base, std::string_view who,
                               AfterQuestion& after) const {
    const bool here = is_on_loopback(base);
    UrlRequest request;
    request.url = url;
    request.headers = {"Accept: application/json"};
    request.allow_private = here;
    request.https_only = !here;
    request.verify = true;
    const auto reply = fetch_url(request, session_);
    if (!reply) {
      auto kind = reply.error().kind;
      after.was_reached = kind != Error::Kind::Unreachable && kind != Error::Kind::Refused;
      // That the server's own name is absent says nothing of the name asked for.
      kind = kind == Error::Kind::Absent ? Error::Kind::Unreachable : kind;
      return Error{kind, std::string(who) + ": " + reply.error().detail};
    }
    if (const std::string* wait = reply->header("retry-after")) after.not_before = retry_after(*wait, session_.now());
    if (reply->status == 404) return Error{Error::Kind::Malformed, std::string(who) + ": HTTP 404"};
    if (reply->status != 200) return http_refusal(*reply, who, after.not_before);
    if (reply->truncated) return Error{Error::Kind::Malformed, std::string(who) + ": longer than 1 MiB"};
    return std::string(text_of(reply->body));
  }

  Result<IssuedCertificates> by_crtsh() {
    const std::string& base = session_.outside.crtsh;
    const auto body = fetch(crtsh_question(base, name_), base, "crt.sh");
    if (!body) return body.error();
    auto page = parse_crtsh(*body, name_);
    if (!page) return page.error();
    IssuedCertificates out{"crtsh", base, {}, std::move(page->certificates)};
    return arranged(std::move(out));
  }

  // What the pages before a failure hold is true all the same.
  Result<IssuedCertificates> by_certspotter() {
    const std::string& base = session_.outside.certspotter;
    IssuedCertificates out{"certspotter", base, {}, {}};
    std::string after;
    for (int i = 0; i < most_pages; ++i) {
      const auto body = fetch(certspotter_question(base, name_, after), base, "Cert Spotter");
      auto page = body ? parse_certspotter(*body, name_) : Result<CertificatePage>(body.error());
      if (!page && i == 0) return page.error();
      if (!page) {
        out.because = std::string(error_name(page.error().kind)) + ": " + page.error().detail;
        return arranged(std::move(out));
      }
      if (page->last_id.empty()) return arranged(std::move(out));
      if (page->last_id == after) return Error{Error::Kind::Malformed, "Cert Spotter: the same page twice"};
      after = page->last_id;
      out.certificates.insert(out.certificates.end(), std::make_move_iterator(page->certificates.begin()),
                              std::make_move_iterator(page->certificates.end()));
    }
    out.because = "more than " + std::to_string(most_pages) + " pages";
    return arranged(std::move(out));
  }

  // The oldest are what matters most.
  static IssuedCertificates arranged(IssuedCertificates out) {
    std::stable_sort(out.certificates.begin(), out.certificates.end(),
                     [](const auto& a, const auto& b) { return a.not_before < b.not_before; });
    if (out.certificates.size() > most_certificates) {
      out.certificates.resize(most_certificates);
      out.because = "more than " + std::to_string(most_certificates) + " certificates";
    }
    return out;
  }

  const std::string name_;
  Session& session_;
  int connections_ = 0;
};

bool searches_logs(const Session& session) {
  return !session.outside.certspotter.empty() || !session.outside.crtsh.empty();
}

}  // namespace

std::vector<std::string> outside_asked(const Asked& asked, const Session& session) {
  const OutsideSources& on = session.outside;
  std::vector<std::string> out;
  if (!asked_name(asked.target.name)) return out;
  if (asked.is_former) out.push_back(on.wayback);
  else out = {on.certspotter, on.crtsh, on.lookalikes ? "DNS" : ""};
  std::erase(out, "");
  return out;
}

std::vector<Observation> observe_outside(const Asked& asked, Session& session) {
  std::vector<Observation> out;
  if (outside_asked(asked, session).empty()) return out;
  const std::string name = *asked_name(asked.target.name);
  const auto add = [&]<class F>(Result<F> fact, int connections) {
    out.push_back(observed<F>(asked.target, "", session.now(), connections, std::move(fact)));
  };
  Search search(name, session);
  if (asked.is_former) {
    auto seen = search.archive();
    add(std::move(seen), search.connections());
    return out;
  }
  if (searches_logs(session)) {
    auto seen = search.certificates();
    add(std::move(seen), search.connections());
  }
  if (session.outside.lookalikes) add(live_lookalikes(name, asked.known_domains, session), 0);
  return out;
}

}  // namespace kenshin
