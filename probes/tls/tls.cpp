#include "probes/tls/tls.h"

#include <algorithm>

#include "probes/net/side_by_side.h"
#include "probes/tls/code_points.h"
#include "probes/tls/groups.h"
#include "probes/tls/suites.h"
#include "probes/tls/versions.h"

namespace kenshin {

namespace {

// Everything asked of one version.
struct Asking {
  TlsVersion version{};
  Heard first;
  HelloOffer offer;              // without suites
  std::vector<SuiteWalk> walks;  // one per share; empty where the first answer was the last word
  ChosenBy chosen_by = ChosenBy::Unknown;

  std::vector<SuiteId> accepted() const {
    std::vector<SuiteId> out;
    for (const auto& walk : walks) out.insert(out.end(), walk.accepted.begin(), walk.accepted.end());
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }
};

struct Tallies {
  Tally versions{0}, suites{0}, groups{0};
};

// The walk over TLS 1.3's suites; with a share where the server refuses hellos without one.
SuiteWalk walk_tls13(Conversation& conversation, const HelloOffer& offer, Tally& tally) {
  auto walk = walk_suites(conversation, offer, tally);
  if (!walk.accepted.empty() || walk.end.weight != Weight::Decides) return walk;
  HelloOffer with_share = offer;
  with_share.shares = KeyShares::X25519;
  return walk_suites(conversation, with_share, tally);
}

std::vector<Asking> plan(const Opening& opening) {
  std::vector<Asking> out;
  for (const TlsVersion version : all_versions) {
    Asking asking{version, opening.heard.at(version), opening.offers.at(version), {}};
    const auto so_far = spoken(version, asking.first);
    const bool suites_may_tell = so_far == Spoken::Yes || (so_far == Spoken::NotSoFar && version != TlsVersion::Tls13);
    if (version == TlsVersion::Tls13)
      asking.offer = tls13_offer({}, {all_groups().begin(), all_groups().end()}, KeyShares::Empty);
    if (suites_may_tell) asking.walks.resize(version == TlsVersion::Tls13 ? 1 : suite_shares().size());
    out.push_back(std::move(asking));
  }
  return out;
}

void walk_all(Conversation& conversation, std::vector<Asking>& all, GroupWalk& groups, Tallies& tallies) {
  std::vector<std::function<void()>> work;
  for (Asking& asking : all) {
    if (asking.version == TlsVersion::Tls13 && !asking.walks.empty()) {
      work.emplace_back([&] {
        HelloOffer offer = asking.offer;
        offer.suites = tls13_suites();
        asking.walks.front() = walk_tls13(conversation, offer, tallies.suites);
      });
      work.emplace_back([&] { groups = walk_groups(conversation, tallies.groups); });
      continue;
    }
    for (std::size_t i = 0; i < asking.walks.size(); ++i)
      work.emplace_back([&, i] {
        HelloOffer offer = asking.offer;
        offer.suites = suite_shares()[i];
        asking.walks[i] = walk_suites(conversation, offer, tallies.suites);
      });
    work.emplace_back([&] { conversation.control(tallies.suites); });
  }
  side_by_side(work);
  work.clear();
  for (Asking& asking : all)
    if (asking.accepted().size() > 1)
      work.emplace_back(
          [&] { asking.chosen_by = who_chooses(conversation, asking.offer, asking.accepted(), tallies.suites); });
  side_by_side(work);
  // Four in a row: one of them meets a server that refuses every second, third or fourth connection.
  for (int i = 0; i < 4; ++i) conversation.control(tallies.suites);
}

// Why an answer does not prove a refusal; empty where it does.
std::string doubt(const Conversation& conversation, const Heard& end) {
  if (end.weight == Weight::Nothing) return end.because;
  return conversation.in_doubt(end) ? ending(end.reply) + ", control failed" : std::string();
}

std::string doubt(const Conversation& conversation, const SuiteWalk& walk) {
  if (!walk.broken.empty()) return walk.broken;
  return walk.finished ? std::string() : doubt(conversation, walk.end);
}

std::string first_doubt(const Conversation& conversation, const Asking& asking) {
  if (asking.walks.empty()) return doubt(conversation, asking.first);
  for (const auto& walk : asking.walks)
    if (auto found = doubt(conversation, walk); !found.empty()) return found;
  return {};
}

Decided decided(const Conversation& conversation, const Asking& asking) {
  if (spoken(asking.version, asking.first) == Spoken::Yes) return {Answer::Yes, asking.first.because};
  if (!asking.accepted().empty()) return {Answer::Yes, "server_hello"};
  if (const auto found = first_doubt(conversation, asking); !found.empty()) return {Answer::Unknown, found};
  if (spoken(asking.version, asking.first) == Spoken::Unknown)
    return {Answer::Unknown, asking.first.because + ", of a version not offered"};
  const auto* hello = asking.first.reply.hello();
  return {Answer::No, asking.first.because + (hello != nullptr ? " " + std::string(version_name(hello->version)) : "")};
}

TlsSuites suites_fact(const Conversation& conversation, const std::vector<Asking>& all) {
  TlsSuites out;
  for (const Asking& asking : all) {
    if (decided(conversation, asking).accepted == Answer::No) continue;
    auto found = first_doubt(conversation, asking);
    const bool asked = !asking.walks.empty();
    if (asked && found.empty() && asking.accepted().empty()) found = "accepted, but no suite was accepted again";
    out.versions[asking.version] = {asking.accepted(), asked && found.empty(), asking.chosen_by,
                                    asked || !found.empty() ? found : asking.first.because};
  }
  return out;
}

TlsGroups groups_fact(const Conversation& conversation, const std::vector<Asking>& all, GroupWalk walk) {
  TlsGroups out;
  const Asking& tls13 = all.back();
  const auto version = decided(conversation, tls13);
  if (version.accepted == Answer::No) return out;
  if (version.accepted == Answer::Unknown) {
    out.versions[TlsVersion::Tls13].because = version.because;
    return out;
  }
  GroupList& list = walk.list;
  if (list.because.empty() && !walk.finished) list.because = doubt(conversation, walk.end);
  list.complete = list.because.empty();
  if (!list.ordered) std::sort(list.groups.begin(), list.groups.end());
  out.versions[TlsVersion::Tls13] = std::move(list);
  return out;
}

}  // namespace

std::vector<Observation> observe_tls(const Asked& asked, Session& session) {
  const Instant at = session.now();
  const auto observe = [&]<class F>(int connections, Result<F> seen) {
    return observed<F>(asked.target, asked.address, at, connections, std::move(seen));
  };
  Tallies tallies;
  Conversation conversation(asked, session);
  auto given_up = session.budget ? session.budget->given_up(asked.target, asked.address) : std::nullopt;
  auto opening = given_up ? Result<Opening>(*given_up) : open_conversation(conversation, tallies.versions);
  if (!opening) {
    if (session.budget) session.budget->give_up(asked.target, asked.address, opening.error());
    return {observe(tallies.versions, Result<TlsVersions>(opening.error())),
            observe(0, Result<TlsSuites>(opening.error())), observe(0, Result<TlsGroups>(opening.error()))};
  }
  auto all = plan(*opening);
  GroupWalk groups;
  walk_all(conversation, all, groups, tallies);
  TlsVersions versions;
  for (const Asking& asking : all) versions.versions[asking.version] = decided(conversation, asking);
  return {observe(tallies.versions, Result<TlsVersions>(std::move(versions))),
          observe(tallies.suites, Result<TlsSuites>(suites_fact(conversation, all))),
          observe(tallies.groups, Result<TlsGroups>(groups_fact(conversation, all, std::move(groups))))};
}

}  // namespace kenshin
