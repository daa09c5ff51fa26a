#include "probes/tls/client_certificate.h"

#include <algorithm>

#include "probes/base/text.h"
#include "probes/certificate/read.h"
#include "probes/tls/code_points.h"
#include "probes/tls/server_messages.h"
#include "probes/tls/wish13.h"

namespace kenshin {

namespace {

constexpr std::uint8_t certificate_request = 13, server_hello_done = 14;
constexpr std::uint8_t handshake_failure = 40, no_certificate = 41, bad_certificate = 42, unsupported_certificate = 43,
                       certificate_unknown = 46, unknown_ca = 48, access_denied = 49, certificate_required = 116;

const Decided not_requested{Answer::NotApplicable, "not requested"};

std::string authority_text(Bytes der) {
  const auto* at = der.data();
  const OwnedName name(d2i_X509_NAME(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  const bool whole = name && at == der.data() + der.size();
  return whole ? name_text(name.get()) : "#" + hex(der.first(std::min<std::size_t>(der.size(), 64)));
}

std::vector<std::string> authority_texts(const std::vector<Buffer>& names) {
  std::vector<std::string> out;
  for (const Buffer& name : names) out.push_back(authority_text(name));
  return out;
}

// The alerts with which servers refuse a client that sends no certificate.
bool misses_certificate(Alert alert) {
  switch (alert.description) {
    case handshake_failure:
    case no_certificate:
    case bad_certificate:
    case unsupported_certificate:
    case certificate_unknown:
    case unknown_ca:
    case access_denied:
    case certificate_required: return true;
    default: return false;
  }
}

// "HTTP/1.1 204 No Content" gives 204; 0 for what is no answer of HTTP.
int http_status(Bytes answer) {
  const auto text = text_of(answer);
  if (!text.starts_with("HTTP/1.") || text.size() < 12 || text[8] != ' ') return 0;
  int out = 0;
  for (const char digit : text.substr(9, 3)) {
    if (digit < '0' || digit > '9') return 0;
    out = out * 10 + (digit - '0');
  }
  return out;
}

// What an answer to a request says of a client without a certificate. nginx refuses in HTTP, with 400 and a page that
// names the reason; 400 and 403 may have other reasons, too.
Decided decided_by_answer(const Seen13& seen) {
  const int status = http_status(seen.answer);
  const std::string because = "http " + std::to_string(status) + " without a certificate";
  if (status == 0) return {Answer::No, "application data without a certificate"};
  constexpr std::string_view missed = "No required SSL certificate was sent";
  if (status == 400 && text_of(seen.answer).find(missed) != std::string_view::npos)
    return {Answer::Yes, "http 400, " + std::string(missed)};
  if (status == 400 || status == 403 || status >= 495) return {Answer::Unknown, because};
  return {Answer::No, because};
}

Decided required13(Conversation& conversation, Wish13 wish, Seen13 seen, Tally& tally) {
  const auto refused = [&] { return seen.finished && seen.alert && misses_certificate(*seen.alert); };
  if (refused()) return {Answer::Yes, ending(seen)};
  if (seen.finished && !seen.alert && seen.answer.empty()) {
    wish.request = page_request(conversation.named({}).sni);
    seen = insisting_handshake13(conversation, wish, tally);
  }
  if (refused()) return {Answer::Yes, ending(seen)};
  if (!seen.finished || (seen.alert && seen.answer.empty())) return {Answer::Unknown, ending(seen)};
  return seen.answer.empty() ? Decided{Answer::Unknown, "finished, but no answer without a certificate"}
                             : decided_by_answer(seen);
}

TlsClientCertificate ask13(Conversation& conversation, const Learned& learned, Tally& tally) {
  TlsClientCertificate out;
  const auto wish = finishing_wish(learned);
  if (!wish) {
    out.requested = out.required = {Answer::Unknown, wish.error().detail};
    return out;
  }
  const Seen13 seen = insisting_handshake13(conversation, *wish, tally);
  if (seen.certificate_requested) {
    out.requested = {Answer::Yes, "certificate_request"};
    out.authorities = authority_texts(seen.authorities);
    out.required = required13(conversation, *wish, seen, tally);
  } else if (!seen.certificates.empty()) {
    out.requested = {Answer::No, "no certificate_request"};
    out.required = not_requested;
  } else {
    out.requested = out.required = {Answer::Unknown, ending(seen)};
  }
  return out;
}

TlsClientCertificate read12(const Reply& reply, TlsVersion version) {
  TlsClientCertificate out;
  const Buffer* request = reply.message(certificate_request);
  if (request != nullptr) {
    out.requested = {Answer::Yes, "certificate_request"};
    out.required = {Answer::Unknown, "not finished before TLSv1.3"};
    if (const auto read = parse_certificate_request(*request, version))
      out.authorities = authority_texts(read->authorities);
  } else if (reply.message(server_hello_done) != nullptr) {
    out.requested = {Answer::No, "no certificate_request"};
    out.required = not_requested;
  } else {
    out.requested = out.required = {Answer::Unknown, "the server's flight was cut short"};
  }
  return out;
}

}  // namespace

TlsClientCertificate observe_client_certificate(Conversation& conversation, const Learned& learned, Tally& tally) {
  if (learned.speaks(TlsVersion::Tls13) == Answer::Yes) return ask13(conversation, learned, tally);
  for (const TlsVersion version : {TlsVersion::Tls12, TlsVersion::Tls11, TlsVersion::Tls10, TlsVersion::Ssl3}) {
    const auto reply = learned.replies.find(version);
    if (reply != learned.replies.end() && reply->second.hello() != nullptr) return read12(reply->second, version);
  }
  TlsClientCertificate out;
  out.requested = out.required = {Answer::Unknown, "no handshake to look at"};
  return out;
}

}  // namespace kenshin
