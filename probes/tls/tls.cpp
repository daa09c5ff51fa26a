#include "probes/tls/tls.h"

#include "probes/tls/enumeration.h"

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
  return observing.take();
}

}  // namespace

std::vector<Observation> observe_tls(const Asked& asked, Session& session) {
  Observing observing(asked, session.now());
  Tallies tallies;
  if (session.budget)
    if (const auto why = session.budget->given_up(asked.target, asked.address))
      return nothing(std::move(observing), *why, tallies);
  Conversation conversation(asked, session);
  auto opening = open_conversation(conversation, tallies.versions);
  if (!opening) {
    if (session.budget) session.budget->give_up(asked.target, asked.address, opening.error());
    return nothing(std::move(observing), opening.error(), tallies);
  }
  auto enumeration = enumerate(conversation, std::move(*opening), tallies);
  // What builds on it (functions of the conversation, what was learned and a tally) is asked from here, side by side.
  const Learned learned = learned_from(conversation, std::move(enumeration));
  observing.add(tallies.versions, Result<TlsVersions>(learned.versions));
  observing.add(tallies.suites, Result<TlsSuites>(learned.suites));
  observing.add(tallies.groups, Result<TlsGroups>(learned.groups));
  observing.add(tallies.schemes, Result<TlsSignatureSchemes>(learned.schemes));
  observing.add(tallies.key_exchange, Result<TlsKeyExchange>(learned.key_exchange));
  return observing.take();
}

}  // namespace kenshin
