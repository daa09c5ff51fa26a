#include "probes/domain/named_by_records.h"

#include <algorithm>

#include "probes/base/crypto.h"
#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/dns/said.h"

namespace kenshin {

namespace {

constexpr std::size_t most_spf_names = 10;
constexpr const char* services[] = {"_autodiscover._tcp", "_imaps._tcp", "_pop3s._tcp",  "_submission._tcp",
                                    "_submissions._tcp",  "_sip._tls",   "_sips._tcp",   "_sipfederationtls._tcp",
                                    "_xmpp-client._tcp",  "_ldap._tcp",  "_caldavs._tcp"};

std::string last_word(const std::string& value) { return value.substr(value.rfind(' ') + 1); }

std::string host_or_nothing(std::string_view text) {
  if (text.find('%') != std::string_view::npos || text.find('.') == std::string_view::npos) return {};
  std::string name = lower_ascii(text);
  if (name.ends_with('.')) name.pop_back();
  return name != "." && dns_name_bytes(name) && !is_ip_literal(name) ? name : std::string();
}

class Collecting {
 public:
  Collecting(const std::string& domain, const Session& session) : domain_(domain), session_(session) {}

  NamedByRecords run(const std::vector<std::string>& hosts) {
    std::vector<DnsQuestion> questions = {{domain_, DnsType::Ns},
                                          {domain_, DnsType::Mx},
                                          {domain_, DnsType::Txt},
                                          {"_dmarc." + domain_, DnsType::Txt},
                                          {"_mta-sts." + domain_, DnsType::Txt}};
    for (const char* service : services) questions.push_back({std::string(service) + "." + domain_, DnsType::Srv});
    std::set<std::string> named(hosts.begin(), hosts.end());
    named.insert({domain_, "www." + domain_, "mta-sts." + domain_, "autodiscover." + domain_});
    for (const auto& host : named) {
      for (const auto& question : address_questions(host)) questions.push_back(question);
      questions.push_back({host, DnsType::Https});
    }
    const std::string nobody =
        "kenshin-" + sha256_hex(bytes_of(std::to_string(session_.seed) + domain_)).substr(0, 16) + "." + domain_;
    questions.push_back({nobody, DnsType::A});
    const auto answers_of_all = session_.dns->ask(questions, session_);
    out_.silent = silence(answers_of_all);
    for (std::size_t i = 0; i < questions.size(); ++i) {
      const DnsSaid heard = said(answers_of_all[i], questions[i].type);
      if (questions[i].name == nobody) out_.wildcard_aliases.insert(heard.aliases.begin(), heard.aliases.end());
      else take(questions[i], heard);
    }
    follow_spf();
    return std::move(out_);
  }

 private:
  void add(const std::string& name, DependentKind kind, const std::string& where) {
    if (!name.empty() && name != "." && name != domain_) out_.names.insert({name, kind, where});
  }

  void take(const DnsQuestion& question, const DnsSaid& heard) {
    const std::string where = question.name + " " + std::string(dns_type_name(question.type));
    if (heard.found == DnsFound::Unknown || heard.found == DnsFound::Bogus)
      return out_.untold.push_back(where + " (" + heard.because + ")");
    for (const auto& alias : heard.aliases) add(alias, DependentKind::Cname, question.name + " CNAME");
    for (const auto& value : heard.values) switch (question.type) {
        case DnsType::Ns: add(value, DependentKind::Ns, where); break;
        case DnsType::Mx: add(last_word(value), DependentKind::Mx, where); break;
        case DnsType::Srv: add(last_word(value), DependentKind::Srv, where); break;
        case DnsType::Https: add(last_word(value), DependentKind::Https, where); break;
        case DnsType::Txt: text(question.name, value, where); break;
        default: break;
      }
  }

  void text(const std::string& owner, const std::string& value, const std::string& where) {
    const std::string lower = lower_ascii(value);
    if (owner.starts_with("_dmarc.") && lower.starts_with("v=dmarc1"))
      for (const auto& host : dmarc_hosts(value)) add(host, DependentKind::Dmarc, where);
    if (lower != "v=spf1" && !lower.starts_with("v=spf1 ")) return;
    const SpfNames names = spf_names(value);
    for (const auto& name : names.others) add(name, DependentKind::Spf, owner + " SPF");
    for (const auto& name : names.followed) {
      add(name, DependentKind::Spf, owner + " SPF");
      if (seen_.insert(name).second) waiting_.push_back(name);
    }
  }

  void follow_spf() {
    std::size_t asked = 0;
    while (!waiting_.empty() && asked < most_spf_names) {
      std::vector<DnsQuestion> questions;
      for (; !waiting_.empty() && asked < most_spf_names; ++asked) {
        questions.push_back({waiting_.back(), DnsType::Txt});
        waiting_.pop_back();
      }
      const auto answers_of_all = session_.dns->ask(questions, session_);
      for (std::size_t i = 0; i < questions.size(); ++i) take(questions[i], said(answers_of_all[i], DnsType::Txt));
    }
  }

  const std::string& domain_;
  const Session& session_;
  NamedByRecords out_;
  std::set<std::string> seen_;
  std::vector<std::string> waiting_;
};

}  // namespace

NamedByRecords named_by_records(const std::string& domain, const std::vector<std::string>& hosts,
                                const Session& session) {
  return Collecting(domain, session).run(hosts);
}

SpfNames spf_names(std::string_view record) {
  SpfNames out;
  for (auto term : split(record, ' ')) {
    const std::string lower = lower_ascii(term);
    std::string_view rest = lower;
    if (!rest.empty() && std::string_view("+-~?").find(rest[0]) != std::string_view::npos) rest.remove_prefix(1);
    const auto taken = [&](std::string_view start) -> std::string {
      if (!rest.starts_with(start)) return {};
      return host_or_nothing(rest.substr(start.size()).substr(0, rest.substr(start.size()).find('/')));
    };
    for (const char* start : {"include:", "redirect="})
      if (auto name = taken(start); !name.empty()) out.followed.push_back(std::move(name));
    for (const char* start : {"a:", "mx:", "exists:"})
      if (auto name = taken(start); !name.empty()) out.others.push_back(std::move(name));
  }
  return out;
}

std::vector<std::string> dmarc_hosts(std::string_view record) {
  std::vector<std::string> out;
  for (const auto part : split(record, ';')) {
    const auto equals = part.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string tag = lower_ascii(trim(part.substr(0, equals)));
    if (tag != "rua" && tag != "ruf") continue;
    for (const auto uri : split(part.substr(equals + 1), ',')) {
      const auto at = uri.rfind('@');
      if (at == std::string_view::npos || !lower_ascii(trim(uri)).starts_with("mailto:")) continue;
      const auto host = trim(uri.substr(at + 1));
      if (auto name = host_or_nothing(host.substr(0, host.find('!'))); !name.empty()) out.push_back(std::move(name));
    }
  }
  return out;
}

}  // namespace kenshin
