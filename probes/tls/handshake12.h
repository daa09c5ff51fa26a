// Handshakes of TLS 1.0 to 1.2 driven to their end by hand: RFC 5246 7.3 and 7.4, RFC 5077 (tickets), RFC 7627
// (extended master secret), RFC 7366 (encrypt-then-MAC). SSL 3.0 is not finished.
#pragma once

#include "probes/tls/connection12.h"
#include "probes/tls/learned.h"

namespace kenshin {

// What a later connection resumes.
struct Session12 {
  TlsVersion version{};
  SuiteId suite{};
  Buffer master;
  bool extended_master_secret = false;
  Buffer id;      // ServerHello.session_id
  Buffer ticket;  // empty: none came, or one too long to be sent again
  std::uint32_t lifetime_hint = 0;
};

struct Seen12 {
  Reply reply;            // ServerHello and the messages after it, or how that failed
  bool finished = false;  // both Finished were exchanged and the server's is right
  bool resumed = false;   // the server took up the session
  bool ticket_came = false;
  Reply ended;  // what ended the handshake where it did not finish: an Alert or an Error
  Session12 session;
};

// On a fresh connection, or on one whose handshake finished: then a renegotiation, whose renegotiation_info is for the
// caller to add. `resume`: the session whose id or ticket stands in the offer. An empty Certificate where one is asked
// for. The offer is sent as it stands: with the name only after Conversation::named().
Seen12 handshake12(Connection12&, const HelloOffer&, const Session12* resume = nullptr);

// On a connection of its own, with the name of the conversation.
Seen12 lone_handshake12(Conversation&, const HelloOffer&, const Session12* resume, Tally&);

// "finished", or the ending of what ended it.
std::string ending(const Seen12&);

// An accepted hello of that version narrowed to suites and curves with which a handshake can be finished; nothing where
// none of them is accepted, or the version is none of TLS 1.0 to 1.2.
std::optional<HelloOffer> finishable_offer(const Learned&, TlsVersion);

// The highest version of TLS 1.0 to 1.2 with such an offer, and why there is none: NotApplicable where all three are
// proven refused, else Unknown.
struct Finishable {
  std::optional<HelloOffer> offer;
  Decided none;
};
Finishable highest_finishable(const Learned&);

}  // namespace kenshin
