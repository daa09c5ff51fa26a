#include "probes/net/proxy.h"

#include <arpa/inet.h>

#include <array>
#include <map>
#include <mutex>
#include <utility>

#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/net/dns.h"
#include "probes/net/http_head.h"

namespace kenshin {

namespace {

constexpr std::uint8_t socks = 5, no_authentication = 0, by_password = 2, none_acceptable = 0xFF;  // RFC 1928 3
constexpr std::uint8_t password_version = 1;                                                       // RFC 1929 2

constexpr std::chrono::milliseconds failure_is_kept{30000};

Error malformed(std::string detail) { return {Error::Kind::Malformed, std::move(detail)}; }

// RFC 3986 2.1.
Result<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      out += text[i];
      continue;
    }
    const auto byte = from_hex(lower_ascii(text.substr(i + 1, 2)));
    if (!byte || byte->size() != 1) return malformed("proxy: a broken %XX in the credentials");
    out += static_cast<char>(byte->front());
    i += 2;
  }
  return out;
}

void put_address(Writer& out, const std::string& address) {
  std::array<std::uint8_t, 16> bytes{};
  if (inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) {
    out.u8(1);
    out.put(Bytes(bytes).first(4));
  } else if (inet_pton(AF_INET6, address.c_str(), bytes.data()) == 1) {
    out.u8(4);
    out.put(bytes);
  }
}

// RFC 1928 6: what the proxy says of the way to the address.
Error socks_failure(const std::string& code) {
  struct Meaning {
    std::string_view code;
    Error::Kind kind;
    std::string_view says;
  };
  constexpr auto meanings = std::to_array<Meaning>({
      {"2", Error::Kind::Denied, "not allowed by its rules"},
      {"3", Error::Kind::Unreachable, "network unreachable"},
      {"4", Error::Kind::Unreachable, "host unreachable"},
      {"5", Error::Kind::Refused, "connection refused"},
  });
  for (const auto& meaning : meanings)
    if (meaning.code == code) return {meaning.kind, "proxy: " + std::string(meaning.says)};
  return {Error::Kind::Unreachable, "proxy: reply " + code};
}

Result<Done> through_socks(Dialogue& dialogue, const Proxy& proxy, const std::string& address, std::uint16_t port) {
  const bool has_password = !proxy.user.empty();
  Writer greeting;
  greeting.u8(socks);
  greeting.vec8([&](Writer& methods) {
    methods.u8(no_authentication);
    if (has_password) methods.u8(by_password);
  });
  if (const auto sent = dialogue.say(greeting.view()); !sent) return before_tls(sent.error(), "proxy, greeting");
  const auto method = dialogue.hear(hear_socks_method);
  if (!method) return before_tls(method.error(), "proxy, greeting");
  if (method->said == Said::No || (method->text == "password" && !has_password))
    return Error{Error::Kind::Denied, "proxy: it wants another authentication"};
  if (method->text == "password") {
    Writer login;
    login.u8(password_version);
    login.vec8([&](Writer& user) { user.put(proxy.user); });
    login.vec8([&](Writer& password) { password.put(proxy.password); });
    if (const auto sent = dialogue.say(login.view()); !sent) return before_tls(sent.error(), "proxy, password");
    const auto let_in = dialogue.hear(hear_socks_password);
    if (!let_in) return before_tls(let_in.error(), "proxy, password");
    if (let_in->said == Said::No) return Error{Error::Kind::Denied, "proxy: the password was refused"};
  }
  Writer request;
  request.u8(socks);
  request.u8(1);  // CONNECT
  request.u8(0);
  put_address(request, address);
  request.u16(port);
  if (const auto sent = dialogue.say(request.view()); !sent) return before_tls(sent.error(), "proxy, connect");
  const auto reply = dialogue.hear(hear_socks_reply);
  if (!reply) return before_tls(reply.error(), "proxy, connect");
  if (reply->said == Said::No) return socks_failure(reply->text);
  return Done{};
}

Result<Done> through_connect(Dialogue& dialogue, const Proxy& proxy, const std::string& address, std::uint16_t port) {
  const std::string to = target_text({TargetKind::Endpoint, address, port});
  std::string request =
      "CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\nUser-Agent: kenshin/" KENSHIN_VERSION "\r\n";
  if (!proxy.user.empty())
    request += "Proxy-Authorization: Basic " + base64(bytes_of(proxy.user + ":" + proxy.password)) + "\r\n";
  if (const auto sent = dialogue.say(bytes_of(request + "\r\n")); !sent)
    return before_tls(sent.error(), "proxy, CONNECT");
  const auto head = hear_final_head(dialogue);
  if (!head) return before_tls(head.error(), "proxy, CONNECT");
  if (head->status >= 200 && head->status < 300) return Done{};
  const bool denied = head->status == 403 || head->status == 407;
  return Error{denied ? Error::Kind::Denied : Error::Kind::Unreachable,
               "proxy: CONNECT was answered " + std::to_string(head->status)};
}

Result<std::string> looked_up(const Proxy& proxy, const Session& session) {
  Session own = session;
  const auto found = addresses_of(proxy.host, own);
  if (!found) return Error{Error::Kind::Unreachable, "proxy: " + found.error().detail};
  if (found->found.empty()) return Error{Error::Kind::Unreachable, "proxy: its name has no address"};
  return found->found.front();
}

struct KnownProxy {
  Result<std::string> address;
  Deadline again_after;  // of a failure
};

}  // namespace

Result<std::string> address_of_proxy(const Proxy& proxy, const Session& session) {
  if (is_ip_literal(proxy.host)) return proxy.host;
  static std::mutex guard;
  static std::map<std::pair<std::string, std::string>, KnownProxy> known;
  const std::lock_guard lock(guard);  // who comes meanwhile waits for the same answer
  const std::pair key{proxy.host, session.resolver};
  const auto at = known.find(key);
  if (at != known.end() && (at->second.address || std::chrono::steady_clock::now() < at->second.again_after))
    return at->second.address;
  const auto found = looked_up(proxy, session);
  known.insert_or_assign(key, KnownProxy{found, deadline_in(failure_is_kept)});
  return found;
}

Result<Proxy> parse_proxy(std::string_view text) {
  Proxy out;
  const auto end = text.find("://");
  const std::string scheme = lower_ascii(text.substr(0, end == std::string_view::npos ? 0 : end));
  if (scheme == "http") out.kind = Proxy::Kind::Http;
  else if (scheme != "socks5") return malformed("socks5://HOST:PORT or http://HOST:PORT is expected of a proxy");
  std::string_view rest = text.substr(end + 3);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  if (const auto at = rest.rfind('@'); at != std::string_view::npos) {
    const std::string_view credentials = rest.substr(0, at);
    rest.remove_prefix(at + 1);
    const auto colon = credentials.find(':');
    const auto user = percent_decoded(credentials.substr(0, colon));
    const auto password =
        percent_decoded(colon == std::string_view::npos ? std::string_view() : credentials.substr(colon + 1));
    if (!user) return user.error();
    if (!password) return password.error();
    if (user->empty() || user->size() > 255 || password->size() > 255)  // RFC 1929 2
      return malformed("proxy: a user and a password of at most 255 bytes are expected");
    out.user = *user;
    out.password = *password;
  }
  const auto where = parse_target(TargetKind::Endpoint, rest);
  if (!where) return malformed("proxy: " + where.error().detail);
  if (where->protocol != Protocol::Tls) return malformed("proxy: HOST:PORT is expected");
  out.host = where->name;
  out.port = where->port;
  return out;
}

Step hear_socks_method(Bytes bytes) {
  if (!bytes.empty() && bytes[0] != socks) return {Said::Wrong, 0, {}};
  if (bytes.size() < 2) return {};
  if (bytes[1] == no_authentication) return {Said::Yes, 2, {}};
  if (bytes[1] == by_password) return {Said::Yes, 2, "password"};
  return {bytes[1] == none_acceptable ? Said::No : Said::Wrong, 2, {}};
}

Step hear_socks_password(Bytes bytes) {
  if (bytes.size() < 2) return {};
  return {bytes[1] == 0 ? Said::Yes : Said::No, 2, {}};  // RFC 1929 2: the version is 1, or 5 with some
}

Step hear_socks_reply(Bytes bytes) {
  if (!bytes.empty() && bytes[0] != socks) return {Said::Wrong, 0, {}};
  if (bytes.size() < 2) return {};
  if (bytes[1] != 0) return {Said::No, bytes.size(), std::to_string(bytes[1])};
  if (bytes.size() < 5) return {};
  std::size_t address = 0;
  switch (bytes[3]) {
    case 1: address = 4; break;
    case 3: address = 1 + std::size_t{bytes[4]}; break;
    case 4: address = 16; break;
    default: return {Said::Wrong, 0, {}};
  }
  const std::size_t whole = 4 + address + 2;
  if (bytes.size() < whole) return {};
  return {Said::Yes, whole, {}};
}

Result<Socket> connect_through_proxy(const std::string& address, std::uint16_t port, const Session& session,
                                     Deadline deadline) {
  if (!is_ip_literal(address)) return malformed("not an IP address: " + one_line(address, 80));
  const auto proxy = parse_proxy(session.proxy);
  if (!proxy) return proxy.error();
  const auto its_address = address_of_proxy(*proxy, session);
  if (!its_address) return its_address.error();
  auto socket = Socket::connect(*its_address, proxy->port, session.source_address, deadline);
  if (!socket) return Error{Error::Kind::Unreachable, "proxy: " + socket.error().detail};
  const auto passed = [&] {
    Dialogue dialogue(*socket, deadline);
    return proxy->kind == Proxy::Kind::Socks5 ? through_socks(dialogue, *proxy, address, port)
                                              : through_connect(dialogue, *proxy, address, port);
  }();
  if (!passed) return passed.error();
  return socket;
}

}  // namespace kenshin
