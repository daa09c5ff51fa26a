#include "probes/tls/preference.h"

#include <algorithm>
#include <array>

#include "probes/tls/order.h"

namespace kenshin {

namespace {

constexpr std::size_t largest_list = 60;

bool is_chacha(SuiteId suite) {
  const auto code = static_cast<std::uint32_t>(suite);
  return code == 0x1303 || (code >= 0xCCA8 && code <= 0xCCAE);
}

// The server's answer to a hello of accepted suites alone.
std::optional<SuiteId> chosen_of(Conversation& conversation, HelloOffer offer, std::vector<SuiteId> suites,
                                 Tally& tally) {
  offer.suites = std::move(suites);
  const auto heard = conversation.ask_known(offer, tally);
  const auto* hello = heard.reply.hello();
  if (hello == nullptr || hello->version != offer.version) return std::nullopt;
  const bool offered = std::find(offer.suites.begin(), offer.suites.end(), hello->suite) != offer.suites.end();
  return offered ? std::optional(hello->suite) : std::nullopt;
}

// A guess at the server's order: OpenSSL's default, strong keys first, where the first choice is of that kind, else
// the shorter keys first, as Mozilla's recommendations have it. A wrong guess costs connections, never the result.
std::vector<SuiteId> guessed(std::vector<SuiteId> accepted, SuiteId first) {
  constexpr auto strong = std::to_array<std::uint16_t>(
      {0x1302, 0x1303, 0x1301, 0xC02C, 0xC030, 0x009F, 0xCCA9, 0xCCA8, 0xCCAA, 0xC0AF, 0xC0AD, 0xC0A3, 0xC09F,
       0xC05D, 0xC061, 0xC053, 0xC02B, 0xC02F, 0x009E, 0xC0AE, 0xC0AC, 0xC0A2, 0xC09E, 0xC05C, 0xC060, 0xC052,
       0xC024, 0xC028, 0x006B, 0xC073, 0xC077, 0x00C4, 0xC023, 0xC027, 0x0067, 0xC072, 0xC076, 0x00BE, 0xC00A,
       0xC014, 0x0039, 0x0088, 0xC009, 0xC013, 0x0033, 0x0045, 0x009D, 0xC0A1, 0xC09D, 0xC051, 0x009C, 0xC0A0,
       0xC09C, 0xC050, 0x003D, 0x00C0, 0x003C, 0x00BA, 0x0035, 0x0084, 0x002F, 0x0041});
  constexpr auto quick = std::to_array<std::uint16_t>({0x1301, 0x1302, 0x1303, 0xC02B, 0xC02F, 0xC02C, 0xC030, 0xCCA9,
                                                       0xCCA8, 0x009E, 0x009F, 0xCCAA, 0xC023, 0xC027, 0xC009, 0xC013,
                                                       0xC024, 0xC028, 0xC00A, 0xC014, 0x0067, 0x006B, 0x009C, 0x009D,
                                                       0x003C, 0x003D, 0x002F, 0x0035, 0xC008, 0xC012, 0x000A});
  const auto rank_in = [](const auto& table, SuiteId suite) {
    return std::find(table.begin(), table.end(), static_cast<std::uint16_t>(suite)) - table.begin();
  };
  const bool strong_first = rank_in(strong, first) < rank_in(strong, static_cast<SuiteId>(0xC02B));
  std::stable_sort(accepted.begin(), accepted.end(), [&](SuiteId a, SuiteId b) {
    return strong_first ? rank_in(strong, a) < rank_in(strong, b) : rank_in(quick, a) < rank_in(quick, b);
  });
  accepted.erase(std::find(accepted.begin(), accepted.end(), first));
  accepted.insert(accepted.begin(), first);
  return accepted;
}

// `first` last, and ChaCha20 not first where something else can stand there.
std::vector<SuiteId> turned_round(std::vector<SuiteId> accepted, SuiteId first) {
  accepted.erase(std::find(accepted.begin(), accepted.end(), first));
  std::stable_partition(accepted.begin(), accepted.end(), [](SuiteId suite) { return !is_chacha(suite); });
  if (accepted.size() >= largest_list) accepted.resize(largest_list - 1);
  accepted.push_back(first);
  return accepted;
}

Answer yields_to_chacha(Conversation& conversation, const HelloOffer& offer, std::vector<SuiteId> accepted,
                        SuiteId first, Tally& tally) {
  const auto chacha = std::find_if(accepted.begin(), accepted.end(), is_chacha);
  if (chacha == accepted.end() || is_chacha(first)) return Answer::NotApplicable;
  std::iter_swap(accepted.begin(), chacha);
  const auto chosen = chosen_of(conversation, offer, accepted, tally);
  if (!chosen) return Answer::Unknown;
  return is_chacha(*chosen) ? Answer::Yes : Answer::No;
}

}  // namespace

Preference preference(Conversation& conversation, const HelloOffer& offer, const std::vector<SuiteId>& accepted,
                      SuiteId first, const std::vector<SuiteId>& offered, Tally& tally) {
  Preference out;
  if (accepted.size() < 2) return out;
  auto last_wins = chosen_of(conversation, offer, turned_round(accepted, first), tally);
  if (!last_wins) return out;
  if (*last_wins != first && std::find(offered.begin(), offered.end(), *last_wins) == offered.end()) {
    first = *last_wins;  // it had not been offered: perhaps it is the server's favourite
    last_wins = chosen_of(conversation, offer, turned_round(accepted, first), tally);
    if (!last_wins) return out;
  }
  out.chosen_by = *last_wins == first ? ChosenBy::Server : ChosenBy::Client;
  if (out.chosen_by == ChosenBy::Client) return out.prefers_chacha = Answer::NotApplicable, out;
  if (accepted.size() > largest_list) return out;

  // Each hello lists its suites the other way round: who follows the client's order contradicts the guess.
  const auto choose = [&](const std::vector<SuiteId>& set) -> std::optional<SuiteId> {
    auto list = set;
    std::reverse(list.begin(), list.end());
    std::stable_partition(list.begin(), list.end(), [](SuiteId suite) { return !is_chacha(suite); });
    return chosen_of(conversation, offer, list, tally);
  };
  auto guess = guessed(accepted, first);
  guess.erase(guess.begin());
  side_by_side({[&] { out.prefers_chacha = yields_to_chacha(conversation, offer, accepted, first, tally); },
                [&] {
                  auto order = order_by_choices<SuiteId>(guess, choose);
                  if (!order) return;
                  out.order = std::move(*order);
                  out.order.insert(out.order.begin(), first);
                }});
  return out;
}

}  // namespace kenshin
