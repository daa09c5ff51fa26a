// The ClientHellos of one TLS 1.3 handshake: key shares, pre-shared key with its binder, and the second one after a
// HelloRetryRequest: RFC 8446 4.1.2, 4.1.4, 4.2.8 to 4.2.11.
#pragma once

#include <vector>

#include "probes/tls/handshake13.h"
#include "probes/tls/key_share.h"

namespace kenshin {

// Of what a server sends to have it back: tickets, cookies.
constexpr std::size_t largest_returned = 8192;

class Hello13 {
 public:
  // The ticket of the wish must outlive it.
  Hello13(const Wish13&, Buffer randomness);

  const Buffer& message() const { return message_; }  // the last one, with its header
  const HelloOffer& offer() const { return offer_; }
  // What goes on the wire: a record, or several for a large hello.
  Buffer records() const;

  // Follows a HelloRetryRequest; `messages` are the first hello and it, `hash` that of its suite. Unsupported where the
  // group cannot be shared, Malformed where the request is one no server may make.
  Result<Done> retry(const ServerHello&, Bytes messages, const EVP_MD* hash);

  const OwnShare* share(GroupId) const;                    // nullptr: not sent
  const SessionTicket* ticket() const { return ticket_; }  // offered in the last hello; nullptr: none
  bool offers_early_data() const { return early_data_; }

 private:
  void write(Bytes before);

  Wish13 wish_;
  Buffer randomness_, cookie_, message_;
  HelloOffer offer_;
  std::vector<OwnShare> shares_;
  const SessionTicket* ticket_;
  bool early_data_;
};

}  // namespace kenshin
