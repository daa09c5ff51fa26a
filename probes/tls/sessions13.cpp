#include "probes/tls/sessions13.h"

#include <algorithm>
#include <deque>
#include <limits>

#include "probes/net/side_by_side.h"
#include "probes/tls/wish13.h"

namespace kenshin {

namespace {

class Asking13 {
 public:
  Asking13(Conversation& conversation, Wish13 wish, TlsSessions& out, Tally& tally)
      : conversation_(conversation), wish_(std::move(wish)), out_(out), tally_(tally) {}

  void ask() {
    const Seen13 seen = get_tickets();
    if (tickets_.empty()) return none(seen);
    if (tickets_.size() == 1) {
      ask_dhe();
      out_.psk_ke = decided(resume(next_ticket(), false, true));
      return;
    }
    const SessionTicket last = tickets_.back();
    tickets_.pop_back();
    side_by_side({[&] { ask_dhe(); }, [&] { out_.psk_ke = decided(resume(last, false, true)); }});
  }

 private:
  // The last handshake that was made for them.
  Seen13 get_tickets() {
    Wish13 wish = wish_;
    wish.ke = true;
    Seen13 seen = insisting_handshake13(conversation_, wish, tally_);
    if (seen.finished && !seen.alert && seen.tickets.empty()) {
      wish.request = page_request(conversation_.named({}).sni);
      seen = insisting_handshake13(conversation_, wish, tally_);
    }
    note_tickets(seen);
    return seen;
  }

  void note_tickets(const Seen13& seen) {
    for (const SessionTicket& ticket : seen.tickets) {
      tickets_.push_back(ticket);
      constexpr std::uint32_t most = std::numeric_limits<int>::max();
      const int lifetime = static_cast<int>(std::min(ticket.lifetime, most));
      out_.ticket_lifetime_seconds = std::max(out_.ticket_lifetime_seconds.value_or(0), lifetime);
      if (ticket.max_early_data)
        out_.max_early_data = std::max<std::size_t>(out_.max_early_data.value_or(0), *ticket.max_early_data);
    }
  }

  void none(const Seen13& seen) {
    // Tickets may come with the first data, so that only a server that said something has none.
    const bool whole = seen.finished && !seen.alert;
    const Decided all = whole && !seen.answer.empty() ? Decided{Answer::No, "no ticket"}
                        : whole                       ? Decided{Answer::Unknown, "no ticket so far"}
                                                      : Decided{Answer::Unknown, ending(seen)};
    out_.psk_dhe_ke = out_.psk_ke = out_.early_data = all;
  }

  // One that was not used before, as far as the server gives them.
  SessionTicket next_ticket() {
    if (tickets_.size() == 1 && used_) {
      const SessionTicket last_resort = tickets_.front();
      tickets_.clear();
      get_tickets();
      if (tickets_.empty()) tickets_.push_back(last_resort);
    }
    const SessionTicket ticket = tickets_.front();
    used_ = tickets_.size() == 1;
    if (!used_) tickets_.pop_front();
    return ticket;
  }

  Seen13 resume(const SessionTicket& ticket, bool dhe, bool ke) {
    Wish13 wish = wish_;
    wish.offer.suites = {ticket.suite};
    wish.resume = &ticket;
    wish.dhe = dhe;
    wish.ke = ke;
    wish.early_data = dhe && ticket.max_early_data.value_or(0) > 0;
    wish.finish = false;
    return insisting_handshake13(conversation_, wish, tally_);
  }

  Decided decided(const Seen13& seen) {
    if (seen.resumed && seen.finished) return {Answer::Yes, "resumed"};
    if (seen.finished) return {Answer::No, "not resumed"};
    const Alert* alert = seen.reply.alert() != nullptr ? seen.reply.alert() : seen.alert ? &*seen.alert : nullptr;
    if (alert == nullptr || !is_refusal(*alert)) return {Answer::Unknown, ending(seen)};
    conversation_.controls(controls_in_a_row, tally_);
    if (conversation_.in_doubt({{*alert, {}}, Weight::Decides, {}}))
      return {Answer::Unknown, ending(seen) + ", control failed"};
    return {Answer::No, ending(seen)};
  }

  void ask_dhe() {
    Seen13 seen = resume(next_ticket(), true, false);
    // One of several machines behind the address may not know the ticket.
    if (decided(seen).accepted != Answer::Yes) seen = resume(next_ticket(), true, false);
    out_.psk_dhe_ke = decided(seen);
    if (out_.max_early_data.value_or(0) == 0) out_.early_data = {Answer::No, "not announced"};
    else if (seen.early_data_accepted && seen.finished) out_.early_data = {Answer::Yes, "encrypted_extensions"};
    else out_.early_data = {Answer::Unknown, "announced, not accepted"};
  }

  Conversation& conversation_;
  const Wish13 wish_;
  TlsSessions& out_;
  Tally& tally_;
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
