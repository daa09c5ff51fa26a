#include "tests/reports/formats/schema.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include "probes/facts_lines.h"
#include "probes/host/host_facts.h"
#include "probes/tls/code_points.h"
#include "reports/formats/result_json.h"
#include "tests/probes/host/protection_samples.h"
#include "tests/reports/formats/sample_report.h"

namespace kenshin {
namespace {

Schema schema_named(const std::string& name) {
  std::ifstream in(SOURCE_DIR "/docs/schema/" + name);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  return Schema(*parse_json(text, name));
}

Json result_of(const Report& report) {
  std::ostringstream out;
  write_result_json(report, sample::words(Language::Ja), out);
  return *parse_json(out.str(), "result.json");
}

TEST(ResultSchema, FitsWhatIsWritten) { EXPECT_EQ(schema_named("result.json").fault(result_of(sample::report())), ""); }

TEST(ResultSchema, FitsAReportWithoutChecklistOrFindings) {
  Report report = sample::report();
  report.checklist.reset();
  report.findings.clear();
  for (auto& answer : report.answers) {
    answer.findings.clear();
    answer.checklist_item = ItemAnswer::npos;
  }
  report.facts.finished.reset();
  EXPECT_EQ(schema_named("result.json").fault(result_of(report)), "");
}

TEST(ResultSchema, RefusesWhatItDoesNotDescribe) {
  const Schema schema = schema_named("result.json");
  const Json good = result_of(sample::report());
  for (const auto& [key, member] : good.items()) {
    Json lacking = good;
    lacking.erase(key);
    EXPECT_NE(schema.fault(lacking), "") << key;
  }
  Json wrong = good;
  wrong["items"][0]["observed"] = "fine";
  EXPECT_NE(schema.fault(wrong), "");
  wrong = good;
  wrong["judged_on"] = "22.11.2026";
  EXPECT_NE(schema.fault(wrong), "");
}

Facts one_of_each_fact() {
  Facts facts;
  facts.tool_version = "0.1.0";
  facts.started = sample::instant("2026-11-22T05:00:00Z");
  const Target target = sample::endpoint("tele.example:443");
  const auto add = [&](auto fact) {
    sample::observe(facts, target, "192.0.2.1", std::string(decltype(fact)::name), Fact(std::move(fact)));
  };
  TlsVersions versions;
  versions.versions[TlsVersion::Tls13] = {Answer::Yes, "server_hello"};
  add(versions);
  TlsSuites suites;
  suites.versions[TlsVersion::Tls12] = {{SuiteId{0xC02F}}, false, ChosenBy::Server, "reset"};
  add(suites);
  TlsGroups groups;
  groups.versions[TlsVersion::Tls13] = {{GroupId{29}}, true, true, ""};
  add(groups);
  TlsSignatureSchemes schemes;
  schemes.versions[TlsVersion::Tls12] = {{SchemeId{0x0401}}, false, "reset"};
  add(schemes);
  TlsKeyExchange exchange;
  exchange.dh_groups = {{1024, "ffbb", "02", "", Answer::Yes, {TlsVersion::Tls12}}};
  add(exchange);
  TlsExtensions extensions;
  for (int i = 0; i <= static_cast<int>(Feature::Compression); ++i)
    extensions.features[static_cast<Feature>(i)] = {Answer::Yes, "echoed"};
  extensions.alpn = {"h2"};
  extensions.certificate_compression = {"zlib"};
  add(extensions);
  TlsSessions sessions;
  sessions.ticket_lifetime_seconds = 7200;
  add(sessions);
  TlsClientCertificate client;
  client.authorities = {"CN=Example"};
  add(client);
  TlsWeaknesses weaknesses;
  for (int i = 0; i <= static_cast<int>(Weakness::FallbackScsv); ++i)
    weaknesses.weaknesses[static_cast<Weakness>(i)] = {Answer::NotApplicable, "one version alone"};
  add(weaknesses);
  TlsTranscript transcript;
  transcript.suite = SuiteId{0x1301};
  transcript.scheme = SchemeId{0x0403};
  transcript.messages = {1, 0, 0, 0};
  add(transcript);
  CertificateChain chain;
  chain.certificates.emplace_back();
  chain.certificates.front().key_problems = {"roca", "unknown:debian_weak"};
  chain.version = TlsVersion::Tls12;
  chain.store.kind = StoreKind::Programmes;
  chain.anchors = {{"CN=Root", std::string(64, 'a')}};
  chain.timestamps = {{std::string(64, 'b'), sample::instant("2026-11-01T00:00:00Z"), "staple", Answer::Unknown}};
  add(chain);
  HttpSecure secure;
  secure.headers["strict-transport-security"] = "max-age=31536000";
  secure.cookies = {{"SID", true, true, "Lax"}};
  secure.encodings = {"gzip"};
  secure.body_size = 2000;
  add(secure);
  add(HttpPlain{});
  CertificateSelection selection;
  selection.by_key = {{"EC", std::string(64, 'a')}};
  selection.refused = {"RSA", "Ed25519"};
  selection.undecided = {"RSA-PSS"};
  add(selection);
  CertificateRevocation revocation;
  revocation.certificates = {{std::string(64, 'a'), std::nullopt, RevocationAnswer{}, RevocationAnswer{}}};
  revocation.certificates.front().ocsp->this_update = sample::instant("2026-11-01T00:00:00Z");
  add(revocation);
  add(Registration{});
  add(HostCollection{});
  add(OsIdentity{});
  add(OsExtendedSupport{});
  add(UpdatesLastCheck{});
  add(UpdatesLastOsUpdate{});
  add(UpdatesPending{});
  add(UpdatesAuto{});
  add(RebootRequired{});
  AntivirusProducts products;
  products.products.emplace_back();
  add(products);
  add(SoftwareProducts{{InstalledSoftware{}}});
  add(HostFirewall{{FirewallProfile{}}, ""});
  add(DiskEncryption{{DiskVolume{}}, ""});
  add(ScreenLock{});
  add(AutomaticLogin{});
  add(LocalAccounts{});
  add(SystemLogs{});
  add(ClockSync{});
  add(SensorProducts{{Sensor{}}});
  add(ListeningPorts{{ListeningPort{}}});
  add(ResidueFiles{});
  add(ResidueFeatures{});
  add(OtherUse{});
  add(LastPowerOff{});
  DomainDns dns;
  dns.dnssec.ds = {{20326, 8, 2, {1, 2}}};
  dns.dnssec.signed_until = Instant{};
  dns.mail.tlsa["mail.example.jp"] = {};
  dns.caa = {{"example.jp", "", DnsFound::Records, "", {{false, "issue", ";"}}}};
  add(dns);
  DomainDelegation delegation;
  delegation.servers = {{"ns.example.jp", "192.0.2.1", DnsFound::Records, Answer::Yes, 7, {}, ""}, {}};
  add(delegation);
  DomainDependents dependents;
  dependents.dependents.emplace_back();
  dependents.registry["example.or.jp"] = {};
  dependents.pages.emplace_back();
  add(dependents);
  add(IssuedCertificates{"crtsh", "https://search.example/", "", {IssuedCertificate{}}});
  ArchivedPages archived;
  archived.first = Instant{};
  archived.pages.emplace_back();
  add(archived);
  add(DomainLookalikes{1, {Lookalike{}}, 0, {"example.jp"}});
  DeclaredClinic clinic;
  clinic.inventory_complete = {"院長", sample::day("2026-11-01")};
  add(clinic);
  DeclaredEndpoint endpoint;
  endpoint.located_in = {"JP", "院長", sample::day("2026-11-01")};
  add(endpoint);
  DeclaredDomain domain;
  domain.approved_changes = {{sample::day("2026-11-01"), "移管"}};
  add(domain);
  add(DeclaredFormerDomain{});
  add(DeclaredHost{});
  add(DeclaredDecision{});
  add(DeclaredDocument{});
  add(DeclaredWaiver{});
  add(DeclaredAccepted{});
  DeclaredBaseline baseline;
  baseline.created = sample::day("2019-04-11");
  baseline.certificates = {{"tele.example.jp:443", std::string(64, 'a'), "CN=Example CA"}};
  add(baseline);
  add(Vantage{});
  EndpointPlace place;
  place.consulted = {{PlaceSource::Cloud, "AWS", "1", sample::day("2026-11-20")},
                     {PlaceSource::Geo, "Countries", "", {}}};
  place.said = {{PlaceSource::Cloud, "AWS", "198.51.100.0-198.51.100.255", "ap-northeast-1", "ap-northeast-1", ""}};
  add(place);
  sample::observe(facts, target, "", "tls.versions", Error{Error::Kind::Timeout, "5000 ms"});
  return facts;
}

std::string facts_document(const Facts& facts) {
  std::ostringstream out;
  write_document_start(facts, out);
  bool is_first = true;
  for (const auto& o : facts.all()) write_document_observation(o, std::exchange(is_first, false), out);
  write_document_end(is_first, out);
  return out.str();
}

TEST(FactsSchema, FitsEveryFactThereIs) {
  const Facts facts = one_of_each_fact();
  EXPECT_EQ(facts.all().size(), std::variant_size_v<Fact> + 1) << "a kind of fact is missing in this test";
  const Schema schema = schema_named("facts.json");
  EXPECT_EQ(schema.fault(*parse_json(facts_document(facts), "facts.json")), "");
}

TEST(FactsSchema, FitsEveryLineOfTheStoredForm) {
  const Schema schema = schema_named("facts.json");
  const auto json = [](const std::string& line) { return *parse_json(line, "facts.jsonl"); };
  EXPECT_EQ(schema.fault(json(header_line("0.1.0", sample::instant("2026-11-22T05:00:00Z"))), "header"), "");
  EXPECT_EQ(schema.fault(json(finished_line(sample::instant("2026-11-22T05:00:00Z"))), "finished"), "");
  const Facts facts = one_of_each_fact();
  for (const auto& observation : facts.all())
    EXPECT_EQ(schema.fault(json(observation_line(observation)), "observation"), "") << observation.name;
}

TEST(FactsSchema, KnowsEveryKindOfError) {
  const Schema schema = schema_named("facts.json");
  for (int i = 0; i <= static_cast<int>(Error::Kind::NotAsked); ++i) {
    const Json error = {{"kind", error_name(static_cast<Error::Kind>(i))}, {"detail", ""}};
    EXPECT_EQ(schema.fault(error, "error"), "");
  }
}

TEST(FactsSchema, RefusesAFactOfAnotherShape) {
  const Schema schema = schema_named("facts.json");
  const Facts facts = one_of_each_fact();
  Json document = *parse_json(facts_document(facts), "facts.json");
  document["observations"][0]["fact"]["TLSv1.3"]["accepted"] = "maybe";
  EXPECT_NE(schema.fault(document), "");
  document = *parse_json(facts_document(facts), "facts.json");
  document["observations"][0]["error"] = {{"kind", "timeout"}, {"detail", ""}};
  EXPECT_NE(schema.fault(document), "") << "a fact and an error at once";
}

TEST(HostFactsSchema, FitsWhatIsReadAndWhatIsWritten) {
  const Schema schema = schema_named("host-facts.json");
  for (const auto& sample : host_samples::samples) {
    const std::string text = host_samples::document(sample.fact, sample.value);
    EXPECT_EQ(schema.fault(*parse_json(text, sample.fact)), "") << sample.fact;
    const auto read = read_host_facts(text, sample.fact);
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(schema.fault(*parse_json(write_host_facts(*read), sample.fact)), "") << sample.fact;
  }
}

TEST(HostFactsSchema, FitsTheHostsOfTheLab) {
  const Schema schema = schema_named("host-facts.json");
  for (const std::string name : {"reception.json", "consultation.json", "server.json"}) {
    std::ifstream in(SOURCE_DIR "/tests/lab/clinic/" + name);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    EXPECT_EQ(schema.fault(*parse_json(text, name)), "") << name;
  }
}

TEST(HostFactsSchema, RefusesAValueOfAnotherShape) {
  const Schema schema = schema_named("host-facts.json");
  for (const auto& sample : host_samples::samples) {
    const auto wrong = *parse_json(host_samples::document(sample.fact, "{\"anything\": 1}"), sample.fact);
    EXPECT_NE(schema.fault(wrong), "") << sample.fact;
  }
}

}  // namespace
}  // namespace kenshin
