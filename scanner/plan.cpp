#include "scanner/plan.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <ostream>

#include "probes/base/text.h"
#include "probes/domain/outside.h"
#include "probes/domain/public_suffix.h"
#include "probes/domain/registration.h"
#include "probes/net/budget.h"
#include "probes/net/dns.h"
#include "probes/net/proxy.h"
#include "probes/net/side_by_side.h"
#include "probes/net/vantage.h"
#include "scanner/interrupt.h"

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

// Each of its facts failed for that reason.
std::vector<Observation> failures(const Probe& probe, const Asked& asked, const Error& why, Instant at) {
  std::vector<Observation> out;
  for (const auto name : probe.yields) out.push_back({{}, asked.target, asked.address, std::string(name), at, 0, why});
  return out;
}

void add_new(std::vector<Observation> observations, FactsFile& file) {
  std::erase_if(observations, [&](const Observation& o) { return file.has(o.target, o.name, o.address); });
  file.add(std::move(observations));
}

// What endpoints answered, from any thread.
class Reached {
 public:
  void note(const std::vector<Observation>& observations) {
    const std::lock_guard lock(guard_);
    for (const auto& o : observations) {
      if (o.target.kind != TargetKind::Endpoint) continue;
      if (is_answer(o)) any_ = true;
      else if (!o.fact && proxy_failure_.empty() && o.fact.error().detail.starts_with("proxy"))
        proxy_failure_ = o.fact.error().detail;
    }
  }
  bool any() const { return any_; }
  const std::string& proxy_failure() const { return proxy_failure_; }

 private:
  std::mutex guard_;
  bool any_ = false;
  std::string proxy_failure_;
};

// Told to stop before it was its turn: a resumed run asks.
bool was_not_asked(const Observation& o) { return !o.fact && o.fact.error().kind == Error::Kind::NotAsked; }

// Every probe of the kind at one address, side by side; their observations are added in the probes' order. What keeps
// the first from any answer spares the others. False where it was told to stop before all of it was asked.
bool observe_one(const Asked& asked, Session& session, FactsFile& file, Reached& reached) {
  std::vector<const Probe*> left = probes_for(asked.target.kind);
  const Probe* const first = left.front();
  std::erase_if(left, [&](const Probe* probe) { return all_there(*probe, asked, file); });
  if (left.empty()) return true;
  if (Interrupt::came()) return false;
  Budget& budget = *session.budget;
  const bool one_finds_out = asked.target.kind == TargetKind::Endpoint && left.front() == first;
  if (one_finds_out) budget.find_out(asked.target, asked.address);
  const auto find_out = [&](const Probe& probe) {
    try {
      auto observations = probe.observe(asked, session);
      budget.answers(asked.target, asked.address);
      return observations;
    } catch (...) {
      budget.answers(asked.target, asked.address);  // nobody waits for a word that does not come
      throw;
    }
  };
  const auto unless_given_up = [&](const Probe& probe) {
    if (probe.permission == PermissionClass::LookUp) return probe.observe(asked, session);  // it asks somebody else
    const auto why = budget.given_up(asked.target, asked.address);
    return why ? failures(probe, asked, *why, session.now()) : probe.observe(asked, session);
  };
  std::vector<std::vector<Observation>> seen(left.size());
  std::vector<std::function<void()>> work;
  for (std::size_t i = 0; i < left.size(); ++i)
    work.emplace_back(
        [&, i] { seen[i] = one_finds_out && left[i] == first ? find_out(*left[i]) : unless_given_up(*left[i]); });
  side_by_side(work);
  bool whole = true;
  for (auto& observations : seen) {
    if (Interrupt::came() && std::erase_if(observations, was_not_asked) > 0) whole = false;
    reached.note(observations);
    add_new(std::move(observations), file);
  }
  return whole;
}

// The addresses to ask; where the name has none, every endpoint fact failed for that reason.
std::vector<Asked> addresses(const AskedEndpoint& endpoint, Session& session, bool has_ipv6, FactsFile& file) {
  if (!endpoint.address.empty()) return {{endpoint.target, endpoint.address, endpoint.plain_http}};
  const auto found = addresses_of(endpoint.target.name, session);
  if (!found) {
    for (const Probe* probe : probes_for(TargetKind::Endpoint))
      add_new(failures(*probe, {endpoint.target, ""}, found.error(), session.now()), file);
    return {};
  }
  // A family that could not be looked up may hide an address: that is not known, rather than not there.
  for (const auto& lost : {found->ipv4_lost, has_ipv6 ? found->ipv6_lost : std::nullopt})
    if (lost)
      for (const Probe* probe : probes_for(TargetKind::Endpoint))
        add_new(failures(*probe, {endpoint.target, ""}, *lost, session.now()), file);
  std::vector<Asked> out;
  for (const auto& address : found->found)
    if (has_ipv6 || address.find(':') == std::string::npos || found->found.size() == 1 ||
        is_loopback_or_private(address))
      out.push_back({endpoint.target, address, endpoint.plain_http});
  if (out.empty())
    for (const auto& address : found->found) out.push_back({endpoint.target, address, endpoint.plain_http});
  return out;
}

// Without the endpoints and the holder.
Asked asked_of(const Plan& plan, const Target& domain) {
  Asked out{domain, ""};
  out.is_former = plan.former.contains(domain);
  for (const Target& known : plan.domains) out.known_domains.push_back(known.name);
  return out;
}

// One target after the other is looked up and asked; each is forgotten when it is done.
class Run {
 public:
  Run(const Plan& plan, Session& session, FactsFile& file, Progress& progress, bool has_ipv6)
      : plan_(plan), session_(session), file_(file), progress_(progress), has_ipv6_(has_ipv6) {}

  Asking run(std::size_t threads) {
    std::vector<std::function<void()>> work, waiting;
    for (const auto& endpoint : plan_.endpoints) ++left_[endpoint.target];
    for (const auto* targets : {&plan_.domains, &plan_.hosts})
      for (const auto& target : *targets) ++left_[target];
    for (const auto& endpoint : plan_.endpoints)
      work.emplace_back([this, &endpoint] { one(endpoint.target, [&] { return at_all_addresses(endpoint); }); });
    for (const auto& host : plan_.hosts)
      work.emplace_back([this, &host] {
        one(host, [&] { return observe_one({host, ""}, session_, file_, reached_); });
      });
    for (const auto& domain : plan_.domains)
      waiting.emplace_back([this, &domain] { one(domain, [&] { return at_domain(domain); }); });
    out_.all = work.size() + waiting.size();
    progress_.start(out_.all);
    side_by_side({[&] { side_by_side(work, threads); }, [&] { side_by_side(waiting, threads); }});
    progress_.end();
    out_.any_answered = reached_.any();
    out_.proxy_failure = reached_.proxy_failure();
    return std::move(out_);
  }

 private:
  // The endpoints at a domain's name or below it.
  std::vector<AskedEndpoint> below(const Target& domain) const {
    std::vector<AskedEndpoint> out;
    for (const auto& endpoint : plan_.endpoints)
      if (is_at_or_below(endpoint.target.name, domain.name)) out.push_back(endpoint);
    return out;
  }

  template <class Ask>
  void one(const Target& target, Ask ask) {
    constexpr std::size_t most_named = 8;
    const bool whole = !Interrupt::came() && ask();
    const std::lock_guard lock(guard_);
    if (!whole) {
      if (out_.missing.size() < most_named) out_.missing.push_back(target_text(target));
      return;
    }
    ++out_.done;
    if (--left_[target] == 0) file_.finished(target);
    progress_.one_done(target_text(target));
  }

  bool at_domain(const Target& domain) {
    Asked asked = asked_of(plan_, domain);
    asked.endpoints = below(domain);
    if (const auto holder = plan_.holders.find(domain); holder != plan_.holders.end()) asked.holder = holder->second;
    return observe_one(asked, session_, file_, reached_);
  }

  bool at_all_addresses(const AskedEndpoint& endpoint) {
    const auto all = addresses(endpoint, session_, has_ipv6_, file_);
    std::vector<std::function<void()>> work;
    std::atomic<bool> whole{true};
    for (const auto& asked : all)
      work.emplace_back([&] {
        if (!observe_one(asked, session_, file_, reached_)) whole = false;
      });
    side_by_side(work);
    return whole;
  }

  const Plan& plan_;
  Session& session_;
  FactsFile& file_;
  Progress& progress_;
  const bool has_ipv6_;
  Reached reached_;
  std::mutex guard_;
  std::map<Target, int> left_;  // a name may be asked at several addresses the user gave
  Asking out_;
};

}  // namespace

Asking observe_all(const Plan& plan, Session& session, std::size_t threads, FactsFile& file, Progress& progress) {
  const Observation vantage = observe_vantage(session);
  if (!file.has(vantage.target, Vantage::name)) file.add({vantage});
  const auto* here = fact_of<Vantage>(vantage);
  const bool has_ipv6 = !here || here->ipv6 != Answer::No;  // without IPv6 only IPv4 is asked, and the report says so
  return Run(plan, session, file, progress, has_ipv6).run(threads);
}

void say_what_is_missing(const Asking& asking, bool can_resume, const Program& program) {
  const std::size_t missing = asking.all - asking.done;
  std::string named = one_line(join(asking.missing, ", "), 500);
  if (missing > asking.missing.size()) named += " (+" + std::to_string(missing - asking.missing.size()) + ")";
  program.err << program.say()(
                     "cli.stopped",
                     {{"done", std::to_string(asking.done)}, {"all", std::to_string(asking.all)}, {"missing", named}})
              << '\n';
  if (can_resume) program.err << program.say()("cli.stopped-resume") << '\n';
}

void say_what_the_proxy_lost(const Asking& asking, const Session& session, const Program& program) {
  if (session.proxy.empty() || asking.any_answered || asking.proxy_failure.empty()) return;
  const auto proxy = parse_proxy(session.proxy);  // without its password
  const std::string where = proxy ? target_text({TargetKind::Endpoint, proxy->host, proxy->port}) : "";
  program.err << "kenshin: "
              << program.say()("cli.proxy-dead",
                               {{"proxy", one_line(where, 200)}, {"why", one_line(asking.proxy_failure, 300)}})
              << '\n';
}

namespace {

std::string asked_text(const AskedEndpoint& e) {
  return target_text(e.target) + (e.address.empty() || e.address == e.target.name ? "" : " (" + e.address + ")");
}

// "example.jp → whois.jprs.jp:43"; a name without a registry that is asked stands alone.
std::string registry_text(const Target& domain, const Session& session) {
  const auto name = registry_name(domain.name);
  const auto server = name ? registry_asked(*name, session) : Error{};
  return domain.name + (server ? " → " + *server : "");
}

// Whether weakness tests would be made, and who allows them (docs/user-guide.md, class 3).
std::string permission_words(const AskedEndpoint& endpoint, const Session& session, const Wording& say) {
  if (!session.authorized_by.empty()) return say("cli.authorised", {{"by", session.authorized_by}});
  const std::string& address = endpoint.address.empty() ? endpoint.target.name : endpoint.address;
  if (!is_ip_literal(address)) return say("cli.not-authorised-name");
  return say(is_loopback_or_private(address) ? "cli.no-permission-needed" : "cli.not-authorised");
}

// The domain and whom a probe asks about it, where that is known before; the others find out on the way.
std::string whom_of(const Probe& probe, const Target& domain, const Session& session) {
  if (probe.name == "registration") return registry_text(domain, session);
  const bool forwarded = probe.name == "dns" && !session.resolver.empty();
  return domain.name + (forwarded ? " → " + session.resolver : "");
}

}  // namespace

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
        for (const auto& e : plan.endpoints) line(asked_text(e), probe);
      if (probe.name == "outside")
        for (const auto& d : plan.domains)
          for (const auto& whom : outside_asked(asked_of(plan, d), session)) line(d.name + " → " + whom, probe);
      else if (probe.looks_at == TargetKind::Domain)
        for (const auto& d : plan.domains) line(whom_of(probe, d, session), probe);
      if (probe.looks_at == TargetKind::Host)
        for (const auto& h : plan.hosts) line(h.name, probe);
    }
    if (level == PermissionClass::LookUp)
      for (const auto& e : plan.endpoints)
        if (e.address.empty()) lines += "  " + e.target.name + "  " + say("ask.addresses") + "\n";
    if (level == PermissionClass::Weakness)
      for (const auto& e : plan.endpoints)
        lines += "  " + asked_text(e) + "  " + say("ask.weaknesses") + ": " + permission_words(e, session, say) + "\n";
    program.out << say("cli.class." + std::to_string(static_cast<int>(level))) << '\n'
                << (lines.empty() ? "  " + say("cli.class.nothing") + "\n" : lines);
  }
}

}  // namespace kenshin
