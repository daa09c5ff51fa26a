#include "probes/tls/feature_questions.h"

#include <algorithm>
#include <array>

#include "probes/base/text.h"
#include "probes/tls/code_points.h"
#include "probes/tls/extensions.h"
#include "probes/tls/wish13.h"

namespace kenshin {

namespace {

constexpr std::uint8_t fragments_of_4096 = 4;  // RFC 6066 4

struct Echo {
  Feature feature;
  std::uint16_t type;
};
constexpr auto echoes = std::to_array<Echo>({
    {Feature::Heartbeat, extension_type::heartbeat},
    {Feature::OcspStapling, extension_type::status_request},
    {Feature::SignedTimestamps, extension_type::signed_certificate_timestamp},
    {Feature::MaxFragmentLength, extension_type::max_fragment_length},
    {Feature::RecordSizeLimit, extension_type::record_size_limit},
    {Feature::SecureRenegotiation, extension_type::renegotiation_info},
    {Feature::ExtendedMasterSecret, extension_type::extended_master_secret},
    {Feature::EncryptThenMac, extension_type::encrypt_then_mac},
});

bool offers(const HelloOffer& offer, std::uint16_t type) {
  if (type == extension_type::renegotiation_info) return offer.secure_renegotiation;
  if (type == extension_type::extended_master_secret)
    return offer.extended_master_secret && offer.version != TlsVersion::Ssl3;
  return std::any_of(offer.more.begin(), offer.more.end(), [&](const auto& sent) { return sent.type == type; });
}

void read_protocol(TlsExtensions& out, const std::map<std::uint16_t, Buffer>& answered, bool offered) {
  if (!offered) return;
  const auto at = answered.find(extension_type::alpn);
  if (at == answered.end()) return learn(out, Feature::Alpn, {Answer::No, "not chosen from"});
  const auto protocol = chosen_protocol(at->second);
  if (!protocol) return learn(out, Feature::Alpn, {Answer::Unknown, "an ALPN answer of another form"});
  learn(out, Feature::Alpn, {Answer::Yes, *protocol});
  if (std::find(out.alpn.begin(), out.alpn.end(), *protocol) == out.alpn.end()) out.alpn.push_back(*protocol);
}

// What a ServerHello up to TLS 1.2 says to that offer.
void read_hello(TlsExtensions& out, const HelloOffer& offer, const ServerHello& hello) {
  for (const Echo& echo : echoes) {
    if (!offers(offer, echo.type)) continue;
    const bool is_cbc_question = echo.feature == Feature::EncryptThenMac;
    if (is_cbc_question && !is_cbc(hello.suite)) continue;  // RFC 7366 3: no echo with another suite
    const bool yes = hello.extensions.contains(echo.type);
    learn(out, echo.feature, {yes ? Answer::Yes : Answer::No, yes ? "echoed" : "not echoed"});
  }
  read_protocol(out, hello.extensions, offers(offer, extension_type::alpn));
  if (offer.compressions.size() > 1)
    learn(out, Feature::Compression,
          hello.compression != 0 ? Decided{Answer::Yes, "compression method " + std::to_string(hello.compression)}
                                 : Decided{Answer::No, "null chosen in " + std::string(version_name(hello.version))});
}

std::vector<HelloExtension> rich_extensions() {
  return {status_request(),   signed_certificate_timestamp(), heartbeat(), max_fragment_length(fragments_of_4096),
          session_ticket({}), alpn(known_protocols())};
}

class OldQuestions {
 public:
  OldQuestions(Conversation& conversation, const Learned& learned, TlsExtensions& out, Tally& tally)
      : conversation_(conversation), out_(out), tally_(tally), learned_(learned) {}

  void run(TlsVersion version) {
    if (const auto known = learned_.replies.find(version); known != learned_.replies.end())
      if (const auto offer = learned_.offers.find(version); offer != learned_.offers.end() && known->second.hello())
        read_hello(out_, offer->second, *known->second.hello());
    const auto plain = known_hello(learned_, version);
    if (!plain || version == TlsVersion::Ssl3) return;
    HelloOffer rich = *plain;
    rich.more = rich_extensions();
    rich.compressions = {1, 0};
    if (!ask(rich)) one_by_one(*plain);
    second(*plain, known_hello(learned_, version, is_cbc));
  }

 private:
  // Whether a ServerHello came.
  bool ask(const HelloOffer& offer) {
    last_ = conversation_.ask(offer, tally_);
    const auto* hello = last_.reply.hello();
    if (hello == nullptr || hello->version != offer.version) return false;
    read_hello(out_, offer, *hello);
    return true;
  }

  void one_by_one(const HelloOffer& plain) {
    for (const HelloExtension& extension : rich_extensions()) {
      HelloOffer offer = plain;
      offer.more = {extension};
      if (ask(offer)) continue;
      if (extension.type == extension_type::alpn) learn(out_, Feature::Alpn, {Answer::Unknown, last_.because});
      for (const Echo& echo : echoes)
        if (echo.type == extension.type) learn(out_, echo.feature, {Answer::Unknown, last_.because});
    }
    HelloOffer compressed = plain;
    compressed.compressions = {1, 0};
    if (!ask(compressed)) learn(out_, Feature::Compression, {Answer::Unknown, last_.because});
  }

  // CBC suites, encrypt-then-MAC, an extension nobody knows, no extended master secret.
  void second(const HelloOffer& plain, const std::optional<HelloOffer>& cbc) {
    HelloOffer folded = cbc ? *cbc : plain;
    folded.extended_master_secret = false;
    folded.more = {unknown_extension(), record_size_limit(16384), status_request(), alpn({"http/1.1"})};
    if (cbc) folded.more.push_back(encrypt_then_mac());
    if (ask(folded)) {
      learn(out_, Feature::UnknownExtensionTolerance, {Answer::Yes, "server_hello"});
      learn(out_, Feature::ExtendedMasterSecretRequired, {Answer::No, "server_hello without it"});
      return;
    }
    HelloOffer offer = plain;
    offer.extended_master_secret = false;
    if (ask(offer)) learn(out_, Feature::ExtendedMasterSecretRequired, {Answer::No, "server_hello without it"});
    else
      learn(out_, Feature::ExtendedMasterSecretRequired,
            {last_.weight == Weight::Decides ? Answer::Yes : Answer::Unknown, last_.because});
    offer = plain;
    offer.more = {unknown_extension()};
    if (ask(offer)) learn(out_, Feature::UnknownExtensionTolerance, {Answer::Yes, "server_hello"});
    else
      learn(out_, Feature::UnknownExtensionTolerance,
            {last_.weight == Weight::Nothing ? Answer::Unknown : Answer::No, last_.because});
    offer = plain;
    offer.more = {record_size_limit(16384)};
    if (!ask(offer)) learn(out_, Feature::RecordSizeLimit, {Answer::Unknown, last_.because});
    if (!cbc) return;
    offer = *cbc;
    offer.more = {encrypt_then_mac()};
    if (!ask(offer)) learn(out_, Feature::EncryptThenMac, {Answer::Unknown, last_.because});
  }

  Conversation& conversation_;
  TlsExtensions& out_;
  Tally& tally_;
  const Learned& learned_;
  Heard last_;
};

// The algorithm of a CompressedCertificate (RFC 8879 4).
std::string compression_name(const Buffer& message) {
  Reader in(message);
  switch (in.u16()) {
    case 1: return "zlib";
    case 2: return "brotli";
    case 3: return "zstd";
    default: return "";
  }
}

constexpr auto compressions = std::to_array<std::pair<std::uint16_t, std::string_view>>(
    {{std::uint16_t{1}, "zlib"}, {std::uint16_t{2}, "brotli"}, {std::uint16_t{3}, "zstd"}});

std::vector<std::uint16_t> compressions_left(const TlsExtensions& out) {
  std::vector<std::uint16_t> left;
  for (const auto& [code, name] : compressions)
    if (std::find(out.certificate_compression.begin(), out.certificate_compression.end(), name) ==
        out.certificate_compression.end())
      left.push_back(code);
  return left;
}

void read_certificate(TlsExtensions& out, const Seen13& seen) {
  if (seen.certificates.empty()) return;
  const auto& answered = seen.certificates.front().extensions;
  const auto said = [&](Feature feature, std::uint16_t type) {
    const bool yes = answered.contains(type);
    learn(out, feature, {yes ? Answer::Yes : Answer::No, yes ? "sent with the certificate" : "not sent"});
  };
  said(Feature::OcspStapling, extension_type::status_request);
  said(Feature::SignedTimestamps, extension_type::signed_certificate_timestamp);
}

void read_encrypted(TlsExtensions& out, const Seen13& seen, bool with_alpn) {
  const auto said = [&](Feature feature, std::uint16_t type) {
    const bool yes = seen.extensions.contains(type);
    learn(out, feature, {yes ? Answer::Yes : Answer::No, yes ? "echoed" : "not echoed"});
  };
  said(Feature::RecordSizeLimit, extension_type::record_size_limit);
  read_protocol(out, seen.extensions, with_alpn);
}

}  // namespace

const std::vector<std::string>& known_protocols() {
  static const std::vector<std::string> protocols{"h2",   "http/1.1", "http/1.0",    "imap",        "pop3",
                                                  "ftp",  "smtp",     "xmpp-client", "managesieve", "stun.turn",
                                                  "mqtt", "dot",      "webrtc",      "postgresql"};
  return protocols;
}

std::optional<std::string> chosen_protocol(Bytes body) {
  Reader in(body);
  Reader list = in.vec16();
  const std::string name(text_of(list.vec8().rest()));
  const auto whole = list.finish(name);
  if (!whole || !in.finish(name)) return std::nullopt;
  std::string shown = one_line(name, 64);
  return shown.empty() ? std::nullopt : std::optional(std::move(shown));  // nothing of it can be shown
}

HelloExtension unknown_extension() { return {0x7A7A, {0}}; }

void learn(TlsExtensions& out, Feature feature, Decided said) {
  Decided& known = out.features[feature];
  const bool better = known.accepted != Answer::Yes && (known.because.empty() || said.accepted != Answer::Unknown);
  if (better) known = std::move(said);
}

void observe_old_extensions(Conversation& conversation, const Learned& learned, TlsExtensions& out, Tally& tally) {
  const auto spoken = spoken_before_tls13(learned);
  if (!spoken.empty()) OldQuestions(conversation, learned, out, tally).run(spoken.front());
}

void observe_tls13_extensions(Conversation& conversation, const Learned& learned, TlsExtensions& out, Tally& tally) {
  auto wish = finishing_wish(learned);
  if (!wish) return;
  wish->finish = false;
  const auto base = wish->offer.more;
  bool with_alpn = true, certificate_seen = false;
  constexpr int most_questions = 5;
  for (int i = 0; i < most_questions && !certificate_seen; ++i) {
    const auto left = compressions_left(out);
    wish->offer.more = base;
    wish->offer.more.push_back(status_request());
    wish->offer.more.push_back(signed_certificate_timestamp());
    wish->offer.more.push_back(record_size_limit(16384));
    wish->offer.more.push_back(unknown_extension());
    if (with_alpn) wish->offer.more.push_back(alpn(known_protocols()));
    if (!left.empty()) wish->offer.more.push_back(compress_certificate(left));
    const Seen13 seen = insisting_handshake13(conversation, *wish, tally);
    constexpr std::uint8_t compressed_certificate = 25, no_application_protocol = 120;
    if (seen.decrypted) read_encrypted(out, seen, with_alpn);
    if (seen.decrypted) learn(out, Feature::UnknownExtensionTolerance, {Answer::Yes, "server_hello"});
    read_certificate(out, seen);
    certificate_seen = !seen.certificates.empty();
    const Alert* alert = seen.alert ? &*seen.alert : seen.reply.alert();
    if (alert != nullptr && alert->description == no_application_protocol && with_alpn) {
      learn(out, Feature::AlpnStrict, {Answer::Yes, ending(seen)});
      with_alpn = false;
      continue;
    }
    const Buffer* compressed = seen.reply.message(compressed_certificate);
    const std::string name = compressed != nullptr ? compression_name(*compressed) : "";
    if (name.empty()) break;
    out.certificate_compression.push_back(name);
  }
}

}  // namespace kenshin
