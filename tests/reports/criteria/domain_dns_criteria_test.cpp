// What is said of a domain's DNS: bogus signatures are a breach, everything else a question or a note.
#include <gtest/gtest.h>

#include "case.h"

namespace kenshin {

namespace {

DnsSaid records(std::vector<std::string> values, bool secure = true) {
  return {DnsFound::Records, secure, "", std::move(values), {}};
}
DnsSaid none() { return {DnsFound::NoRecords, true, "", {}, {}}; }
DnsSaid lost() { return {DnsFound::Unknown, false, "timeout: no answer", {}, {}}; }

DomainDns good_dns() {
  DomainDns out;
  out.dnssec = {DnssecState::Secure, "", none(), {{2371, 13, 2, {}}}, {13}, noon("2026-12-01")};
  out.name_servers = records({"ns1.example.jp", "ns2.example.jp"});
  out.mail = {records({"10 mail.example.jp"}),
              records({"v=spf1 mx -all"}),
              records({"v=DMARC1; p=reject"}),
              records({"v=STSv1; id=1"}),
              {{"mail.example.jp", records({"3 1 1 00"})}}};
  out.caa = {{"example.jp", "example.jp", DnsFound::Records, "", {{false, "issue", "ca.example.net"}}}};
  return out;
}

template <class Change>
World dns(Change change) {
  DomainDns seen = good_dns();
  change(seen);
  return domain().sees(seen);
}
World gone() {
  return dns([](DomainDns& d) { d.name_servers.found = DnsFound::NoName, d.dnssec.state = DnssecState::Unknown; });
}

void add_dnssec(std::vector<Case>& out) {
  const char* id = "domain.dnssec";
  const auto in = [](DnssecState state) {
    return dns([&](DomainDns& d) { d.dnssec.state = state, d.dnssec.because = "why", d.dnssec.ds.clear(); });
  };
  out.push_back(dns([](DomainDns&) {}).says(id, Verdict::Met, "dnssec-secure"));
  out.push_back(in(DnssecState::Bogus).says(id, Verdict::NotMet, "dnssec-bogus"));
  out.push_back(in(DnssecState::Insecure).says(id, Verdict::Attention, "dnssec-unsigned"));
  out.push_back(dns([](DomainDns& d) {
                  d.dnssec.state = DnssecState::Insecure;
                }).says(id, Verdict::Attention, "dnssec-unsupported"));
  out.push_back(in(DnssecState::Unknown).says(id, Verdict::Unknown, "dnssec-untold"));
  out.push_back(gone().says(id, Verdict::NotApplicable, "not-in-the-dns"));
  out.push_back(
      dns([](DomainDns& d) { d.dnssec.key_algorithms = {7}; }).says(id, Verdict::Attention, "dnssec-outdated"));
  out.push_back(dns([](DomainDns& d) {
                  d.dnssec.ds = {{1, 8, 1, {}}};
                }).says(id, Verdict::Attention, "dnssec-outdated"));
  out.push_back(dns([](DomainDns& d) {
                  d.dnssec.ds.push_back({1, 8, 1, {}});
                }).says(id, Verdict::Met, "dnssec-secure"));
  out.push_back(domain().fails<DomainDns>(Error::Kind::Unsupported).says(id, Verdict::Unknown, "could-not-observe"));
  out.push_back(domain().says(id, Verdict::Unknown, "never-observed"));
}

void add_caa(std::vector<Case>& out) {
  const char* id = "domain.caa";
  const auto set = [](DnsFound found, std::vector<CaaRecord> records_there) {
    return dns([&](DomainDns& d) { d.caa.push_back({"tele.example.jp", "", found, "", std::move(records_there)}); });
  };
  out.push_back(dns([](DomainDns&) {}).says(id, Verdict::Met, "caa-set"));
  out.push_back(set(DnsFound::Records, {{false, "issue", ";"}}).says(id, Verdict::Met, "caa-set"));
  out.push_back(set(DnsFound::NoRecords, {}).says(id, Verdict::Attention, "caa-absent"));
  out.push_back(
      set(DnsFound::Records, {{false, "iodef", "mailto:a@example.jp"}}).says(id, Verdict::Attention, "caa-open"));
  out.push_back(set(DnsFound::Unknown, {}).says(id, Verdict::Unknown, "caa-untold"));
  out.push_back(set(DnsFound::Bogus, {}).says(id, Verdict::Unknown, "caa-untold"));
  out.push_back(gone().says(id, Verdict::NotApplicable, "not-in-the-dns"));
}

World mail(Answer declared_mail, World world) {
  DeclaredDomain declared;
  declared.mail = declared_mail;
  return world.sees(declared);
}

void add_no_mail(std::vector<Case>& out) {
  const char* id = "domain.no_mail";
  const auto closed = [](const char* mx, const char* spf, const char* dmarc) {
    return mail(Answer::No, dns([&](DomainDns& d) {
                  d.mail.mx = *mx ? records({mx}) : none();
                  d.mail.spf = *spf ? records({spf}) : none();
                  d.mail.dmarc = *dmarc ? records({dmarc}) : none();
                }));
  };
  out.push_back(closed("0 .", "v=spf1 -ALL", "v=DMARC1;P = Reject").says(id, Verdict::Met, "mail-closed"));
  out.push_back(closed("", "v=spf1 -all", "v=DMARC1; p=reject").says(id, Verdict::Attention, "mail-open"));
  out.push_back(closed("0 .", "v=spf1 ~all", "v=DMARC1; p=reject").says(id, Verdict::Attention, "mail-open"));
  out.push_back(closed("0 .", "v=spf1 -all", "v=DMARC1; p=none; sp=reject").says(id, Verdict::Attention, "mail-open"));
  out.push_back(closed("0 .", "v=spf1 -all", "v=DMARC1; p=reject; pct=0").says(id, Verdict::Attention, "mail-open"));
  out.push_back(closed("10 mail.example.jp", "", "").says(id, Verdict::Attention, "mail-hosts-there"));
  out.push_back(
      mail(Answer::No, dns([](DomainDns& d) { d.mail.mx = lost(); })).says(id, Verdict::Unknown, "mail-untold"));
  out.push_back(mail(Answer::Yes, dns([](DomainDns&) {})).says(id, Verdict::NotApplicable, "mail-not-ruled-out"));
  out.push_back(dns([](DomainDns&) {}).says(id, Verdict::NotApplicable, "mail-not-ruled-out"));
}

void add_mail(std::vector<Case>& out) {
  const char* id = "domain.mail";
  const auto with = [](auto change) { return mail(Answer::Yes, dns([&](DomainDns& d) { change(d.mail); })); };
  out.push_back(with([](DomainMail&) {}).says(id, Verdict::Met, "mail-guarded"));
  out.push_back(with([](DomainMail& m) {
                  m.mta_sts = none();
                  m.tlsa["mail.example.jp"] = records({"3 1 1 00"});
                }).says(id, Verdict::Met, "mail-guarded"));
  out.push_back(with([](DomainMail& m) {
                  m.mta_sts = none();
                  m.tlsa["mail.example.jp"] = records({"3 1 1 00"}, false);
                }).says(id, Verdict::Attention, "mail-gaps"));
  for (const char* open : {"v=spf1 +all", "v=spf1 all", "v=spf1 ?all"})
    out.push_back(with([&](DomainMail& m) { m.spf = records({open}); }).says(id, Verdict::Attention, "mail-gaps"));
  out.push_back(with([](DomainMail& m) { m.spf = none(); }).says(id, Verdict::Attention, "mail-gaps"));
  out.push_back(with([](DomainMail& m) {
                  m.spf = records({"v=spf1 -all", "v=spf1 mx -all"});
                }).says(id, Verdict::Attention, "mail-gaps"));
  out.push_back(with([](DomainMail& m) { m.dmarc = none(); }).says(id, Verdict::Attention, "mail-gaps"));
  out.push_back(
      with([](DomainMail& m) { m.dmarc = records({"v=DMARC1; p=none"}); }).says(id, Verdict::Attention, "mail-gaps"));
  out.push_back(with([](DomainMail& m) {
                  m.dmarc = records({"v=DMARC1; p=reject; pct=0"});
                }).says(id, Verdict::Attention, "mail-gaps"));
  out.push_back(with([](DomainMail& m) { m.spf = records({"v=spf1 mx"}); }).says(id, Verdict::Attention, "mail-gaps"));
  out.push_back(with([](DomainMail& m) {
                  m.spf = records({"v=spf1 redirect=mail.example.com"});
                }).says(id, Verdict::Unknown, "mail-untold"));
  out.push_back(with([](DomainMail& m) { m.tlsa.clear(); }).says(id, Verdict::Unknown, "mail-untold"));
  out.push_back(
      with([](DomainMail& m) { m.mta_sts = lost(), m.tlsa.clear(); }).says(id, Verdict::Unknown, "mail-untold"));
  out.push_back(with([](DomainMail& m) { m.dmarc = lost(); }).says(id, Verdict::Unknown, "mail-untold"));
  out.push_back(mail(Answer::Yes, gone()).says(id, Verdict::NotApplicable, "not-in-the-dns"));
  out.push_back(mail(Answer::No, dns([](DomainDns&) {})).says(id, Verdict::NotApplicable, "mail-not-declared"));
}

DomainDelegation sound() {
  const std::vector<std::string> both = {"ns1.example.or.jp", "ns2.example.or.jp"};
  return {"example.jp",
          "jp",
          DnsFound::Records,
          "",
          both,
          {{both[0], "192.0.2.1", DnsFound::Records, Answer::Yes, 7, both, ""},
           {both[1], "192.0.2.2", DnsFound::Records, Answer::Yes, 7, both, ""}}};
}
template <class Change>
World delegated(Change change) {
  DomainDelegation seen = sound();
  change(seen);
  return domain().sees(seen);
}
World servers(Answer first, Answer second) {
  return delegated([&](DomainDelegation& d) {
    for (const auto& [server, answer] : {std::pair{&d.servers[0], first}, {&d.servers[1], second}})
      if (server->authoritative = answer; answer != Answer::Yes) server->serial.reset(), server->because = "REFUSED";
  });
}

void add_delegation(std::vector<Case>& out) {
  const char* id = "domain.delegation";
  out.push_back(delegated([](DomainDelegation&) {}).says(id, Verdict::Met, "delegation-sound"));
  out.push_back(servers(Answer::Yes, Answer::No).says(id, Verdict::Attention, "delegation-lame"));
  out.push_back(servers(Answer::Yes, Answer::Unknown).says(id, Verdict::Unknown, "delegation-partly"));
  out.push_back(delegated([](DomainDelegation& d) {
                  d.servers[1].name_servers.clear();
                }).says(id, Verdict::Unknown, "delegation-partly"));
  out.push_back(delegated([](DomainDelegation& d) {
                  d.name_servers.push_back("ns3.example.or.jp");
                  for (auto& server : d.servers) server.name_servers = d.name_servers;
                }).says(id, Verdict::Unknown, "delegation-partly"));
  out.push_back(delegated([](DomainDelegation& d) {
                  d.servers[1].resolves = DnsFound::NoName;
                }).says(id, Verdict::Attention, "delegation-no-address"));
  out.push_back(delegated([](DomainDelegation& d) {
                  d.servers[1].name_servers.pop_back();
                }).says(id, Verdict::Attention, "delegation-differs"));
  out.push_back(delegated([](DomainDelegation& d) {
                  d.servers.pop_back(), d.name_servers.pop_back(), d.servers[0].name_servers.pop_back();
                }).says(id, Verdict::Attention, "delegation-single"));
  out.push_back(delegated([](DomainDelegation& d) {
                  d.delegated = DnsFound::Unknown;
                }).says(id, Verdict::Unknown, "delegation-untold"));
  out.push_back(delegated([](DomainDelegation& d) {
                  d.delegated = DnsFound::NoName;
                }).says(id, Verdict::NotApplicable, "not-in-the-dns"));

  const char* lame = "domain.dependents.lame";
  out.push_back(servers(Answer::Yes, Answer::No).says(lame, Verdict::Met, "zone-is-held"));
  out.push_back(servers(Answer::No, Answer::No).says(lame, Verdict::Attention, "zone-held-by-nobody"));
  out.push_back(servers(Answer::No, Answer::Unknown).says(lame, Verdict::Unknown, "delegation-partly"));
  World own = delegated([](DomainDelegation& d) {
    for (auto& server : d.servers) server.name = "ns.example.jp", server.authoritative = Answer::No;
  });
  out.push_back(own.says(lame, Verdict::NotApplicable, "own-servers-lame"));
  out.push_back(delegated([](DomainDelegation& d) {
                  d.delegated = DnsFound::NoRecords;
                }).says(lame, Verdict::NotApplicable, "not-in-the-dns"));
}

}  // namespace

std::vector<Case> domain_dns_cases() {
  std::vector<Case> out;
  add_dnssec(out);
  add_caa(out);
  add_no_mail(out);
  add_mail(out);
  add_delegation(out);
  return out;
}

TEST(DomainDnsCriteria, SayWhatTheCasesTell) {
  for (const Case& it : domain_dns_cases()) expect_as_told(it);
}

TEST(DomainDnsCriteria, LetBogusSignaturesReachTheItemAndNothingElse) {
  const auto force_in = [](DnssecState state) {
    const World world = dns([&](DomainDns& d) { d.dnssec.state = state; });
    for (const Finding& finding : judge(world.facts, world.profile, world.on))
      if (finding.criterion.text == "domain.dnssec") return finding.force;
    return Force::Note;
  };
  EXPECT_EQ(force_in(DnssecState::Bogus), Force::Must);
  EXPECT_EQ(force_in(DnssecState::Insecure), Force::Should);
  EXPECT_EQ(force_in(DnssecState::Unknown), Force::Should);
}

}  // namespace kenshin
