#include "probes/tls/secured.h"

#include <algorithm>
#include <array>

#include "probes/base/target.h"
#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::size_t largest_talk = 1024 * 1024;

Error reason() {
  const char* words = ERR_reason_error_string(ERR_get_error());
  ERR_clear_error();
  return {Error::Kind::Malformed, one_line(words != nullptr ? words : "handshake failed", 120)};
}

}  // namespace

Result<Done> Secured::flush() {
  std::array<std::uint8_t, 16384> buffer{};
  for (int n = 0; (n = BIO_read(SSL_get_wbio(ssl_.get()), buffer.data(), static_cast<int>(buffer.size()))) > 0;)
    if (const auto sent = socket_.send(Bytes(buffer).first(static_cast<std::size_t>(n)), deadline_); !sent)
      return sent.error();
  return Done{};
}

// False where the peer closed.
Result<bool> Secured::feed() {
  std::array<std::uint8_t, 16384> buffer{};
  const auto got = socket_.receive(buffer, deadline_);
  if (!got) return got.error();
  if (*got == 0) return false;
  if ((total_ += *got) > largest_talk) return Error{Error::Kind::Malformed, "an endless answer"};
  BIO_write(SSL_get_rbio(ssl_.get()), buffer.data(), static_cast<int>(*got));
  return true;
}

Result<Secured> Secured::over(Socket socket, const std::string& name, Deadline deadline) {
  OwnedSslContext context(SSL_CTX_new(TLS_client_method()));
  if (!context) return Error{Error::Kind::Failed, "libssl: no context"};
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_NONE, nullptr);
  OwnedSsl ssl(SSL_new(context.get()));
  if (!ssl) return Error{Error::Kind::Failed, "libssl: no connection"};
  SSL_set_connect_state(ssl.get());
  SSL_set_bio(ssl.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  if (!is_ip_literal(name)) SSL_set_tlsext_host_name(ssl.get(), name.c_str());  // RFC 6066 3
  Secured out(std::move(socket), std::move(context), std::move(ssl), deadline);
  for (;;) {
    const int done = SSL_do_handshake(out.ssl_.get());
    const int wants = SSL_get_error(out.ssl_.get(), done);
    const auto sent = out.flush();
    if (done == 1) return sent ? Result<Secured>(std::move(out)) : Result<Secured>(sent.error());
    if (wants != SSL_ERROR_WANT_READ) return reason();
    if (!sent) return sent.error();
    const auto fed = out.feed();
    if (!fed) return fed.error();
    if (!*fed) return Error{Error::Kind::Closed, "closed within the handshake"};
  }
}

Result<Done> Secured::send(Bytes bytes) {
  if (SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) <= 0) return reason();
  return flush();
}

Result<std::size_t> Secured::receive(std::span<std::uint8_t> into) {
  for (;;) {
    const int got = SSL_read(ssl_.get(), into.data(), static_cast<int>(into.size()));
    const int wants = SSL_get_error(ssl_.get(), got);
    if (const auto sent = flush(); !sent) return sent.error();
    if (got > 0) return static_cast<std::size_t>(got);
    if (wants == SSL_ERROR_ZERO_RETURN) return std::size_t{0};
    if (wants != SSL_ERROR_WANT_READ) return reason();
    const auto fed = feed();
    if (!fed) return fed.error();
    if (!*fed) return std::size_t{0};
  }
}

}  // namespace kenshin
