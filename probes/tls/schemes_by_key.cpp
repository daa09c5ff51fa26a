#include "probes/tls/schemes_by_key.h"

#include <algorithm>
#include <array>

#include "probes/tls/code_points.h"
#include "probes/tls/known_hello.h"
#include "probes/tls/server_messages.h"

namespace kenshin {

namespace {

constexpr std::uint8_t server_key_exchange = 12;

// The parts of names whose suites a key of that kind signs for.
using Kind = std::array<std::string_view, 2>;
constexpr std::array<Kind, 3> kinds{
    {{"_ECDHE_RSA_", "_DHE_RSA_"}, {"_ECDHE_ECDSA_", "_ECDHE_ECDSA_"}, {"_DHE_DSS_", "_DHE_DSS_"}}};

std::vector<HelloOffer> offers_by_kind(const Learned& learned) {
  std::vector<HelloOffer> out;
  for (const Kind& kind : kinds) {
    auto offer = known_hello(learned, TlsVersion::Tls12, [&kind](SuiteId suite) {
      return !name_has(suite, "_EXPORT") && (name_has(suite, kind[0]) || name_has(suite, kind[1]));
    });
    if (offer) out.push_back(std::move(*offer));
  }
  return out;
}

std::optional<SchemeId> scheme_of(const Reply& reply) {
  const auto* hello = reply.hello();
  const auto kind = hello == nullptr ? std::nullopt : key_exchange_of(hello->suite);
  const Buffer* message = reply.message(server_key_exchange);
  if (!kind || message == nullptr || hello->version != TlsVersion::Tls12) return std::nullopt;
  const auto sent = parse_server_key_exchange(*message, *kind, TlsVersion::Tls12);
  return sent ? sent->scheme : std::nullopt;
}

// Asks for what is not in the list until it is refused; returns that refusal, or why it could not be told.
struct Ending {
  Heard heard;
  std::string because;  // empty: refused
};
Ending walk(Conversation& conversation, HelloOffer offer, std::vector<SchemeId>& found, Tally& tally) {
  std::vector<SchemeId> rest(all_schemes().begin(), all_schemes().end());
  const auto drop = [&](SchemeId scheme) { rest.erase(std::remove(rest.begin(), rest.end(), scheme), rest.end()); };
  for (const SchemeId scheme : found) drop(scheme);
  while (!rest.empty()) {
    offer.schemes = rest;
    Heard heard = conversation.ask(offer, tally);
    if (heard.weight == Weight::Nothing) return {{}, heard.because};
    if (heard.reply.hello() == nullptr) return {std::move(heard), ""};
    const auto scheme = scheme_of(heard.reply);
    if (!scheme) return {{}, "server_hello, no key exchange"};
    if (std::find(rest.begin(), rest.end(), *scheme) == rest.end())
      return {{}, "chose " + scheme_name(*scheme) + ", which was not offered"};
    found.push_back(*scheme);
    drop(*scheme);
  }
  return {{}, ""};
}

}  // namespace

void ask_schemes_by_key(Conversation& conversation, Learned& learned, Tally& tally) {
  const auto at = learned.schemes.versions.find(TlsVersion::Tls12);
  const auto* suites = learned.suites_of(TlsVersion::Tls12);
  if (at == learned.schemes.versions.end() || suites == nullptr) return;
  SchemeList& list = at->second;
  const auto offers = offers_by_kind(learned);
  const auto doubt = [&list](const std::string& why) {
    if (list.complete) list.because = why;
    list.complete = false;
  };
  if (!suites->complete) doubt("suites: " + suites->because);
  if (offers.size() < 2) return;
  std::vector<Heard> ends;
  for (const HelloOffer& offer : offers) {
    Ending end = walk(conversation, offer, list.schemes, tally);
    if (!end.because.empty()) doubt(end.because);
    else ends.push_back(std::move(end.heard));
  }
  std::sort(list.schemes.begin(), list.schemes.end());
  conversation.controls(controls_in_a_row, tally);
  for (const Heard& heard : ends)
    if (conversation.in_doubt(heard)) doubt(ending(heard.reply) + ", control failed");
}

}  // namespace kenshin
