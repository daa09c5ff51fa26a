// A small server of TLS 1.0 to 1.2 with RSA key exchange that finishes handshakes and then misbehaves as asked: what
// vulnerable software does after a handshake, and what mended software does.
#pragma once

#include "probes/tls/facts.h"
#include "tests/lab/scripted.h"

namespace kenshin::lab {

enum class OnPadding {
  Right,            // bad_record_mac for every record that is wrong
  Taken,            // padding bytes are not looked at: POODLE of TLS
  OwnAlert,         // decryption_failed: Vaudenay's oracle
  Overflow,         // record_overflow where padding leaves no room for a MAC: CVE-2016-2107
  Close,            // closed without an alert: Zombie POODLE
  LeftOpen,         // the alert, and the connection stays: sleeping POODLE
  EmptyMac,         // an empty record with a wrong MAC is closed without an alert: CVE-2019-1559
  Unsteady,         // now one alert, now another
  CloseEverything,  // every wrong record is closed without an alert
};

enum class OnRenegotiation { NoRenegotiation, HandshakeFailure, Close, Silence, Accept };

struct Tls12Wish {
  std::vector<SuiteId> suites{static_cast<SuiteId>(0x002F), static_cast<SuiteId>(0x003C), static_cast<SuiteId>(0x000A),
                              static_cast<SuiteId>(0x009C)};
  TlsVersion lowest = TlsVersion::Tls10, highest = TlsVersion::Tls12;
  OnPadding padding = OnPadding::Right;
  OnRenegotiation renegotiation = OnRenegotiation::NoRenegotiation;
  bool knows_rfc5746 = true;
  bool takes_unbound = false;  // renegotiates with a client that does not know RFC 5746
  bool gives_ids = true, takes_ids = true;
  bool gives_tickets = true, takes_tickets = true;
  bool ends_after_handshake = false;  // close_notify at once, whatever is asked
  bool bleeds = false;                // Ticketbleed: a session id of 32 bytes whatever it was sent
};

Behaviour tls12_server(const Tls12Wish&);

}  // namespace kenshin::lab
