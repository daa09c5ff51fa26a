#include "probes/domain/registration.h"

#include "probes/domain/jprs_whois.h"
#include "probes/domain/public_suffix.h"
#include "probes/domain/whois.h"

namespace kenshin {

namespace {

Result<Registration> ask_jprs(const std::string& name, Session& session, int& connections) {
  ++connections;
  const auto answer = ask_whois(session.whois, name + "/e", session);  // /e: no Japanese lines
  if (!answer) return answer.error();
  auto said = parse_jprs(*answer, name);
  if (said) said->server = session.whois;
  return said;
}

Result<Registration> ask_registry(const std::string& name, Session& session, int& connections) {
  if (!name.ends_with(".jp")) return Error{Error::Kind::Unsupported, "only .jp is asked so far: RDAP is not built yet"};
  auto said = ask_jprs(name, session, connections);
  if (!said || said->registered != Answer::No) return said;
  return ask_jprs(name, session, connections);  // free only if the registry says so twice
}

}  // namespace

Result<Registration> registration_of(const std::string& registry_name, Session& session, Freshness) {
  int connections = 0;
  return ask_registry(registry_name, session, connections);
}

std::vector<Observation> observe_registration(const Asked& asked, Session& session) {
  int connections = 0;
  const auto name = registry_name(asked.target.name);
  auto said = name ? ask_registry(*name, session, connections)
                   : Error{Error::Kind::Unsupported, "no registrable name in " + asked.target.name};
  return {observed<Registration>(asked.target, "", session.now(), connections, std::move(said))};
}

}  // namespace kenshin
