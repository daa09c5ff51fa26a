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

TextRows dns_rows(const DomainDelegation& fact) {
  const std::string parent = fact.parent.empty() ? "?" : fact.parent;
  TextRows out = {
      {"delegated by " + parent, text_of(DnsSaid{fact.delegated, false, fact.because, fact.name_servers, {}})}};
  for (const NameServerSeen& server : fact.servers) {
    std::string text = server.address.empty() ? "-" : server.address;
    if (server.authoritative == Answer::Yes) text += "  authoritative";
    if (server.authoritative == Answer::No) text += "  NOT authoritative";
    if (server.serial) text += ", serial " + std::to_string(*server.serial);
    if (!server.because.empty()) text += "  (" + server.because + ")";
    out.emplace_back(server.name, std::move(text));
  }
  return out;
}

TextRows dns_rows(const DomainDependents& fact) {
  constexpr std::string_view kinds[] = {"NS",    "MX",     "CNAME", "SRV",   "SPF", "DMARC",
                                        "HTTPS", "script", "form",  "frame", "link"};
  TextRows out;
  for (const Dependent& it : fact.dependents) {
    std::string text =
        it.name + "  in " + it.found_in + "  " + text_of(DnsSaid{it.resolves, false, it.because, {}, {}});
    const auto word = fact.registry.find(it.registry_name);
    if (word != fact.registry.end() && word->second.registered == Answer::No) text += "  NOT REGISTERED";
    if (word != fact.registry.end() && !word->second.because.empty()) text += "  (" + word->second.because + ")";
    if (!it.provider.empty()) text += "  at " + it.provider + (it.claimable == Answer::Yes ? ", FREE THERE" : "");
    out.emplace_back(kinds[static_cast<std::size_t>(it.kind)], std::move(text));
  }
  for (const PageRead& page : fact.pages)
    out.emplace_back("page", page.url + "  " + std::to_string(page.references) + " references" +
                                 (page.because.empty() ? "" : "  (" + page.because + ")"));
  constexpr std::size_t most_shown = 5;
  for (std::size_t i = 0; i < std::min(most_shown, fact.untold.size()); ++i)
    out.emplace_back("not told", fact.untold[i]);
  if (fact.untold.size() > most_shown)
    out.emplace_back("", "and " + std::to_string(fact.untold.size() - most_shown) + " questions more");
  return out;
}

}  // namespace kenshin
