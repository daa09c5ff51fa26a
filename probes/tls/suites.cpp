#include "probes/tls/suites.h"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

#include "probes/net/side_by_side.h"
#include "probes/tls/code_points.h"

namespace kenshin {

namespace {

constexpr std::size_t largest_share = 60, small_shares = 6;
constexpr std::uint32_t unassigned = 0xD101;  // IANA: 0xD006 to 0xFEFD but for a few

// What servers enable most, roughly in that order; only the spread over the shares depends on it.
constexpr auto common = std::to_array<std::uint16_t>({
    0xC02F, 0xC030, 0xC02B, 0xC02C, 0xCCA8, 0xCCA9, 0xC027, 0xC028, 0xC023, 0xC024, 0xC013, 0xC014, 0xC009, 0xC00A,
    0x009C, 0x009D, 0x003C, 0x003D, 0x002F, 0x0035, 0x009E, 0x009F, 0x0067, 0x006B, 0x0033, 0x0039, 0xCCAA, 0xC012,
    0xC008, 0x000A, 0x0016, 0x0041, 0x0084, 0x0045, 0x0088, 0xC076, 0xC077, 0xC072, 0xC073, 0x0005, 0x0004, 0xC011,
    0xC007, 0xC0AC, 0xC0AD, 0xC0AE, 0xC0AF, 0xC09C, 0xC09D, 0xC0A0, 0xC0A1, 0xC09E, 0xC09F, 0xC0A2, 0xC0A3, 0xC05C,
    0xC05D, 0xC060, 0xC061, 0xC050, 0xC051, 0xC052, 0xC053, 0x0009, 0x0015, 0x0096, 0x009A, 0x0007, 0x00BA, 0x00C0,
    0x00BE, 0x00C4, 0x0018, 0x0034, 0x003A, 0x006C, 0x006D, 0x00A6, 0x00A7, 0xC018, 0xC019, 0xC017, 0xC016, 0x001B,
    0x0003, 0x0006, 0x0008, 0x0014, 0x0001, 0x0002, 0x003B, 0xC010, 0xC006,
});

// RFC 5054.
bool is_srp(SuiteId suite) {
  const auto code = static_cast<std::uint32_t>(suite);
  return code >= 0xC01A && code <= 0xC022;
}

std::vector<std::vector<SuiteId>> deal() {
  std::vector<SuiteId> order, srp;
  for (const std::uint16_t code : common) order.push_back(static_cast<SuiteId>(code));
  for (const SuiteId suite : all_suites()) {
    if (is_tls13_suite(suite)) continue;
    if (is_srp(suite)) srp.push_back(suite);
    else if (std::find(order.begin(), order.end(), suite) == order.end()) order.push_back(suite);
  }
  std::vector<std::vector<SuiteId>> shares((order.size() + largest_share - 1) / largest_share);
  for (std::size_t i = 0; i < order.size(); ++i) shares[i % shares.size()].push_back(order[i]);
  shares.push_back(std::move(srp));
  return shares;
}

std::vector<std::vector<SuiteId>> dealt(const std::vector<SuiteId>& suites, std::size_t count) {
  std::vector<std::vector<SuiteId>> out(std::min(count, suites.size()));
  for (std::size_t i = 0; i < suites.size(); ++i) out[i % out.size()].push_back(suites[i]);
  return out;
}

// As many suites as keep the hello below 1 KiB, with the name the conversation sends.
std::size_t longest_list(const Conversation& conversation, HelloOffer offer) {
  constexpr std::size_t largest = 1000, header = 5;
  offer.suites.assign(1, SuiteId{});
  const std::size_t rest = client_hello_size(conversation.named(offer)) - header;
  return rest < largest ? (largest - rest) / 2 : 1;
}

// One search: what is accepted, refused and still unknown, while several threads ask.
class Search {
 public:
  Search(Conversation& conversation, HelloOffer offer, Tally& tally)
      : conversation_(conversation), offer_(std::move(offer)), tally_(tally) {}

  void take(SuiteId suite) { accepted_.insert(suite); }
  void leave(const std::vector<SuiteId>& suites) { settled_.insert(suites.begin(), suites.end()); }
  void refused_once(const std::vector<SuiteId>& suites) { refused_once_.insert(suites.begin(), suites.end()); }

  // Those never asked for come first.
  std::vector<SuiteId> unknown_of(const std::vector<SuiteId>& suites) const {
    std::vector<SuiteId> out;
    for (const SuiteId suite : suites)
      if (!accepted_.contains(suite) && !settled_.contains(suite)) out.push_back(suite);
    std::stable_partition(out.begin(), out.end(), [&](SuiteId suite) { return !refused_once_.contains(suite); });
    return out;
  }

  // One hello of suites that are asked for again: one alert may be somebody else's.
  void try_out(const std::vector<SuiteId>& suites) {
    if (once(suites)) return;
    const std::lock_guard lock(noting_);
    for (const SuiteId suite : suites) settled_.erase(suite);
    refused_once_.insert(suites.begin(), suites.end());
  }

  // One hello; what it came to is noted. The chosen suite, or nothing.
  std::optional<SuiteId> once(const std::vector<SuiteId>& suites) {
    HelloOffer offer = offer_;
    offer.suites = suites;
    Heard heard = conversation_.ask(offer, tally_);
    const auto* hello = heard.reply.hello();
    const std::lock_guard lock(noting_);
    // A lower version is the server's answer to what is left of the offer.
    if (heard.weight != Weight::Decides || hello == nullptr || hello->version < offer.version) {
      settled_.insert(suites.begin(), suites.end());
      ends_.push_back(std::move(heard));
      return std::nullopt;
    }
    if (hello->version > offer.version) return broken_ = "chose a version that was not offered", std::nullopt;
    if (std::find(suites.begin(), suites.end(), hello->suite) == suites.end())
      return broken_ = "chose " + suite_name(hello->suite) + ", which was not offered", std::nullopt;
    accepted_.insert(hello->suite);
    return hello->suite;
  }

  // Until the rest is refused.
  void walk(std::vector<SuiteId> suites) {
    while (!suites.empty()) {
      const auto chosen = once(suites);
      if (!chosen) return;
      suites.erase(std::find(suites.begin(), suites.end(), *chosen));
    }
  }

  // All that is unknown in one hello; in shares where that is answered often, or the server may not read it whole.
  void finish(LongLists& long_lists) {
    auto rest = unknown_of(before_tls13());
    const std::size_t longest = longest_list(conversation_, offer_);
    while (rest.size() > longest && refused_once_.contains(rest.back())) rest.pop_back();
    if (accepted_.empty() || rest.size() > longest || !broken_.empty()) return walk_shares(rest);
    bool read = false;
    std::optional<SuiteId> chosen;
    const std::size_t ends_before = ends_.size();
    const SuiteId known = *accepted_.begin();
    side_by_side(
        {[&] { read = long_lists.read_by(conversation_, offer_, known, tally_); }, [&] { chosen = once(rest); }});
    for (int more = 0; read && chosen && more < 2; ++more) chosen = once(rest = unknown_of(rest));
    if (!read && !chosen) {
      ends_.resize(std::min(ends_.size(), ends_before));
      for (const SuiteId suite : rest) settled_.erase(suite);
    }
    if (!read || chosen) return walk_shares(unknown_of(rest));
    // One alert may be somebody else's: what it refused for the first time is asked again.
    if (ends_.empty() || ends_.back().reply.alert() == nullptr) return;
    std::erase_if(rest, [&](SuiteId suite) { return refused_once_.contains(suite); });
    if (rest.empty() || !once(rest)) return;
    for (const SuiteId suite : rest) settled_.erase(suite);
    walk_shares(unknown_of(rest));
  }

  SuiteSearch result() const { return {{accepted_.begin(), accepted_.end()}, ends_, broken_}; }

 private:
  static std::vector<SuiteId> before_tls13() {
    std::vector<SuiteId> out;
    for (const auto& share : suite_shares()) out.insert(out.end(), share.begin(), share.end());
    return out;
  }

  void walk_shares(const std::vector<SuiteId>& suites) {
    if (!broken_.empty()) return;
    const std::size_t fewest = (suites.size() + largest_share - 1) / largest_share;
    std::vector<std::function<void()>> work;
    const auto shares = dealt(suites, accepted_.empty() ? fewest : std::max(fewest, small_shares));
    for (const auto& share : shares) work.emplace_back([&] { walk(share); });
    side_by_side(work);
  }

  Conversation& conversation_;
  const HelloOffer offer_;
  Tally& tally_;
  std::mutex noting_;
  std::set<SuiteId> accepted_, settled_, refused_once_;
  std::vector<Heard> ends_;
  std::string broken_;
};

}  // namespace

const std::vector<std::vector<SuiteId>>& suite_shares() {
  static const auto shares = deal();
  return shares;
}

std::vector<SuiteId> common_suites() {
  std::vector<SuiteId> out;
  for (std::size_t i = 0; i < largest_share; ++i) out.push_back(static_cast<SuiteId>(common[i]));
  return out;
}

std::vector<SuiteId> tls13_suites() {
  std::vector<SuiteId> out;
  std::copy_if(all_suites().begin(), all_suites().end(), std::back_inserter(out), is_tls13_suite);
  return out;
}

bool LongLists::read_by(Conversation& conversation, const HelloOffer& accepted, SuiteId suite, Tally& tally) {
  const std::lock_guard lock(asking_);
  if (read_) return *read_;
  HelloOffer offer = accepted;
  offer.suites.clear();
  const std::size_t longest = longest_list(conversation, accepted);
  for (std::uint32_t code = unassigned; offer.suites.size() + 1 < longest; ++code)
    offer.suites.push_back(static_cast<SuiteId>(code));
  offer.suites.push_back(suite);
  const Heard heard = conversation.ask(offer, tally);
  const auto* hello = heard.reply.hello();
  read_ = hello != nullptr && hello->suite == suite;
  return *read_;
}

SuiteSearch search_suites(Conversation& conversation, const HelloOffer& offer, std::optional<SuiteId> first,
                          LongLists& long_lists, Tally& tally) {
  Search search(conversation, offer, tally);
  search.leave(suite_shares().back());
  if (first) search.take(*first);
  std::vector<std::function<void()>> work;
  std::vector<std::vector<SuiteId>> shares;
  if (first) shares = dealt(search.unknown_of(common_suites()), small_shares);
  else search.refused_once(common_suites());
  for (const auto& share : shares) work.emplace_back([&] { search.try_out(share); });
  work.emplace_back([&] { search.walk(suite_shares().back()); });
  side_by_side(work);
  search.finish(long_lists);
  return search.result();
}

SuiteSearch search_tls13_suites(Conversation& conversation, const HelloOffer& offer, SuiteId first, Tally& tally) {
  Search search(conversation, offer, tally);
  search.take(first);
  std::vector<std::function<void()>> work;
  std::vector<SuiteId> usual, others;
  for (const SuiteId suite : search.unknown_of(tls13_suites())) {
    const auto code = static_cast<std::uint32_t>(suite);
    (code >= 0x1301 && code <= 0x1303 ? usual : others).push_back(suite);
  }
  for (const SuiteId suite : usual) work.emplace_back([&search, suite] { search.try_out({suite}); });
  work.emplace_back([&] { search.walk(others); });
  side_by_side(work);
  search.walk(search.unknown_of(usual));
  return search.result();
}

}  // namespace kenshin
