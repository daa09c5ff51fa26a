#include "tests/lab/vulnerable.h"

#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <memory>
#include <set>
#include <stdexcept>

#include "probes/tls/code_points.h"
#include "probes/tls/flight.h"
#include "tests/lab/peers.h"
#include "tests/lab/pki.h"

namespace kenshin::lab {

namespace {

constexpr std::uint8_t change_cipher_spec = 20, alert_record = 21, handshake_record = 22, heartbeat_record = 24;
constexpr std::uint8_t client_hello = 1, client_key_exchange = 16;
constexpr std::size_t premaster_size = 48;

const Identity& rsa_identity() {
  static const Identity identity = [] {
    CertificateWish wish = server_wish(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()));
    wish.key = KeyKind::Rsa2048;
    return issue(wish, nullptr);
  }();
  return identity;
}

struct Hello {
  TlsVersion version{};
  std::set<std::uint16_t> extensions;
};

Hello read_hello(Bytes message) {
  Hello out;
  Reader in(message);
  in.u8();
  Reader body = in.vec24();
  out.version = static_cast<TlsVersion>(body.u16());
  body.take(32);
  body.vec8().rest();
  body.vec16().rest();
  body.vec8().rest();
  for (Reader list = body.vec16(); !list.done();) {
    out.extensions.insert(list.u16());
    list.vec16().rest();
  }
  return out;
}

// RFC 8017 7.2.2, and the place of the zero.
bool starts_right(Bytes block) { return block[0] == 0 && block[1] == 2; }
bool has_right_form(Bytes block) {
  const std::size_t secret = block.size() - premaster_size;
  const auto padding = block.subspan(2, secret - 3);
  return starts_right(block) && std::find(padding.begin(), padding.end(), 0) == padding.end() && block[secret - 1] == 0;
}

Buffer decrypted(Bytes secret) {
  const OwnedKeyContext context(EVP_PKEY_CTX_new(rsa_identity().key.get(), nullptr));
  Buffer out(256);
  std::size_t size = out.size();
  if (EVP_PKEY_decrypt_init(context.get()) != 1 || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) != 1 ||
      EVP_PKEY_decrypt(context.get(), out.data(), &size, secret.data(), secret.size()) != 1 || size != out.size())
    throw std::runtime_error("a premaster that cannot be decrypted");
  return out;
}

struct FreeGroup {
  void operator()(EC_GROUP* group) const { EC_GROUP_free(group); }
};
struct FreePoint {
  void operator()(EC_POINT* point) const { EC_POINT_free(point); }
};
using OwnedGroup = std::unique_ptr<EC_GROUP, FreeGroup>;
using OwnedPoint = std::unique_ptr<EC_POINT, FreePoint>;

OwnedGroup p256() { return OwnedGroup(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1)); }

Buffer generator_of_p256() {
  const OwnedGroup group = p256();
  Buffer out(65);
  EC_POINT_point2oct(group.get(), EC_GROUP_get0_generator(group.get()), POINT_CONVERSION_UNCOMPRESSED, out.data(),
                     out.size(), nullptr);
  return out;
}

bool is_on_p256(Bytes point) {
  const OwnedGroup group = p256();
  const OwnedPoint read(EC_POINT_new(group.get()));
  return EC_POINT_oct2point(group.get(), read.get(), point.data(), point.size(), nullptr) == 1;
}

class Serving {
 public:
  Serving(const UnfinishedWish& wish, const Peer& peer) : wish_(wish), peer_(peer) {}

  void run() {
    for (Buffer buffer(65536); !over_;) {
      std::array<pollfd, 2> waiting{{{peer_.socket, POLLIN, 0}, {peer_.stop, POLLIN, 0}}};
      if (poll(waiting.data(), waiting.size(), -1) <= 0 || waiting[1].revents != 0) return;
      const auto got = recv(peer_.socket, buffer.data(), buffer.size(), 0);
      if (got <= 0) return;
      records_.push(Bytes(buffer).first(static_cast<std::size_t>(got)));
      while (!over_) {
        const auto record = records_.next();
        if (!record) return;
        if (!*record) break;
        take(**record);
      }
    }
  }

 private:
  void take(const Record& record) {
    if (record.type == handshake_record && !key_sent_) return message(record.fragment);
    if (record.type == heartbeat_record) return heartbeat(record.fragment);
    if (record.type == change_cipher_spec) return changed();
    if (record.type == handshake_record) return finished();
  }

  void message(Bytes message) {
    if (message[0] == client_hello) return answer(read_hello(message));
    if (message[0] == client_key_exchange) return exchange(message);
    if (wish_.heartbeat == OnHeartbeat::Ignores) return;
    if (wish_.heartbeat == OnHeartbeat::Closes) return close();
    alert(10);
  }

  void answer(const Hello& hello) {
    version_ = std::min(hello.version, wish_.version);
    Writer flight;
    flight.u8(2);
    flight.vec24([&](Writer& body) {
      body.u16(static_cast<std::uint16_t>(version_));
      body.put(Buffer(32, std::uint8_t{7}));
      body.u8(0);
      body.u16(static_cast<std::uint16_t>(wish_.suite));
      body.u8(wish_.compression);
      body.vec16([&](Writer& list) {
        for (const auto& [type, echo] : wish_.echoes) {
          if (!hello.extensions.contains(type)) continue;
          list.u16(type);
          list.vec16([&bytes = echo](Writer& out) { out.put(bytes); });
        }
      });
    });
    flight.u8(11);
    flight.vec24([&](Writer& body) {
      body.vec24([&](Writer& list) { list.vec24([&](Writer& out) { out.put(rsa_identity().der()); }); });
    });
    if (is_ecdhe()) parameters(flight);
    flight.u8(14);
    flight.u24(0);
    send(handshake_record, flight.view());
  }

  bool is_ecdhe() const { return suite_name(wish_.suite).find("_ECDHE_") != std::string::npos; }

  // RFC 8422 5.4; the signature is noise.
  static void parameters(Writer& flight) {
    flight.u8(12);
    flight.vec24([](Writer& body) {
      body.u8(3);
      body.u16(23);
      body.vec8([](Writer& point) { point.put(generator_of_p256()); });
      body.u16(0x0401);
      body.vec16([](Writer& signature) { signature.put(Buffer(256, std::uint8_t{1})); });
    });
  }

  void heartbeat(Bytes fragment) {
    const bool answers = wish_.heartbeat == OnHeartbeat::Answers || wish_.heartbeat == OnHeartbeat::Buffers;
    if (!answers || fragment.size() < 3 || fragment[0] != 1) return;
    Buffer reply{2, 0, 0};
    reply.resize(19, std::uint8_t{0xAA});
    if (wish_.heartbeat == OnHeartbeat::Answers) return send(heartbeat_record, reply);
    append_record(heartbeat_record, reply);
  }

  void changed() {
    if (key_sent_) return;
    const bool first = ++changes_ == 1;
    if (const auto& code = first ? wish_.ccs.first : wish_.ccs.second) return alert(*code);
    if (first ? wish_.ccs.first_closes : wish_.ccs.second_closes) close();
  }

  void exchange(Bytes message) {
    key_sent_ = true;
    if (is_ecdhe()) {
      const bool refuses = wish_.point == OnPoint::Refuses && !is_on_p256(message.subspan(5));
      if (refuses || wish_.point == OnPoint::RefusesAll) alert(47);
      return;
    }
    Reader in(message);
    in.u8();
    Reader body = in.vec24();
    const Buffer block = decrypted(version_ == TlsVersion::Ssl3 ? body.rest() : body.vec16().rest());
    const bool right = has_right_form(block);
    switch (wish_.premaster) {
      case OnPremaster::StartTells: refused_ = starts_right(block) ? 20 : 47; break;
      case OnPremaster::FormTells: refused_ = right ? 20 : 51; break;
      case OnPremaster::EarlyTells:
        if (!right) alert(20);
        break;
      case OnPremaster::ClosesOnForm:
        if (!right) close();
        break;
      case OnPremaster::Unsteady: refused_ = peer_.number % 2 == 0 ? 20 : 40; break;
      case OnPremaster::Mended:
      case OnPremaster::Silent: break;
    }
  }

  void finished() {
    if (wish_.premaster != OnPremaster::Silent) alert(refused_);
  }

  void alert(std::uint8_t code) {
    send(alert_record, Buffer{2, code});
    close();
  }

  // Ends our side and waits for theirs, so that what was sent is not lost in a reset.
  void close() { shutdown(peer_.socket, SHUT_WR); }

  void append_record(std::uint8_t type, Bytes fragment) {
    Writer out;
    out.u8(type);
    out.u16(static_cast<std::uint16_t>(version_));
    out.vec16([&](Writer& body) { body.put(fragment); });
    const Buffer record = out.take();
    waiting_.insert(waiting_.end(), record.begin(), record.end());
  }

  void send(std::uint8_t type, Bytes fragment) {
    append_record(type, fragment);
    over_ = ::send(peer_.socket, waiting_.data(), waiting_.size(), MSG_NOSIGNAL) < 0;
    waiting_.clear();
  }

  const UnfinishedWish& wish_;
  const Peer& peer_;
  RecordReader records_;
  Buffer waiting_;
  TlsVersion version_{};
  int changes_ = 0;
  std::uint8_t refused_ = 20;
  bool key_sent_ = false, over_ = false;
};

}  // namespace

Behaviour unfinished_server(const UnfinishedWish& wish) {
  return [wish](const Peer& peer) { Serving(wish, peer).run(); };
}

}  // namespace kenshin::lab
