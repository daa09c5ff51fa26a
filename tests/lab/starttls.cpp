#include "tests/lab/starttls.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "probes/base/text.h"

namespace kenshin::lab {

namespace {

bool waits_for(const Peer& peer) {
  std::array<pollfd, 2> waiting{{{peer.socket, POLLIN, 0}, {peer.stop, POLLIN, 0}}};
  return poll(waiting.data(), waiting.size(), -1) > 0 && waiting[1].revents == 0;
}

void put(int socket, std::string_view text) {
  while (!text.empty()) {
    const auto sent = ::send(socket, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
}

std::string take(const Peer& peer) {
  std::string out(65536, '\0');
  const auto got = waits_for(peer) ? recv(peer.socket, out.data(), out.size(), 0) : 0;
  out.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  return out;
}

std::string binary(std::initializer_list<int> bytes) {
  std::string out;
  for (const int byte : bytes) out += static_cast<char>(byte);
  return out;
}

// What one command came to.
struct Answered {
  std::string text;
  bool whole = false;  // a command was there
  bool begins_tls = false, ends = false;
};

std::string cut_line(std::string& pending) {
  const auto end = pending.find('\n');
  const std::string line(trim(pending.substr(0, end)));
  pending.erase(0, end + 1);
  return line;
}

Answered answer_ldap(std::string& pending, bool offers) {
  if (pending.size() < 2 || pending.size() < 2 + static_cast<std::size_t>(pending[1])) return {};
  const std::size_t size = 2 + static_cast<std::size_t>(pending[1]);
  const std::string message = pending.substr(0, size);
  pending.erase(0, size);
  const bool tls = message.find("1466.20037") != std::string::npos;
  const int result = tls && !offers ? 2 : 0;
  return {binary({0x30, 12, 2, 1, message[4], 0x78, 7, 0x0A, 1, result, 4, 0, 4, 0}), true, tls && offers, false};
}

Answered answer_postgres(std::string& pending, bool offers) {
  if (pending.size() < 8 || pending.size() < static_cast<std::size_t>(pending[3])) return {};
  const std::string message = pending.substr(0, static_cast<std::size_t>(pending[3]));
  pending.erase(0, message.size());
  const std::string code = message.substr(4, 4);
  if (code == binary({0x04, 0xD2, 0x16, 0x2F})) return {offers ? "S" : "N", true, offers, false};
  if (code == binary({0x04, 0xD2, 0x16, 0x2E})) return {"", true, false, true};  // CancelRequest
  return {binary({'R', 0, 0, 0, 8, 0, 0, 0, 3}), true, false, false};
}

Answered answer_mysql(std::string& pending) {
  if (pending.size() < 36) return {};
  pending.erase(0, 36);
  return {"", true, true, false};
}

Answered answer_rdp(std::string& pending, bool offers) {
  if (pending.size() < 19) return {};
  pending.erase(0, 19);
  if (!offers) return {binary({3, 0, 0, 19, 14, 0xD0, 0, 0, 0x12, 0x34, 0, 3, 0, 8, 0, 2, 0, 0, 0}), true, false, true};
  return {binary({3, 0, 0, 19, 14, 0xD0, 0, 0, 0x12, 0x34, 0, 2, 0, 8, 0, 1, 0, 0, 0}), true, true, false};
}

Answered answer_xmpp(std::string& pending, bool offers) {
  if (const auto at = pending.find("<starttls"); at != std::string::npos) {
    const auto end = pending.find('>', at);
    if (end == std::string::npos) return {};
    pending.erase(0, end + 1);
    return {"<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>", true, true, false};
  }
  const auto at = pending.find("<stream:stream");
  const auto end = at == std::string::npos ? at : pending.find('>', at);
  if (end == std::string::npos) return {};
  pending.erase(0, end + 1);
  return {
      "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
      "id='1' version='1.0'><stream:features>" +
          std::string(offers ? "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>" : "") +
          "</stream:features>",
      true, false, false};
}

struct LineRow {
  Protocol protocol;
  std::string_view greeting;
  std::string_view command;  // that begins TLS
  std::string_view agrees, refuses;
  std::string_view bye, goodbye;
  std::string_view hello, welcome;
  std::string_view anything;  // the answer to another command
};
constexpr std::string_view sieve_capabilities = "\"IMPLEMENTATION\" \"lab\"\r\n\"STARTTLS\"\r\nOK \"ready\"\r\n";
constexpr auto line_rows = std::to_array<LineRow>({
    {Protocol::Smtp, "220-lab\r\n220 ready\r\n", "STARTTLS", "220 go ahead\r\n", "502 no\r\n", "QUIT", "221 bye\r\n",
     "EHLO", "250-lab\r\n250-PIPELINING\r\n250 STARTTLS\r\n", "250 ok\r\n"},
    {Protocol::Lmtp, "220 ready\r\n", "STARTTLS", "220 go ahead\r\n", "502 no\r\n", "QUIT", "221 bye\r\n", "LHLO",
     "250-lab\r\n250 STARTTLS\r\n", "250 ok\r\n"},
    {Protocol::Pop3, "+OK ready\r\n", "STLS", "+OK go ahead\r\n", "-ERR no\r\n", "QUIT", "+OK bye\r\n", "CAPA",
     "+OK\r\nSTLS\r\n.\r\n", "-ERR unknown\r\n"},
    {Protocol::Ftp, "220-lab\r\n some words\r\n220 ready\r\n", "AUTH TLS", "234 go ahead\r\n", "502 no\r\n", "QUIT",
     "221 bye\r\n", "FEAT", "211-Features\r\n AUTH TLS\r\n211 End\r\n", "530 log in first\r\n"},
    {Protocol::Sieve, sieve_capabilities, "STARTTLS", "OK \"go ahead\"\r\n", "NO \"no\"\r\n", "LOGOUT",
     "OK \"bye\"\r\n", "CAPABILITY", sieve_capabilities, "OK (TAG \"kenshin\") \"done\"\r\n"},
    {Protocol::Nntp, "201 ready\r\n", "STARTTLS", "382 go ahead\r\n", "500 no\r\n", "QUIT", "205 bye\r\n",
     "CAPABILITIES", "101 list\r\nVERSION 2\r\nSTARTTLS\r\n.\r\n", "111 20261122000000\r\n"},
});

Answered answer_line(const LineRow& row, std::string& pending, bool offers) {
  if (pending.find('\n') == std::string::npos) return {};
  const std::string line = cut_line(pending);
  if (line == row.command) return {std::string(offers ? row.agrees : row.refuses), true, offers, false};
  if (line == row.bye) return {std::string(row.goodbye), true, false, true};
  if (line.starts_with(row.hello)) return {std::string(row.welcome), true, false, false};
  return {std::string(row.anything), true, false, false};
}

Answered answer_imap(std::string& pending, bool offers) {
  if (pending.find('\n') == std::string::npos) return {};
  const std::string line = cut_line(pending);
  const std::string tag = line.substr(0, line.find(' '));
  const bool tls = line.ends_with(" STARTTLS");
  if (line.ends_with(" CAPABILITY"))
    return {"* CAPABILITY IMAP4rev1 STARTTLS\r\n" + tag + " OK done\r\n", true, false, false};
  return {tag + (tls && !offers ? " NO no\r\n" : " OK done\r\n"), true, tls && offers, false};
}

const LineRow* line_row(Protocol protocol) {
  const auto found =
      std::find_if(line_rows.begin(), line_rows.end(), [&](const LineRow& row) { return row.protocol == protocol; });
  return found == line_rows.end() ? nullptr : &*found;
}

std::string greeting_of(const StarttlsWish& wish) {
  if (!wish.greeting.empty()) return wish.greeting;
  if (const auto* row = line_row(wish.protocol)) return std::string(row->greeting);
  if (wish.protocol == Protocol::Imap) return "* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n";
  if (wish.protocol != Protocol::Mysql) return {};
  std::string packet =
      "\x0a"
      "8.0-lab" +
      std::string(1, '\0') + "\x01" + std::string(3, '\0') + "nonce123" + std::string(1, '\0') +
      binary({0xFF, wish.offers ? 0xFF : 0xF7, 33, 2, 0, 0xFF, 0xDF, 21}) + std::string(10, '\0') + "nonce1234567" +
      std::string(1, '\0') + "mysql_native_password" + std::string(1, '\0');
  return binary({static_cast<int>(packet.size()), 0, 0, 0}) + packet;
}

Answered answer(const StarttlsWish& wish, std::string& pending) {
  switch (wish.protocol) {
    case Protocol::Imap: return answer_imap(pending, wish.offers);
    case Protocol::Ldap: return answer_ldap(pending, wish.offers);
    case Protocol::Postgres: return answer_postgres(pending, wish.offers);
    case Protocol::Mysql: return answer_mysql(pending);
    case Protocol::Rdp: return answer_rdp(pending, wish.offers);
    case Protocol::Xmpp: return answer_xmpp(pending, wish.offers);
    default: break;
  }
  const auto* row = line_row(wish.protocol);
  return row == nullptr ? Answered{} : answer_line(*row, pending, wish.offers);
}

// libssl's side, its bytes carried by hand so that a stop is seen.
class Inside {
 public:
  Inside(const Peer& peer, SSL_CTX& context, std::string_view first_bytes) : peer_(peer), ssl_(SSL_new(&context)) {
    SSL_set_accept_state(ssl_.get());
    SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
    BIO_write(SSL_get_rbio(ssl_.get()), first_bytes.data(), static_cast<int>(first_bytes.size()));
  }
  bool accept() {
    for (;;) {
      const int done = SSL_do_handshake(ssl_.get());
      flush();
      if (done == 1) return true;
      if (SSL_get_error(ssl_.get(), done) != SSL_ERROR_WANT_READ || !feed()) return false;
    }
  }
  void write(const std::string& text) {
    if (!text.empty()) SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size()));
    flush();
  }
  // Empty at the end.
  std::string read() {
    std::array<char, 16384> buffer{};
    for (;;) {
      const int got = SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size()));
      flush();
      if (got > 0) return {buffer.data(), static_cast<std::size_t>(got)};
      if (SSL_get_error(ssl_.get(), got) != SSL_ERROR_WANT_READ || !feed()) return {};
    }
  }
  void close() {
    SSL_shutdown(ssl_.get());
    flush();
  }

 private:
  bool feed() {
    const std::string more = take(peer_);
    if (more.empty()) return false;
    return BIO_write(SSL_get_rbio(ssl_.get()), more.data(), static_cast<int>(more.size())) > 0;
  }
  void flush() {
    std::array<char, 16384> buffer{};
    for (int n = 0; (n = BIO_read(SSL_get_wbio(ssl_.get()), buffer.data(), static_cast<int>(buffer.size()))) > 0;)
      put(peer_.socket, {buffer.data(), static_cast<std::size_t>(n)});
  }
  const Peer& peer_;
  OwnedSsl ssl_;
};

void serve_inside(const StarttlsWish& wish, const Peer& peer, SSL_CTX& context, std::string pending) {
  // MySQL agrees by silence: what follows at once is a ClientHello.
  const bool to_tls = wish.leftover == Leftover::TakenForTls || wish.protocol == Protocol::Mysql;
  Inside inside(peer, context, to_tls ? pending : std::string());
  if (wish.leftover != Leftover::Executed) pending.clear();
  if (!inside.accept()) return;
  if (wish.protocol == Protocol::Sieve) inside.write(std::string(sieve_capabilities));
  for (;;) {
    while (wish.confused && pending.find('\n') != std::string::npos) {
      cut_line(pending);
      inside.write(std::string(line_row(wish.protocol)->anything));
    }
    for (auto answered = answer(wish, pending); answered.whole; answered = answer(wish, pending)) {
      inside.write(answered.text);
      if (answered.ends) return inside.close();
    }
    const std::string more = inside.read();
    if (more.empty()) return;
    pending += more;
  }
}

std::string_view out_of_step(Protocol protocol) {
  switch (protocol) {
    case Protocol::Imap: return "k1 BAD out of step\r\n";
    case Protocol::Pop3: return "-ERR out of step\r\n";
    case Protocol::Sieve: return "NO \"out of step\"\r\n";
    default: return "554 5.5.0 synchronization error\r\n";
  }
}

void serve(const StarttlsWish& wish, const Peer& peer, SSL_CTX& context) {
  put(peer.socket, greeting_of(wish));
  for (std::string pending;;) {
    const std::string more = take(peer);
    if (more.empty()) return;
    pending += more;
    for (auto answered = answer(wish, pending); answered.whole; answered = answer(wish, pending)) {
      const bool too_early = answered.begins_tls && !pending.empty();
      if (too_early && wish.leftover == Leftover::Dies) return;
      if (too_early && wish.leftover == Leftover::Refused) return put(peer.socket, out_of_step(wish.protocol));
      put(peer.socket, answered.text);
      if (answered.begins_tls) return serve_inside(wish, peer, context, std::move(pending));
      if (answered.ends) return;
    }
  }
}

using SharedContext = std::shared_ptr<SSL_CTX>;

SharedContext context_of(const Pki& pki) {
  SharedContext context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  if (!context || SSL_CTX_use_certificate_chain_file(context.get(), pki.chain().c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context.get(), pki.key().c_str(), SSL_FILETYPE_PEM) != 1)
    throw std::runtime_error("no server certificate");
  return context;
}

}  // namespace

Behaviour starttls(const StarttlsWish& wish, const Pki& pki) {
  return [wish, context = context_of(pki)](const Peer& peer) { serve(wish, peer, *context); };
}

namespace {

// Reads until the text satisfies the condition; false at the end.
template <class Whole>
bool read_until(const Peer& peer, std::string& text, Whole whole) {
  while (!whole(text)) {
    const std::string more = take(peer);
    if (more.empty()) return false;
    text += more;
  }
  return true;
}

std::uint16_t port_at(const std::string& text, std::size_t at) {
  return static_cast<std::uint16_t>(static_cast<std::uint8_t>(text[at]) << 8 | static_cast<std::uint8_t>(text[at + 1]));
}

}  // namespace

Behaviour socks5_proxy(std::string user, std::string password) {
  return [=](const Peer& peer) {
    std::string text;
    if (!read_until(peer, text, [](const auto& t) { return t.size() >= 2 && t.size() >= 2u + std::size_t(t[1]); }))
      return;
    const bool offers_password = text.find('\2', 2) != std::string::npos;
    if (!user.empty() && !offers_password) return put(peer.socket, binary({5, 0xFF}));
    put(peer.socket, binary({5, user.empty() ? 0 : 2}));
    if (!user.empty()) {
      const std::string wanted =
          binary({1, static_cast<int>(user.size())}) + user + binary({static_cast<int>(password.size())}) + password;
      text.clear();
      if (!read_until(peer, text, [](const auto& t) {
            if (t.size() < 2 || t.size() < 3u + std::size_t(t[1])) return false;
            const auto user_size = std::size_t(t[1]);
            return t.size() >= 3u + user_size + std::size_t(t[2 + user_size]);
          }))
        return;
      put(peer.socket, binary({1, text == wanted ? 0 : 1}));
      if (text != wanted) return;
    }
    text.clear();
    if (!read_until(peer, text, [](const auto& t) { return t.size() >= 10; })) return;
    const bool is_ipv4 = text[3] == 1;
    if (!is_ipv4) return put(peer.socket, binary({5, 8, 0, 1, 0, 0, 0, 0, 0, 0}));
    const std::uint16_t port = port_at(text, 8);
    if (port == 1) return put(peer.socket, binary({5, 5, 0, 1, 0, 0, 0, 0, 0, 0}));
    put(peer.socket, binary({5, 0, 0, 1, 127, 0, 0, 1, 0, 0}));
    relay(port)(peer);
  };
}

Behaviour connect_proxy(int status, std::string before) {
  return [=](const Peer& peer) {
    std::string text;
    if (!read_until(peer, text, [](const auto& t) { return t.find("\r\n\r\n") != std::string::npos; })) return;
    put(peer.socket, before + "HTTP/1.1 " + std::to_string(status) + " lab\r\nVia: lab\r\n\r\n");
    const auto colon = text.find(':');
    if (status == 200) relay(static_cast<std::uint16_t>(std::stoi(text.substr(colon + 1))))(peer);
  };
}

}  // namespace kenshin::lab
