#include "probes/tls/hello13.h"

#include <algorithm>

#include "probes/tls/extensions.h"
#include "probes/tls/key_schedule.h"

namespace kenshin {

namespace {

constexpr std::uint8_t psk_ke = 0, psk_dhe_ke = 1;

HelloExtension key_exchange_modes(const Wish13& wish) {
  Writer out;
  out.vec8([&](Writer& modes) {
    if (wish.dhe) modes.u8(psk_dhe_ke);
    if (wish.ke) modes.u8(psk_ke);
  });
  return {extension_type::psk_key_exchange_modes, out.take()};
}

// RFC 8446 4.2.11.1: milliseconds since the ticket came, plus its age_add, modulo 2^32.
std::uint32_t obfuscated_age(const SessionTicket& ticket) {
  const auto age =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - ticket.received);
  return static_cast<std::uint32_t>(age.count()) + ticket.age_add;
}

// PreSharedKeyExtension with the binder's place left empty.
HelloExtension pre_shared_key(const SessionTicket& ticket, std::size_t binder) {
  Writer out;
  out.vec16([&](Writer& identities) {
    identities.vec16([&](Writer& identity) { identity.put(ticket.identity); });
    identities.u32(obfuscated_age(ticket));
  });
  out.vec16([&](Writer& binders) { binders.vec8([&](Writer& entry) { entry.put(Buffer(binder, std::uint8_t{0})); }); });
  return {extension_type::pre_shared_key, out.take()};
}

const EVP_MD* hash_of_ticket(const SessionTicket* ticket) {
  const auto suite = ticket == nullptr ? std::nullopt : suite13(ticket->suite);
  return suite ? suite->hash : nullptr;
}

}  // namespace

Hello13::Hello13(const Wish13& wish, Buffer randomness)
    : wish_(wish),
      randomness_(std::move(randomness)),
      ticket_(hash_of_ticket(wish.resume) ? wish.resume : nullptr),
      early_data_(wish.early_data && ticket_ != nullptr) {
  for (const GroupId group : wish_.shares)
    if (auto made = OwnShare::generate(group)) shares_.push_back(std::move(*made));
  write({});
}

const OwnShare* Hello13::share(GroupId group) const {
  const auto found =
      std::find_if(shares_.begin(), shares_.end(), [&](const auto& own) { return own.group() == group; });
  return found == shares_.end() ? nullptr : &*found;
}

void Hello13::write(Bytes before) {
  offer_ = wish_.offer;
  for (const OwnShare& own : shares_)
    offer_.keys.push_back({own.group(), {own.public_value().begin(), own.public_value().end()}});
  offer_.shares = KeyShares::Empty;
  if (!cookie_.empty()) offer_.more.push_back({extension_type::cookie, cookie_});
  if (wish_.finish || wish_.resume != nullptr) offer_.more.push_back(key_exchange_modes(wish_));
  if (early_data_) offer_.more.push_back({extension_type::early_data, {}});
  const EVP_MD* hash = hash_of_ticket(ticket_);
  if (hash == nullptr) {
    message_ = client_hello_message(offer_, randomness_);
    return;
  }
  const auto length = static_cast<std::size_t>(EVP_MD_get_size(hash));
  offer_.more.push_back(pre_shared_key(*ticket_, length));
  message_ = client_hello_message(offer_, randomness_);
  // RFC 8446 4.2.11.2: the binder covers all before the list of binders.
  Buffer covered(before.begin(), before.end());
  covered.insert(covered.end(), message_.begin(), message_.end() - static_cast<std::ptrdiff_t>(length + 3));
  const Buffer empty = hash_of(hash, {});
  const Buffer key = KeySchedule(hash, ticket_->secret).derive("res binder", empty);
  const Buffer binder = finished_value(hash, key, transcript_hash(hash, covered));
  std::copy(binder.begin(), binder.end(), message_.end() - static_cast<std::ptrdiff_t>(length));
}

Result<Done> Hello13::retry(const ServerHello& request, Bytes messages, const EVP_MD* hash) {
  const auto cookie = request.extensions.find(extension_type::cookie);
  if (cookie != request.extensions.end()) cookie_ = cookie->second;
  if (cookie_.size() > largest_returned) return Error{Error::Kind::Unsupported, "a cookie of more than 8 KiB"};
  if (!request.group && cookie_.empty()) return Error{Error::Kind::Malformed, "a retry that asks for nothing"};
  if (request.group) {
    const auto& listed = offer_.groups;
    if (std::find(listed.begin(), listed.end(), *request.group) == listed.end() || share(*request.group) != nullptr)
      return Error{Error::Kind::Malformed, "a retry for a group not listed, or shared already"};
    auto made = OwnShare::generate(*request.group);
    if (!made) return made.error();
    shares_.clear();
    wish_.offer.keys.clear();
    shares_.push_back(std::move(*made));
  }
  early_data_ = false;  // RFC 8446 4.1.2
  if (hash_of_ticket(ticket_) != hash) ticket_ = nullptr;
  write(messages);
  return Done{};
}

Buffer Hello13::records() const {
  constexpr std::size_t most = 16384;
  Buffer out;
  for (std::size_t at = 0; at < message_.size(); at += most) {
    const Buffer record = hello_record(offer_, Bytes(message_).subspan(at, std::min(most, message_.size() - at)));
    out.insert(out.end(), record.begin(), record.end());
  }
  return out;
}

}  // namespace kenshin
