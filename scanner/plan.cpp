#include "scanner/plan.h"

#include <algorithm>
#include <ostream>

#include "probes/net/dns.h"
#include "probes/net/side_by_side.h"
#include "probes/net/vantage.h"

namespace kenshin {

namespace {

std::vector<const Probe*> probes_for(TargetKind kind) {
  std::vector<const Probe*> out;
  for (const auto& probe : all_probes())
    if (probe.looks_at == kind) out.push_back(&probe);
  return out;
}

bool all_there(const Probe& probe, const Asked& asked, const FactsFile& file) {
  return std::all_of(probe.yields.begin(), probe.yields.end(),
                     [&](auto name) { return file.has(asked.target, name, asked.address); });
}

void add_failures(const Probe& probe, const Asked& asked, const Error& why, Instant at, FactsFile& file) {
  for (const auto name : probe.yields)
    if (!file.has(asked.target, name, asked.address))
      file.add({{}, asked.target, asked.address, std::string(name), at, 0, why});
}

// Every probe of the kind, in their order, at one address. The error that the first one met everywhere spares the rest.
void observe_one(const Asked& asked, Session& session, FactsFile& file) {
  std::optional<Error> unanswered;
  for (const Probe* probe : probes_for(asked.target.kind)) {
    if (all_there(*probe, asked, file)) continue;
    if (unanswered) {
      add_failures(*probe, asked, *unanswered, session.now(), file);
      continue;
    }
    const auto observations = probe->observe(asked, session);
    const bool none =
        std::none_of(observations.begin(), observations.end(), [](const Observation& o) { return bool(o.fact); });
    if (none && !observations.empty()) unanswered = observations.front().fact.error();
    for (const auto& observation : observations)
      if (!file.has(asked.target, observation.name, asked.address)) file.add(observation);
  }
}

// The addresses to ask; where the name has none, every endpoint fact failed for that reason.
std::vector<Asked> addresses(const AskedEndpoint& endpoint, Session& session, bool has_ipv6, FactsFile& file) {
  if (!endpoint.address.empty()) return {{endpoint.target, endpoint.address, endpoint.plain_http}};
  const auto found = addresses_of(endpoint.target.name, session);
  if (!found) {
    for (const Probe* probe : probes_for(TargetKind::Endpoint))
      add_failures(*probe, {endpoint.target, ""}, found.error(), session.now(), file);
    return {};
  }
  // A family that could not be looked up may hide an address: that is not known, rather than not there.
  for (const auto& lost : {found->ipv4_lost, has_ipv6 ? found->ipv6_lost : std::nullopt})
    if (lost)
      for (const Probe* probe : probes_for(TargetKind::Endpoint))
        add_failures(*probe, {endpoint.target, ""}, *lost, session.now(), file);
  std::vector<Asked> out;
  for (const auto& address : found->found)
    if (has_ipv6 || address.find(':') == std::string::npos || found->found.size() == 1 ||
        is_loopback_or_private(address))
      out.push_back({endpoint.target, address, endpoint.plain_http});
  if (out.empty())
    for (const auto& address : found->found) out.push_back({endpoint.target, address, endpoint.plain_http});
  return out;
}

}  // namespace

void observe_all(const Plan& plan, Session& session, std::size_t threads, FactsFile& file,
                 const std::function<void(const std::string&)>& progress) {
  const Observation vantage = observe_vantage(session);
  if (!file.has(vantage.target, Vantage::name)) file.add(vantage);
  const auto* here = fact_of<Vantage>(vantage);
  const bool has_ipv6 = !here || here->ipv6 != Answer::No;  // without IPv6 only IPv4 is asked, and the report says so
  std::vector<std::vector<Asked>> asked(plan.endpoints.size());
  std::vector<std::function<void()>> work;
  for (std::size_t i = 0; i < asked.size(); ++i)
    work.emplace_back([&, i] { asked[i] = addresses(plan.endpoints[i], session, has_ipv6, file); });
  side_by_side(work, threads);

  std::vector<Asked> all;
  for (const auto& some : asked) all.insert(all.end(), some.begin(), some.end());
  for (const auto& domain : plan.domains) all.push_back({domain, ""});
  for (const auto& host : plan.hosts) all.push_back({host, ""});
  work.clear();
  for (const auto& one : all)
    work.emplace_back([&] {
      observe_one(one, session, file);
      progress(target_text(one.target));
    });
  side_by_side(work, threads);
}

void print_plan(const Plan& plan, const Session& session, const Program& program) {
  const auto& say = program.say();
  for (const auto level :
       {PermissionClass::LookUp, PermissionClass::Ordinary, PermissionClass::Unusual, PermissionClass::Weakness}) {
    std::string lines;
    const auto line = [&](const std::string& whom, const Probe& probe) {
      lines += "  " + whom + "  " + say(probe.asks) + "\n";
    };
    for (const auto& probe : all_probes()) {
      if (probe.permission != level) continue;
      if (probe.looks_at == TargetKind::Endpoint)
        for (const auto& e : plan.endpoints)
          line(target_text(e.target) + (e.address.empty() || e.address == e.target.name ? "" : " (" + e.address + ")"),
               probe);
      if (probe.looks_at == TargetKind::Domain)
        for (const auto& d : plan.domains) line(d.name + " → " + session.whois, probe);
      if (probe.looks_at == TargetKind::Host)
        for (const auto& h : plan.hosts) line(h.name, probe);
    }
    if (level == PermissionClass::LookUp)
      for (const auto& e : plan.endpoints)
        if (e.address.empty()) lines += "  " + e.target.name + "  " + say("ask.addresses") + "\n";
    program.out << say("cli.class." + std::to_string(static_cast<int>(level))) << '\n'
                << (lines.empty() ? "  " + say("cli.class.nothing") + "\n" : lines);
  }
}

}  // namespace kenshin
