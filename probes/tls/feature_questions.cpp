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

void add_new(std::vector<std::string>& to, const std::string& one) {
  if (std::find(to.begin(), to.end(), one) == to.end()) to.push_back(one);
}

void read_protocol(FeatureAnswers& out, const std::map<std::uint16_t, Buffer>& answered, bool offered) {
  if (!offered) return;
  const auto at = answered.find(extension_type::alpn);
  if (at == answered.end()) return out.learn(Feature::Alpn, {Answer::No, "not chosen from"});
  const auto protocol = chosen_protocol(at->second);
  if (!protocol) return out.learn(Feature::Alpn, {Answer::Unknown, "an ALPN answer of another form"});
  out.learn(Feature::Alpn, {Answer::Yes, *protocol});
  add_new(out.said.alpn, *protocol);
}

// What a ServerHello up to TLS 1.2 says to that offer.
void read_hello(FeatureAnswers& out, const HelloOffer& offer, const ServerHello& hello) {
  for (const Echo& echo : echoes) {
    if (!offers(offer, echo.type)) continue;
    const bool is_cbc_question = echo.feature == Feature::EncryptThenMac;
    if (is_cbc_question && !is_cbc(hello.suite)) continue;  // RFC 7366 3: no echo with another suite
    const bool yes = hello.extensions.contains(echo.type);
    out.learn(echo.feature, {yes ? Answer::Yes : Answer::No, yes ? "echoed" : "not echoed"});
  }
  read_protocol(out, hello.extensions, offers(offer, extension_type::alpn));
  if (offer.compressions.size() > 1)
    out.learn(Feature::Compression,
              hello.compression != 0
                  ? Decided{Answer::Yes, "compression method " + std::to_string(hello.compression)}
                  : Decided{Answer::No, "null chosen in " + std::string(version_name(hello.version))});
}

std::vector<HelloExtension> rich_extensions() {
  return {status_request(),   signed_certificate_timestamp(), heartbeat(), max_fragment_length(fragments_of_4096),
          session_ticket({}), alpn(known_protocols())};
}

class OldQuestions {
 public:
  OldQuestions(Conversation& conversation, FeatureAnswers& out, Tally& tally)
      : conversation_(conversation), out_(out), tally_(tally) {}

  void rich(const HelloOffer& plain) {
    HelloOffer offer = plain;
    offer.more = rich_extensions();
    offer.compressions = {1, 0};
    if (!ask(offer)) one_by_one(plain);
  }

  // CBC suites, encrypt-then-MAC, an extension nobody knows, no extended master secret.
  void folded(const HelloOffer& plain, const std::optional<HelloOffer>& cbc) {
    HelloOffer all = cbc ? *cbc : plain;
    all.extended_master_secret = false;
    all.more = {unknown_extension(), record_size_limit(16384), status_request(), alpn({"http/1.1"})};
    if (cbc) all.more.push_back(encrypt_then_mac());
    if (ask(all)) {
      out_.learn(Feature::UnknownExtensionTolerance, {Answer::Yes, "server_hello"});
      out_.learn(Feature::ExtendedMasterSecretRequired, {Answer::No, "server_hello without it"});
      return;
    }
    HelloOffer offer = plain;
    offer.extended_master_secret = false;
    if (ask(offer)) out_.learn(Feature::ExtendedMasterSecretRequired, {Answer::No, "server_hello without it"});
    else learn_required();
    offer = plain;
    offer.more = {unknown_extension()};
    ask(offer);
    out_.learn_tolerance(Feature::UnknownExtensionTolerance, last_);
    offer.more = {record_size_limit(16384)};
    if (!ask(offer)) out_.learn(Feature::RecordSizeLimit, {Answer::Unknown, last_.because});
    if (!cbc) return;
    offer = *cbc;
    offer.more = {encrypt_then_mac()};
    if (!ask(offer)) out_.learn(Feature::EncryptThenMac, {Answer::Unknown, last_.because});
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

  void learn_required() {
    const bool refused = last_.weight == Weight::Decides && last_.reply.alert() != nullptr;
    out_.learn(Feature::ExtendedMasterSecretRequired, {refused ? Answer::Yes : Answer::Unknown, last_.because});
    if (refused) out_.refused[Feature::ExtendedMasterSecretRequired] = last_;
  }

  void one_by_one(const HelloOffer& plain) {
    for (const HelloExtension& extension : rich_extensions()) {
      HelloOffer offer = plain;
      offer.more = {extension};
      if (ask(offer)) continue;
      if (extension.type == extension_type::alpn) out_.learn(Feature::Alpn, {Answer::Unknown, last_.because});
      for (const Echo& echo : echoes)
        if (echo.type == extension.type) out_.learn(echo.feature, {Answer::Unknown, last_.because});
    }
    HelloOffer compressed = plain;
    compressed.compressions = {1, 0};
    if (!ask(compressed)) out_.learn(Feature::Compression, {Answer::Unknown, last_.because});
  }

  Conversation& conversation_;
  FeatureAnswers& out_;
  Tally& tally_;
  Heard last_;
};

// The highest version before TLS 1.3 and a hello it is known to answer.
std::optional<HelloOffer> highest_known(const Learned& learned, const SuitePredicate& wanted = nullptr) {
  const auto spoken = spoken_before_tls13(learned);
  if (spoken.empty() || spoken.front() == TlsVersion::Ssl3) return std::nullopt;
  return known_hello(learned, spoken.front(), wanted);
}

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
  const auto& known = out.certificate_compression;
  std::vector<std::uint16_t> left;
  for (const auto& [code, name] : compressions)
    if (std::find(known.begin(), known.end(), name) == known.end()) left.push_back(code);
  return left;
}

void read_certificate(FeatureAnswers& out, const Seen13& seen) {
  if (seen.certificates.empty()) return;
  const auto& answered = seen.certificates.front().extensions;
  const auto said = [&](Feature feature, std::uint16_t type) {
    const bool yes = answered.contains(type);
    out.learn(feature, {yes ? Answer::Yes : Answer::No, yes ? "sent with the certificate" : "not sent"});
  };
  said(Feature::OcspStapling, extension_type::status_request);
  said(Feature::SignedTimestamps, extension_type::signed_certificate_timestamp);
}

void read_encrypted(FeatureAnswers& out, const Seen13& seen, bool with_alpn) {
  const auto said = [&](Feature feature, std::uint16_t type) {
    const bool yes = seen.extensions.contains(type);
    out.learn(feature, {yes ? Answer::Yes : Answer::No, yes ? "echoed" : "not echoed"});
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

void FeatureAnswers::learn(Feature feature, Decided decided) {
  Decided& known = said.features[feature];
  const bool better = known.accepted != Answer::Yes && (known.because.empty() || decided.accepted != Answer::Unknown);
  if (better) known = std::move(decided);
}

void FeatureAnswers::learn_tolerance(Feature feature, const Heard& heard) {
  if (heard.reply.hello() != nullptr) return learn(feature, {Answer::Yes, heard.because});
  const bool no = heard.weight != Weight::Nothing;
  learn(feature, {no ? Answer::No : Answer::Unknown, heard.because});
  if (no) refused[feature] = heard;
}

TlsExtensions together(Conversation& conversation, const std::vector<FeatureAnswers>& parts, Tally& tally) {
  const bool any_refused =
      std::any_of(parts.begin(), parts.end(), [](const auto& part) { return !part.refused.empty(); });
  if (any_refused) conversation.controls(controls_in_a_row, tally);
  FeatureAnswers out;
  for (const FeatureAnswers& part : parts) {
    for (const auto& [feature, decided] : part.said.features) {
      const auto refused = part.refused.find(feature);
      const bool doubted = refused != part.refused.end() && conversation.in_doubt(refused->second);
      out.learn(feature, doubted ? Decided{Answer::Unknown, decided.because + ", control failed"} : decided);
    }
    for (const auto& protocol : part.said.alpn) add_new(out.said.alpn, protocol);
    for (const auto& name : part.said.certificate_compression) add_new(out.said.certificate_compression, name);
  }
  return std::move(out.said);
}

void ask_old_extensions(Conversation& conversation, const Learned& learned, FeatureAnswers& out, Tally& tally) {
  const auto spoken = spoken_before_tls13(learned);
  if (spoken.empty()) return;
  const auto known = learned.replies.find(spoken.front());
  const auto offer = learned.offers.find(spoken.front());
  if (known != learned.replies.end() && offer != learned.offers.end() && known->second.hello())
    read_hello(out, offer->second, *known->second.hello());
  if (const auto plain = highest_known(learned)) OldQuestions(conversation, out, tally).rich(*plain);
}

void ask_cbc_and_unknown(Conversation& conversation, const Learned& learned, FeatureAnswers& out, Tally& tally) {
  if (const auto plain = highest_known(learned))
    OldQuestions(conversation, out, tally).folded(*plain, highest_known(learned, is_cbc));
}

void ask_tls13_extensions(Conversation& conversation, const Learned& learned, FeatureAnswers& out, Tally& tally) {
  if (learned.speaks(TlsVersion::Tls13) != Answer::Yes) return;
  auto wish = finishing_wish(learned);
  if (!wish) return;
  wish->finish = false;
  const auto base = wish->offer.more;
  bool with_alpn = true, certificate_seen = false;
  constexpr int most_questions = 5;
  for (int i = 0; i < most_questions && !certificate_seen; ++i) {
    const auto left = compressions_left(out.said);
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
    if (seen.decrypted) out.learn(Feature::UnknownExtensionTolerance, {Answer::Yes, "server_hello"});
    read_certificate(out, seen);
    certificate_seen = !seen.certificates.empty();
    const Alert* alert = seen.alert ? &*seen.alert : seen.reply.alert();
    if (alert != nullptr && alert->description == no_application_protocol && with_alpn) {
      out.learn(Feature::AlpnStrict, {Answer::Yes, ending(seen)});
      with_alpn = false;
      continue;
    }
    const Buffer* compressed = seen.reply.message(compressed_certificate);
    const std::string name = compressed != nullptr ? compression_name(*compressed) : "";
    if (name.empty()) break;
    out.said.certificate_compression.push_back(name);
  }
}

}  // namespace kenshin
