// Documents: RFC 1034 4.2.2 (parent and child hold the same NS records), RFC 2182 (more than one server), RFC 1912 2.8
// (lame delegations). A delegation at a provider where nobody holds the zone can be taken over by any of its customers.
#include <algorithm>

#include "probes/base/text.h"
#include "probes/domain/public_suffix.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

std::vector<std::string> servers_that(const DomainDelegation& seen, Answer authoritative) {
  std::vector<std::string> out;
  for (const NameServerSeen& server : seen.servers)
    if (server.authoritative == authoritative) out.push_back(server.name + " (" + server.because + ")");
  return out;
}

// Servers of which something is not known: those that were silent, told no list of their own, or were not asked.
std::vector<std::string> untold_servers(const DomainDelegation& seen) {
  std::vector<std::string> out = servers_that(seen, Answer::Unknown);
  for (const NameServerSeen& server : seen.servers)
    if (server.authoritative == Answer::Yes && server.name_servers.empty())
      out.push_back(server.name + " (" + (server.because.empty() ? "NS" : server.because) + ")");
  for (const std::string& name : seen.name_servers)
    if (std::none_of(seen.servers.begin(), seen.servers.end(), [&](const auto& server) { return server.name == name; }))
      out.push_back(name + " (—)");
  return out;
}

// What stands between the parent's list and a sound delegation, or nothing.
std::optional<Judgement> not_delegated(const DomainDelegation& seen) {
  if (seen.delegated == DnsFound::NoName || seen.delegated == DnsFound::NoRecords)
    return judged(Verdict::NotApplicable, "not-in-the-dns");
  if (seen.delegated != DnsFound::Records)
    return judged(Verdict::Unknown, "delegation-untold", {{"why", seen.because}});
  return std::nullopt;
}

Judgement delegation_of(const DomainDelegation& seen) {
  if (auto none = not_delegated(seen)) return *none;
  if (const auto lame = servers_that(seen, Answer::No); !lame.empty())
    return judged(Verdict::Attention, "delegation-lame", {{"servers", list_text(lame)}});
  std::vector<std::string> nameless;
  for (const NameServerSeen& server : seen.servers)
    if (server.resolves == DnsFound::NoName || server.resolves == DnsFound::NoRecords) nameless.push_back(server.name);
  if (!nameless.empty()) return judged(Verdict::Attention, "delegation-no-address", {{"servers", list_text(nameless)}});
  for (const NameServerSeen& server : seen.servers)
    if (!server.name_servers.empty() && server.name_servers != seen.name_servers)
      return judged(Verdict::Attention, "delegation-differs",
                    {{"parent", join(seen.name_servers, ", ")}, {"child", join(server.name_servers, ", ")}});
  if (seen.name_servers.size() == 1)
    return judged(Verdict::Attention, "delegation-single", {{"servers", seen.name_servers.front()}});
  if (const auto untold = untold_servers(seen); !untold.empty())
    return judged(Verdict::Unknown, "delegation-partly", {{"servers", list_text(untold)}});
  return judged(Verdict::Met, "delegation-sound", {{"servers", join(seen.name_servers, ", ")}});
}

Judgement lame_of(const DomainDelegation& seen) {
  if (auto none = not_delegated(seen)) return *none;
  const auto is = [&](Answer answer) {
    return [answer](const NameServerSeen& server) { return server.authoritative == answer; };
  };
  if (std::any_of(seen.servers.begin(), seen.servers.end(), is(Answer::Yes)))
    return judged(Verdict::Met, "zone-is-held");
  const bool elsewhere = std::none_of(seen.servers.begin(), seen.servers.end(), [&](const NameServerSeen& server) {
    return registry_name(server.name) == std::optional<std::string>(seen.zone);
  });
  const bool all_lame = !seen.servers.empty() && std::all_of(seen.servers.begin(), seen.servers.end(), is(Answer::No));
  if (all_lame && elsewhere)
    return judged(Verdict::Attention, "zone-held-by-nobody", {{"servers", list_text(servers_that(seen, Answer::No))}});
  if (all_lame) return judged(Verdict::NotApplicable, "own-servers-lame");
  return judged(Verdict::Unknown, "delegation-partly", {{"servers", list_text(servers_that(seen, Answer::Unknown))}});
}

}  // namespace

Judgement judge_domain_delegation(const Question& question) {
  return worst_of<DomainDelegation>(
      question, [](const DomainDelegation& seen, const Observation&) { return delegation_of(seen); });
}

Judgement judge_domain_lame(const Question& question) {
  return worst_of<DomainDelegation>(question,
                                    [](const DomainDelegation& seen, const Observation&) { return lame_of(seen); });
}

}  // namespace kenshin
