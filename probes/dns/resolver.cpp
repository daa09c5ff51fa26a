#include "probes/dns/resolver.h"

#include <poll.h>
#include <sys/eventfd.h>
#include <unbound.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <thread>

#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/dns/trust_anchors.h"
#include "probes/net/socket.h"

namespace kenshin {

namespace {

using UnboundContext = std::unique_ptr<ub_ctx, decltype([](ub_ctx* context) { ub_ctx_delete(context); })>;
using UnboundResult = std::unique_ptr<ub_result, decltype([](ub_result* result) { ub_resolve_free(result); })>;

constexpr auto longest_wait = std::chrono::milliseconds{3000};
constexpr int class_in = 1, nxdomain = 3;

// What libunbound keeps to itself but for the packet: the aliases on the way, and how long the signatures hold.
void read_packet(const ub_result& result, DnsAnswer& out) {
  if (result.answer_packet == nullptr || result.answer_len <= 0) return;
  const auto packet = parse_dns_message(
      {static_cast<const std::uint8_t*>(result.answer_packet), static_cast<std::size_t>(result.answer_len)});
  if (!packet) return;
  std::map<std::string, std::string> leads_to;
  for (const auto* section : {&packet->answer, &packet->authority})
    for (const DnsRecord& record : *section) {
      if (record.type == DnsType::Cname)
        if (auto target = parse_name(record.data)) leads_to[record.name] = *target;
      if (record.type == DnsType::Rrsig)
        if (const auto signature = parse_rrsig(record.data))
          out.signed_until = std::min(out.signed_until.value_or(signature->expires), signature->expires);
    }
  for (auto at = leads_to.find(packet->question.name); at != leads_to.end(); at = leads_to.find(out.aliases.back())) {
    out.aliases.push_back(at->second);
    leads_to.erase(at);  // a circle ends
  }
}

Result<DnsAnswer> answer_of(int failure, const ub_result* result) {
  if (failure != 0 || result == nullptr) return Error{Error::Kind::Failed, ub_strerror(failure)};
  DnsAnswer out;
  if (result->bogus != 0) {  // before anything else: it comes with rcode 0 and the data
    out.found = DnsFound::Bogus;
    out.because = one_line(result->why_bogus != nullptr ? result->why_bogus : "the signatures do not hold", 300);
    return out;
  }
  if (result->rcode != 0 && result->rcode != nxdomain)
    return Error{Error::Kind::Unreachable, "the DNS gave no answer (" + rcode_name(result->rcode) + ")"};
  out.secure = result->secure != 0;
  out.found = result->nxdomain != 0   ? DnsFound::NoName
              : result->havedata != 0 ? DnsFound::Records
                                      : DnsFound::NoRecords;
  for (int i = 0; out.found == DnsFound::Records && result->data[i] != nullptr; ++i) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(result->data[i]);
    out.data.emplace_back(bytes, bytes + result->len[i]);
  }
  std::sort(out.data.begin(), out.data.end());
  read_packet(*result, out);
  if (out.aliases.empty() && result->canonname != nullptr) {
    std::string end = lower_ascii(result->canonname);
    if (end.size() > 1 && end.ends_with('.')) end.pop_back();
    std::string asked = lower_ascii(result->qname);
    if (asked.size() > 1 && asked.ends_with('.')) asked.pop_back();
    if (end != asked) out.aliases.push_back(std::move(end));
  }
  return out;
}

// Questions asked together; it lives until the last of them has its answer.
struct Batch {
  explicit Batch(std::size_t count)
      : answers(count, Error{Error::Kind::Timeout, "no answer of the DNS before the deadline"}), left(count) {}
  std::mutex guard;
  std::condition_variable all_here;
  std::vector<Result<DnsAnswer>> answers;
  std::size_t left;
};

}  // namespace

std::string unbound_address(std::string resolver) {
  if (is_ip_literal(resolver)) return resolver;
  const auto colon = resolver.rfind(':');
  if (colon == std::string::npos) return resolver;
  std::string address = resolver.substr(0, colon);
  if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
  return address + "@" + resolver.substr(colon + 1);
}

// libunbound works in a thread of its own; `pump` hands its answers out.
struct Resolver::Context {
  struct Ticket {
    Context* of;
    std::shared_ptr<Batch> batch;
    std::size_t index;
  };

  ~Context() {
    if (pump.joinable()) {
      eventfd_write(wake, 1);
      pump.join();
    }
    unbound.reset();  // before the tickets its callbacks would name
    if (wake >= 0) close(wake);
  }

  static void receive(void* ticket, int failure, ub_result* result) {
    const UnboundResult owned(result);
    auto& it = *static_cast<Ticket*>(ticket);
    auto answer = answer_of(failure, result);
    {
      const std::lock_guard lock(it.batch->guard);
      it.batch->answers[it.index] = std::move(answer);
      if (--it.batch->left == 0) it.batch->all_here.notify_all();
    }
    Context& of = *it.of;
    const std::lock_guard lock(of.guard);
    of.tickets.erase(&it);
  }

  void run() {
    pollfd waiting[] = {{ub_fd(unbound.get()), POLLIN, 0}, {wake, POLLIN, 0}};
    for (;;) {
      if (poll(waiting, 2, -1) <= 0) continue;
      if (waiting[1].revents != 0) return;
      ub_process(unbound.get());
    }
  }

  void ask(const DnsQuestion& question, const std::shared_ptr<Batch>& batch, std::size_t index) {
    auto ticket = std::make_unique<Ticket>(Ticket{this, batch, index});
    Ticket* const given = ticket.get();
    {
      const std::lock_guard lock(guard);
      tickets.emplace(given, std::move(ticket));
    }
    const std::string absolute = question.name == "." ? "." : question.name + ".";
    const int failure = ub_resolve_async(unbound.get(), absolute.c_str(), static_cast<int>(question.type), class_in,
                                         given, receive, nullptr);
    if (failure != 0) receive(given, failure, nullptr);
  }

  UnboundContext unbound;
  int wake = -1;
  std::thread pump;
  std::mutex guard;
  std::map<Ticket*, std::unique_ptr<Ticket>> tickets;
};

Resolver::Resolver() = default;
Resolver::~Resolver() = default;

std::shared_ptr<Resolver> new_resolver() { return std::make_shared<Resolver>(); }

namespace {

// Every setting stands before the first question.
std::optional<Error> settle(ub_ctx* context, const Session& session) {
  const auto malformed = [](const std::string& what) { return Error{Error::Kind::Malformed, what}; };
  ub_ctx_debugout(context, nullptr);
  ub_ctx_set_option(context, "do-not-query-localhost:", "no");  // servers on this machine are servers, too
  if (!session.source_address.empty())
    ub_ctx_set_option(context, "outgoing-interface:", session.source_address.c_str());
  if (!session.resolver.empty() && ub_ctx_set_fwd(context, unbound_address(session.resolver).c_str()) != 0)
    return malformed("not a resolver ADDRESS[:PORT]: " + session.resolver);
  for (const auto& [zone, server] : session.dns_stubs)
    if (ub_ctx_set_stub(context, zone.c_str(), unbound_address(server).c_str(), 0) != 0)
      return malformed("not a name server ADDRESS[:PORT]: " + server);
  if (!session.trust_anchor.empty()) {
    if (access(session.trust_anchor.c_str(), R_OK) != 0 ||
        ub_ctx_add_ta_file(context, session.trust_anchor.c_str()) != 0)
      return malformed("not a file of trust anchors: " + session.trust_anchor);
    return std::nullopt;
  }
  const auto anchors = read_dns_anchors(installed_data());
  if (!anchors) return anchors.error();
  for (const DnsAnchor& anchor : anchors->anchors)
    if (ub_ctx_add_ta(context, anchor_line(anchor).c_str()) != 0)
      return malformed("not a trust anchor: " + anchor_line(anchor));
  return std::nullopt;
}

}  // namespace

Result<Resolver::Context*> Resolver::opened(const Session& session) {
  const std::lock_guard lock(opening_);
  if (broken_) return *broken_;
  if (context_) return context_.get();
  auto context = std::make_unique<Context>();
  context->unbound.reset(ub_ctx_create());
  context->wake = eventfd(0, EFD_CLOEXEC);
  if (!context->unbound || context->wake < 0)
    broken_ = Error{Error::Kind::Failed, "this machine cannot start a DNS resolver"};
  else broken_ = settle(context->unbound.get(), session);
  if (broken_) return *broken_;
  ub_ctx_async(context->unbound.get(), 1);
  context_ = std::move(context);
  context_->pump = std::thread([it = context_.get()] { it->run(); });
  return context_.get();
}

std::vector<Result<DnsAnswer>> Resolver::ask(const std::vector<DnsQuestion>& questions, const Session& session) {
  if (questions.empty()) return {};
  const Deadline deadline = deadline_in(std::min(session.timeout, longest_wait));
  const auto context = opened(session);
  if (!context) return std::vector<Result<DnsAnswer>>(questions.size(), context.error());
  const auto batch = std::make_shared<Batch>(questions.size());
  for (std::size_t i = 0; i < questions.size(); ++i) (*context)->ask(questions[i], batch, i);
  std::unique_lock lock(batch->guard);
  batch->all_here.wait_until(lock, deadline, [&] { return batch->left == 0; });
  return batch->answers;  // what comes later finds its way into libunbound's cache
}

Result<DnsAnswer> Resolver::ask(const DnsQuestion& question, const Session& session) {
  return ask(std::vector{question}, session).front();
}

}  // namespace kenshin
