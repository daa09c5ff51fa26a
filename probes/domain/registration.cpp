#include "probes/domain/registration.h"

#include "probes/base/text.h"
#include "probes/domain/holder.h"
#include "probes/domain/jprs_whois.h"
#include "probes/domain/public_suffix.h"
#include "probes/domain/rdap.h"
#include "probes/domain/rdap_bootstrap.h"
#include "probes/domain/registry_cache.h"
#include "probes/domain/registry_turns.h"
#include "probes/domain/whois.h"

namespace kenshin {

namespace {

// Who is asked about a name: the WHOIS server of .jp, or the RDAP server that is the authority.
struct Registry {
  std::string server;  // "HOST:PORT" of WHOIS, the base of RDAP
  bool is_rdap = false;
};

Result<Registry> registry_of(const std::string& name, const Session& session) {
  if (name.ends_with(".jp")) return Registry{session.whois, false};
  if (!session.registries.rdap.empty()) return Registry{session.registries.rdap, true};
  if (auto base = rdap_base(shipped_rdap_bootstrap(), name)) return Registry{std::move(*base), true};
  return Error{Error::Kind::Unsupported, "no RDAP server is known for ." + name.substr(name.rfind('.') + 1)};
}

// A free name may be taken the same day: that is never believed longer.
std::chrono::hours oldest(Freshness freshness, Answer registered) {
  return freshness == Freshness::Own || registered == Answer::No ? std::chrono::hours(24) : std::chrono::hours(7 * 24);
}

template <class T>
bool was_reached(const Result<T>& answer) {
  if (answer) return true;
  const auto kind = answer.error().kind;
  return kind != Error::Kind::Unreachable && kind != Error::Kind::Refused;
}

// What the registry said, with the marks of the holder's names.
struct RegistryWord {
  Registration record;
  std::vector<HolderMark> holders;
};

RegistryWord free_name(std::string_view source, const std::string& name) {
  RegistryWord out;
  out.record.registered = Answer::No;
  out.record.source = source;
  out.record.kind = registration_kind(name);
  return out;
}

// One look-up, and how many connections it took.
class LookUp {
 public:
  LookUp(const std::string& name, Registry registry, Session& session, Freshness freshness)
      : name_(name), registry_(std::move(registry)), session_(session), freshness_(freshness) {}

  int connections() const { return connections_; }

  // From what was kept, or from the registry. Free only if that says so twice, a while apart: a record may be away for
  // the moment in which it is renewed.
  Result<RegistryWord> ask() {
    if (auto kept = from_cache()) return std::move(*kept);
    auto said = once();
    if (said && said->record.registered == Answer::No) {
      if (!wait_politely(session_, session_.registries.pause_after_free))
        return Error{Error::Kind::NotAsked, "said once not to be registered; told to stop before it was asked again"};
      said = once();
    }
    if (said)
      keep_answer(session_.registries.cache, {name_, registry_.server, session_.now(),
                                              is_whole_ && freshness_ == Freshness::Own, said->record, said->holders});
    return said;
  }

 private:
  std::optional<RegistryWord> from_cache() {
    const Instant now = session_.now();
    auto kept = kept_answer(session_.registries.cache, name_, registry_.server, now, oldest(freshness_, Answer::Yes));
    if (!kept || (freshness_ == Freshness::Own && !kept->is_whole)) return std::nullopt;
    if (kept->asked_at + oldest(freshness_, kept->record.registered) <= now) return std::nullopt;
    // Hashes of another salt cannot be compared with a baseline's.
    const std::string& salt = session_.holder_salt;
    for (const auto& mark : kept->holders)
      if (freshness_ == Freshness::Own && !salt.empty() && !mark.hash.starts_with(salt + ":")) return std::nullopt;
    kept->record.answered_at = kept->asked_at;
    return RegistryWord{std::move(kept->record), std::move(kept->holders)};
  }

  Result<RegistryWord> once() {
    auto said = registry_.is_rdap ? by_rdap() : by_whois();
    if (said) said->record.server = registry_.server;
    return said;
  }

  // With /e there are no Japanese lines: enough for a name that is not the operator's own.
  Result<RegistryWord> by_whois() {
    Result<std::string> answer = Error{};
    const TurnRules rules{session_.whois_pause, session_.registries.whois_a_day};
    const auto asked = at_its_turn(registry_.server, rules, session_, [&] {
      ++connections_;
      answer = ask_whois(registry_.server, name_ + (freshness_ == Freshness::Own ? "" : "/e"), session_);
      return AfterQuestion{std::nullopt, was_reached(answer)};
    });
    if (!asked) return asked.error();
    if (!answer) return answer.error();
    auto read = parse_jprs_and_holder(*answer, name_);
    if (!read) return read.error();
    return RegistryWord{std::move(read->record), holder_marks(read->holders, session_)};
  }

  RdapSaid rdap(const std::string& url) {
    RdapSaid said{Error{}, false, std::nullopt};
    const auto asked = at_its_turn(server_of_url(url), {session_.whois_pause, std::nullopt}, session_, [&] {
      ++connections_;
      said = ask_rdap(url, registry_.server, name_, session_);
      return AfterQuestion{said.not_before, was_reached(said.answer)};
    });
    if (!asked) said.answer = asked.error();
    return said;
  }

  Result<RegistryWord> by_rdap() {
    auto said = rdap(rdap_question(registry_.server, name_));
    if (said.answer) return RegistryWord{with_registrar(std::move(*said.answer)), {}};
    if (said.answer.error().kind != Error::Kind::Absent) return said.answer.error();
    if (!has_authority())
      return Error{Error::Kind::Unsupported, "RDAP: HTTP 404 from a server not known as the authority of the name"};
    if (!said.speaks_rdap)
      if (const auto speaks = help(); !speaks) return speaks.error();
    return free_name("rdap", name_);
  }

  // A stand-in on this computer speaks for whom it stands.
  bool has_authority() const {
    return is_on_loopback(registry_.server) || rdap_base(shipped_rdap_bootstrap(), name_) == registry_.server;
  }

  Result<Done> help() {
    Result<Done> said = Done{};
    const auto asked =
        at_its_turn(server_of_url(registry_.server), {session_.whois_pause, std::nullopt}, session_, [&] {
          ++connections_;
          said = ask_rdap_help(registry_.server, session_);
          return AfterQuestion{std::nullopt, was_reached(said)};
        });
    return asked ? said : asked;
  }

  // In the auto renew period the registry's own date is a year ahead of what was paid for: the registrar's counts.
  Registration with_registrar(RdapAnswer answer) {
    Registration out = std::move(answer.record);
    if (freshness_ != Freshness::Own || out.registrar_expires) return out;
    for (const auto& url : answer.related) {
      const auto said = rdap(url);
      if (!said.answer) {  // the registry's answer stands without it
        const auto kind = said.answer.error().kind;
        is_whole_ = is_whole_ && (kind == Error::Kind::Malformed || kind == Error::Kind::Absent);
        continue;
      }
      const Registration& theirs = said.answer->record;
      out.registrar_expires = theirs.registrar_expires ? theirs.registrar_expires : theirs.expires;
      if (out.registrar_expires) break;
    }
    is_whole_ = is_whole_ || out.registrar_expires;
    return out;
  }

  const std::string& name_;
  const Registry registry_;
  Session& session_;
  const Freshness freshness_;
  int connections_ = 0;
  bool is_whole_ = true;  // no question is open that could be answered in a while
};

Result<Registration> look_up(const std::string& name, std::string_view holder, Session& session, Freshness freshness,
                             int& connections) {
  auto registry = registry_of(name, session);
  if (!registry) return registry.error();
  LookUp one(name, std::move(*registry), session, freshness);
  auto said = one.ask();
  connections = one.connections();
  if (!said) return said.error();
  set_holder(said->record, holder, said->holders);
  return std::move(said->record);
}

}  // namespace

Result<std::string> registry_asked(const std::string& registry_name, const Session& session) {
  const auto registry = registry_of(registry_name, session);
  if (!registry) return registry.error();
  return registry->server;
}

Result<Registration> registration_of(const std::string& registry_name, Session& session, Freshness freshness) {
  int connections = 0;
  return look_up(registry_name, {}, session, freshness, connections);
}

std::vector<Observation> observe_registration(const Asked& asked, Session& session) {
  int connections = 0;
  const auto name = registry_name(asked.target.name);
  auto said = name ? look_up(*name, asked.holder, session, Freshness::Own, connections)
                   : Error{Error::Kind::Unsupported, "no registrable name in " + asked.target.name};
  return {observed<Registration>(asked.target, "", session.now(), connections, std::move(said))};
}

}  // namespace kenshin
