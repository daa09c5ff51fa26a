// Documents: RFC 7208 (SPF), 7489 (DMARC), 7505 (null MX), 7672 (DANE), 8461 (MTA-STS). The checklist asks for none of
// it: these are notes about mail that others could send in the clinic's name.
#include <algorithm>

#include "probes/base/text.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

bool is_known(const DnsSaid& said) { return said.found != DnsFound::Unknown && said.found != DnsFound::Bogus; }

// What SPF says of senders it does not name: "-all", "~all", "?all", "+all", or nothing.
std::string spf_end(const std::string& record) {
  const std::string lower = lower_ascii(record);
  for (const auto term : split(lower, ' ')) {
    if (term == "all") return "+all";
    if (term.size() == 4 && term.substr(1) == "all" && std::string_view("+-~?").find(term[0]) != std::string_view::npos)
      return std::string(term);
  }
  return {};
}

// RFC 7208 6.1: counts only where no "all" stands.
bool spf_redirects(const std::string& record) {
  const std::string lower = lower_ascii(record);
  const auto terms = split(lower, ' ');
  return std::any_of(terms.begin(), terms.end(), [](std::string_view term) { return term.starts_with("redirect="); });
}

// The value of a DMARC record's tag, in lower case.
std::string dmarc_tag(const std::string& record, std::string_view tag) {
  for (const auto part : split(record, ';')) {
    const auto equals = part.find('=');
    if (equals != std::string_view::npos && lower_ascii(trim(part.substr(0, equals))) == tag)
      return lower_ascii(trim(part.substr(equals + 1)));
  }
  return {};
}

std::string spf_end(const DnsSaid& spf) { return spf.values.size() == 1 ? spf_end(spf.values.front()) : ""; }

// "p=reject", with "pct=" where not all mail is meant (RFC 7489 6.3).
std::string dmarc_policy(const DnsSaid& dmarc) {
  if (dmarc.values.size() != 1) return {};
  const std::string &record = dmarc.values.front(), share = dmarc_tag(record, "pct");
  return "p=" + dmarc_tag(record, "p") + (share.empty() || share == "100" ? "" : " pct=" + share);
}

std::vector<std::string> untold(const DomainMail& mail) {
  std::vector<std::string> out;
  const std::pair<const char*, const DnsSaid*> all[] = {{"MX", &mail.mx}, {"SPF", &mail.spf}, {"DMARC", &mail.dmarc}};
  for (const auto& [what, said] : all)
    if (!is_known(*said)) out.push_back(std::string(what) + " (" + said->because + ")");
  return out;
}

Judgement closed(const DomainMail& mail) {
  const bool null_mx = mail.mx.values == std::vector<std::string>{"0 ."};
  if (!mail.mx.values.empty() && !null_mx)
    return judged(Verdict::Attention, "mail-hosts-there", {{"hosts", list_text(mail.mx.values)}});
  std::vector<std::string> missing;
  if (!null_mx) missing.emplace_back("MX 0 .");
  if (spf_end(mail.spf) != "-all") missing.emplace_back("SPF -all");
  if (dmarc_policy(mail.dmarc) != "p=reject") missing.emplace_back("DMARC p=reject");
  return missing.empty() ? judged(Verdict::Met, "mail-closed")
                         : judged(Verdict::Attention, "mail-open", {{"missing", join(missing, ", ")}});
}

// What is missing of SPF and DMARC.
std::vector<std::string> mail_gaps(const DomainMail& mail) {
  std::vector<std::string> gaps;
  const std::string end = spf_end(mail.spf), policy = dmarc_policy(mail.dmarc);
  if (mail.spf.values.empty()) gaps.emplace_back("SPF");
  else if (mail.spf.values.size() > 1) gaps.emplace_back("SPF x " + std::to_string(mail.spf.values.size()));
  else if (end == "+all" || end == "?all") gaps.push_back("SPF " + end);
  else if (end.empty() && !spf_redirects(mail.spf.values.front())) gaps.emplace_back("SPF -all");  // RFC 7208 4.7
  if (mail.dmarc.values.empty()) gaps.emplace_back("DMARC");
  else if (policy != "p=reject" && policy != "p=quarantine") gaps.push_back("DMARC " + policy);
  return gaps;
}

Judgement guarded(const DomainMail& mail) {
  auto gaps = mail_gaps(mail);
  bool carried_safely = !mail.tlsa.empty(), carriage_known = is_known(mail.mta_sts);
  for (const auto& [host, tlsa] : mail.tlsa) {
    carried_safely = carried_safely && tlsa.found == DnsFound::Records && tlsa.secure;
    carriage_known = carriage_known && is_known(tlsa);
  }
  const bool promised = mail.mta_sts.found == DnsFound::Records;
  if (!carried_safely && !promised && carriage_known) gaps.emplace_back("MTA-STS / DANE");
  if (!gaps.empty()) return judged(Verdict::Attention, "mail-gaps", {{"missing", join(gaps, ", ")}});
  if (spf_end(mail.spf).empty()) return judged(Verdict::Unknown, "mail-untold", {{"what", "SPF redirect="}});
  // The record in the DNS says that there is a policy, not which (RFC 8461 3.2).
  if (!carried_safely)
    return judged(Verdict::Unknown, "mail-untold", {{"what", promised ? "mta-sts.txt" : "MTA-STS / DANE"}});
  return judged(Verdict::Met, "mail-guarded");
}

Answer declared_mail(const Question& question) {
  const auto* declared = question.facts.one<DeclaredDomain>(question.target);
  return declared ? declared->mail : Answer::Unknown;
}

template <class Of>
Judgement mail_judgement(const Question& question, Of of) {
  return worst_of<DomainDns>(question, [&](const DomainDns& seen, const Observation&) {
    if (seen.name_servers.found == DnsFound::NoName) return judged(Verdict::NotApplicable, "not-in-the-dns");
    const auto lost = untold(seen.mail);
    return lost.empty() ? of(seen.mail) : judged(Verdict::Unknown, "mail-untold", {{"what", join(lost, ", ")}});
  });
}

// Seen or not, what was declared decides which of both is asked.
Judgement not_asked(const Question& question, const char* code) {
  return worst_of<DomainDns>(
      question, [&](const DomainDns&, const Observation&) { return judged(Verdict::NotApplicable, code); });
}

}  // namespace

Judgement judge_domain_no_mail(const Question& question) {
  if (declared_mail(question) != Answer::No) return not_asked(question, "mail-not-ruled-out");
  return mail_judgement(question, closed);
}

Judgement judge_domain_mail(const Question& question) {
  if (declared_mail(question) != Answer::Yes) return not_asked(question, "mail-not-declared");
  return mail_judgement(question, guarded);
}

}  // namespace kenshin
