#include "scanner/accepting.h"

#include <algorithm>

#include "probes/base/text.h"
#include "probes/domain/certificate_search.h"
#include "probes/domain/holder.h"
#include "probes/domain/public_suffix.h"

namespace kenshin {

namespace {

template <class T>
std::vector<T> ascending(std::vector<T> all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

DeclaredBaseline accepted_of(const Registration& seen, Instant taken) {
  DeclaredBaseline out;
  out.taken = taken;
  out.source = seen.source;
  out.server = seen.server;
  out.registrar = seen.registrar;
  out.registrar_id = seen.registrar_id;
  out.holder_hash = seen.holder_hash;
  out.created = seen.created;
  out.expires = seen.expires;
  out.state = ascending(seen.state);
  out.locks = ascending(seen.locks);
  out.name_servers = ascending(seen.name_servers);
  out.is_signed = seen.is_signed;
  return out;
}

class Accepting {
 public:
  explicit Accepting(const SavedFacts& facts) : facts_(facts) {}

  Result<Accepted> run() {
    if (!facts_.outline().finished)
      return Error{Error::Kind::Malformed, "the scan was cut short; only a finished one is accepted"};
    out_.baseline.taken = *facts_.outline().finished;
    for (const Target& target : facts_.targets()) {
      if (target.kind != TargetKind::Endpoint && target.kind != TargetKind::Domain) continue;
      const auto about = facts_.about(target);
      if (!about) return about.error();
      target.kind == TargetKind::Endpoint ? certificates_of(target, *about) : domain(target, *about);
    }
    for (auto& [name, it] : out_.baseline.domains) {
      for (const BaselineCertificate& certificate : certificates_)
        if (is_at_or_below(parse_target(TargetKind::Endpoint, certificate.endpoint)->name, name))
          it.certificates.push_back(certificate);
      it.certificates = ascending(std::move(it.certificates));
    }
    return std::move(out_);
  }

 private:
  void certificates_of(const Target& endpoint, const Facts& about) {
    for (const Observation* seen : about.of<CertificateChain>(endpoint)) {
      const auto* chain = fact_of<CertificateChain>(*seen);
      if (!chain || chain->certificates.empty() || chain->certificates.front().spki_sha256.size() != 64) continue;
      const Certificate& leaf = chain->certificates.front();
      certificates_.push_back({target_text(endpoint), leaf.spki_sha256, leaf.issuer});
    }
  }

  void domain(const Target& target, const Facts& about) {
    const auto refuse = [&](std::string why, std::string detail = {}) {
      out_.refused.push_back({target.name, std::move(why), std::move(detail)});
    };
    const auto all = about.of<Registration>(target);
    if (all.empty()) return refuse("cli.baseline.not-asked");
    const auto* seen = about.one<Registration>(target);
    if (!seen)
      return refuse("error." + std::string(error_name(all.front()->fact.error().kind)),
                    all.front()->fact.error().detail);
    const auto registered = registry_name(target.name), site = site_name(target.name);
    if (registered && site && *registered != *site) return refuse("cli.baseline.platform");
    if (seen->registered != Answer::Yes)
      return refuse(seen->registered == Answer::No ? "cli.baseline.not-registered" : "cli.baseline.undecided");
    DeclaredBaseline accepted = accepted_of(*seen, out_.baseline.taken);
    if (const auto* issued = about.one<IssuedCertificates>(target))
      for (const IssuedCertificate& it : issued->certificates) accepted.issuers.push_back(organisation_of(it.issuer));
    accepted.issuers = ascending(std::move(accepted.issuers));
    if (const auto* relied_on = about.one<DomainDependents>(target))
      for (const auto& [name, word] : relied_on->registry)
        if (word.registered == Answer::Yes && word.created) accepted.dependents.emplace(name, *word.created);
    std::string& salt = out_.baseline.holder_salt;
    if (salt.empty()) salt = salt_of(accepted.holder_hash);
    if (salt_of(accepted.holder_hash) != salt) accepted.holder_hash.clear();  // facts of several runs in one file
    out_.baseline.domains.emplace(target.name, std::move(accepted));
  }

  const SavedFacts& facts_;
  Accepted out_;
  std::vector<BaselineCertificate> certificates_;
};

}  // namespace

Result<Accepted> accept_facts(const SavedFacts& facts) { return Accepting(facts).run(); }

Baseline merged(const Baseline& before, Baseline now) {
  if (now.holder_salt.empty()) now.holder_salt = before.holder_salt;
  for (const auto& [name, domain] : before.domains) {
    const auto [at, kept] = now.domains.emplace(name, domain);
    if (kept && before.holder_salt != now.holder_salt) at->second.holder_hash.clear();
  }
  return now;
}

std::vector<std::pair<std::string, std::string>> values_of(const DeclaredBaseline& it) {
  const auto day = [](const std::optional<Day>& on) { return on ? to_text(*on) : std::string(); };
  std::vector<std::string> certificates;
  for (const auto& one : it.certificates)
    certificates.push_back(one.endpoint + " " + one.spki_sha256.substr(0, 16) + " " + one.issuer);
  std::vector<std::string> dependents;
  for (const auto& [name, created] : it.dependents) dependents.push_back(name + " " + to_text(created));
  const auto hash = it.holder_hash.find(':');
  return {{"registrar",
           it.registrar_id ? it.registrar.value_or("") + " (" + *it.registrar_id + ")" : it.registrar.value_or("")},
          {"holder", hash == std::string::npos ? "" : it.holder_hash.substr(hash + 1, 16)},
          {"created", day(it.created)},
          {"expires", day(it.expires)},
          {"state", join(it.state, ", ")},
          {"locks", join(it.locks, ", ")},
          {"name_servers", join(it.name_servers, ", ")},
          {"signed", it.is_signed ? "yes" : "no"},
          {"certificates", join(certificates, ", ")},
          {"issuers", join(it.issuers, ", ")},
          {"dependents", join(dependents, ", ")}};
}

}  // namespace kenshin
