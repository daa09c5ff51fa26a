#include "probes/tls/client_certificate.h"

#include <algorithm>

#include "probes/base/text.h"
#include "probes/certificate/read.h"
#include "probes/tls/code_points.h"
#include "probes/tls/handshake12.h"
#include "probes/tls/server_messages.h"
#include "probes/tls/wish13.h"

namespace kenshin {

namespace {

constexpr std::uint8_t certificate_request = 13, server_hello_done = 14, application_data = 23;
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
Decided decided_by_answer(Bytes answer) {
  const int status = http_status(answer);
  const std::string because = "http " + std::to_string(status) + " without a certificate";
  if (answer.empty()) return {Answer::Unknown, "finished, but no answer without a certificate"};
  if (status == 0) return {Answer::No, "application data without a certificate"};
  constexpr std::string_view missed = "No required SSL certificate was sent";
  if (status == 400 && text_of(answer).find(missed) != std::string_view::npos)
    return {Answer::Yes, "http 400, " + std::string(missed)};
  if (status == 400 || status == 403 || status >= 495) return {Answer::Unknown, because};
  return {Answer::No, because};
}

Decided required13(Conversation& conversation, Wish13 wish, Tally& tally) {
  wish.finish = true;
  wish.request = page_request(conversation.named({}).sni);
  const Seen13 seen = insisting_handshake13(conversation, wish, tally);
  if (seen.finished && seen.alert && misses_certificate(*seen.alert)) return {Answer::Yes, ending(seen)};
  if (!seen.finished || (seen.alert && seen.answer.empty())) return {Answer::Unknown, ending(seen)};
  return decided_by_answer(seen.answer);
}

TlsClientCertificate ask13(Conversation& conversation, const Learned& learned, Tally& tally) {
  TlsClientCertificate out;
  if (learned.handshake && learned.handshake->scheme && !learned.handshake->certificate_requested) {
    out.requested = {Answer::No, "no certificate_request"};
    out.required = not_requested;
    return out;
  }
  auto wish = finishing_wish(learned);
  if (!wish) {
    out.requested = out.required = {Answer::Unknown, wish.error().detail};
    return out;
  }
  wish->identity = nullptr;
  wish->finish = false;
  const Seen13 seen = insisting_handshake13(conversation, *wish, tally);
  if (seen.certificate_requested) {
    out.requested = {Answer::Yes, "certificate_request"};
    out.authorities = authority_texts(seen.authorities);
    out.required = required13(conversation, *wish, tally);
  } else if (!seen.certificates.empty()) {
    out.requested = {Answer::No, "no certificate_request"};
    out.required = not_requested;
  } else {
    out.requested = out.required = {Answer::Unknown, ending(seen)};
  }
  return out;
}

// What the server answers to a request on a finished connection, its first 16 KiB.
Buffer answer_on(Connection12& connection, const std::string& host) {
  constexpr std::size_t enough = 16 * 1024;
  Buffer out;
  if (!connection.send(connection.sealed(application_data, page_request(host)))) return out;
  while (out.size() < enough) {
    const auto event = connection.next();
    if (!event || std::holds_alternative<Alert>(*event)) break;
    if (const auto* data = std::get_if<ApplicationData>(&*event))
      out.insert(out.end(), data->data.begin(), data->data.end());
  }
  return out;
}

Decided required12(Conversation& conversation, const Learned& learned, Tally& tally) {
  const Finishable way = highest_finishable(learned);
  if (!way.offer) return {Answer::Unknown, way.none.because};
  auto connection = connect12(conversation, tally);
  if (!connection) return {Answer::Unknown, std::string(error_name(connection.error().kind))};
  const Seen12 seen = handshake12(*connection, conversation.named(*way.offer));
  const Alert* alert = seen.ended.alert();
  const bool asked = seen.reply.message(certificate_request) != nullptr;
  if (!seen.finished && asked && alert != nullptr && misses_certificate(*alert)) return {Answer::Yes, ending(seen)};
  if (!seen.finished || !asked) return {Answer::Unknown, ending(seen)};
  return decided_by_answer(answer_on(*connection, conversation.named({}).sni));
}

// Of a version before TLS 1.3, where the request comes in clear.
TlsClientCertificate ask12(Conversation& conversation, const Learned& learned, TlsVersion version, const Reply& reply,
                           Tally& tally) {
  TlsClientCertificate out;
  const Buffer* request = reply.message(certificate_request);
  if (request != nullptr) {
    out.requested = {Answer::Yes, "certificate_request"};
    out.required = required12(conversation, learned, tally);
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
    if (reply != learned.replies.end() && reply->second.hello() != nullptr)
      return ask12(conversation, learned, version, reply->second, tally);
  }
  TlsClientCertificate out;
  out.requested = out.required = {Answer::Unknown, "no handshake to look at"};
  return out;
}

}  // namespace kenshin
