#include "probes/tls/features.h"

#include <algorithm>
#include <array>
#include <functional>

#include "probes/net/side_by_side.h"
#include "probes/tls/code_points.h"
#include "probes/tls/extensions.h"
#include "probes/tls/feature_questions.h"
#include "probes/tls/wish13.h"

namespace kenshin {

namespace {

constexpr SuiteId fallback_scsv{0x5600};
constexpr std::uint8_t inappropriate_fallback = 86, no_application_protocol = 120;
constexpr std::uint16_t padding_type = 21;
constexpr std::size_t large_padding = 1300;                       // more than one TCP segment
constexpr auto future_version = static_cast<TlsVersion>(0x7A7A);  // RFC 8701
constexpr std::array handshake_versions{TlsVersion::Tls13, TlsVersion::Tls12, TlsVersion::Tls11, TlsVersion::Tls10,
                                        TlsVersion::Ssl3};

// Those that make no sense without a version before TLS 1.3 (RFC 8446 4.2 and D).
constexpr std::array old_features{Feature::SecureRenegotiation,
                                  Feature::EncryptThenMac,
                                  Feature::ExtendedMasterSecret,
                                  Feature::ExtendedMasterSecretRequired,
                                  Feature::Heartbeat,
                                  Feature::MaxFragmentLength,
                                  Feature::Compression};

class Features {
 public:
  Features(Conversation& conversation, const Learned& learned, Tally& tally)
      : conversation_(conversation), learned_(learned), tally_(tally) {}

  // Each question fills a part of its own; what they say of one feature comes together in this order.
  TlsExtensions run() {
    const auto best = highest();
    const std::vector<Question> questions{
        [&](FeatureAnswers& to) { ask_old_extensions(conversation_, learned_, to, tally_); },
        [&](FeatureAnswers& to) { ask_cbc_and_unknown(conversation_, learned_, to, tally_); },
        [&](FeatureAnswers& to) { ask_tls13_extensions(conversation_, learned_, to, tally_); },
        [&](FeatureAnswers& to) { sentinel(to); },
        [&](FeatureAnswers& to) { fallback(to); },
        [&](FeatureAnswers& to) {
          if (best) version_tolerance(*best, to);
        },
        [&](FeatureAnswers& to) {
          if (best) large_hello(*best, to);
        },
    };
    std::vector<FeatureAnswers> parts(questions.size());
    std::vector<std::function<void()>> work;
    for (std::size_t i = 0; i < questions.size(); ++i) work.emplace_back([&, i] { questions[i](parts[i]); });
    side_by_side(work);
    out_ = together(conversation_, parts, tally_);
    fill();
    return std::move(out_);
  }

 private:
  using Question = std::function<void(FeatureAnswers&)>;

  // The hello of the highest accepted version.
  std::optional<HelloOffer> highest() const {
    const auto tls13 = learned_.offers.find(TlsVersion::Tls13);
    if (learned_.speaks(TlsVersion::Tls13) == Answer::Yes && tls13 != learned_.offers.end()) return tls13->second;
    const auto spoken = spoken_before_tls13(learned_);
    if (spoken.empty() || spoken.front() == TlsVersion::Ssl3) return std::nullopt;
    return known_hello(learned_, spoken.front());
  }

  // RFC 8446 4.1.3: "DOWNGRD" and 1 at the end of the random of a TLS 1.2 answer.
  void sentinel(FeatureAnswers& to) {
    const auto set = [&](Decided said) { to.learn(Feature::DowngradeSentinel, std::move(said)); };
    if (learned_.speaks(TlsVersion::Tls13) == Answer::No) return set({Answer::NotApplicable, "no TLSv1.3"});
    if (learned_.speaks(TlsVersion::Tls13) == Answer::Unknown) return set({Answer::Unknown, "TLSv1.3 is unknown"});
    const auto spoken = spoken_before_tls13(learned_);
    if (spoken.empty()) {
      const auto old = speaks_before_tls13(learned_);
      return set({old.accepted, old.because});
    }
    const auto reply = learned_.replies.find(spoken.front());
    if (reply == learned_.replies.end() || reply->second.hello() == nullptr) return set({Answer::Unknown, "no answer"});
    const Bytes random = reply->second.hello()->random;
    if (random.size() != 32) return set({Answer::Unknown, "no random"});
    const auto marked = text_of(random.last(8));
    const std::string_view tls12("DOWNGRD\x01", 8), older("DOWNGRD\x00", 8);
    const bool right = marked == (spoken.front() == TlsVersion::Tls12 ? tls12 : older);
    set({right ? Answer::Yes : Answer::No, right ? "in the random" : "not in the random"});
  }

  void fallback(FeatureAnswers& to) {
    const auto set = [&](Decided said) { to.learn(Feature::FallbackScsv, std::move(said)); };
    std::vector<TlsVersion> spoken;
    std::string unknown;
    for (const TlsVersion version : handshake_versions) {
      const Answer speaks = learned_.speaks(version);
      if (speaks == Answer::Yes) spoken.push_back(version);
      if (speaks == Answer::Unknown) unknown = std::string(version_name(version)) + " is unknown";
    }
    if (spoken.size() < 2)
      return unknown.empty() ? set({Answer::NotApplicable, "one version alone"}) : set({Answer::Unknown, unknown});
    auto offer = known_hello(learned_, spoken[1]);
    if (!offer) return set({Answer::Unknown, "no suite to ask with"});
    offer->suites.push_back(fallback_scsv);
    const Heard heard = conversation_.ask(*offer, tally_);
    const Alert* alert = heard.reply.alert();
    if (heard.reply.hello() != nullptr) return set({Answer::No, heard.because + " to a fallback"});
    if (alert != nullptr && alert->description == inappropriate_fallback) return set({Answer::Yes, heard.because});
    set({Answer::Unknown, heard.because});
  }

  void version_tolerance(HelloOffer offer, FeatureAnswers& to) {
    if (offer.supported.empty()) offer.supported = {offer.version};
    offer.supported.insert(offer.supported.begin(), future_version);
    to.learn_tolerance(Feature::VersionTolerance, conversation_.ask(offer, tally_));
  }

  // It asks for a protocol nobody speaks, too: a refusal with alert 120 shows that the hello was read to the end.
  void large_hello(HelloOffer offer, FeatureAnswers& to) {
    const HelloOffer plain = offer;
    const HelloExtension padding{padding_type, Buffer(large_padding, std::uint8_t{0})};
    offer.more.push_back(alpn({std::string(unknown_protocol)}));
    offer.more.push_back(padding);
    const Heard heard = conversation_.ask(offer, tally_);
    const Alert* alert = heard.reply.alert();
    const bool strict = alert != nullptr && alert->description == no_application_protocol;
    if (strict) to.learn(Feature::AlpnStrict, {Answer::Yes, heard.because});
    if (strict || heard.reply.hello() != nullptr) to.learn(Feature::LargeHelloTolerance, {Answer::Yes, heard.because});
    if (heard.reply.hello() != nullptr) return answered_unknown_protocol(*heard.reply.hello(), to);
    if (strict) return;
    HelloOffer alone = plain;
    alone.more.push_back(padding);
    to.learn_tolerance(Feature::LargeHelloTolerance, conversation_.ask(alone, tally_));
    alone = plain;
    alone.more.push_back(alpn({std::string(unknown_protocol)}));
    const Heard again = conversation_.ask(alone, tally_);
    if (again.reply.hello() != nullptr) return answered_unknown_protocol(*again.reply.hello(), to);
    to.learn(Feature::AlpnStrict, {Answer::Unknown, again.because});
  }

  // RFC 7301 3.2: the refusal comes in place of a ServerHello; a HelloRetryRequest may precede it.
  void answered_unknown_protocol(const ServerHello& hello, FeatureAnswers& to) {
    if (!hello.retry) return to.learn(Feature::AlpnStrict, {Answer::No, "server_hello to an unknown protocol"});
    auto wish = finishing_wish(learned_);
    if (!wish) return to.learn(Feature::AlpnStrict, {Answer::Unknown, wish.error().detail});
    wish->finish = false;
    wish->offer.more.push_back(alpn({std::string(unknown_protocol)}));
    const Seen13 seen = insisting_handshake13(conversation_, *wish, tally_);
    const Alert* alert = seen.alert ? &*seen.alert : seen.reply.alert();
    const bool strict = alert != nullptr && alert->description == no_application_protocol;
    const Answer answer = strict ? Answer::Yes : seen.decrypted ? Answer::No : Answer::Unknown;
    to.learn(Feature::AlpnStrict, {answer, ending(seen)});
  }

  // What was not told so far, and why.
  void fill() {
    const auto old = speaks_before_tls13(learned_);
    for (const Feature feature : old_features)
      if (old.accepted != Answer::Yes) out_.features[feature] = {old.accepted, old.because};
    Decided& then_mac = out_.features[Feature::EncryptThenMac];
    if (then_mac.because.empty()) then_mac = without_cbc();
    Decided& required = out_.features[Feature::ExtendedMasterSecretRequired];
    const auto& master = out_.features[Feature::ExtendedMasterSecret];
    if (required.because.empty() && master.accepted == Answer::No) required = {Answer::No, "extension not echoed"};
    for (int i = 0; i <= static_cast<int>(Feature::Compression); ++i) {
      Decided& found = out_.features[static_cast<Feature>(i)];
      if (found.because.empty()) found.because = "not asked";
    }
  }

  Decided without_cbc() const {
    for (const TlsVersion version : spoken_before_tls13(learned_)) {
      const SuiteList* list = learned_.suites_of(version);
      if (list != nullptr && std::any_of(list->suites.begin(), list->suites.end(), is_cbc))
        return {Answer::Unknown, "not chosen"};
    }
    if (const auto unlisted = unlisted_before_tls13(learned_); !unlisted.empty()) return {Answer::Unknown, unlisted};
    return {Answer::NotApplicable, "no CBC suite"};
  }

  Conversation& conversation_;
  const Learned& learned_;
  Tally& tally_;
  TlsExtensions out_;
};

}  // namespace

TlsExtensions observe_extensions(Conversation& conversation, const Learned& learned, Tally& tally) {
  return Features(conversation, learned, tally).run();
}

}  // namespace kenshin
