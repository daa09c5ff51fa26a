#include "probes/domain/registration.h"

#include "probes/domain/jprs_whois.h"
#include "probes/domain/public_suffix.h"
#include "probes/domain/whois.h"

namespace kenshin {

namespace {

Result<Registration> ask_jprs(const std::string& name, Session& session) {
  const auto answer = ask_whois(session.whois, name + "/e", session);  // /e: no Japanese lines
  if (!answer) return answer.error();
  auto said = parse_jprs(*answer, name);
  if (said) said->server = session.whois;
  return said;
}

}  // namespace

std::vector<Observation> observe_registration(const Asked& asked, Session& session) {
  int connections = 0;
  const auto seen = [&](Result<Registration> said) {
    return std::vector{observed<Registration>(asked.target, "", session.now(), connections, std::move(said))};
  };
  const auto name = registry_name(asked.target.name);
  if (!name) return seen(Error{Error::Kind::Unsupported, "no registrable name in " + asked.target.name});
  if (!name->ends_with(".jp"))
    return seen(Error{Error::Kind::Unsupported, "only .jp is asked so far: RDAP is not built yet"});

  connections = 1;
  auto said = ask_jprs(*name, session);
  if (!said || said->registered != Answer::No) return seen(std::move(said));
  connections = 2;  // free only if the registry says so twice
  return seen(ask_jprs(*name, session));
}

}  // namespace kenshin
