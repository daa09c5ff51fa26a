// Talking to one endpoint address: hellos out, answers in, and what an answer is worth. A refusal by alert or by
// another choice decides; a reset, a close or silence only under the conditions of docs/user-guide.md ("what may become
// a no").
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "probes/net/budget.h"
#include "probes/net/socket.h"
#include "probes/probe.h"
#include "probes/tls/client_hello.h"
#include "probes/tls/line.h"
#include "probes/tls/reply.h"

namespace kenshin {

// So many known hellos in a row meet a server that refuses every second, third or fourth connection
// (docs/decisions/0004-a-refusal-needs-a-control.md).
constexpr int controls_in_a_row = 4;

enum class Weight {
  Nothing,      // could not tell
  ThriceAlike,  // three tries ended alike while control hellos went well
  Decides,      // an alert that refuses, or a handshake answer
};

// What a question came to, after as many tries as it needed.
struct Heard {
  Reply reply;
  Weight weight = Weight::Nothing;
  std::string because;  // "server_hello", "alert handshake_failure", "reset, thrice alike", "reset, control failed" ...
};

using Tally = std::atomic<int>;  // connections made

// One try of a question that is no single hello (SSL 2.0, a whole handshake).
using Attempt = std::function<Reply()>;

// The key exchange of one connection, kept for those who compare connections: the ServerKeyExchange before TLS 1.3
// (empty where none came), the server's share in TLS 1.3.
struct KeyExchangeSeen {
  TlsVersion version{};
  SuiteId suite{};
  std::optional<GroupId> group;  // TLS 1.3
  Buffer message, share;
};

class Conversation {
 public:
  Conversation(const Asked&, Session&);
  // Under another name, with what is left of the other's patience.
  Conversation(const Asked&, Session&, const Conversation& beside);

  // A connection for a dialogue of several steps, held to the pace of the address. Errors as in Socket::connect.
  Result<Line> open(Tally&);
  Deadline new_deadline() const { return deadline_in(timeout_); }  // for one more step of a dialogue
  // The offer with the name this conversation sends.
  HelloOffer named(HelloOffer) const;
  // One connection, one hello, its answer.
  Reply exchange(const HelloOffer&, Tally&);
  // The same question until its answer decides, or the tries are used up.
  Heard ask(const HelloOffer&, Tally&);
  Heard ask(const Attempt&, Tally&);
  // Goes on from a first reply.
  Heard settle(const HelloOffer&, Reply first, Tally&);
  Heard settle(const Attempt&, Reply first, Tally&);
  // Asks what the server must accept, because it accepted each part of it before: a control that asks something, too.
  Heard ask_known(const HelloOffer&, Tally&);

  // The server was seen to accept this offer: it serves as control from now on (the first one stays).
  void accepted(const HelloOffer&);
  // Asks so many control hellos now, in the midst of other questions: a server that has begun to refuse what it
  // accepted (a limit on connections) shows it. Does nothing while no hello was accepted.
  void controls(int, Tally&);
  // How many connections since the last question that was none.
  int known_in_a_row() const { return connections_ - last_unknown_; }
  // Whether a refusal is taken back: for one that weighed ThriceAlike, a control hello, or one accepted at another try,
  // ended that way during the scan; for an alert, a control hello was answered by any alert.
  bool in_doubt(const Heard&) const;

  void leave_out_name();  // no server_name from now on; `because` says so
  bool sends_name() const;

  // Of every connection so far that came to a ServerHello.
  std::vector<KeyExchangeSeen> key_exchanges() const;

 private:
  std::string because(std::string text) const;
  void control(Tally&);
  void failed_as(const Reply&);
  void remember(const Reply&);
  std::optional<Heard> given_up() const;
  Result<Line> connect(Tally&);
  Reply answer(const HelloOffer&, Result<Line>);
  Reply exchange_known(const HelloOffer&, Tally&);

  const Target target_;
  const std::string address_;
  const Session session_;
  const std::chrono::milliseconds timeout_;
  const std::shared_ptr<Budget> budget_;
  const Pace pace_;
  std::string sni_;
  bool without_name_ = false;

  std::mutex retrying_;  // retries are made one at a time: whoever resets connections gets fewer of them
  mutable std::mutex knowing_;
  std::optional<HelloOffer> control_;
  std::set<std::string> control_ended_;
  bool control_alerted_ = false;
  std::vector<KeyExchangeSeen> key_exchanges_;
  std::atomic<int> hellos_{0}, connections_{0}, last_unknown_{0};  // connections by their number
  std::atomic<std::size_t> received_{0};
  int lost_questions_ = 0;
  Deadline patience_;  // after it nothing more is asked of this address
};

}  // namespace kenshin
