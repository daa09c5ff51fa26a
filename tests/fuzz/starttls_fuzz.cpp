// Answers on the way to TLS: the first byte picks the protocol's reader. Whatever comes, no reader takes more than
// there is, and what was whole stays what it was when more bytes follow a "yes".
#include <cstdlib>
#include <iterator>

#include "probes/net/http_head.h"
#include "probes/net/proxy.h"
#include "probes/net/starttls_replies.h"
#include "probes/tls/starttls_injection.h"

namespace {

using kenshin::Bytes;
using kenshin::Step;

constexpr Step (*readers[])(Bytes) = {
    [](Bytes b) { return kenshin::hear_code(b, "220"); },
    kenshin::hear_imap_greeting,
    [](Bytes b) { return kenshin::hear_tagged(b, "k1 "); },
    kenshin::hear_pop3,
    kenshin::hear_sieve,
    kenshin::hear_xmpp_features,
    kenshin::hear_xmpp_proceed,
    kenshin::hear_ldap,
    kenshin::hear_postgres,
    kenshin::hear_mysql,
    kenshin::hear_rdp,
    kenshin::hear_socks_method,
    kenshin::hear_socks_password,
    kenshin::hear_socks_reply,
    kenshin::hear_http_head,
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const Bytes in(bytes + 1, size - 1);
  const auto reader = readers[bytes[0] % std::size(readers)];
  const Step step = reader(in);
  if (step.used > in.size()) std::abort();
  if (step.said == kenshin::Said::Yes && reader(in.first(step.used)).said != kenshin::Said::Yes) std::abort();
  for (int protocol = 0; protocol <= static_cast<int>(kenshin::Protocol::Rdp); ++protocol)
    for (const bool ended : {false, true}) kenshin::whose_answer(static_cast<kenshin::Protocol>(protocol), in, ended);
  return 0;
}
