// A handshake up to TLS 1.2 that is left standing after ServerHelloDone, while everything is still in clear: the ground
// of the tests that send what no client sends next (RFC 5246 7.3).
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "probes/tls/conversation.h"

namespace kenshin {

// The server's next word. Of a heartbeat only its length is kept.
struct Word {
  enum class Kind { Alert, Heartbeat, Other, Closed, Reset, Silence, Malformed };
  Kind kind = Kind::Silence;
  std::uint8_t alert = 0;  // its description
  std::size_t length = 0;  // of a heartbeat
  friend bool operator==(const Word&, const Word&) = default;
};
std::string word_text(const Word&);  // "alert bad_record_mac", "heartbeat of 19 bytes", "silence" ...
bool ends(const Word&);              // nothing comes after it

class Unfinished {
 public:
  // The offer is one the server has taken before, and its flight is read. Up to three connections: where none came to
  // ServerHelloDone, `reply` holds why the last did not.
  static Unfinished open(Conversation&, const HelloOffer&, Tally&);

  const Reply& reply() const { return reply_; }
  bool stands() const { return line_.has_value(); }
  // Whoever goes on without a Certificate is refused for that (RFC 5246 7.4.6), before anything else is looked at.
  bool wants_certificate() const;
  const ServerHello& hello() const { return *reply_.hello(); }
  std::chrono::milliseconds round_trip() const {
    return round_trip_;
  }  // from the hello to the first answer, at least 1

  // Sends bytes as they are. The next word tells where they could not be sent.
  void send(Bytes);
  // Waits that long at most, and never longer than the connection's own deadline.
  Word next(std::chrono::milliseconds wait);

  // A record of that type with the version the server chose.
  Buffer record(std::uint8_t type, Bytes fragment) const;

 private:
  static Unfinished opened_once(Conversation&, const HelloOffer&, Tally&);

  Reply reply_;
  std::optional<Line> line_;
  std::chrono::milliseconds round_trip_{1};
  std::optional<Word> broken_;
};

// What one handshake that stood came to. `decides`: by an answer; otherwise by an end of the connection (`how`), which
// counts where three come to the same.
struct Trial {
  Vulnerability found;
  bool decides = false;
  Error::Kind how = Error::Kind::Timeout;
};
// Up to three handshakes, each of which shows that the server still answers this hello. Unknown where it does not,
// where the tries differ, or where a control hello ended that way during the scan.
Vulnerability ask_unfinished(Conversation&, const HelloOffer&, const std::function<Trial(Unfinished&)>&, Tally&);
// Of a word that is no answer: No for a close or a reset, Unknown for the rest.
Trial trial_of_end(const Word&, std::string because);

}  // namespace kenshin
