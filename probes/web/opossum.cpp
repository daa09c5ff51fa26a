#include "probes/web/opossum.h"

#include <array>

#include "probes/base/text.h"
#include "probes/net/budget.h"
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

// A port refused us: No where nobody listens there, Unknown where the address may refuse us everywhere.
Vulnerability refused(const Asked& asked, const std::string& address, std::uint16_t port, const Session& session,
                      Tally& tally) {
  ++tally;
  if (!still_lets_in(asked, address, session)) return {Answer::Unknown, "refused, control failed"};
  return {Answer::No, "nobody listens on port " + std::to_string(port)};
}

Result<Secured> enter(const Target& target, const Asked& asked, const Session& session, Tally& tally) {
  const auto lease = lease_of(session, asked.address);
  ++tally;
  const Deadline deadline = deadline_in(session.timeout);
  auto door = open_door(target, asked.address, session, deadline);
  if (!door) return door.error();
  return Secured::over(std::move(*door), target.name, deadline);
}

Vulnerability by_condition(const Asked& asked, const Target& other, const Session& session, Tally& tally) {
  const auto entered = enter(other, asked, session, tally);
  if (entered) return {Answer::Yes, "condition: " + target_text(asked.target) + " and " + target_text(other)};
  const auto& why = entered.error();
  if (why.kind == Error::Kind::Refused && why.detail.starts_with("connect"))
    return refused(asked, asked.address, other.port, session, tally);
  if (why.kind == Error::Kind::Absent) return {Answer::No, one_line(why.detail, 160)};
  return unknown(why);
}

std::optional<Error> error_at(const PlainPlace& place, const Session& session, Tally& tally) {
  const auto lease = lease_of(session, place.address);
  ++tally;
  const auto socket = open_port(place.address, place.port, session, deadline_in(session.timeout));
  return socket ? std::nullopt : std::optional(socket.error());
}

Vulnerability by_upgrade(const Asked& asked, Session& session, Tally& tally) {
  const auto place = plain_place(asked);
  if (!place) return {Answer::NotApplicable, "no plain port"};
  if (place->address.empty()) return {Answer::Unknown, "the plain port is declared under another name"};
  if (const auto why = error_at(*place, session, tally))
    return why->kind == Error::Kind::Refused ? refused(asked, place->address, place->port, session, tally)
                                             : unknown(*why);
  ++tally;
  const Decided upgrades = upgrades_to_tls(place->host, place->address, place->port, session);
  return {upgrades.accepted, upgrades.because};
}

}  // namespace

Vulnerability opossum(const Asked& asked, Session& session, Tally& tally) {
  if (speaks_http(asked.target)) return by_upgrade(asked, session, tally);
  const auto other = other_way(asked.target);
  if (!other) return {Answer::NotApplicable, "one way to TLS"};
  return by_condition(asked, *other, session, tally);
}

}  // namespace kenshin
