// Known weaknesses of TLS servers: what follows from what is accepted, and tests of their own. Each answer is Yes, No,
// NotApplicable, or Unknown with its reason; what a No needs: docs/decisions/0004-a-refusal-needs-a-control.md.
#pragma once

#include <span>

#include "probes/probe.h"
#include "probes/tls/learned.h"

namespace kenshin {

struct Looking {
  Conversation& conversation;
  const Learned& learned;
  const TlsExtensions& extensions;
  Tally& tally;
};

// A row per weakness that is looked at on a TLS connection. Class 3 rows need the owner's permission.
struct WeaknessTest {
  Weakness weakness{};
  PermissionClass permission = PermissionClass::Ordinary;
  Vulnerability (*look)(const Looking&) = nullptr;
};
std::span<const WeaknessTest> weakness_tests();

// Every row; a weakness without one is Unknown, "not asked". Without authorisation class 3 rows send nothing and are
// Unknown, "not authorised".
TlsWeaknesses observe_weaknesses(Conversation&, const Learned&, const TlsExtensions&, bool authorised, Tally&);

}  // namespace kenshin
