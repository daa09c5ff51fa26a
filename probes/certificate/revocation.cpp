#include "probes/certificate/revocation.h"

#include <algorithm>
#include <functional>
#include <map>
#include <mutex>

#include "probes/base/text.h"
#include "probes/certificate/read.h"
#include "probes/certificate/revocation_answers.h"
#include "probes/certificate/uses.h"
#include "probes/net/fetch_url.h"
#include "probes/net/side_by_side.h"

namespace kenshin {

namespace {

constexpr std::size_t most_asked = 12, most_kept = 64 * 1024 * 1024;

using Body = std::shared_ptr<const Result<Buffer>>;

// What URLs answered to a question, for the rest of the process.
class Kept {
 public:
  Body find(const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto at = bodies_.find(key);
    return at == bodies_.end() ? nullptr : at->second;
  }
  void keep(const std::string& key, const Body& body) {
    const std::size_t size = *body ? (*body)->size() : 0;
    const std::lock_guard lock(mutex_);
    if (size_ + size > most_kept) return;
    if (bodies_.emplace(key, body).second) size_ += size;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, Body> bodies_;
  std::size_t size_ = 0;
};

Result<Buffer> fetch(const UrlRequest& request, const Session& session) {
  auto reply = fetch_url(request, session);
  if (!reply) return reply.error();
  if (reply->truncated) return Error{Error::Kind::Malformed, "too large"};
  if (reply->status != 200) return Error{Error::Kind::Failed, "status " + std::to_string(reply->status)};
  return std::move(reply->body);
}

Body ask(const UrlRequest& request, const Session& session) {
  static Kept kept;
  const std::string key = request.url + '\n' + (request.allow_private ? "private\n" : "\n") + hex(request.body);
  if (Body known = kept.find(key)) return known;
  const auto body = std::make_shared<const Result<Buffer>>(fetch(request, session));
  kept.keep(key, body);
  return body;
}

std::string reason_of(const Error& error) {
  if (error.detail == "too large" || error.detail.starts_with("status ")) return error.detail;
  return std::string(error_name(error.kind));
}

std::optional<std::string> first_over_http(const std::vector<std::string>& urls) {
  for (const auto& url : urls)
    if (lower_ascii(url).starts_with("http://")) return url;
  return std::nullopt;
}

using Reading = RevocationAnswer (*)(Bytes, X509&, X509&, Instant);

struct Asking {
  const Questioned& questioned;
  const Session& session;
  Instant now;
  bool target_is_private;

  RevocationAnswer at(UrlRequest request, Reading read) const {
    request.http_only = true;
    request.follow = 3;
    request.allow_private = target_is_private;
    RevocationAnswer out;
    const Body body = ask(request, session);
    if (*body) out = read(**body, *questioned.subject, *questioned.issuer, now);
    else out.because = reason_of(body->error());
    out.url = request.url;
    return out;
  }
  RevocationAnswer unasked(const std::vector<std::string>& urls) const {
    RevocationAnswer out;
    out.because = questioned.issuer == nullptr ? "issuer not known" : "no http URL";
    out.url = urls.front();
    return out;
  }
  RevocationAnswer ocsp(const std::vector<std::string>& urls) const {
    const auto url = first_over_http(urls);
    if (questioned.issuer == nullptr || !url) return unasked(urls);
    UrlRequest request;
    request.url = *url;
    request.method = "POST";
    request.content_type = "application/ocsp-request";
    request.body = ocsp_request(*questioned.subject, *questioned.issuer);
    request.headers = {"Accept: application/ocsp-response"};
    request.max_size = largest_ocsp;
    return at(std::move(request), read_ocsp);
  }
  RevocationAnswer crl(const std::vector<std::string>& urls) const {
    const auto url = first_over_http(urls);
    if (questioned.issuer == nullptr || !url) return unasked(urls);
    UrlRequest request;
    request.url = *url;
    request.max_size = largest_crl;
    return at(std::move(request), read_crl);
  }
};

}  // namespace

CertificateRevocation ask_revocation(const std::vector<Questioned>& all, bool target_is_private, const Session& session,
                                     Instant now) {
  CertificateRevocation out;
  out.certificates.resize(std::min(all.size(), most_asked));
  std::vector<std::function<void()>> work;
  for (std::size_t i = 0; i < out.certificates.size(); ++i) {
    const Asking asking{all[i], session, now, target_is_private};
    CertificateStanding& standing = out.certificates[i];
    standing.sha256 = certificate_sha256(*all[i].subject);
    const AskAt urls = ask_at(*all[i].subject);
    if (!all[i].staple.empty()) {
      standing.staple.emplace();
      if (all[i].issuer == nullptr) standing.staple->because = "issuer not known";
      else standing.staple = read_ocsp(all[i].staple, *all[i].subject, *all[i].issuer, now);
    }
    if (all[i].staple.empty() && all[i].cut_off) standing.staple.emplace().because = staple_cut_off;
    if (!urls.ocsp.empty()) work.emplace_back([asking, urls, &standing] { standing.ocsp = asking.ocsp(urls.ocsp); });
    if (!urls.crl.empty()) work.emplace_back([asking, urls, &standing] { standing.crl = asking.crl(urls.crl); });
  }
  side_by_side(work);
  return out;
}

}  // namespace kenshin
