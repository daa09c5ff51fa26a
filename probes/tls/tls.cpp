#include "probes/tls/tls.h"

#include <future>

#include "probes/net/side_by_side.h"
#include "probes/tls/client_certificate.h"
#include "probes/tls/client_identity.h"
#include "probes/tls/enumeration.h"
#include "probes/tls/features.h"
#include "probes/tls/schemes_by_key.h"
#include "probes/tls/sessions.h"
#include "probes/tls/transcript.h"
#include "probes/tls/weaknesses.h"

namespace kenshin {

namespace {

class Observing {
 public:
  Observing(const Asked& asked, Instant at) : asked_(asked), at_(at) {}

  template <class F>
  void add(int connections, Result<F> seen) {
    out_.push_back(observed<F>(asked_.target, asked_.address, at_, connections, std::move(seen)));
  }
  std::vector<Observation> take() { return std::move(out_); }

 private:
  const Asked& asked_;
  const Instant at_;
  std::vector<Observation> out_;
};

std::vector<Observation> nothing(Observing observing, const Error& why, const Tallies& tallies) {
  observing.add(tallies.versions, Result<TlsVersions>(why));
  observing.add(0, Result<TlsSuites>(why));
  observing.add(0, Result<TlsGroups>(why));
  observing.add(0, Result<TlsSignatureSchemes>(why));
  observing.add(0, Result<TlsKeyExchange>(why));
  observing.add(0, Result<TlsExtensions>(why));
  observing.add(0, Result<TlsSessions>(why));
  observing.add(0, Result<TlsClientCertificate>(why));
  observing.add(0, Result<TlsTranscript>(why));
  observing.add(0, Result<TlsWeaknesses>(why));
  return observing.take();
}

// What builds on the enumeration, with the connections it took.
struct Beyond {
  TlsExtensions extensions;
  TlsSessions sessions;
  TlsClientCertificate client_certificate;
  Result<TlsTranscript> transcript = Error{};
  TlsWeaknesses weaknesses;
  Tally of_extensions{0}, of_sessions{0}, of_client_certificate{0}, of_transcript{0}, of_weaknesses{0};
};

void ask_beyond(Conversation& conversation, const Learned& learned, const Asked& asked, Session& session, Beyond& out) {
  std::packaged_task<TlsExtensions()> extensions(
      [&] { return observe_extensions(conversation, learned, out.of_extensions); });
  const std::shared_future<TlsExtensions> seen = extensions.get_future();
  std::packaged_task<TicketUse()> ticket([&] { return use_ticket(conversation, learned, out.of_sessions); });
  const std::shared_future<TicketUse> used = ticket.get_future();
  side_by_side(
      {[&] { extensions(); }, [&] { ticket(); },
       [&] {
         out.weaknesses = observe_weaknesses({conversation, learned, seen, used, asked, session, out.of_weaknesses});
       },
       [&] { out.sessions = observe_sessions(conversation, learned, used, out.of_sessions); },
       [&] { out.client_certificate = observe_client_certificate(conversation, learned, out.of_client_certificate); },
       [&] { out.transcript = observe_transcript(conversation, learned, out.of_transcript); }});
  out.extensions = seen.get();
}

}  // namespace

std::vector<Observation> observe_tls(const Asked& asked, Session& session) {
  Observing observing(asked, session.now());
  Tallies tallies;
  Conversation conversation(asked, session);
  auto opening = open_conversation(conversation, tallies.versions);
  if (!opening) {
    if (session.budget) session.budget->give_up(asked.target, asked.address, opening.error());
    return nothing(std::move(observing), opening.error(), tallies);
  }
  if (session.budget) session.budget->answers(asked.target, asked.address);
  auto enumeration = enumerate(conversation, std::move(*opening), tallies);
  Learned learned = learned_from(conversation, std::move(enumeration));
  ask_schemes_by_key(conversation, learned, tallies.schemes);
  const auto identity = session.client_certificate.empty()
                            ? Result<ClientIdentity>(Error{Error::Kind::Absent, "none"})
                            : read_client_identity(session.client_certificate, session.client_key);
  if (identity) learned.identity = &*identity;
  Beyond beyond;
  ask_beyond(conversation, learned, asked, session, beyond);
  observing.add(tallies.versions, Result<TlsVersions>(learned.versions));
  observing.add(tallies.suites, Result<TlsSuites>(learned.suites));
  observing.add(tallies.groups, Result<TlsGroups>(learned.groups));
  observing.add(tallies.schemes, Result<TlsSignatureSchemes>(learned.schemes));
  observing.add(tallies.key_exchange, Result<TlsKeyExchange>(learned.key_exchange));
  observing.add(beyond.of_extensions, Result<TlsExtensions>(beyond.extensions));
  observing.add(beyond.of_sessions, Result<TlsSessions>(beyond.sessions));
  observing.add(beyond.of_client_certificate, Result<TlsClientCertificate>(beyond.client_certificate));
  observing.add(beyond.of_transcript, beyond.transcript);
  observing.add(beyond.of_weaknesses, Result<TlsWeaknesses>(beyond.weaknesses));
  return observing.take();
}

}  // namespace kenshin
