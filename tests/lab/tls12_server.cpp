#include "tests/lab/tls12_server.h"

#include <openssl/rsa.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>

#include "probes/base/crypto.h"
#include "probes/tls/extensions.h"
#include "probes/tls/key_agreement.h"
#include "probes/tls/record12.h"
#include "tests/lab/peers.h"
#include "tests/lab/pki.h"

namespace kenshin::lab {

namespace {

constexpr std::uint8_t change_cipher_spec = 20, alert_record = 21, handshake = 22;
constexpr std::uint8_t close_notify = 0, bad_record_mac = 20, decryption_failed = 21, record_overflow = 22,
                       handshake_failure = 40, protocol_version_alert = 70, no_renegotiation = 100;
constexpr std::size_t id_size = 32;

struct Kept {
  SuiteId suite{};
  TlsVersion version{};
  Buffer master;
};

struct Tls12World {
  explicit Tls12World(Tls12Wish w) : wish(std::move(w)) {
    CertificateWish certificate = server_wish(real_now());
    certificate.key = KeyKind::Rsa2048;
    identity = std::make_unique<Identity>(issue(certificate, nullptr));
  }
  Tls12Wish wish;
  std::unique_ptr<Identity> identity;
  std::mutex keeping;
  std::map<Buffer, Kept> sessions;  // by id and by ticket
};

struct ClientHello12 {
  Buffer message;  // with its header
  std::uint16_t version = 0;
  Buffer random, id;
  std::vector<SuiteId> suites;
  std::map<std::uint16_t, Buffer> extensions;
};

Buffer copied(Bytes bytes) { return {bytes.begin(), bytes.end()}; }
void append(Buffer& to, Bytes more) { to.insert(to.end(), more.begin(), more.end()); }

ClientHello12 parse_client_hello(Bytes message) {
  ClientHello12 out;
  out.message = copied(message);
  Reader in(message);
  in.u8();
  Reader body = in.vec24();
  out.version = body.u16();
  out.random = copied(body.take(32));
  out.id = copied(body.vec8().rest());
  for (Reader list = body.vec16(); !list.done();) out.suites.push_back(static_cast<SuiteId>(list.u16()));
  body.vec8().rest();
  for (Reader list = body.vec16(); !list.done();) {
    const auto type = list.u16();
    out.extensions[type] = copied(list.vec16().rest());
  }
  return out;
}

Buffer message_of(std::uint8_t type, Bytes body) {
  Writer out;
  out.u8(type);
  out.vec24([&](Writer& content) { content.put(body); });
  return out.take();
}

Buffer decrypted(EVP_PKEY* key, Bytes secret) {
  const OwnedKeyContext context(EVP_PKEY_CTX_new(key, nullptr));
  Buffer out(static_cast<std::size_t>(EVP_PKEY_get_size(key)));
  std::size_t size = out.size();
  if (EVP_PKEY_decrypt_init(context.get()) != 1 ||
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
      EVP_PKEY_decrypt(context.get(), out.data(), &size, secret.data(), secret.size()) != 1)
    return Buffer(48);
  out.resize(size);
  return out;
}

struct Ended {};  // the connection, or our interest in it

// One connection. Whatever ends it is thrown as Ended.
class Tls12Serving {
 public:
  Tls12Serving(Tls12World& world, const Peer& peer) : world_(world), wish_(world.wish), peer_(peer) {}

  void run() try {
    shake_hands(parse_client_hello(message()));
    if (wish_.ends_after_handshake) {
      write(alert_record, Buffer{1, close_notify});
      shutdown(peer_.socket, SHUT_WR);
      wait_for_the_end();
    }
    for (;;) take(record());
  } catch (const Ended&) {
  }

 private:
  Record record() {
    for (;;) {
      auto next = records_.next();
      if (!next) throw Ended();
      if (*next) return std::move(**next);
      std::array<pollfd, 2> waiting{{{peer_.socket, POLLIN, 0}, {peer_.stop, POLLIN, 0}}};
      Buffer bytes(16384);
      if (poll(waiting.data(), waiting.size(), -1) <= 0 || waiting[1].revents != 0) throw Ended();
      const auto got = recv(peer_.socket, bytes.data(), bytes.size(), 0);
      if (got <= 0) throw Ended();
      records_.push(Bytes(bytes).first(static_cast<std::size_t>(got)));
    }
  }

  void write(std::uint8_t type, Bytes content) {
    const Buffer bytes = writing_ ? writing_->seal(type, content) : record_of(type, version_, content);
    if (send(peer_.socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(bytes.size()))
      throw Ended();
  }
  void alert(std::uint8_t description) { write(alert_record, Buffer{2, description}); }
  [[noreturn]] void fail(std::uint8_t description) {
    alert(description);
    throw Ended();
  }
  [[noreturn]] void wait_for_the_end() {
    for (;;) record();
  }

  // The next handshake message with its header, put together from records.
  Buffer message() {
    for (;;) {
      if (pending_.size() >= 4) {
        Reader in(pending_);
        in.u8();
        const std::size_t size = 4 + in.u24();
        if (pending_.size() >= size) {
          Buffer out(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(size));
          pending_.erase(pending_.begin(), pending_.begin() + static_cast<std::ptrdiff_t>(size));
          return out;
        }
      }
      const Record next = record();
      const auto content = reading_ ? reading_->open(next) : Result<Buffer>(next.fragment);
      if (!content) fail(bad_record_mac);
      if (next.type != handshake) throw Ended();
      append(pending_, *content);
    }
  }

  void say(std::uint8_t type, Bytes body) {
    const Buffer out = message_of(type, body);
    append(transcript_, out);
    write(handshake, out);
  }

  void greet(const ClientHello12& hello, const Kept* resumed) {
    Writer out;
    out.u16(static_cast<std::uint16_t>(version_));
    randoms_ = {hello.random, random_bytes(32)};
    out.put(randoms_.server);
    out.vec8([&](Writer& id) { id.put(id_); });
    out.u16(static_cast<std::uint16_t>(suite_id_));
    out.u8(0);
    out.vec16([&](Writer& all) {
      const auto add = [&](std::uint16_t type, Bytes body) {
        all.u16(type);
        all.vec16([&](Writer& content) { content.put(body); });
      };
      if (wish_.knows_rfc5746 && hello.extensions.contains(extension_type::renegotiation_info)) {
        Writer bound;
        bound.vec8([&](Writer& data) {
          data.put(client_verify_);
          data.put(server_verify_);
        });
        add(extension_type::renegotiation_info, bound.view());
      }
      extended_ = hello.extensions.contains(extension_type::extended_master_secret);
      if (extended_) add(extension_type::extended_master_secret, {});
      if (ticketing_ && resumed == nullptr) add(extension_type::session_ticket, {});
    });
    say(2, out.view());
  }

  const Kept* kept(const ClientHello12& hello) {
    const std::lock_guard lock(world_.keeping);
    const auto ticket = hello.extensions.find(extension_type::session_ticket);
    auto at = world_.sessions.end();
    if (wish_.takes_tickets && ticket != hello.extensions.end()) at = world_.sessions.find(ticket->second);
    const bool by_ticket = at != world_.sessions.end();
    if (!by_ticket && wish_.takes_ids) at = world_.sessions.find(hello.id);
    if (at == world_.sessions.end()) return nullptr;
    id_ = hello.id;
    if (by_ticket && wish_.bleeds) id_.resize(id_size, 0x42);
    return &at->second;
  }

  void keep(const Buffer& name) {
    const std::lock_guard lock(world_.keeping);
    world_.sessions[name] = {suite_id_, version_, master_};
  }

  void choose(const ClientHello12& hello) {
    version_ = std::min(static_cast<TlsVersion>(hello.version), wish_.highest);
    if (version_ < wish_.lowest) fail(protocol_version_alert);
    for (const SuiteId id : hello.suites) {
      const auto suite = suite12(id);
      if (std::find(wish_.suites.begin(), wish_.suites.end(), id) == wish_.suites.end() || !suite ||
          !fits(*suite, version_))
        continue;
      suite_id_ = id;
      suite_ = *suite;
      return;
    }
    fail(handshake_failure);
  }

  void shake_hands(const ClientHello12& hello) {
    transcript_ = hello.message;
    choose(hello);
    hash_ = prf_hash(suite_, version_);
    ticketing_ = wish_.gives_tickets && hello.extensions.contains(extension_type::session_ticket);
    id_ = wish_.gives_ids && !ticketing_ ? random_bytes(id_size) : Buffer();
    const Kept* const resumed = kept(hello);
    greet(hello, resumed);
    if (resumed != nullptr) {
      master_ = resumed->master;
      finish();
      read_finished();
      return;
    }
    Writer chain;
    chain.vec24([&](Writer& list) { list.vec24([&](Writer& leaf) { leaf.put(world_.identity->der()); }); });
    say(11, chain.view());
    say(14, {});
    const Buffer exchange = message();
    append(transcript_, exchange);
    const Buffer premaster = decrypted(world_.identity->key.get(), Bytes(exchange).subspan(6));
    master_ =
        extended_ ? extended_master_secret(hash_, premaster, transcript_) : master_secret(hash_, premaster, randoms_);
    read_finished();
    if (ticketing_) {
      const Buffer ticket = random_bytes(64);
      keep(ticket);
      Writer out;
      out.u32(300);
      out.vec16([&](Writer& body) { body.put(ticket); });
      say(4, out.view());
    }
    if (!id_.empty()) keep(id_);
    finish();
  }

  void read_finished() {
    const Record change = record();
    if (change.type != change_cipher_spec) throw Ended();
    reading_.emplace(suite_, version_, key_block(suite_, version_, master_, randoms_).client, false);
    client_verify_ = client_verify_data(hash_, master_, transcript_);
    const Buffer finished = message();
    if (finished != message_of(20, client_verify_)) fail(51);
    append(transcript_, finished);
  }

  void finish() {
    write(change_cipher_spec, Buffer{1});
    writing_.emplace(suite_, version_, key_block(suite_, version_, master_, randoms_).server, false);
    server_verify_ = server_verify_data(hash_, master_, transcript_);
    say(20, server_verify_);
  }

  // What a record after the handshake holds; a wrong one is answered as wished, and ends the connection.
  Buffer opened(const Record& record) {
    if (suite_.kind != CipherKind::Cbc) {
      const auto content = reading_->open(record);
      return content ? *content : (fail(bad_record_mac), Buffer());
    }
    const auto blocks = reading_->open_blocks(record);
    if (!blocks) fail(bad_record_mac);
    const std::size_t padding = std::size_t{blocks->back()} + 1, mac_size = suite_.mac_size;
    const bool room = padding + mac_size <= blocks->size();
    const Bytes body = Bytes(*blocks).first(blocks->size() - (room ? padding : std::min(padding, std::size_t{1})));
    const bool padding_right = room && std::all_of(blocks->end() - static_cast<std::ptrdiff_t>(padding), blocks->end(),
                                                   [&](std::uint8_t byte) { return byte == blocks->back(); });
    const Bytes content = body.first(body.size() - mac_size), sent = body.last(mac_size);
    const Buffer right = reading_->mac(record.type, content);
    const bool mac_right = std::equal(right.begin(), right.end(), sent.begin(), sent.end());
    reading_->counted();
    if (mac_right && (padding_right || wish_.padding == OnPadding::Taken)) return copied(content);
    refuse(padding_right, room, content.empty());
  }

  [[noreturn]] void refuse(bool padding_right, bool room, bool empty) {
    switch (wish_.padding) {
      case OnPadding::Right:
      case OnPadding::Taken: break;
      case OnPadding::OwnAlert: fail(padding_right ? bad_record_mac : decryption_failed);
      case OnPadding::Overflow: fail(room ? bad_record_mac : record_overflow);
      case OnPadding::Close:
        if (!padding_right) throw Ended();
        break;
      case OnPadding::LeftOpen:
        if (padding_right) break;
        alert(bad_record_mac);
        wait_for_the_end();
      case OnPadding::EmptyMac:
        if (empty && padding_right) throw Ended();
        break;
      case OnPadding::Unsteady: fail(peer_.number % 5 == 0 ? decryption_failed : bad_record_mac);
      case OnPadding::CloseEverything: throw Ended();
    }
    fail(bad_record_mac);
  }

  void take(const Record& record) {
    const Buffer content = opened(record);
    if (record.type == alert_record) {
      if (content == Buffer{1, close_notify}) write(alert_record, content);
      throw Ended();
    }
    if (record.type != handshake) return;
    append(pending_, content);
    if (content.empty() || content.front() != 1) throw Ended();
    renegotiate(parse_client_hello(message()));
  }

  void renegotiate(const ClientHello12& hello) {
    const auto info = hello.extensions.find(extension_type::renegotiation_info);
    Writer expected;
    expected.vec8([&](Writer& data) { data.put(client_verify_); });
    const Bytes right = expected.view();
    const bool bound = info != hello.extensions.end() &&
                       std::equal(info->second.begin(), info->second.end(), right.begin(), right.end());
    switch (wish_.renegotiation) {
      case OnRenegotiation::NoRenegotiation: return write(alert_record, Buffer{1, no_renegotiation});
      case OnRenegotiation::HandshakeFailure: fail(handshake_failure);
      case OnRenegotiation::Close: throw Ended();
      case OnRenegotiation::Silence: wait_for_the_end();
      case OnRenegotiation::Accept: break;
    }
    if (!bound && !wish_.takes_unbound) fail(handshake_failure);
    shake_hands(hello);
  }

  Tls12World& world_;
  const Tls12Wish& wish_;
  Peer peer_;
  RecordReader records_;
  Buffer pending_, transcript_, master_, id_, client_verify_, server_verify_;
  HelloRandoms randoms_;
  SuiteId suite_id_{};
  Suite12 suite_;
  std::string_view hash_;
  TlsVersion version_ = TlsVersion::Tls10;
  std::optional<Protection12> reading_, writing_;
  bool extended_ = false, ticketing_ = false;
};

}  // namespace

Behaviour tls12_server(const Tls12Wish& wish) {
  const auto world = std::make_shared<Tls12World>(wish);
  return [world](const Peer& peer) { Tls12Serving(*world, peer).run(); };
}

}  // namespace kenshin::lab
