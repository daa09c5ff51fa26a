#include "reports/formats/observe_dns.h"

#include "probes/base/text.h"

namespace kenshin {

namespace {

std::string text_of(const DnsSaid& said) {
  constexpr std::string_view words[] = {"unknown", "", "none", "no such name", "bogus"};
  std::string out(words[static_cast<std::size_t>(said.found)]);
  if (!said.because.empty()) out += "  (" + said.because + ")";
  for (const auto& alias : said.aliases) out += "-> " + alias + " ";
  return out + join(said.values, ", ") + (said.secure ? "  [secure]" : "");
}

std::string text_of(const CaaSet& caa) {
  std::string out = text_of(DnsSaid{caa.found, false, caa.because, {}, {}});
  for (const CaaRecord& record : caa.records) out += (out.empty() ? "" : ", ") + record.tag + " " + record.value;
  return out + (caa.found_at.empty() ? "" : "  (at " + caa.found_at + ")");
}

std::string text_of(const DomainDnssec& dnssec) {
  constexpr std::string_view states[] = {"unknown", "insecure", "secure", "bogus"};
  std::string out(states[static_cast<std::size_t>(dnssec.state)]);
  if (!dnssec.because.empty()) out += "  (" + dnssec.because + ")";
  if (dnssec.signed_until) out += ", signed until " + to_text(*dnssec.signed_until);
  return out;
}

}  // namespace

TextRows dns_rows(const DomainDns& fact) {
  TextRows out = {{"DNS through", fact.through.empty() ? "the root servers downwards" : fact.through},
                  {"DNSSEC", text_of(fact.dnssec)},
                  {"NS", text_of(fact.name_servers)},
                  {"addresses", text_of(fact.addresses)},
                  {"HTTPS", text_of(fact.https)},
                  {"wildcard", text_of(fact.wildcard)},
                  {"MX", text_of(fact.mail.mx)},
                  {"SPF", text_of(fact.mail.spf)},
                  {"DMARC", text_of(fact.mail.dmarc)},
                  {"MTA-STS", text_of(fact.mail.mta_sts)}};
  for (const auto& [host, tlsa] : fact.mail.tlsa) out.emplace_back("TLSA " + host, text_of(tlsa));
  for (const CaaSet& caa : fact.caa) out.emplace_back("CAA " + caa.name, text_of(caa));
  return out;
}

}  // namespace kenshin
