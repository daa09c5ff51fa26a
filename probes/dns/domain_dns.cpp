#include "probes/dns/domain_dns.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "probes/base/crypto.h"
#include "probes/base/text.h"
#include "probes/dns/said.h"
#include "probes/domain/public_suffix.h"

namespace kenshin {

namespace {

constexpr std::size_t most_caa_names = 50, most_mail_hosts = 5;

// Questions gathered first, asked side by side, looked up afterwards.
class Asking {
 public:
  void want(const std::string& name, DnsType type) {
    const DnsQuestion question{name, type};
    if (index_.emplace(std::pair{name, type}, questions_.size()).second) questions_.push_back(question);
  }
  void ask(const Session& session) { answers_ = session.dns->ask(questions_, session); }
  std::optional<Error> silent() const { return silence(answers_); }
  const Result<DnsAnswer>& answer(const std::string& name, DnsType type) const {
    return answers_.at(index_.at({name, type}));
  }
  DnsSaid what(const std::string& name, DnsType type) const { return said(answer(name, type), type); }

 private:
  std::vector<DnsQuestion> questions_;
  std::map<std::pair<std::string, DnsType>, std::size_t> index_;
  std::vector<Result<DnsAnswer>> answers_;
};

constexpr DnsType at_the_domain[] = {DnsType::Soa, DnsType::Ns,     DnsType::A,  DnsType::Aaaa, DnsType::Mx,
                                     DnsType::Txt, DnsType::Dnskey, DnsType::Ds, DnsType::Https};

// The name and its parents, without the root (RFC 8659 3).
std::vector<std::string> upwards(std::string name) {
  std::vector<std::string> out;
  while (!name.empty()) {
    out.push_back(name);
    const auto dot = name.find('.');
    name = dot == std::string::npos ? std::string() : name.substr(dot + 1);
  }
  return out;
}

CaaSet caa_of(const std::string& name, const Asking& asked) {
  CaaSet out{name, {}, DnsFound::NoRecords, {}, {}};
  for (const auto& at : upwards(name)) {
    const auto& answer = asked.answer(at, DnsType::Caa);
    const DnsSaid text = said(answer, DnsType::Caa);
    if (is_absent(text.found)) continue;
    out.found = text.found;
    out.because = text.because.empty() ? std::string() : at + ": " + text.because;
    if (text.found != DnsFound::Records) return out;
    out.found_at = at;
    for (const Buffer& data : answer->data) {
      CaaRecord record = *parse_caa(data);
      record.value = one_line(record.value);
      out.records.push_back(std::move(record));
    }
    std::sort(out.records.begin(), out.records.end(),
              [](const auto& a, const auto& b) { return std::tie(a.tag, a.value) < std::tie(b.tag, b.value); });
    return out;
  }
  return out;
}

// The root's keys must hold here; otherwise clock, resolver or network speak, and not the domain.
std::optional<std::string> lost_control(const Result<DnsAnswer>& root_keys) {
  if (!root_keys) return "the root's keys: " + root_keys.error().detail;
  if (root_keys->found == DnsFound::Records && root_keys->secure) return std::nullopt;
  return "the root's own keys do not validate here" +
         (root_keys->because.empty() ? std::string() : ": " + root_keys->because);
}

std::optional<std::string> bogus_at(const std::string& name, const Asking& asked) {
  const auto& soa = asked.answer(name, DnsType::Soa);
  if (soa && soa->found == DnsFound::Bogus) return soa->because;
  const bool is_apex = soa && soa->found == DnsFound::Records && soa->aliases.empty();
  if (!is_apex) return std::nullopt;  // what stands below a CNAME is another's
  for (const DnsType type : at_the_domain)
    if (const auto& answer = asked.answer(name, type); answer && answer->found == DnsFound::Bogus)
      return answer->because;
  return std::nullopt;
}

// A lost packet can make a signature seem missing: only what is bogus for a resolver without any memory, too, is.
bool still_bogus(const std::string& name, const Session& session) {
  Session fresh = session;
  fresh.dns = new_resolver();
  Asking again;
  again.want(".", DnsType::Dnskey);
  for (const DnsType type : at_the_domain) again.want(name, type);
  again.ask(fresh);
  return !lost_control(again.answer(".", DnsType::Dnskey)) && bogus_at(name, again);
}

DomainDnssec dnssec_of(const std::string& name, const Asking& asked, const Session& session) {
  DomainDnssec out;
  out.ds_said = asked.what(name, DnsType::Ds);
  out.ds_said.values.clear();
  if (out.ds_said.found == DnsFound::Records)
    for (const Buffer& data : asked.answer(name, DnsType::Ds)->data) out.ds.push_back(*parse_ds(data));
  if (const auto& keys = asked.answer(name, DnsType::Dnskey)) {
    std::set<int> algorithms;
    for (const Buffer& data : keys->data)
      if (const auto key = parse_dnskey(data)) algorithms.insert(key->algorithm);
    out.key_algorithms.assign(algorithms.begin(), algorithms.end());
  }
  for (const DnsType type : at_the_domain)
    if (const auto& answer = asked.answer(name, type); answer && answer->signed_until && type != DnsType::Ds)
      out.signed_until = std::min(out.signed_until.value_or(*answer->signed_until), *answer->signed_until);

  const auto unknown = [&](std::string why) { return out.because = std::move(why), out; };
  if (auto lost = lost_control(asked.answer(".", DnsType::Dnskey))) return unknown(std::move(*lost));
  if (const auto why = bogus_at(name, asked)) {
    if (!still_bogus(name, session)) return unknown("two tries end differently; the first: " + *why);
    out.state = DnssecState::Bogus;
    return unknown(*why);
  }
  const auto& soa = asked.answer(name, DnsType::Soa);
  if (!soa) return unknown(soa.error().detail);
  if (soa->found == DnsFound::NoName) return unknown("the name does not exist in the DNS");
  out.state = soa->secure ? DnssecState::Secure : DnssecState::Insecure;
  return out;
}

DomainMail mail_of(const std::string& name, const std::string& registered, const Asking& asked,
                   const Session& session) {
  DomainMail out;
  out.mx = asked.what(name, DnsType::Mx);
  out.spf = texts_beginning(asked.what(name, DnsType::Txt), "v=spf1");
  out.dmarc = texts_beginning(asked.what("_dmarc." + name, DnsType::Txt), "v=dmarc1");
  const bool none = is_absent(out.dmarc.found);
  if (none && registered != name)  // RFC 7489 6.6.3
    out.dmarc = texts_beginning(asked.what("_dmarc." + registered, DnsType::Txt), "v=dmarc1");
  out.mta_sts = texts_beginning(asked.what("_mta-sts." + name, DnsType::Txt), "v=stsv1");
  Asking later;
  std::vector<std::string> hosts;
  for (const auto& value : out.mx.values) {
    const std::string host = value.substr(value.find(' ') + 1);
    if (host == "." || hosts.size() == most_mail_hosts) continue;
    hosts.push_back(host);
    later.want("_25._tcp." + host, DnsType::Tlsa);
  }
  later.ask(session);
  for (const auto& host : hosts) out.tlsa[host] = later.what("_25._tcp." + host, DnsType::Tlsa);
  return out;
}

}  // namespace

std::vector<Observation> observe_domain_dns(const Asked& asked, Session& session) {
  const auto seen = [&](Result<DomainDns> fact) {
    return std::vector{observed<DomainDns>(asked.target, "", session.now(), 0, std::move(fact))};
  };
  const std::string& name = asked.target.name;
  const auto registered = registry_name(name);
  if (!registered) return seen(Error{Error::Kind::Unsupported, "no registrable name in " + name});

  // A label that nobody registered by accident, the same in every run with that seed.
  const std::string nobody =
      "kenshin-" + sha256_hex(bytes_of(std::to_string(session.seed) + name)).substr(0, 16) + "." + name;
  std::vector<std::string> caa_names = {name};
  for (const AskedEndpoint& endpoint : asked.endpoints)
    if (caa_names.size() < most_caa_names &&
        std::find(caa_names.begin(), caa_names.end(), endpoint.target.name) == caa_names.end())
      caa_names.push_back(endpoint.target.name);

  Asking all;
  all.want(".", DnsType::Dnskey);
  for (const DnsType type : at_the_domain) all.want(name, type);
  for (const auto& text : {"_dmarc." + name, "_dmarc." + *registered, "_mta-sts." + name}) all.want(text, DnsType::Txt);
  for (const DnsQuestion& question : address_questions(nobody)) all.want(question.name, question.type);
  for (const auto& caa_name : caa_names)
    for (const auto& at : upwards(caa_name)) all.want(at, DnsType::Caa);
  all.ask(session);
  if (auto silent = all.silent()) return seen(std::move(*silent));

  DomainDns out;
  out.through = session.resolver;
  out.dnssec = dnssec_of(name, all, session);
  out.name_servers = all.what(name, DnsType::Ns);
  out.addresses = either(all.what(name, DnsType::A), all.what(name, DnsType::Aaaa));
  out.https = all.what(name, DnsType::Https);
  out.wildcard = either(all.what(nobody, DnsType::A), all.what(nobody, DnsType::Aaaa));
  out.mail = mail_of(name, *registered, all, session);
  for (const auto& caa_name : caa_names) out.caa.push_back(caa_of(caa_name, all));
  return seen(std::move(out));
}

}  // namespace kenshin
