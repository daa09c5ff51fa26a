#include "probes/tls/suites.h"

#include <algorithm>
#include <array>

#include "probes/tls/code_points.h"

namespace kenshin {

namespace {

constexpr std::size_t largest_share = 60;

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

SuiteWalk walk_suites(Conversation& conversation, HelloOffer offer, Tally& tally) {
  SuiteWalk walk;
  while (!offer.suites.empty()) {
    walk.end = conversation.ask(offer, tally);
    const auto* hello = walk.end.reply.hello();
    // A lower version is the server's answer to what is left of the offer.
    if (walk.end.weight != Weight::Decides || hello == nullptr || hello->version < offer.version) return walk;
    const auto at = std::find(offer.suites.begin(), offer.suites.end(), hello->suite);
    if (hello->version > offer.version) return walk.broken = "chose a version that was not offered", walk;
    if (at == offer.suites.end())
      return walk.broken = "chose " + suite_name(hello->suite) + ", which was not offered", walk;
    walk.accepted.push_back(hello->suite);
    offer.suites.erase(at);
  }
  walk.finished = true;
  return walk;
}

ChosenBy who_chooses(Conversation& conversation, HelloOffer offer, std::vector<SuiteId> accepted, Tally& tally) {
  if (accepted.size() < 2) return ChosenBy::Unknown;
  std::sort(accepted.begin(), accepted.end());
  if (accepted.size() > largest_share) accepted.resize(largest_share);
  offer.suites = accepted;
  const auto ascending = conversation.ask(offer, tally);
  std::reverse(offer.suites.begin(), offer.suites.end());
  const auto descending = conversation.ask(offer, tally);
  const auto *one = ascending.reply.hello(), *other = descending.reply.hello();
  if (one == nullptr || other == nullptr || one->version != other->version) return ChosenBy::Unknown;
  return one->suite == other->suite ? ChosenBy::Server : ChosenBy::Client;
}

}  // namespace kenshin
