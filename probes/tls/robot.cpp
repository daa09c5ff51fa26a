#include "probes/tls/robot.h"

#include <openssl/rsa.h>

#include <algorithm>
#include <numeric>

#include "probes/base/crypto.h"
#include "probes/certificate/openssl.h"
#include "probes/certificate/read.h"
#include "probes/tls/known_hello.h"
#include "probes/tls/unfinished.h"

namespace kenshin {

namespace {

using namespace std::chrono_literals;

constexpr std::uint8_t change_cipher_spec = 20, handshake_record = 22, certificate = 11, client_key_exchange = 16;
constexpr std::size_t premaster_size = 48, smallest_key = 64, largest_key = 2048, noise_size = 64;
constexpr int rounds = 3;

using Answers = std::array<std::string, all_premasters.size()>;

enum class Sending { WithFinished, Alone };

std::uint8_t nonzero_byte() {
  std::uint8_t out = 0;
  while (out == 0) out = random_bytes(1).front();
  return out;
}

// The leaf's RSA key; nothing where it is of another kind or out of bounds.
OwnedKey rsa_key(const Reply& reply) {
  const Buffer* message = reply.message(certificate);
  if (message == nullptr) return nullptr;
  Reader in(*message);
  Reader list = in.vec24();
  const OwnedX509 leaf = x509_from_der(list.vec24().rest());
  OwnedKey key(leaf ? X509_get_pubkey(leaf.get()) : nullptr);
  ERR_clear_error();
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return nullptr;
  const auto size = static_cast<std::size_t>(std::max(EVP_PKEY_get_size(key.get()), 0));
  return size >= smallest_key && size <= largest_key ? std::move(key) : nullptr;
}

Buffer encrypted(EVP_PKEY* key, Bytes block) {
  const OwnedKeyContext context(EVP_PKEY_CTX_new(key, nullptr));
  Buffer out(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
  std::size_t size = out.size();
  if (!context || EVP_PKEY_encrypt_init(context.get()) != 1 ||
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) != 1 ||
      EVP_PKEY_encrypt(context.get(), out.data(), &size, block.data(), block.size()) != 1)
    out.clear();
  ERR_clear_error();
  return out;
}

void append(Buffer& out, Bytes bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

Buffer flight_with(const Unfinished& unfinished, Bytes secret, Sending sending) {
  Writer message;
  message.u8(client_key_exchange);
  message.vec24([&](Writer& body) {
    if (unfinished.hello().version == TlsVersion::Ssl3) return body.put(secret);  // RFC 6101 5.6.7.1
    body.vec16([&](Writer& key) { key.put(secret); });
  });
  Buffer out = unfinished.record(handshake_record, message.take());
  if (sending == Sending::Alone) return out;
  append(out, unfinished.record(change_cipher_spec, Buffer{1}));
  Buffer noise(noise_size);
  std::generate(noise.begin(), noise.end(), nonzero_byte);
  append(out, unfinished.record(handshake_record, noise));
  return out;
}

class Oracle {
 public:
  Oracle(Conversation& conversation, HelloOffer offer, Tally& tally)
      : conversation_(conversation), offer_(std::move(offer)), tally_(tally) {}

  // Five answers, one after another: some servers wait for one client at a time. Errors: why there are none.
  Result<Answers> round(Sending sending) {
    Answers out;
    const std::string silence = word_text(Word{});
    std::array<std::size_t, all_premasters.size()> order{};
    std::iota(order.begin(), order.end(), std::size_t{0});
    // Never the same order: unlike machines that take turns behind one address would look like an oracle.
    for (std::size_t left = order.size(); left > 1; --left)
      std::swap(order[left - 1], order[random_bytes(1).front() % left]);
    for (const std::size_t i : order) {
      auto heard = ask(all_premasters[i], sending);
      // Behind a whole flight an alert must come: a server that was merely late gives it the second time.
      if (heard && *heard == silence && sending == Sending::WithFinished) heard = ask(all_premasters[i], sending);
      if (!heard) return heard.error();
      out[i] = std::move(*heard);
    }
    return out;
  }
  bool in_doubt(const std::string& word) const {
    const auto kind = word == "reset" ? Error::Kind::Reset : Error::Kind::Closed;
    return conversation_.in_doubt({{Error{kind, ""}, {}}, Weight::ThriceAlike, ""});
  }

 private:
  Result<std::string> ask(Premaster premaster, Sending sending) {
    Unfinished unfinished = Unfinished::open(conversation_, offer_, tally_);
    if (!unfinished.stands()) return failed("no handshake to ask in: " + ending(unfinished.reply()));
    if (unfinished.wants_certificate()) return failed("a client certificate is asked for first");
    const OwnedKey key = rsa_key(unfinished.reply());
    if (!key) return failed("no RSA key in the certificate");
    const auto size = static_cast<std::size_t>(EVP_PKEY_get_size(key.get()));
    const Buffer secret = encrypted(key.get(), premaster_block(premaster, size, offer_.version));
    if (secret.empty()) return failed("libcrypto cannot encrypt with the server's key");
    unfinished.send(flight_with(unfinished, secret, sending));
    const auto wait =
        std::max<std::chrono::milliseconds>(sending == Sending::Alone ? 200ms : 1000ms, 5 * unfinished.round_trip());
    return word_text(unfinished.next(wait));
  }
  static Error failed(std::string why) { return {Error::Kind::Failed, std::move(why)}; }

  Conversation& conversation_;
  const HelloOffer offer_;
  Tally& tally_;
};

bool alike(const Answers& answers) {
  return std::all_of(answers.begin(), answers.end(), [&](const auto& answer) { return answer == answers.front(); });
}

// "right: X; wrong: Y": the first answer that differs.
std::string difference(const Answers& answers) {
  const auto other = std::find_if(answers.begin(), answers.end(), [&](const auto& a) { return a != answers.front(); });
  return "\"" + answers.front() + "\" to a right premaster, \"" + *other + "\" to a wrong one";
}

Vulnerability judged(Oracle& oracle, Sending sending) {
  const std::string how = sending == Sending::Alone ? "ClientKeyExchange alone" : "whole flight";
  const auto first = oracle.round(sending);
  if (!first) return {Answer::Unknown, first.error().detail};
  const std::string& word = first->front();
  // A firewall's silence or close says nothing of the server; behind a whole flight an alert must come.
  const bool quiet = !word.starts_with("alert ");
  if (alike(*first) && (sending == Sending::Alone || !quiet)) return {Answer::No, how + ": five times " + word};
  for (int i = 1; i < rounds; ++i) {
    const auto again = oracle.round(sending);
    if (!again) return {Answer::Unknown, again.error().detail};
    if (*again != *first) return {Answer::Unknown, how + ": inconsistent answers"};
  }
  if (!alike(*first)) return {Answer::Yes, oracle_strength(*first) + " oracle, " + how + ": " + difference(*first)};
  if (word != "closed" && word != "reset") return {Answer::Unknown, how + ": " + word};
  if (oracle.in_doubt(word)) return {Answer::Unknown, how + ": " + word + ", control failed"};
  return {Answer::No, how + ": fifteen times " + word};
}

bool is_rsa_kx(SuiteId suite) { return name_has(suite, "TLS_RSA_WITH_") && !name_has(suite, "_NULL_"); }

}  // namespace

Buffer premaster_block(Premaster premaster, std::size_t size, TlsVersion version) {
  Buffer out(size);
  std::generate(out.begin(), out.end(), nonzero_byte);
  const std::size_t secret = size - premaster_size;
  const auto wire = static_cast<std::uint16_t>(version);
  out[0] = 0;
  out[1] = 2;
  out[secret - 1] = 0;
  out[secret] = static_cast<std::uint8_t>(wire >> 8);
  out[secret + 1] = static_cast<std::uint8_t>(wire);
  switch (premaster) {
    case Premaster::Right: break;
    case Premaster::WrongStart: out[1] = 0x17; break;  // the first byte stays zero: the block is below every modulus
    case Premaster::NoZero: out[secret - 1] = 1; break;
    case Premaster::EarlyZero: out[5] = 0; break;  // RFC 8017 7.2.2: eight bytes of padding at least
    case Premaster::WrongVersion:
      out[secret] = 2;
      out[secret + 1] = 2;
      break;
  }
  return out;
}

std::string oracle_strength(const Answers& answers) {
  if (alike(answers)) return "";
  const auto& start = answers[static_cast<std::size_t>(Premaster::WrongStart)];
  const bool start_alone_tells_nothing = start == answers[static_cast<std::size_t>(Premaster::NoZero)] &&
                                         start == answers[static_cast<std::size_t>(Premaster::EarlyZero)];
  return start_alone_tells_nothing ? "weak" : "strong";
}

Vulnerability robot(Conversation& conversation, const Learned& learned, Tally& tally) {
  const auto spoken = speaks_before_tls13(learned);
  if (spoken.accepted != Answer::Yes) return {spoken.accepted, spoken.because};
  for (const TlsVersion version : spoken_before_tls13(learned)) {
    auto offer = known_hello(learned, version, is_rsa_kx);
    if (!offer) continue;
    Oracle oracle(conversation, std::move(*offer), tally);
    const auto whole = judged(oracle, Sending::WithFinished);
    if (whole.vulnerable == Answer::Yes) return whole;
    const auto alone = judged(oracle, Sending::Alone);
    return alone.vulnerable == Answer::No ? whole : alone;
  }
  if (const auto unlisted = unlisted_before_tls13(learned); !unlisted.empty()) return {Answer::Unknown, unlisted};
  return {Answer::NotApplicable, "no RSA key exchange"};
}

}  // namespace kenshin
