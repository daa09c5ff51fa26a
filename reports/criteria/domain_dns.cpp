// Documents: RFC 4033 to 4035 and 8624 (DNSSEC), RFC 8659 (CAA). Bogus signatures send patients nowhere or, where
// nobody checks, anywhere; a zone without signatures is the common case and a matter of advice.
#include <algorithm>
#include <set>

#include "probes/base/text.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

// RFC 8624 3.1 and 3.3: what must not sign any more.
std::vector<std::string> outdated(const DomainDnssec& seen) {
  static const std::set<int> by_sha1_or_less = {1, 3, 5, 6, 7, 12};
  std::vector<std::string> out;
  for (const int algorithm : seen.key_algorithms)
    if (by_sha1_or_less.count(algorithm) > 0) out.push_back("DNSKEY " + std::to_string(algorithm));
  const auto is_old = [](const DsRecord& ds) { return ds.digest_type == 1 || ds.digest_type == 3; };
  if (!seen.ds.empty() && std::all_of(seen.ds.begin(), seen.ds.end(), is_old)) out.emplace_back("DS SHA-1");
  return out;
}

Judgement dnssec_of(const DomainDns& seen) {
  const DomainDnssec& dnssec = seen.dnssec;
  switch (dnssec.state) {
    case DnssecState::Bogus: return judged(Verdict::NotMet, "dnssec-bogus", {{"why", dnssec.because}});
    case DnssecState::Insecure:
      return dnssec.ds.empty() ? judged(Verdict::Attention, "dnssec-unsigned")
                               : judged(Verdict::Attention, "dnssec-unsupported");
    case DnssecState::Unknown:
      if (seen.name_servers.found == DnsFound::NoName) return judged(Verdict::NotApplicable, "not-in-the-dns");
      return judged(Verdict::Unknown, "dnssec-untold", {{"why", dnssec.because}});
    case DnssecState::Secure: break;
  }
  const auto old = outdated(dnssec);
  if (!old.empty()) return judged(Verdict::Attention, "dnssec-outdated", {{"what", join(old, ", ")}});
  return judged(Verdict::Met, "dnssec-secure",
                {{"until", dnssec.signed_until ? to_text(*dnssec.signed_until) : std::string()}});
}

Judgement caa_of(const CaaSet& set) {
  const Parameters named = {{"name", set.name}, {"at", set.found_at}, {"why", set.because}};
  if (is_absent(set.found)) return judged(Verdict::Attention, "caa-absent", named);
  if (set.found != DnsFound::Records) return judged(Verdict::Unknown, "caa-untold", named);
  std::vector<std::string> issuers;
  for (const CaaRecord& record : set.records)
    if (record.tag == "issue" || record.tag == "issuewild") {
      const std::string issuer(trim(record.value.substr(0, record.value.find(';'))));
      issuers.push_back(issuer.empty() ? ";" : issuer);
    }
  if (issuers.empty()) return judged(Verdict::Attention, "caa-open", named);  // RFC 8659 4.2: no restriction
  std::sort(issuers.begin(), issuers.end());
  issuers.erase(std::unique(issuers.begin(), issuers.end()), issuers.end());
  return judged(Verdict::Met, "caa-set", {{"name", set.name}, {"at", set.found_at}, {"issuers", list_text(issuers)}});
}

}  // namespace

Judgement judge_domain_dnssec(const Question& question) {
  return worst_of<DomainDns>(question, [](const DomainDns& seen, const Observation&) { return dnssec_of(seen); });
}

Judgement judge_domain_caa(const Question& question) {
  return worst_of<DomainDns>(question, [](const DomainDns& seen, const Observation&) {
    if (seen.name_servers.found == DnsFound::NoName) return judged(Verdict::NotApplicable, "not-in-the-dns");
    Judgement out = judged(Verdict::Unknown, "caa-untold", {{"name", ""}, {"at", ""}, {"why", ""}});
    bool is_first = true;
    for (const CaaSet& set : seen.caa) {
      Judgement next = caa_of(set);
      if (is_first || is_worse(next.verdict, out.verdict)) out = std::move(next);
      is_first = false;
    }
    return out;
  });
}

}  // namespace kenshin
