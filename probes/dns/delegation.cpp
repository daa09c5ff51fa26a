#include "probes/dns/delegation.h"

#include <algorithm>
#include <functional>
#include <set>

#include "probes/base/text.h"
#include "probes/dns/ask_server.h"
#include "probes/dns/said.h"
#include "probes/domain/public_suffix.h"
#include "probes/net/side_by_side.h"

namespace kenshin {

namespace {

constexpr std::size_t most_parents = 3, most_servers = 13;
constexpr auto longest_wait = std::chrono::milliseconds{3000};

Deadline soon(const Session& session) { return deadline_in(std::min(session.timeout, longest_wait)); }

std::string rcode_words(int rcode) {
  if (rcode == 0) return "answers, but not with authority";
  return rcode == 3 ? "says the name does not exist, without authority" : rcode_name(rcode);
}

std::set<std::string> name_servers_in(const std::vector<DnsRecord>& section, const std::string& zone) {
  std::set<std::string> out;
  for (const DnsRecord& record : section)
    if (record.type == DnsType::Ns && record.name == zone)
      if (const auto name = parse_name(record.data)) out.insert(*name);
  return out;
}

// The nearest zone above, and its name servers; empty where none is known.
std::pair<std::string, std::vector<std::string>> parent_of(const std::string& zone, const Session& session,
                                                           std::string& because, std::optional<Error>& silent) {
  std::vector<DnsQuestion> questions;
  for (auto dot = zone.find('.'); dot != std::string::npos; dot = zone.find('.', dot + 1))
    questions.push_back({zone.substr(dot + 1), DnsType::Ns});
  const auto answers_of_all = session.dns->ask(questions, session);
  silent = silence(answers_of_all);
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const DnsSaid names = said(answers_of_all[i], DnsType::Ns);
    if (names.found == DnsFound::Records) return {questions[i].name, names.values};
    if (is_absent(names.found)) continue;
    because = questions[i].name + ": " + names.because;
    return {};
  }
  because = "no zone above " + zone + " was found";
  return {};
}

DnsSaid addresses_said(const std::string& name, const Session& session) {
  const auto both = session.dns->ask(address_questions(name), session);
  return either(said(both[0], DnsType::A), said(both[1], DnsType::Aaaa));
}

// What the parent says of the zone: its own referral, or, where one server holds both, the zone's answer.
// Errors: the resolver's, where it answered nothing.
std::optional<Error> ask_parent(DomainDelegation& out, const Session& session) {
  std::optional<Error> silent;
  const auto [parent, servers] = parent_of(out.zone, session, out.because, silent);
  if (silent) return silent;
  out.parent = parent;
  std::size_t asked = 0;
  for (const auto& server : servers) {
    if (asked++ == most_parents) break;
    const DnsSaid addresses = addresses_said(server, session);
    if (addresses.values.empty()) {
      out.because = server + ": no address" + (addresses.because.empty() ? "" : ", " + addresses.because);
      continue;
    }
    const auto answer = ask_name_server(addresses.values.front(), {out.zone, DnsType::Ns}, session, soon(session));
    if (!answer) {
      out.because = server + ": " + answer.error().detail;
      continue;
    }
    auto names = name_servers_in(answer->answer, out.zone);
    names.merge(name_servers_in(answer->authority, out.zone));
    if (!names.empty()) {
      out.delegated = DnsFound::Records;
      out.name_servers.assign(names.begin(), names.end());
      out.because.clear();
      break;
    }
    if (answer->authoritative && (answer->rcode == 3 || answer->rcode == 0)) {
      out.delegated = answer->rcode == 3 ? DnsFound::NoName : DnsFound::NoRecords;
      out.because.clear();
      break;
    }
    out.because = server + ": " + rcode_words(answer->rcode);
  }
  return std::nullopt;
}

void ask_zone(NameServerSeen& seen, const std::string& zone, const Session& session) {
  const auto answer = ask_name_server(seen.address, {zone, DnsType::Soa}, session, soon(session));
  if (!answer) return void(seen.because = answer.error().detail);
  for (const DnsRecord& record : answer->answer)
    if (record.type == DnsType::Soa && record.name == zone)
      if (const auto soa = parse_soa(record.data)) seen.serial = soa->serial;
  if (!answer->authoritative || answer->rcode != 0 || !seen.serial) {
    seen.serial.reset();
    seen.authoritative = Answer::No;
    seen.because = rcode_words(answer->rcode);
    return;
  }
  seen.authoritative = Answer::Yes;
  const auto names = ask_name_server(seen.address, {zone, DnsType::Ns}, session, soon(session));
  if (!names) return void(seen.because = "NS: " + names.error().detail);
  if (!names->authoritative || names->rcode != 0) return void(seen.because = "NS: " + rcode_words(names->rcode));
  const auto set = name_servers_in(names->answer, zone);
  seen.name_servers.assign(set.begin(), set.end());
}

// A name server by its first IPv4 address, by IPv6 where it has no other.
NameServerSeen ask_server(const std::string& name, const std::string& zone, const Session& session) {
  NameServerSeen out;
  out.name = name;
  const DnsSaid addresses = addresses_said(name, session);
  out.resolves = addresses.found;
  if (addresses.values.empty()) {
    out.because = addresses.because.empty() ? "the name has no address" : addresses.because;
    return out;
  }
  out.address = addresses.values.front();
  ask_zone(out, zone, session);
  return out;
}

std::vector<NameServerSeen> ask_all(const std::set<std::string>& names, const std::string& zone,
                                    const Session& session) {
  const std::vector<std::string> all(names.begin(), names.end());
  std::vector<NameServerSeen> out(std::min(all.size(), most_servers));
  std::vector<std::function<void()>> work;
  for (std::size_t i = 0; i < out.size(); ++i)
    work.emplace_back([&, i] { out[i] = ask_server(all[i], zone, session); });
  side_by_side(work);
  return out;
}

}  // namespace

std::vector<Observation> observe_delegation(const Asked& asked, Session& session) {
  const auto seen = [&](Result<DomainDelegation> fact) {
    return std::vector{observed<DomainDelegation>(asked.target, "", session.now(), 0, std::move(fact))};
  };
  const auto zone = registry_name(asked.target.name);
  if (!zone) return seen(Error{Error::Kind::Unsupported, "no registrable name in " + asked.target.name});
  DomainDelegation out;
  out.zone = *zone;
  if (auto silent = ask_parent(out, session)) return seen(std::move(*silent));
  const std::set<std::string> named(out.name_servers.begin(), out.name_servers.end());
  out.servers = ask_all(named, out.zone, session);
  std::set<std::string> more;
  for (const NameServerSeen& server : out.servers)
    for (const auto& name : server.name_servers)
      if (named.count(name) == 0) more.insert(name);
  for (auto& server : ask_all(more, out.zone, session)) out.servers.push_back(std::move(server));
  std::sort(out.servers.begin(), out.servers.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  return seen(std::move(out));
}

}  // namespace kenshin
