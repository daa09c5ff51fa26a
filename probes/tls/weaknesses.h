// Known weaknesses of TLS servers: what follows from what is accepted, and tests of their own. Each answer is Yes, No,
// NotApplicable, or Unknown with its reason; what a No needs: docs/decisions/0004-a-refusal-needs-a-control.md.
#pragma once

#include <future>
#include <mutex>
#include <span>

#include "probes/probe.h"
#include "probes/tls/learned.h"
#include "probes/tls/padding_oracle.h"
#include "probes/tls/sessions.h"

namespace kenshin {

class Looking {
 public:
  Looking(Conversation& with, const Learned& known, std::shared_future<TlsExtensions> seen,
          std::shared_future<TicketUse> used, const Asked& whom, Session& door, Tally& connections)
      : conversation(with),
        learned(known),
        asked(whom),
        session(door),
        tally(connections),
        extensions_(std::move(seen)),
        ticket_(std::move(used)) {}

  Conversation& conversation;
  const Learned& learned;
  const Asked& asked;
  Session& session;
  Tally& tally;
  // What few weaknesses rest on; waits until it was observed.
  const TlsExtensions& extensions() const { return extensions_.get(); }
  const TicketUse& ticket() const { return ticket_.get(); }
  // Several weaknesses rest on it: asked by whoever comes first.
  const PaddingObservation& padding() const;

 private:
  const std::shared_future<TlsExtensions> extensions_;
  const std::shared_future<TicketUse> ticket_;
  mutable std::once_flag once_;
  mutable PaddingObservation padding_;
};

// What nobody has to wait for.
template <class Seen>
std::shared_future<Seen> seen_already(Seen seen) {
  std::promise<Seen> told;
  told.set_value(std::move(seen));
  return told.get_future().share();
}

// A row per weakness that is looked at on a TLS connection. Class 3 rows need the owner's permission.
struct WeaknessTest {
  Weakness weakness{};
  PermissionClass permission = PermissionClass::Ordinary;
  Vulnerability (*look)(const Looking&) = nullptr;
};
std::span<const WeaknessTest> weakness_tests();

// Every row. Class 3 rows ask where the session names who allows it, and of loopback and private addresses; otherwise
// they send nothing and are Unknown, "not authorised".
TlsWeaknesses observe_weaknesses(const Looking&);

}  // namespace kenshin
