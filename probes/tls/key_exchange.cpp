#include "probes/tls/key_exchange.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <stdexcept>

#include "probes/base/json_fields.h"
#include "probes/certificate/openssl.h"
#include "probes/tls/code_points.h"
#include "probes/tls/server_messages.h"

namespace kenshin {

template <class V>
void fields(V& v, KnownDhGroup& f) {
  v("name", f.name);
  v("document", f.document);
  v("mark", f.mark);
  v("safe_prime", f.safe_prime);
  v("prime", f.prime);
}

template <class V>
void fields(V& v, KnownDhGroups& f) {
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("source", f.source);
  v("groups", f.groups);
}

namespace {

constexpr int longest_to_test = 4096;  // bits

std::string number_text(Bytes bytes) {
  while (!bytes.empty() && bytes.front() == 0) bytes = bytes.subspan(1);
  return hex(bytes);
}

bool is_prime(const BIGNUM* number) { return BN_check_prime(number, nullptr, nullptr) == 1; }

Answer tested(Bytes prime) {
  const OwnedBignum p(BN_bin2bn(prime.data(), static_cast<int>(prime.size()), nullptr)), half(BN_new());
  if (!p || !half || BN_num_bits(p.get()) > longest_to_test) return Answer::Unknown;
  if (BN_rshift1(half.get(), p.get()) != 1) return Answer::Unknown;  // (p - 1) / 2
  return BN_is_odd(p.get()) == 1 && is_prime(half.get()) && is_prime(p.get()) ? Answer::Yes : Answer::No;
}

// A test takes seconds where the prime is long: each is tested once, and no more than a few hundred a process.
Answer is_safe_prime(Bytes prime) {
  constexpr std::size_t most_tests = 256;
  static std::mutex testing;
  static std::map<Buffer, Answer> known;
  const std::lock_guard lock(testing);
  const Buffer key(prime.begin(), prime.end());
  if (const auto at = known.find(key); at != known.end()) return at->second;
  if (known.size() == most_tests) return Answer::Unknown;
  return known[key] = tested(prime);
}

// Values of one kind, each with what belongs to it: the same twice is a reuse.
class Values {
 public:
  void add(const std::string& belongs_to, const Buffer& value) {
    if (!value.empty()) ++seen_[belongs_to][value];
  }
  Decided reused(bool none_possible) const {
    std::size_t compared = 0;
    for (const auto& [belongs_to, values] : seen_) {
      for (const auto& [value, times] : values)
        if (times > 1) return {Answer::Yes, "same value in " + std::to_string(times) + " connections"};
      if (values.size() > 1) compared += values.size();
    }
    if (compared > 0) return {Answer::No, std::to_string(compared) + " values differ"};
    if (seen_.empty() && none_possible) return {Answer::NotApplicable, "no such key exchange"};
    return {Answer::Unknown, "fewer than two connections"};
  }

 private:
  std::map<std::string, std::map<Buffer, int>> seen_;
};

std::optional<ServerKeyExchange> parsed(const KeyExchangeSeen& seen) {
  const auto kind = key_exchange_of(seen.suite);
  if (!kind || seen.message.empty()) return std::nullopt;
  auto out = parse_server_key_exchange(seen.message, *kind, seen.version);
  return out ? std::optional(std::move(*out)) : std::nullopt;
}

}  // namespace

Result<KnownDhGroups> load_dh_groups(std::string_view text, std::string_view file_name) {
  return from_json_text<KnownDhGroups>(text, file_name);
}

Result<KnownDhGroups> read_dh_groups(const DataFiles& data) {
  constexpr std::string_view name = "probes/tls/dh_groups.json";
  const auto text = data.read(name);
  if (!text) return text.error();
  return load_dh_groups(*text, name);
}

const std::vector<KnownDhGroup>& known_dh_groups() {
  static const auto groups = [] {
    auto read = read_dh_groups(installed_data());
    if (!read) throw std::runtime_error(read.error().detail);
    return std::move(read->groups);
  }();
  return groups;
}

DhGroup dh_group(Bytes prime, Bytes generator) {
  DhGroup out;
  out.prime = number_text(prime);
  out.generator = number_text(generator);
  const OwnedBignum p(BN_bin2bn(prime.data(), static_cast<int>(prime.size()), nullptr));
  if (p) out.bits = BN_num_bits(p.get());
  for (const auto& known : known_dh_groups()) {
    if (known.prime != out.prime) continue;
    out.known_as = known.name;
    out.safe_prime = known.safe_prime ? Answer::Yes : Answer::No;
    return out;
  }
  out.safe_prime = is_safe_prime(prime);
  return out;
}

TlsKeyExchange key_exchange_seen(const std::vector<KeyExchangeSeen>& connections, const std::string& doubt) {
  TlsKeyExchange out;
  std::map<std::pair<std::string, std::string>, DhGroup> groups;
  Values ys, points;
  std::set<std::pair<TlsVersion, SuiteId>> without, with;
  for (const auto& seen : connections) {
    if (seen.group) points.add(std::to_string(static_cast<unsigned>(*seen.group)), seen.share);
    const auto sent = parsed(seen);
    if (key_exchange_of(seen.suite) == KeyExchangeKind::Dhe) (sent ? with : without).emplace(seen.version, seen.suite);
    if (!sent) continue;
    if (sent->kind == KeyExchangeKind::Ecdhe)
      points.add(std::to_string(static_cast<unsigned>(sent->group)), sent->public_value);
    if (sent->kind != KeyExchangeKind::Dhe) continue;
    ys.add(number_text(sent->prime), sent->public_value);
    const std::pair key{number_text(sent->prime), number_text(sent->generator)};
    auto at = groups.find(key);
    if (at == groups.end()) at = groups.emplace(key, dh_group(sent->prime, sent->generator)).first;
    auto& versions = at->second.versions;
    if (std::find(versions.begin(), versions.end(), seen.version) == versions.end()) versions.push_back(seen.version);
  }
  for (auto& [key, group] : groups) {
    std::sort(group.versions.begin(), group.versions.end());
    out.dh_groups.push_back(std::move(group));
  }
  out.because = doubt;
  for (const auto& [version, suite] : without)
    if (out.because.empty() && !with.contains({version, suite}))
      out.because = "no ServerKeyExchange of " + suite_name(suite) + " in " + std::string(version_name(version));
  out.complete = out.because.empty();
  out.dh_value_reused = ys.reused(out.complete && out.dh_groups.empty());
  out.ecdh_value_reused = points.reused(false);
  return out;
}

Decided honours_ffdhe(Conversation& conversation, const HelloOffer& dhe, const DhGroup& usual, Tally& tally) {
  constexpr auto ffdhe2048 = static_cast<GroupId>(0x0100), ffdhe3072 = static_cast<GroupId>(0x0101);
  const bool other = usual.known_as == "ffdhe3072";
  HelloOffer offer = dhe;
  offer.groups = {other ? ffdhe2048 : ffdhe3072};
  const std::string wanted = other ? "ffdhe2048" : "ffdhe3072";
  const auto heard = conversation.ask(offer, tally);
  const auto* hello = heard.reply.hello();
  constexpr std::uint8_t server_key_exchange = 12;
  const Buffer* message = hello != nullptr ? heard.reply.message(server_key_exchange) : nullptr;
  if (message == nullptr || key_exchange_of(hello->suite) != KeyExchangeKind::Dhe)
    return {Answer::Unknown, heard.because};
  const auto sent = parse_server_key_exchange(*message, KeyExchangeKind::Dhe, hello->version);
  if (!sent) return {Answer::Unknown, "malformed"};
  const auto used = dh_group(sent->prime, sent->generator);
  if (used.known_as == wanted) return {Answer::Yes, wanted};
  return used.prime == usual.prime ? Decided{Answer::No, "another group than offered"}
                                   : Decided{Answer::Unknown, "groups differ"};
}

}  // namespace kenshin
