#include "probes/tls/transcript.h"

#include <utility>

#include "probes/base/crypto.h"
#include "probes/certificate/read.h"
#include "probes/tls/encrypted_messages.h"
#include "probes/tls/key_schedule.h"
#include "probes/tls/server_hello.h"
#include "probes/tls/signature.h"
#include "probes/tls/wish13.h"

namespace kenshin {

namespace {

constexpr std::uint8_t client_hello = 1, server_hello = 2, encrypted_extensions = 8, certificate = 11,
                       certificate_request = 13, certificate_verify = 15;
constexpr std::size_t largest_transcript = 1024 * 1024;

Error wrong(std::string what) { return {Error::Kind::Malformed, std::move(what)}; }

struct Step {
  std::uint8_t type = 0;
  std::size_t at = 0;  // where the message begins
  Bytes body;
};

// The messages in the order of RFC 8446 2: hello, perhaps a retry and a second hello, then the server's flight.
Result<std::vector<Step>> steps_of(Bytes messages) {
  std::vector<Step> out;
  Reader in(messages);
  while (!in.done() && out.size() < 16) {
    const std::size_t at = messages.size() - in.left();
    const std::uint8_t type = in.u8();
    const Bytes body = in.vec24().rest();
    out.push_back({type, at, body});
  }
  return in.finish(std::move(out));
}

bool is_in_order(const std::vector<Step>& steps, std::size_t second_hello) {
  std::vector<std::uint8_t> types;
  for (const Step& step : steps) types.push_back(step.type);
  std::vector<std::uint8_t> expected;
  if (second_hello > 0) expected = {client_hello, server_hello};
  for (const std::uint8_t type : {client_hello, server_hello, encrypted_extensions, certificate, certificate_verify})
    expected.push_back(type);
  if (types == expected) return true;
  expected.insert(expected.end() - 2, certificate_request);
  return types == expected;
}

// ClientHello.random, in hex.
std::string random_of(Bytes hello) {
  constexpr std::size_t at = 2, length = 32;
  return hello.size() < at + length ? std::string() : hex(hello.subspan(at, length));
}

}  // namespace

Result<TlsTranscript> transcript_of(const Seen13& seen) {
  if (seen.transcript.empty() || !seen.scheme || seen.certificates.empty() || seen.reply.hello() == nullptr)
    return Error{Error::Kind::Absent, "no signature of the server was seen"};
  TlsTranscript out;
  out.suite = seen.reply.hello()->suite;
  out.scheme = *seen.scheme;
  constexpr std::size_t header = 4;
  out.random = random_of(Bytes(seen.transcript).subspan(header));
  out.certificate = sha256_hex(seen.certificates.front().der);
  out.messages = seen.transcript;
  return out;
}

Result<TlsTranscript> observe_transcript(Conversation& conversation, const Learned& learned, Tally& tally) {
  if (learned.speaks(TlsVersion::Tls13) != Answer::Yes) return Error{Error::Kind::Absent, "no TLSv1.3"};
  if (learned.handshake)
    if (auto made = transcript_of(*learned.handshake)) return made;
  auto wish = finishing_wish(learned);
  if (!wish) return wish.error();
  wish->finish = false;
  const Seen13 seen = insisting_handshake13(conversation, *wish, tally);
  auto made = transcript_of(seen);
  if (made) return made;
  if (seen.end) return *seen.end;
  return seen.reply.error() != nullptr ? *seen.reply.error() : Error{Error::Kind::Failed, ending(seen)};
}

Result<Done> check_transcript(const TlsTranscript& transcript, Bytes leaf_der) {
  const Bytes messages = transcript.messages;
  if (messages.size() > largest_transcript) return wrong("too long");
  const auto steps = steps_of(messages);
  if (!steps || steps->size() < 5) return wrong("no sequence of handshake messages");
  const auto answer = parse_server_hello((*steps)[1].body);
  const std::size_t second_hello = answer && answer->retry ? 2 : 0;
  if (!is_in_order(*steps, second_hello)) return wrong("messages out of order");
  const auto hello = parse_server_hello((*steps)[second_hello + 1].body);
  if (!hello || hello->retry || hello->version != TlsVersion::Tls13) return wrong("no ServerHello of TLS 1.3");
  if (hello->suite != transcript.suite) return wrong("another suite");
  if (transcript.random.empty() || random_of((*steps)[0].body) != transcript.random ||
      random_of((*steps)[second_hello].body) != transcript.random)
    return wrong("another random");
  const auto sent = parse_certificate13((*steps)[steps->size() - 2].body);
  if (!sent || sent->empty() || Bytes(sent->front().der).size() != leaf_der.size() ||
      sha256_hex(sent->front().der) != transcript.certificate || sha256_hex(leaf_der) != transcript.certificate)
    return wrong("another certificate");
  const Step& last = steps->back();
  const auto verify = parse_certificate_verify(last.body);
  if (!verify || verify->scheme != transcript.scheme) return wrong("another scheme");
  const auto suite = suite13(transcript.suite);
  const OwnedX509 leaf = x509_from_der(leaf_der);
  EVP_PKEY* key = leaf ? X509_get0_pubkey(leaf.get()) : nullptr;
  if (!suite || key == nullptr) return wrong("a suite or key that cannot be read");
  const Buffer signed_content = signed_content13(server_context, transcript_hash(suite->hash, messages.first(last.at)));
  if (!may_sign13(verify->scheme, *key) || !is_signature(verify->scheme, *key, signed_content, verify->signature))
    return wrong("the signature does not hold");
  return Done{};
}

}  // namespace kenshin
