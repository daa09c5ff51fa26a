#include "probes/web/opossum.h"

#include <array>

#include "probes/base/text.h"
#include "probes/net/door.h"
#include "probes/tls/secured.h"
#include "probes/web/http.h"
#include "probes/web/upgrade.h"

namespace kenshin {

namespace {

// The two ways of one service (IANA "Service Name and Transport Protocol Port Number Registry"); submission's STARTTLS
// port stands for port 465.
struct TwoWays {
  Protocol protocol;
  std::uint16_t upgraded, implicit;
};
constexpr auto two_ways = std::to_array<TwoWays>({
    {Protocol::Smtp, 587, 465},
    {Protocol::Imap, 143, 993},
    {Protocol::Pop3, 110, 995},
    {Protocol::Ftp, 21, 990},
    {Protocol::Ldap, 389, 636},
    {Protocol::Nntp, 119, 563},
});

Vulnerability unknown(const Error& why) {
  return {Answer::Unknown, std::string(error_name(why.kind)) + ": " + one_line(why.detail, 160)};
}

// The other way of the target's service; nothing where there is none.
std::optional<Target> other_way(const Target& target) {
  for (const auto& ways : two_ways) {
    if (target.protocol == ways.protocol)
      return Target{TargetKind::Endpoint, target.name, ways.implicit, Protocol::Tls};
    if (target.protocol == Protocol::Tls && target.port == ways.implicit)
      return Target{TargetKind::Endpoint, target.name, ways.upgraded, ways.protocol};
  }
  return std::nullopt;
}

Vulnerability by_condition(const Asked& asked, const Target& other, const Session& session, Tally& tally) {
  ++tally;
  const Deadline deadline = deadline_in(session.timeout);
  auto door = open_door(other, asked.address, session, deadline);
  if (!door) {
    const auto& why = door.error();
    if (why.kind == Error::Kind::Refused) tally += 2;
    if (why.kind == Error::Kind::Refused && nobody_listens(asked.address, other.port, asked.target.port, session))
      return {Answer::No, "nobody listens on port " + std::to_string(other.port)};
    if (why.kind == Error::Kind::Absent) return {Answer::No, one_line(why.detail, 160)};
    return unknown(why);
  }
  const auto secured = Secured::over(std::move(*door), other.name, deadline);
  if (!secured) return unknown(secured.error());
  return {Answer::Yes, "condition: " + target_text(asked.target) + " and " + target_text(other)};
}

Vulnerability by_upgrade(const Asked& asked, Session& session, Tally& tally) {
  const auto place = plain_place(asked);
  if (!place) return {Answer::NotApplicable, "no plain port"};
  if (place->address.empty()) return {Answer::Unknown, "the plain port is declared under another name"};
  ++tally;
  const auto socket = open_port(place->address, place->port, session, deadline_in(session.timeout));
  if (!socket) {
    if (socket.error().kind == Error::Kind::Refused) tally += 2;
    if (socket.error().kind == Error::Kind::Refused &&
        nobody_listens(place->address, place->port, asked.target.port, session))
      return {Answer::No, "nobody listens on port " + std::to_string(place->port)};
    return unknown(socket.error());
  }
  ++tally;
  const Decided upgrades = upgrades_to_tls(place->host, place->address, place->port, session);
  return {upgrades.accepted, upgrades.because};
}

}  // namespace

Vulnerability opossum(const Asked& asked, Session& session, Tally& tally) {
  if (speaks_http(asked.target)) return by_upgrade(asked, session, tally);
  const auto other = other_way(asked.target);
  if (!other) return {Answer::NotApplicable, "one way to TLS"};
  const auto lease = session.budget
                         ? std::optional(session.budget->lease(asked.address, {session.max_rate, session.gentle}))
                         : std::nullopt;
  return by_condition(asked, *other, session, tally);
}

}  // namespace kenshin
