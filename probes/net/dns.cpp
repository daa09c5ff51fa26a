#include "probes/net/dns.h"

#include <arpa/inet.h>
#include <poll.h>
#include <unbound.h>

#include <algorithm>
#include <array>
#include <memory>

#include "probes/base/target.h"
#include "probes/dns/resolver.h"
#include "probes/net/socket.h"

namespace kenshin {

namespace {

constexpr int type_a = 1, type_aaaa = 28, class_in = 1;  // RFC 1035 3.2.2, RFC 3596 2.1
constexpr int no_such_name = 3;                          // NXDOMAIN, RFC 1035 4.1.1

using Context = std::unique_ptr<ub_ctx, decltype([](ub_ctx* context) { ub_ctx_delete(context); })>;

Result<Context> resolver_context(const Session& session) {
  Context context(ub_ctx_create());
  if (!context) return Error{Error::Kind::Failed, "libunbound: no memory"};
  ub_ctx_set_option(context.get(), "do-not-query-localhost:", "no");  // resolvers on this machine are resolvers, too
  if (session.resolver.empty()) {
    ub_ctx_resolvconf(context.get(), nullptr);
    ub_ctx_hosts(context.get(), nullptr);
  } else if (ub_ctx_set_fwd(context.get(), unbound_address(session.resolver).c_str()) != 0) {
    return Error{Error::Kind::Malformed, "not a resolver ADDRESS[:PORT]: " + session.resolver};
  }
  ub_ctx_async(context.get(), 1);
  return context;
}

struct Lookup {
  bool done = false;
  int failure = 0;
  int rcode = 0;
  bool nxdomain = false;
  std::vector<std::string> addresses;
};

void receive(void* into, int failure, ub_result* result) {
  Lookup& lookup = *static_cast<Lookup*>(into);
  lookup.done = true;
  lookup.failure = failure;
  const std::unique_ptr<ub_result, decltype([](ub_result* r) { ub_resolve_free(r); })> owned(result);
  if (failure != 0 || result == nullptr) return;
  lookup.rcode = result->rcode;
  lookup.nxdomain = result->nxdomain != 0;
  for (int i = 0; result->havedata != 0 && result->data[i] != nullptr; ++i) {
    const int family = result->len[i] == 4 ? AF_INET : AF_INET6;
    if (result->len[i] != 4 && result->len[i] != 16) continue;
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (inet_ntop(family, result->data[i], text.data(), text.size()) != nullptr)
      lookup.addresses.emplace_back(text.data());
  }
}

// Why nothing could be told of a family; nothing where it was answered, if only by "none".
std::optional<Error> lost(const Lookup& lookup) {
  if (!lookup.done) return Error{Error::Kind::Timeout, "no DNS answer"};
  if (lookup.failure != 0 || (lookup.rcode != 0 && lookup.rcode != no_such_name))
    return Error{Error::Kind::Unreachable,
                 "the DNS resolver could not answer (rcode " + std::to_string(lookup.rcode) + ")"};
  return std::nullopt;
}

}  // namespace

Result<Addresses> addresses_of(const std::string& name, Session& session) {
  if (is_ip_literal(name)) return Addresses{{name}, {}, {}};
  const Deadline deadline = deadline_in(session.timeout);
  const auto context = resolver_context(session);
  if (!context) return context.error();
  ub_ctx* const asking = context->get();
  std::array<Lookup, 2> lookups;
  std::array<int, 2> ids{};
  const std::string absolute = name + ".";
  const std::array types{type_a, type_aaaa};
  for (std::size_t i = 0; i < types.size(); ++i)
    if (ub_resolve_async(asking, absolute.c_str(), types[i], class_in, &lookups[i], receive, &ids[i]) != 0)
      return Error{Error::Kind::Failed, "libunbound: cannot ask"};
  while (!lookups[0].done || !lookups[1].done) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
    if (left <= 0) break;
    pollfd waiting{ub_fd(asking), POLLIN, 0};
    if (poll(&waiting, 1, static_cast<int>(left)) > 0) ub_process(asking);
  }
  Addresses out{{}, lost(lookups[0]), lost(lookups[1])};
  for (std::size_t i = 0; i < lookups.size(); ++i) {
    if (!lookups[i].done) ub_cancel(asking, ids[i]);
    std::sort(lookups[i].addresses.begin(), lookups[i].addresses.end());
    out.found.insert(out.found.end(), lookups[i].addresses.begin(), lookups[i].addresses.end());
  }
  if (!out.found.empty()) return out;
  for (const auto& lookup : lookups) {
    if (lookup.nxdomain) return Error{Error::Kind::Absent, "the name does not exist in the DNS"};
    if (const auto why = lost(lookup)) return *why;
  }
  return Error{Error::Kind::Unreachable, "the name has no address"};
}

}  // namespace kenshin
