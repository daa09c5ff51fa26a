#include "probes/web/upgrade.h"

#include <algorithm>

#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/net/budget.h"
#include "probes/net/door.h"
#include "probes/net/http_head.h"
#include "probes/web/http.h"

namespace kenshin {

namespace {

// RFC 9110 7.8: a list of protocols, among them TLS/1.x.
bool names_tls(const HttpHead& head) {
  return std::any_of(head.headers.begin(), head.headers.end(), [](const auto& header) {
    if (header.first != "upgrade") return false;
    const auto protocols = split(header.second, ',');
    return std::any_of(protocols.begin(), protocols.end(),
                       [](std::string_view one) { return lower_ascii(trim(one)).starts_with("tls/"); });
  });
}

Decided lost(const Error& why) {
  return {Answer::Unknown, std::string(error_name(why.kind)) + ": " + one_line(why.detail, 160)};
}

}  // namespace

Decided upgrades_to_tls(const std::string& host, const std::string& address, std::uint16_t port,
                        const Session& session) {
  const auto lease = lease_of(session, address);
  const Deadline deadline = deadline_in(session.timeout);
  auto socket = open_port(address, port, session, deadline);
  if (!socket) return lost(socket.error());
  const std::string authority = port == 80 ? host : target_text({TargetKind::Endpoint, host, port});  // RFC 9110 7.2
  const std::string request = "GET / HTTP/1.1\r\nHost: " + authority +
                              "\r\nUser-Agent: kenshin/" KENSHIN_VERSION
                              "\r\nUpgrade: TLS/1.3, TLS/1.2, TLS/1.0\r\nConnection: Upgrade\r\n\r\n";
  Dialogue dialogue(*socket, deadline);
  if (const auto sent = dialogue.say(bytes_of(request)); !sent) return lost(sent.error());
  const auto head = hear_final_head(dialogue);
  if (!head) return lost(head.error());
  const std::string status = "status " + std::to_string(head->status);
  if (!names_tls(*head)) {
    if (head->status == 101) return {Answer::Unknown, status + " to something else"};
    if (leaves_undecided(head->status)) return {Answer::Unknown, status};
    return {Answer::No, status};
  }
  if (head->status == 101) return {Answer::Yes, "status 101, TLS"};
  return {Answer::Unknown, status + ", TLS is offered and was not begun"};
}

}  // namespace kenshin
