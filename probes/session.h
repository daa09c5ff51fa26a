// The one door between a probe and the world: what time it is, whom to ask, how long to wait. Tests hand in their own.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/base/result.h"

namespace kenshin {

class Budget;    // probes/net/budget.h: connections per host at a time
class Resolver;  // probes/dns/resolver.h: validated answers of the DNS
std::shared_ptr<Resolver> new_resolver();

// How registries are asked who holds a name (probes/domain/registration.h); whois and whois_pause belong to it.
struct Registries {
  std::string rdap;        // [sources] rdap: the base that answers for every name but .jp; empty: rdap-bootstrap.json's
  std::string rdap_trust;  // PEM file of the roots RDAP servers must have; empty: the system's
  std::string cache;       // [sources] cache: folder of kept answers, shared by processes; empty: nothing is kept
  int whois_a_day = 100;   // questions to one WHOIS server
  std::chrono::seconds pause_after_free{60};  // before "not registered" is asked to be said again
  // Waits that long, false where it was told to stop; empty: a wait nothing ends.
  std::function<bool(std::chrono::milliseconds)> wait;
};

// Sources that are asked only where the configuration says so: base URLs, empty for those that are off.
struct OutsideSources {
  std::string certspotter;  // [sources] certspotter: Cert Spotter's search over certificate logs
  std::string crtsh;        // [sources] crtsh: crt.sh's, where the former is off or could not tell
  std::string wayback;      // [sources] wayback: the Internet Archive's, of former domains
  bool lookalikes = false;  // [sources] lookalikes: names easily mistaken for the domain, in the DNS alone
};

struct Session {
  std::function<Instant()> now;
  std::chrono::milliseconds timeout{5000};  // for one connection, from connect to answer
  std::shared_ptr<Budget> budget;
  std::string source_address;  // --source; empty: the system chooses
  std::string resolver;  // [sources] resolver, --resolver: ADDRESS[:PORT] that DNS questions are forwarded to; empty:
                         // addresses by the system's, all else from the root servers downwards
  std::string trust_anchor;  // [sources] trust_anchor: file of DS or DNSKEY records of the root; empty: as shipped
  std::vector<std::pair<std::string, std::string>> dns_stubs;  // zone and the ADDRESS[:PORT] to ask about it
  std::uint16_t name_server_port = 53;                         // where name servers are asked themselves
  std::shared_ptr<Resolver> dns = new_resolver();              // one for all copies of the session
  std::string whois = "whois.jprs.jp:43";                      // [sources] whois
  std::chrono::milliseconds whois_pause{5000};                 // between two questions to the same registry's server
  Registries registries;
  OutsideSources outside;
  std::string proxy;                           // "socks5://HOST:PORT" or "http://HOST:PORT" (CONNECT); empty: none
  std::string client_certificate, client_key;  // PEM files for endpoints that demand one; empty: none
  std::string authorized_by;                   // who allows weakness tests, and on what ground; empty: nobody did
  double max_rate = 0;                         // connections a second to one address; 0: no limit
  bool gentle = false;                         // one connection at a time, a pause between
  std::uint64_t seed = 0;    // of every choice that is left to chance; wire randomness is never seeded
  std::string holder_salt;   // hex; empty: a random one for this run
  std::string trust_bundle;  // PEM file that takes the place of the root programmes; empty: these
  std::string mmdb;          // [sources] mmdb: a country database; empty: none
};

}  // namespace kenshin
