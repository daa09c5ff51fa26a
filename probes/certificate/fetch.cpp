#include "probes/certificate/fetch.h"

#include <array>

#include "probes/base/text.h"
#include "probes/certificate/message.h"
#include "probes/certificate/openssl.h"
#include "probes/net/socket.h"
#include "probes/tls/suites.h"

namespace kenshin {

namespace {

constexpr std::uint8_t certificate_message = 11;
constexpr std::size_t largest_flight = 1024 * 1024;

Buffer der_of(X509* x509) {
  const int length = i2d_X509(x509, nullptr);
  if (length <= 0) return {};
  Buffer out(static_cast<std::size_t>(length));
  unsigned char* at = out.data();
  i2d_X509(x509, &at);
  return out;
}

// Called by libssl with what the server sent, in place of verification: nothing is trusted here, only written down.
int write_down(X509_STORE_CTX* context, void* into) {
  auto& out = *static_cast<std::vector<Buffer>*>(into);
  const STACK_OF(X509)* sent = X509_STORE_CTX_get0_untrusted(context);
  out.clear();
  for (int i = 0; sent != nullptr && i < sk_X509_num(sent); ++i) out.push_back(der_of(sk_X509_value(sent, i)));
  return 1;
}

// libssl's side of a handshake, its bytes carried by hand so that every wait has the same deadline.
Result<Done> handshake(SSL& ssl, Socket& socket, Deadline deadline, const std::vector<Buffer>& seen) {
  std::array<std::uint8_t, 16384> buffer{};
  std::size_t total = 0;
  for (;;) {
    const int done = SSL_do_handshake(&ssl);
    const int wants = SSL_get_error(&ssl, done);
    for (int n = 0; (n = BIO_read(SSL_get_wbio(&ssl), buffer.data(), static_cast<int>(buffer.size()))) > 0;)
      if (const auto sent = socket.send(Bytes(buffer).first(static_cast<std::size_t>(n)), deadline); !sent)
        return sent.error();
    if (done == 1 || !seen.empty()) return Done{};
    if (wants != SSL_ERROR_WANT_READ) {
      const char* reason = ERR_reason_error_string(ERR_get_error());
      return Error{Error::Kind::Malformed, one_line(reason != nullptr ? reason : "handshake failed", 120)};
    }
    const auto got = socket.receive(buffer, deadline);
    if (!got) return got.error();
    if (*got == 0) return Error{Error::Kind::Closed, "closed within the handshake"};
    if ((total += *got) > largest_flight) return Error{Error::Kind::Malformed, "an endless answer"};
    BIO_write(SSL_get_rbio(&ssl), buffer.data(), static_cast<int>(*got));
  }
}

Result<SentChain> fetch_through_libssl(const Asked& asked, const Session& session, bool with_name, Tally& tally) {
  std::vector<Buffer> seen;
  const OwnedSslContext context(SSL_CTX_new(TLS_client_method()));
  if (!context) return Error{Error::Kind::Failed, "libssl: no context"};
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(context.get(), write_down, &seen);
  const OwnedSsl ssl(SSL_new(context.get()));
  if (!ssl) return Error{Error::Kind::Failed, "libssl: no connection"};
  SSL_set_connect_state(ssl.get());
  SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  if (with_name) SSL_set_tlsext_host_name(ssl.get(), asked.target.name.c_str());
  const auto lease = session.budget ? std::optional(session.budget->lease(asked.address)) : std::nullopt;
  ++tally;
  const Deadline deadline = deadline_in(session.timeout);
  auto socket = Socket::connect(asked.address, asked.target.port, session.source_address, deadline);
  if (!socket) return socket.error();
  const auto shaken = handshake(*ssl, *socket, deadline, seen);
  ERR_clear_error();
  if (seen.empty() && !shaken) return shaken.error();
  return SentChain{std::move(seen), TlsVersion::Tls13};
}

Error error_of(const Heard& heard) {
  if (const auto* error = heard.reply.error()) return *error;
  return {Error::Kind::Refused, "the handshake was refused: " + heard.because};
}

}  // namespace

Result<SentChain> fetch_chain(const Asked& asked, Session& session, Tally& tally) {
  Conversation conversation(asked, session);
  const HelloOffer offer = old_offer(TlsVersion::Tls12, common_suites());
  Reply first = conversation.exchange(offer, tally);
  if (first.alert() != nullptr && first.alert()->description == unrecognized_name && conversation.sends_name()) {
    conversation.leave_out_name();
    first = conversation.exchange(offer, tally);
  }
  const auto* error = first.error();
  const bool quick = error != nullptr && (error->kind == Error::Kind::Reset || error->kind == Error::Kind::Closed);
  const std::string how = ending(first);
  const Heard heard =
      quick ? conversation.settle(offer, std::move(first), tally) : Heard{std::move(first), Weight::Nothing, how};
  const auto* hello = heard.reply.hello();
  if (const auto* body = hello != nullptr ? heard.reply.message(certificate_message) : nullptr) {
    auto sent = parse_certificate_message(*body);
    if (!sent) return sent.error();
    return SentChain{std::move(*sent), hello->version};
  }
  if (error != nullptr && !quick && error->kind != Error::Kind::Malformed) return *heard.reply.error();
  auto modern = fetch_through_libssl(asked, session, conversation.sends_name(), tally);
  if (modern || modern.error().kind != Error::Kind::Malformed || heard.reply.error() == nullptr) return modern;
  return error_of(heard);
}

}  // namespace kenshin
