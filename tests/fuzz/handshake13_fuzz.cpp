// A whole TLS 1.3 conversation with a hostile server. The first byte says how far the server follows the protocol
// before it sends what it likes: 0 not at all, its bytes are records as they stand; 1 up to the ServerHello; 2 up to
// EncryptedExtensions; 3 up to its Finished. From 1 on each chunk (type, two bytes of length, content) is a record that
// decrypts well. Bit 4 of the first byte: the server resumes a session.
#include <algorithm>
#include <cstdlib>

#include "probes/tls/client13.h"
#include "tests/lab/server13.h"

namespace {

using namespace kenshin;

void check(const Client13& client) {
  const Seen13& seen = client.seen();
  if (seen.finished && !seen.decrypted) std::abort();
  if (seen.decrypted && seen.reply.hello() == nullptr) std::abort();
  if (seen.scheme && seen.transcript.empty()) std::abort();
  if (seen.tickets.size() > 16 || seen.answer.size() > 16384) std::abort();
}

void speak_in_clear(Client13& client, Bytes bytes) {
  RecordReader records;
  records.push(bytes);
  while (!client.over()) {
    const auto record = records.next();
    if (!record) return client.ended(record.error());
    if (!*record) return client.ended({Error::Kind::Closed, ""});
    client.take(**record);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const SessionTicket ticket{{1, 2}, Buffer(32, 9), lab::suite_of_server13, 60, 1, 1, {}};
  Wish13 wish;
  wish.offer = tls13_offer({lab::suite_of_server13}, {GroupId{0x001D}, GroupId{0x0017}}, KeyShares::Empty);
  wish.shares = {GroupId{0x001D}};
  wish.finish = wish.early_data = wish.ke = true;
  const bool resumes = (data[0] & 0x10) != 0;
  if (resumes) wish.resume = &ticket;
  Client13 client(wish, Buffer(hello_randomness, 3));
  const Bytes bytes(data + 1, size - 1);
  const int follows = data[0] & 3;
  if (follows == 0) {
    speak_in_clear(client, bytes);
    check(client);
    return 0;
  }
  lab::Server13 server;
  server.hear(client.hello());
  const auto give = [&](Bytes record) { client.take(lab::record_of(record)); };
  give(server.server_hello(resumes ? Bytes(ticket.secret) : Bytes()));
  if (follows > 1) give(server.message(8, Buffer{0, 0}));
  if (follows > 2) give(server.finished());
  Reader in(bytes);
  while (!in.done()) {
    const std::uint8_t type = in.u8();
    const std::size_t length = std::min<std::size_t>({in.u16(), in.left(), 16384});
    give(server.sealed(type, in.take(length)));
    check(client);
  }
  return 0;
}
