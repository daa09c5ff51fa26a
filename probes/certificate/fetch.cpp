#include "probes/certificate/fetch.h"

#include "probes/certificate/message.h"
#include "probes/tls/code_points.h"
#include "probes/tls/extensions.h"
#include "probes/tls/handshake13.h"
#include "probes/tls/server_messages.h"
#include "probes/tls/suites.h"

namespace kenshin {

namespace {

constexpr std::uint8_t certificate_message = 11, certificate_status_message = 22;

// RFC 8446 4.2.3: without it, the schemes asked of the leaf's key would bind its issuers, too.
HelloExtension any_scheme_in_certificates() {
  Writer out;
  out.vec16([](Writer& list) {
    for (const SchemeId scheme : all_schemes()) list.u16(static_cast<std::uint16_t>(scheme));
  });
  return {extension_type::signature_algorithms_cert, out.take()};
}

HelloOffer with_extensions(HelloOffer offer, std::vector<SchemeId> schemes) {
  offer.schemes = std::move(schemes);
  offer.more = {status_request(), signed_certificate_timestamp()};
  if (!offer.schemes.empty()) offer.more.push_back(any_scheme_in_certificates());
  return offer;
}

Result<SentChain> chain_of(const Reply& reply) {
  const Buffer* body = reply.message(certificate_message);
  if (body == nullptr) return Error{Error::Kind::Absent, "no certificate was sent"};
  auto sent = parse_certificate_message(*body);
  if (!sent) return sent.error();
  SentChain out{std::move(*sent), reply.hello()->version, {}, {}, false};
  const Buffer* status = reply.message(certificate_status_message);
  out.cut_off = reply.broke.has_value() && status == nullptr;
  if (status != nullptr)
    if (auto staple = parse_certificate_status(*status)) out.staple = std::move(*staple);
  const auto& extensions = reply.hello()->extensions;
  if (const auto at = extensions.find(extension_type::signed_certificate_timestamp); at != extensions.end())
    out.timestamps = at->second;
  return out;
}

SentChain chain_of(Seen13 seen) {
  SentChain out;
  out.version = TlsVersion::Tls13;
  auto& extensions = seen.certificates.front().extensions;
  if (const auto at = extensions.find(extension_type::status_request); at != extensions.end())
    if (auto staple = parse_certificate_status(at->second)) out.staple = std::move(*staple);
  if (const auto at = extensions.find(extension_type::signed_certificate_timestamp); at != extensions.end())
    out.timestamps = std::move(at->second);
  for (auto& certificate : seen.certificates) out.certificates.push_back(std::move(certificate.der));
  return out;
}

bool knows_no_such_name(const Reply& reply) {
  return reply.alert() != nullptr && reply.alert()->description == unrecognized_name;
}

Seen13 shake(Conversation& conversation, std::vector<SchemeId> schemes, Tally& tally) {
  static const std::vector<GroupId> groups = [] {
    std::vector<GroupId> out;
    for (const GroupId group : all_groups())
      if (can_share(group)) out.push_back(group);
    return out;
  }();
  Wish13 wish;
  wish.offer = with_extensions(tls13_offer(tls13_suites(), groups, KeyShares::Empty), std::move(schemes));
  wish.shares = {GroupId{0x001D}};  // x25519
  Seen13 seen = handshake13(conversation, wish, tally);
  if (!seen.certificates.empty()) conversation.accepted(wish.offer);
  return seen;
}

Served refused(Reply reply) {
  const std::string how = ending(reply);
  return {Answer::No, how, {}, {std::move(reply), Weight::Decides, how}};
}

Error error_of(const Seen13& seen) {
  if (seen.end) return *seen.end;
  if (const auto* error = seen.reply.error()) return *error;
  return {Error::Kind::Refused, "the handshake was refused: " + ending(seen.reply)};
}

}  // namespace

Served ask_before13(Conversation& conversation, std::vector<SuiteId> suites, std::vector<SchemeId> schemes,
                    Tally& tally) {
  const HelloOffer offer = with_extensions(old_offer(TlsVersion::Tls12, std::move(suites)), std::move(schemes));
  Reply first = conversation.exchange(offer, tally);
  if (knows_no_such_name(first)) return refused(std::move(first));
  Heard heard = conversation.settle(offer, std::move(first), tally);
  if (heard.reply.hello() == nullptr) {
    const bool is_no = heard.weight != Weight::Nothing && !conversation.in_doubt(heard);
    const std::string because = heard.because;
    return {is_no ? Answer::No : Answer::Unknown, because, {}, std::move(heard)};
  }
  auto chain = chain_of(heard.reply);
  if (!chain) return {Answer::Unknown, chain.error().detail, {}, {}};
  return {Answer::Yes, heard.because, std::move(*chain), {}};
}

Served ask_in13(Conversation& conversation, std::vector<SchemeId> schemes, Tally& tally) {
  Seen13 seen;
  const Attempt attempt = [&] {
    seen = shake(conversation, schemes, tally);
    return seen.reply;
  };
  Reply first = attempt();
  if (knows_no_such_name(first)) return refused(std::move(first));
  Heard heard = conversation.settle(attempt, std::move(first), tally);
  if (!seen.certificates.empty()) return {Answer::Yes, heard.because, chain_of(std::move(seen)), {}};
  if (seen.alert && (is_refusal(*seen.alert) || seen.alert->description == unrecognized_name))
    return refused({*seen.alert, {}});
  const std::string because = seen.alert ? "alert " + alert_name(seen.alert->description) : heard.because;
  const bool is_no = heard.reply.hello() == nullptr && heard.weight != Weight::Nothing && !conversation.in_doubt(heard);
  return {is_no ? Answer::No : Answer::Unknown, because, {}, std::move(heard)};
}

Result<SentChain> fetch_chain(Conversation& conversation, Tally& tally) {
  const HelloOffer offer = with_extensions(old_offer(TlsVersion::Tls12, common_suites()), {});
  Reply first = conversation.exchange(offer, tally);
  if (knows_no_such_name(first) && conversation.sends_name()) {
    conversation.leave_out_name();
    first = conversation.exchange(offer, tally);
  }
  const auto* error = first.error();
  const bool quick = error != nullptr && (error->kind == Error::Kind::Reset || error->kind == Error::Kind::Closed);
  if (error != nullptr && !quick && error->kind != Error::Kind::Malformed) return *error;
  const bool heard_all = !quick && first.hello() == nullptr;
  const Reply reply = heard_all ? std::move(first) : conversation.settle(offer, std::move(first), tally).reply;
  if (reply.hello() != nullptr && reply.message(certificate_message) != nullptr) return chain_of(reply);
  Seen13 seen = shake(conversation, {}, tally);
  if (!seen.certificates.empty()) return chain_of(std::move(seen));
  if (seen.reply.alert() != nullptr && reply.error() != nullptr) return *reply.error();
  return error_of(seen);
}

}  // namespace kenshin
