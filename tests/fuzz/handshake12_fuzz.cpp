// A whole conversation of TLS 1.0 to 1.2 with whatever a server sends: in clear up to the end, or behind an abbreviated
// handshake that is right, so that what is opened with the right keys gets its turn, too.
#include <algorithm>
#include <cstdlib>
#include <deque>

#include "probes/tls/code_points.h"
#include "probes/tls/extensions.h"
#include "probes/tls/handshake12.h"

namespace {

using namespace kenshin;

constexpr std::uint32_t suites[] = {0x002F, 0x003C, 0x000A, 0x0033, 0xC014, 0xC02F, 0xCCA8};
constexpr TlsVersion versions[] = {TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12};

Buffer handshake_message(std::uint8_t type, Bytes body) {
  Writer out;
  out.u8(type);
  out.vec24([&](Writer& content) { content.put(body); });
  return out.take();
}

Record record(std::uint8_t type, TlsVersion version, Bytes fragment) {
  return {type, static_cast<std::uint16_t>(version), {fragment.begin(), fragment.end()}};
}

Record as_record(Bytes whole) { return record(whole[0], TlsVersion::Tls12, whole.subspan(5)); }

// A server that takes up the session, then says what the bytes say: {type, size, content} sealed, or a record as it is.
class Resuming {
 public:
  Resuming(const Session12& session, Bytes after, Buffer randomness)
      : session_(session), suite_(*suite12(session.suite)), after_(after), randomness_(std::move(randomness)) {}

  void hear(Bytes sent) {
    if (!heard_) answer(sent.subspan(5));
    heard_ = true;
  }
  Result<Record> next() {
    if (said_.empty()) return Error{Error::Kind::Closed, "closed"};
    Record out = std::move(said_.front());
    said_.pop_front();
    return out;
  }

 private:
  void answer(Bytes client_hello) {
    const HelloRandoms randoms{{client_hello.begin() + 6, client_hello.begin() + 38}, randomness_};
    Writer body;
    body.u16(static_cast<std::uint16_t>(session_.version));
    body.put(randoms.server);
    body.vec8([](Writer&) {});
    body.u16(static_cast<std::uint16_t>(session_.suite));
    body.u8(0);
    const Buffer server_hello = handshake_message(2, body.view());
    Buffer transcript(client_hello.begin(), client_hello.end());
    transcript.insert(transcript.end(), server_hello.begin(), server_hello.end());
    Protection12 writing(suite_, session_.version, key_block(suite_, session_.version, session_.master, randoms).server,
                         false);
    said_.push_back(record(22, session_.version, server_hello));
    said_.push_back(record(20, session_.version, Buffer{1}));
    const Buffer verify = server_verify_data(prf_hash(suite_, session_.version), session_.master, transcript);
    said_.push_back(as_record(writing.seal(22, handshake_message(20, verify))));
    for (Reader in(after_); !in.done() && said_.size() < 64;) {
      const std::uint8_t type = in.u8();
      const Bytes content = in.vec8().rest();
      said_.push_back(type < 128 ? as_record(writing.seal(type, content))
                                 : record(type & 127, session_.version, content));
    }
  }

  const Session12& session_;
  Suite12 suite_;
  Bytes after_;
  Buffer randomness_;
  std::deque<Record> said_;
  bool heard_ = false;
};

Randomness constant() {
  return [](std::size_t size) { return Buffer(size, std::uint8_t{7}); };
}

void in_clear(const HelloOffer& offer, Bytes server) {
  RecordReader records;
  records.push(server);
  Connection12 connection({[](Bytes) { return Done{}; },
                           [&]() -> Result<Record> {
                             auto next = records.next();
                             if (!next) return next.error();
                             if (!*next) return Error{Error::Kind::Closed, "closed"};
                             return std::move(**next);
                           },
                           [](Deadline) {}},
                          constant());
  if (handshake12(connection, offer).finished) std::abort();  // nobody can who does not know the keys
}

void after_a_handshake(const HelloOffer& offer, const Session12& session, Bytes server) {
  Resuming peer(session, server, Buffer(32, std::uint8_t{9}));
  Connection12 connection({[&](Bytes sent) {
                             peer.hear(sent);
                             return Done{};
                           },
                           [&] { return peer.next(); }, [](Deadline) {}},
                          constant());
  const Seen12 seen = handshake12(connection, offer, &session);
  if (!seen.finished || !seen.resumed || connection.client_verify_data.size() != 12) std::abort();
  if (server.size() % 2 == 0) handshake12(connection, offer);
  while (connection.next()) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const TlsVersion version = versions[data[1] % std::size(versions)];
  const auto id = static_cast<SuiteId>(suites[data[2] % std::size(suites)]);
  const Bytes server(data + 3, size - 3);
  HelloOffer offer = old_offer(version, {});
  for (const std::uint32_t code : suites) offer.suites.push_back(static_cast<SuiteId>(code));
  offer.more = {session_ticket({}), encrypt_then_mac()};
  const auto suite = suite12(id);
  if (data[0] % 2 == 0 || !suite || !fits(*suite, version)) in_clear(offer, server);
  else after_a_handshake(offer, {version, id, Buffer(48, std::uint8_t{5}), false, {}, {}, 0}, server);
  return 0;
}
