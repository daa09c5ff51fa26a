#include "reports/formats/observe_text.h"

#include <algorithm>
#include <ostream>

#include "probes/base/text.h"
#include "probes/domain/public_suffix.h"
#include "probes/tls/code_points.h"
#include "reports/formats/observe_dns.h"
#include "reports/formats/observe_host.h"
#include "reports/formats/observe_outside.h"
#include "reports/formats/observe_place.h"

namespace kenshin {

namespace {

constexpr std::size_t label_width = 24;

// Writes "  label   text" lines; foreign text passes through one_line().
class Lines {
 public:
  Lines(std::ostream& out, bool colour) : out_(out), colour_(colour) {}

  void heading(std::string_view text) {
    out_ << (colour_ ? "\x1b[1m" : "") << one_line(text) << (colour_ ? "\x1b[0m" : "") << '\n';
  }
  void row(std::string_view label, std::string_view text) {
    const std::size_t used = display_width(label);
    out_ << "  " << label << std::string(used < label_width ? label_width - used : 1, ' ') << one_line(text, 1000)
         << '\n';
  }
  void more(std::string_view text) { row("", text); }
  void blank() { out_ << '\n'; }
  void error(std::string_view label, const Error& error) {
    const std::string text = std::string(error_name(error.kind)) + (error.detail.empty() ? "" : ": " + error.detail);
    row(label, "? " + text);
  }

 private:
  std::ostream& out_;
  bool colour_;
};

std::string_view answer_text(Answer answer) {
  switch (answer) {
    case Answer::Unknown: return "unknown";
    case Answer::No: return "no";
    case Answer::Yes: return "yes";
    case Answer::NotApplicable: return "not applicable";
  }
  return "unknown";
}
std::string_view answer_text(bool answer) { return answer ? "yes" : "no"; }

template <class T>
std::string day_text(const std::optional<T>& at) {
  return at ? to_text(*at) : "-";
}

std::string_view chosen_text(ChosenBy by) {
  switch (by) {
    case ChosenBy::Unknown: return "chosen by: unknown";
    case ChosenBy::Server: return "chosen by: server";
    case ChosenBy::Client: return "chosen by: client";
  }
  return "chosen by: unknown";
}

// A list is what was proven accepted; whether there may be more is said in words.
std::string extent(std::size_t count, bool complete, const std::string& because) {
  std::string out = std::to_string(count) + (complete ? ", complete" : " seen, there may be more");
  return complete || because.empty() ? out : out + " (" + because + ")";
}

void write(const TlsVersions& fact, Lines& lines) {
  for (const auto& [version, decided] : fact.versions)
    lines.row(version_name(version), std::string(answer_text(decided.accepted)) +
                                         (decided.because.empty() ? "" : "  (" + decided.because + ")"));
}

void write(const TlsSuites& fact, Lines& lines) {
  for (const auto& [version, list] : fact.versions) {
    lines.row(std::string(version_name(version)) + " suites", extent(list.suites.size(), list.complete, list.because) +
                                                                  "; " + std::string(chosen_text(list.chosen_by)));
    for (const SuiteId suite : list.suites) lines.more(suite_name(suite));
  }
}

void write(const TlsGroups& fact, Lines& lines) {
  for (const auto& [version, list] : fact.versions) {
    lines.row(std::string(version_name(version)) + " groups", extent(list.groups.size(), list.complete, list.because) +
                                                                  (list.ordered ? "; in the server's order" : ""));
    for (const GroupId group : list.groups) lines.more(group_name(group));
  }
}

std::string decided_text(Answer answer, const std::string& because) {
  return std::string(answer_text(answer)) + (because.empty() ? "" : "  (" + because + ")");
}
std::string decided_text(const Decided& decided) { return decided_text(decided.accepted, decided.because); }

void write(const TlsSignatureSchemes& fact, Lines& lines) {
  for (const auto& [version, list] : fact.versions) {
    lines.row(std::string(version_name(version)) + " schemes",
              extent(list.schemes.size(), list.complete, list.because));
    for (const SchemeId scheme : list.schemes) lines.more(scheme_name(scheme));
  }
}

void write(const TlsKeyExchange& fact, Lines& lines) {
  lines.row("DH groups", extent(fact.dh_groups.size(), fact.complete, fact.because));
  for (const DhGroup& group : fact.dh_groups)
    lines.more(std::to_string(group.bits) + " bits" + (group.known_as.empty() ? "" : ", " + group.known_as) +
               ", safe prime: " + std::string(answer_text(group.safe_prime)));
  lines.row("ffdhe honoured", decided_text(fact.honours_ffdhe));
  lines.row("Ys / point reused", decided_text(fact.dh_value_reused) + " / " + decided_text(fact.ecdh_value_reused));
}

void write(const TlsExtensions& fact, Lines& lines) {
  if (!fact.features.empty()) lines.row("features", "yes = the server does so");
  for (const auto& [feature, decided] : fact.features)
    lines.row("  " + std::string(feature_name(feature)), decided_text(decided));
  if (!fact.alpn.empty()) lines.row("ALPN", join(fact.alpn, ", "));
  if (!fact.certificate_compression.empty())
    lines.row("certificate compression", join(fact.certificate_compression, ", "));
}

void write(const TlsSessions& fact, Lines& lines) {
  lines.row("resumption by id", decided_text(fact.by_id));
  lines.row("resumption by ticket", decided_text(fact.by_ticket));
  lines.row("psk_dhe_ke / psk_ke", decided_text(fact.psk_dhe_ke) + " / " + decided_text(fact.psk_ke));
  lines.row("early data (0-RTT)", decided_text(fact.early_data));
  if (fact.ticket_lifetime_seconds) lines.row("ticket lifetime", std::to_string(*fact.ticket_lifetime_seconds) + " s");
}

void write(const TlsClientCertificate& fact, Lines& lines) {
  lines.row("client certificate",
            "requested: " + decided_text(fact.requested) + "; required: " + decided_text(fact.required));
  for (const auto& authority : fact.authorities) lines.more(authority);
}

void write(const TlsWeaknesses& fact, Lines& lines) {
  if (!fact.weaknesses.empty()) lines.row("weaknesses", "yes = found, no = looked for and not found");
  for (const auto& [weakness, found] : fact.weaknesses)
    lines.row("  " + std::string(weakness_name(weakness)), decided_text(found.vulnerable, found.because));
}

void write(const TlsTranscript& fact, Lines& lines) {
  lines.row("transcript", std::to_string(fact.messages.size()) + " bytes; " + suite_name(fact.suite) + ", " +
                              scheme_name(fact.scheme));
}

// One answer that says revoked is enough; good is a certificate with a good answer, and all of them where each is.
Standing standing_of(const CertificateStanding& certificate) {
  Standing out = Standing::Unknown;
  for (const auto* answer : {&certificate.staple, &certificate.ocsp, &certificate.crl})
    if (*answer) out = std::max(out, (*answer)->standing);
  return out;
}
Standing standing_of(const CertificateRevocation& fact) {
  bool all_good = !fact.certificates.empty();
  for (const auto& certificate : fact.certificates) {
    if (standing_of(certificate) == Standing::Revoked) return Standing::Revoked;
    all_good = all_good && standing_of(certificate) == Standing::Good;
  }
  return all_good ? Standing::Good : Standing::Unknown;
}
std::string standing_text(Standing standing) {
  constexpr std::string_view words[] = {"unknown", "good", "revoked"};
  return std::string(words[static_cast<int>(standing)]);
}

void write(const RevocationAnswer& answer, const std::string& how, Lines& lines) {
  lines.more("  " + how + "  " + standing_text(answer.standing) + "  (" + answer.because + ")" +
             (answer.url.empty() ? "" : "  " + answer.url));
}
void write(const CertificateRevocation& fact, Lines& lines) {
  lines.row("revocation",
            standing_text(standing_of(fact)) + "; certificates: " + std::to_string(fact.certificates.size()));
  for (const auto& certificate : fact.certificates) {
    lines.more(standing_text(standing_of(certificate)) + "  " + certificate.sha256);
    if (certificate.staple) write(*certificate.staple, "staple", lines);
    if (certificate.ocsp) write(*certificate.ocsp, "OCSP  ", lines);
    if (certificate.crl) write(*certificate.crl, "CRL   ", lines);
  }
}

void write(const CertificateSelection& fact, Lines& lines) {
  for (const auto& [key, sha256] : fact.by_key) lines.row("certificate by " + key, sha256);
  for (const auto& kind : fact.undecided) lines.row("certificate by " + kind, "unknown");
  lines.row("without SNI", decided_text(fact.without_name) + "  " + fact.without_name_sha256);
  lines.row("with a wrong name", decided_text(fact.with_wrong_name) + "  " + fact.wrong_name_sha256);
}

void write(const HttpSecure& fact, Lines& lines) {
  lines.row("HTTPS", "status " + std::to_string(fact.status));
  for (const auto& [name, value] : fact.headers) lines.more(name + ": " + value);
  for (const Cookie& cookie : fact.cookies)
    lines.more("cookie " + cookie.name + (cookie.secure ? "; Secure" : "") + (cookie.http_only ? "; HttpOnly" : "") +
               (cookie.same_site.empty() ? "" : "; SameSite=" + cookie.same_site));
}
void write(const HttpPlain& fact, Lines& lines) {
  lines.row("plain HTTP", decided_text(fact.answers) +
                              (fact.status ? ", status " + std::to_string(fact.status) : std::string()) +
                              (fact.location.empty() ? "" : " to " + fact.location));
}

void write(const CertificateChain& fact, Lines& lines) {
  lines.row("certificate.chain", std::to_string(fact.certificates.size()) +
                                     " sent; trusted: " + std::string(answer_text(fact.trusted)) +
                                     ", name matches: " + std::string(answer_text(fact.name_matches)));
  for (const auto& certificate : fact.certificates) {
    lines.more(certificate.subject);
    lines.more("  issuer     " + certificate.issuer);
    lines.more("  valid      " + to_text(certificate.not_before) + " – " + to_text(certificate.not_after));
    lines.more("  key        " + certificate.key + ", " + certificate.signature);
    if (!certificate.names.empty()) lines.more("  names      " + join(certificate.names, ", "));
    lines.more("  sha256     " + certificate.sha256);
  }
  if (!fact.anchor.empty())
    lines.row("anchor",
              fact.anchor + (fact.anchor_is_local ? "  (added to this machine, in no public programme)" : ""));
  lines.row("trust store", fact.store.name + (fact.store.as_of ? ", as of " + to_text(*fact.store.as_of) : ""));
  if (!fact.problems.empty()) lines.row("problems", join(fact.problems, ", "));
}

void write(const Registration& fact, Lines& lines) {
  lines.row("registered", std::string(answer_text(fact.registered)) + "  (" + fact.source + " " + fact.server + ")");
  if (fact.answered_at) lines.row("answered at", to_text(*fact.answered_at) + ", kept since");
  lines.row("state", join(fact.state, ", ") + (fact.state_text.empty() ? "" : "  (" + fact.state_text + ")"));
  lines.row("created / expires", day_text(fact.created) + " / " + day_text(fact.expires));
  lines.row("updated", day_text(fact.updated));
  lines.row("locks", fact.locks.empty() ? "-" : join(fact.locks, ", "));
  if (fact.registrar || fact.registrar_id)
    lines.row("registrar", fact.registrar.value_or("-") + (fact.registrar_id ? ", IANA " + *fact.registrar_id : ""));
  if (fact.registrar_expires) lines.row("registrar's expiry", to_text(*fact.registrar_expires));
  for (const auto& event : fact.events) lines.row("event", event.action + "  " + to_text(event.at));
  lines.row("name servers", fact.name_servers.empty() ? "-" : join(fact.name_servers, ", "));
  lines.row("signing key registered", answer_text(fact.is_signed));
}

template <class F>
requires requires(const F& fact) { dns_rows(fact); }
void write(const F& fact, Lines& lines) {
  for (const auto& [label, text] : dns_rows(fact)) lines.row(label, text);
}
template <class F>
requires requires(const F& fact) { outside_rows(fact); }
void write(const F& fact, Lines& lines) {
  for (const auto& [label, text] : outside_rows(fact)) lines.row(label, text);
}

template <class F>
requires requires(const F& fact) { host_rows(fact); }
void write(const F& fact, Lines& lines) {
  for (const auto& [label, text] : host_rows(fact)) lines.row(label, text);
}

void write(const OsIdentity& fact, Lines& lines) {
  std::string text = fact.pretty.empty() ? fact.id + " " + fact.version : fact.pretty;
  if (!fact.edition.empty()) text += " " + fact.edition;
  if (fact.build) text += ", build " + std::to_string(*fact.build);
  if (fact.ubr) text += "." + std::to_string(*fact.ubr);
  if (fact.kernel) text += ", kernel " + *fact.kernel;
  lines.row("os.identity", text);
}
void write(const OsExtendedSupport& fact, Lines& lines) {
  lines.row("os.extended_support",
            (fact.commercial_year ? "year " + std::to_string(*fact.commercial_year) : std::string("none commercial")) +
                "; consumer: " + std::string(answer_text(fact.consumer)));
}
void write(const UpdatesLastCheck& fact, Lines& lines) {
  lines.row("updates.last_check", to_text(fact.at) + "  (" + fact.basis + ")" +
                                      (fact.valid_until ? ", list valid until " + to_text(*fact.valid_until) : ""));
}
void write(const UpdatesLastOsUpdate& fact, Lines& lines) {
  lines.row("updates.last_os_update",
            to_text(fact.at) + (fact.kb.empty() ? "" : " " + fact.kb) + "  (" + fact.basis + ")");
}
void write(const UpdatesPending& fact, Lines& lines) {
  lines.row("updates.pending", std::to_string(fact.total) + " of " + std::to_string(fact.installed) +
                                   " packages; security: " +
                                   (fact.security_known ? std::to_string(fact.security) : std::string("unknown")) +
                                   "; held back: " + std::to_string(fact.held));
}
void write(const UpdatesAuto& fact, Lines& lines) {
  lines.row("updates.auto", fact.mode + (fact.managed ? ", managed" : "") +
                                (fact.paused_until ? ", paused until " + to_text(*fact.paused_until) : ""));
}
void write(const RebootRequired& fact, Lines& lines) {
  lines.row("reboot.required", std::string(answer_text(fact.required)) +
                                   (fact.since ? " since " + to_text(*fact.since) : "") + "  (" + fact.basis + ")");
}
void write(const AntivirusProducts& fact, Lines& lines) {
  lines.row("av.products", std::to_string(fact.products.size()) + " found");
  for (const auto& product : fact.products)
    lines.more(product.product + "  active: " + std::string(answer_text(product.active)) + ", real time: " +
               std::string(answer_text(product.realtime)) + ", signatures: " + day_text(product.signature_at));
}
void write(const EndpointPlace& fact, Lines& lines) {
  for (const auto& [label, text] : place_rows(fact)) lines.row(label, text);
}
void write(const Vantage& fact, Lines& lines) {
  lines.row("vantage", "IPv6: " + std::string(answer_text(fact.ipv6)) + "; clock offset: " +
                           (fact.clock_offset_seconds ? std::to_string(*fact.clock_offset_seconds) + " s"
                                                      : std::string("not measured")));
  lines.row("trust store", fact.trust_store);
}

// What the user declared is known to the user; engineers look for what was seen.
void write(const DeclaredClinic&, Lines&) {}
void write(const DeclaredEndpoint&, Lines&) {}
void write(const DeclaredDomain&, Lines&) {}
void write(const DeclaredFormerDomain&, Lines&) {}
void write(const DeclaredHost&, Lines&) {}
void write(const DeclaredDecision&, Lines&) {}
void write(const DeclaredDocument&, Lines&) {}
void write(const DeclaredWaiver&, Lines&) {}
void write(const DeclaredAccepted&, Lines&) {}
void write(const DeclaredBaseline&, Lines&) {}

void write(const Observation& observation, Lines& lines) {
  if (!observation.fact) return lines.error(observation.name, observation.fact.error());
  std::visit([&](const auto& fact) { write(fact, lines); }, *observation.fact);
}

bool is_plain_http(const Error& error) {
  const std::string detail = lower_ascii(error.detail);
  return error.kind == Error::Kind::NotTls &&
         (detail.find("\"http/") != std::string::npos || detail.find("\"<!doctype html") != std::string::npos ||
          detail.find("\"<html") != std::string::npos);
}

// The one error that all facts of an address failed with; nullptr where one was seen, or another error stands beside.
const Error* failed_alike(const std::vector<const Observation*>& observations) {
  if (observations.size() < 2 || observations.front()->fact) return nullptr;
  const Error& first = observations.front()->fact.error();
  for (const Observation* observation : observations)
    if (observation->fact || observation->fact.error() != first) return nullptr;
  return &first;
}

void write_failure(const Error& error, const std::vector<const Observation*>& observations, const Wording& say,
                   Lines& lines) {
  lines.error("nothing observed", error);
  std::vector<std::string> names;
  for (const Observation* observation : observations) names.push_back(observation->name);
  lines.more("left out: " + join(names, ", "));
  const std::string advice = "observe." + std::string(is_plain_http(error) ? "plain-http" : error_name(error.kind));
  if (say.has(advice)) lines.more(say(advice));
}

// Whose the name is, before anything is asked about it.
void write_name(const Target& domain, Lines& lines) {
  const auto registered = registry_name(domain.name), site = site_name(domain.name);
  lines.row("registry / site name", registered.value_or("none") + " / " + site.value_or("none"));
  if (registered && site && *registered != *site)
    lines.row("platform", "a name lent by " + *registered + ", whose registration follows");
}

// From the day it was seen, in Japan.
void write_days_left(const Registration& fact, Instant at, Lines& lines) {
  if (!fact.expires) return;
  const auto left = (*fact.expires - day_in_japan(at)).count();
  lines.row("days to expiry", left < 0 ? "passed " + std::to_string(-left) + " days ago" : std::to_string(left));
}

std::string target_heading(const Target& target, std::string_view address) {
  std::string out = target.kind == TargetKind::Clinic ? "here" : target_text(target);
  return address.empty() ? out : out + "  " + std::string(address);
}

}  // namespace

void write_observations(const Facts& facts, const Wording& say, std::ostream& out, bool colour) {
  std::map<std::pair<Target, std::string>, std::vector<const Observation*>> asked;
  for (const auto& observation : facts.all())
    if (!observation.name.starts_with("declared."))
      asked[{observation.target, observation.address}].push_back(&observation);
  Lines lines(out, colour);
  for (const auto& [where, observations] : asked) {
    lines.heading(target_heading(where.first, where.second));
    if (where.first.kind == TargetKind::Domain) write_name(where.first, lines);
    if (const Error* error = failed_alike(observations)) write_failure(*error, observations, say, lines);
    else
      for (const Observation* observation : observations) {
        write(*observation, lines);
        if (const auto* seen = fact_of<Registration>(*observation)) write_days_left(*seen, observation->at, lines);
      }
    lines.blank();
  }
}

}  // namespace kenshin
