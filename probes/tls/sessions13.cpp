#include "probes/tls/sessions13.h"

#include <algorithm>
#include <deque>
#include <limits>

#include "probes/tls/wish13.h"

namespace kenshin {

namespace {

class Asking13 {
 public:
  Asking13(Conversation& conversation, Wish13 wish, TlsSessions& out, Tally& tally)
      : conversation_(conversation), wish_(std::move(wish)), out_(out), tally_(tally) {}

  void ask() {
    get_tickets();
    if (tickets_.empty()) return none();
    ask_dhe();
    ask_ke();
  }

 private:
  // Why no more can be said; of the last handshake.
  Decided unknown() const { return {Answer::Unknown, ending(last_)}; }

  void get_tickets() {
    Wish13 wish = wish_;
    wish.ke = true;
    last_ = insisting_handshake13(conversation_, wish, tally_);
    if (last_.finished && !last_.alert && last_.tickets.empty()) {
      wish.request = page_request(conversation_.named({}).sni);
      last_ = insisting_handshake13(conversation_, wish, tally_);
    }
    note_tickets();
  }

  void note_tickets() {
    for (const SessionTicket& ticket : last_.tickets) {
      tickets_.push_back(ticket);
      constexpr std::uint32_t most = std::numeric_limits<int>::max();
      const int lifetime = static_cast<int>(std::min(ticket.lifetime, most));
      out_.ticket_lifetime_seconds = std::max(out_.ticket_lifetime_seconds.value_or(0), lifetime);
      if (ticket.max_early_data)
        out_.max_early_data = std::max<std::size_t>(out_.max_early_data.value_or(0), *ticket.max_early_data);
    }
  }

  void none() {
    // Tickets may come with the first data, so that only a server that said something has none.
    const bool had_its_turn = last_.finished && !last_.alert && !last_.answer.empty();
    const Decided all = had_its_turn                     ? Decided{Answer::No, "no ticket"}
                        : last_.finished && !last_.alert ? Decided{Answer::Unknown, "no ticket so far"}
                                                         : unknown();
    out_.psk_dhe_ke = out_.psk_ke = out_.early_data = all;
  }

  // One resumption with a ticket that was not used before, as far as the server gives them.
  void resume(bool dhe, bool ke) {
    if (tickets_.size() == 1 && used_) {
      const SessionTicket last_resort = tickets_.front();
      tickets_.clear();
      get_tickets();
      if (tickets_.empty()) tickets_.push_back(last_resort);
    }
    const SessionTicket ticket = tickets_.front();
    used_ = tickets_.size() == 1;
    if (!used_) tickets_.pop_front();
    Wish13 wish = wish_;
    wish.offer.suites = {ticket.suite};
    wish.resume = &ticket;
    wish.dhe = dhe;
    wish.ke = ke;
    wish.early_data = dhe && ticket.max_early_data.value_or(0) > 0;
    wish.finish = false;
    last_ = insisting_handshake13(conversation_, wish, tally_);
  }

  Decided decided() const {
    if (last_.resumed && last_.finished) return {Answer::Yes, "resumed"};
    if (last_.finished) return {Answer::No, "not resumed"};
    const Alert* alert = last_.reply.alert() != nullptr ? last_.reply.alert() : last_.alert ? &*last_.alert : nullptr;
    if (alert != nullptr && is_refusal(*alert)) return {Answer::No, ending(last_)};
    return unknown();
  }

  void ask_dhe() {
    resume(true, false);
    // One of several machines behind the address may not know the ticket.
    if (decided().accepted != Answer::Yes) resume(true, false);
    out_.psk_dhe_ke = decided();
    if (out_.max_early_data.value_or(0) == 0) out_.early_data = {Answer::No, "not announced"};
    else if (last_.early_data_accepted && last_.finished) out_.early_data = {Answer::Yes, "encrypted_extensions"};
    else out_.early_data = {Answer::Unknown, "announced, not accepted"};
  }

  void ask_ke() {
    resume(false, true);
    out_.psk_ke = decided();
  }

  Conversation& conversation_;
  const Wish13 wish_;
  TlsSessions& out_;
  Tally& tally_;
  Seen13 last_;
  std::deque<SessionTicket> tickets_;
  bool used_ = false;  // the front one was offered before
};

}  // namespace

void observe_sessions13(Conversation& conversation, const Learned& learned, TlsSessions& out, Tally& tally) {
  const auto all = [&](Decided decided) { out.psk_dhe_ke = out.psk_ke = out.early_data = std::move(decided); };
  const Answer spoken = learned.speaks(TlsVersion::Tls13);
  if (spoken == Answer::No) return all({Answer::NotApplicable, "no TLSv1.3"});
  if (spoken != Answer::Yes) return all({Answer::Unknown, "TLSv1.3 unknown"});
  const auto wish = finishing_wish(learned);
  if (!wish) return all({Answer::Unknown, wish.error().detail});
  Asking13(conversation, *wish, out, tally).ask();
}

}  // namespace kenshin
