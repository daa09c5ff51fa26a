// Document: RFC 8659 4.2 (issue), 4.3 (issuewild counts before issue for wildcard names), 4.2 again: a set without
// either forbids nothing.
#include "reports/criteria/domain_caa_across.h"

#include <algorithm>

#include "probes/base/text.h"
#include "probes/domain/certificate_search.h"
#include "probes/domain/public_suffix.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

constexpr std::string_view caa_issuer = "domain.caa_issuer";

std::optional<std::vector<std::string>> domains_of(const CaaSet& set, std::string_view tag) {
  std::optional<std::vector<std::string>> out;
  for (const CaaRecord& record : set.records) {
    if (record.tag != tag) continue;
    if (!out) out.emplace();
    const std::string domain = lower_ascii(trim(record.value.substr(0, record.value.find(';'))));
    if (!domain.empty()) out->push_back(domain);
  }
  return out;
}

}  // namespace

// Alone, records are compared with nothing.
Judgement judge_caa_issuer(const Question& question) {
  return worst_of<DomainDns>(question, [&](const DomainDns& seen, const Observation&) {
    const bool limits = std::any_of(seen.caa.begin(), seen.caa.end(), [](const CaaSet& set) {
      return !is_absent(set.found) &&
             (set.found != DnsFound::Records || domains_of(set, "issue") || domains_of(set, "issuewild"));
    });
    return judged(Verdict::NotApplicable, limits ? "no-certificate-below" : "caa-forbids-none");
  });
}

void CaaAcross::look_at(const Target& target, const Facts& about) {
  if (target.kind == TargetKind::Domain) {
    if (const auto* dns = about.one<DomainDns>(target)) {
      Known known{target, {}};
      for (const CaaSet& set : dns->caa)
        known.sets.push_back(
            {lower_ascii(set.name), set.because, set.found, domains_of(set, "issue"), domains_of(set, "issuewild")});
      known_.push_back(std::move(known));
    }
    return;
  }
  if (target.kind != TargetKind::Endpoint) return;
  const std::string host = lower_ascii(target.name);
  const std::size_t dot = host.find('.');
  const std::size_t so_far = issued_.size();
  for (const Observation* seen : about.of<CertificateChain>(target)) {
    const auto* chain = fact_of<CertificateChain>(*seen);
    // Authorities that no programme trusts need not look at CAA.
    if (!chain || chain->certificates.empty() || chain->trusted != Answer::Yes || chain->anchor_is_local ||
        chain->name_matches != Answer::Yes)
      continue;
    const Certificate& leaf = chain->certificates.front();
    const bool exact = std::any_of(leaf.names.begin(), leaf.names.end(),
                                   [&](const std::string& name) { return lower_ascii(name) == host; });
    if (!exact && dot == std::string::npos) continue;
    issued_.push_back({target, exact ? host : host.substr(dot + 1), !exact, organisation_of(leaf.issuer), {seen->id}});
  }
  if (issued_.size() == so_far) issued_.push_back({target, host, false, {}, {}});
}

Judgement CaaAcross::judged_of(const Known& known, const Issued& issued) const {
  const Parameters told = {{"endpoint", target_text(issued.endpoint)}, {"issuer", issued.organisation}};
  if (issued.evidence.empty()) return judged(Verdict::Unknown, "certificate-below-not-seen");
  const auto set =
      std::find_if(known.sets.begin(), known.sets.end(), [&](const Permitted& one) { return one.name == issued.name; });
  const auto untold = [&](const std::string& why) {
    return judged(Verdict::Unknown, "caa-untold", {{"name", issued.name}, {"at", ""}, {"why", why}});
  };
  if (set == known.sets.end()) return untold({});
  if (is_absent(set->found)) return judged(Verdict::NotApplicable, "caa-forbids-none");
  if (set->found != DnsFound::Records) return untold(set->because);
  const auto& permitted = issued.is_wildcard && set->issue_wild ? set->issue_wild : set->issue;
  if (!permitted) return judged(Verdict::NotApplicable, "caa-forbids-none");
  const CaaIssuer* row = profile_.caa_issuers.of(issued.organisation);
  if (row == nullptr) return judged(Verdict::Unknown, "caa-issuer-unknown", told);
  const bool fits = std::any_of(row->domains.begin(), row->domains.end(), [&](const std::string& domain) {
    return std::find(permitted->begin(), permitted->end(), domain) != permitted->end();
  });
  Parameters both = told;
  both.emplace_back("permitted", permitted->empty() ? ";" : list_text(*permitted));
  return fits ? judged(Verdict::Met, "caa-permits-issuer", both) : judged(Verdict::Attention, "caa-other-issuer", both);
}

std::map<Target, std::vector<SaidAcross>> CaaAcross::said() const {
  std::map<Target, std::vector<SaidAcross>> out;
  for (const Known& known : known_)
    for (const Issued& issued : issued_) {
      if (!is_at_or_below(issued.endpoint.name, known.domain.name)) continue;
      Judgement judgement = judged_of(known, issued);
      judgement.evidence = issued.evidence;
      out[known.domain].push_back({caa_issuer, std::move(judgement)});
    }
  return out;
}

}  // namespace kenshin
