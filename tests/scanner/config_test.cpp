#include "scanner/config.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "probes/base/text.h"
#include "reports/formats/wording.h"
#include "scanner/target_list.h"

namespace kenshin {
namespace {

const Day today = *parse_day("2026-11-22");
const Instant now = *parse_instant("2026-11-22T05:00:00Z");

std::string file_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

// The first example of docs/config.md after a sentence that begins with `lead`.
std::string example_after(std::string_view lead) {
  const std::string page = file_text(SOURCE_DIR "/docs/config.md");
  const auto begin = page.find("```toml\n", page.find(lead)) + 8;
  return page.substr(begin, page.find("```\n", begin) - begin);
}

// It uses every key.
std::string example() { return example_after("A clinic with a vendor's system"); }

Config read(std::string_view text, std::string_view file_name = "kenshin.toml") {
  const auto config = read_config(text, file_name, today);
  EXPECT_TRUE(config) << config.error().detail;
  return config ? *config : Config{};
}

std::string fault(std::string_view text) {
  const auto config = read_config(text, "kenshin.toml", today);
  EXPECT_FALSE(config) << text;
  if (config) return {};
  EXPECT_EQ(config.error().kind, Error::Kind::Malformed);
  return config.error().detail;
}

template <class F>
const F* declared(const std::vector<Observation>& observations, const Target& target) {
  for (const auto& o : observations)
    if (o.target == target && o.name == F::name) return fact_of<F>(o);
  return nullptr;
}

template <class F>
const F* declared(std::vector<Observation>&&, const Target&) = delete;  // it would outlive them

TEST(Config, ReadsTheSmallExampleThatComesFirst) {
  const Config c = read(example_after("To begin with"));
  EXPECT_EQ(c.clinic.clinic_name, "みなとのひかりクリニック");
  EXPECT_EQ(c.clinic.public_url, "");
  EXPECT_EQ(c.endpoints.size(), 1U);
}

TEST(Config, ReadsEveryKeyOfTheDocumentedExample) {
  const Config c = read(example(), "clinic/kenshin.toml");
  EXPECT_EQ(c.clinic.clinic_name, "みなとのひかりクリニック");
  EXPECT_EQ(c.clinic.public_url, "https://www.example.jp/");
  EXPECT_EQ(c.clinic.system, SystemKind::Dedicated);
  EXPECT_EQ(c.clinic.affects_medical_information_system, Answer::No);
  EXPECT_EQ(c.clinic.inventory_complete, (PersonOnDay{"事務長", *parse_day("2026-11-02")}));
  EXPECT_EQ(c.clinic.media_out_of_band, "電話で話す");
  EXPECT_EQ(c.clinic.not_applicable, std::vector<std::string>{"2.5.1-2.i"});
  EXPECT_EQ(c.checklist_file, "clinic/checklist.txt");
  EXPECT_EQ(c.profile, "checklist-2026");

  ASSERT_EQ(c.endpoints.size(), 1U);
  EXPECT_EQ(c.endpoints[0].asked, (AskedEndpoint{{TargetKind::Endpoint, "consult.example.jp", 443}, "192.0.2.10"}));
  EXPECT_EQ(c.endpoints[0].declared.role, Role::Consult);
  EXPECT_EQ(c.endpoints[0].declared.owner, Owner::Vendor);
  EXPECT_FALSE(c.endpoints[0].declared.tls12_reason.empty());
  EXPECT_EQ(c.endpoints[0].declared.located_in, (LocatedIn{"JP", "システム事業者", *parse_day("2026-10-20")}));

  ASSERT_EQ(c.domains.size(), 1U);
  EXPECT_EQ(c.domains[0].domain, "example.jp");
  EXPECT_EQ(c.domains[0].declared.in_service_since, *parse_day("2019-05-01"));
  EXPECT_EQ(c.domains[0].declared.auto_renew, Answer::Yes);
  EXPECT_EQ(c.domains[0].declared.mail, Answer::Yes);
  EXPECT_EQ(c.domains[0].declared.approved_changes.size(), 1U);
  ASSERT_EQ(c.former_domains.size(), 1U);
  EXPECT_EQ(c.former_domains[0].domain, "old-example.jp");
  EXPECT_EQ(c.former_domains[0].declared.intent, "keep");

  ASSERT_EQ(c.hosts.size(), 2U);
  EXPECT_EQ(c.hosts[0].facts_file, "clinic/reception.json");
  EXPECT_EQ(c.hosts[0].label, "受付PC");
  EXPECT_EQ(c.hosts[0].declared.owner, Owner::Clinic);
  EXPECT_TRUE(c.hosts[1].facts_file.empty());

  ASSERT_EQ(c.decisions.size(), 1U);
  EXPECT_EQ(c.decisions[0].declared.verdict, "met");
  EXPECT_EQ(c.decisions[0].declared.review_by, *parse_day("2027-11-04"));
  ASSERT_EQ(c.documents.size(), 1U);
  EXPECT_EQ(c.documents[0].path, "clinic/memorandum.txt");
  EXPECT_EQ(c.documents[0].declared.file, "memorandum.txt");
  ASSERT_EQ(c.waivers.size(), 1U);
  EXPECT_EQ(c.waivers[0].declared.ticket, "A-12");
  ASSERT_EQ(c.accepted.size(), 1U);
  EXPECT_EQ(c.accepted[0].host, "受付PC");
  ASSERT_TRUE(c.authorization);
  EXPECT_EQ(c.authorization->to, *parse_day("2026-11-30"));
  EXPECT_EQ(c.sources.whois, "whois.jprs.jp:43");
  EXPECT_EQ(c.sources.rdap, "https://rdap.example.com/");
  EXPECT_EQ(c.sources.cache, "clinic/registry");
  EXPECT_EQ(c.sources.resolver, "192.0.2.53");
  EXPECT_EQ(c.sources.trust_bundle, "clinic/ca.pem");
  EXPECT_EQ(c.sources.trust_anchor, "clinic/root.key");
  EXPECT_EQ(c.sources.mmdb, "clinic/countries.mmdb");
  EXPECT_EQ(c.sources.outside.certspotter, "https://api.certspotter.com/");
  EXPECT_EQ(c.sources.outside.crtsh, "");
  EXPECT_EQ(c.sources.outside.wayback, "http://127.0.0.1:8080/archive/");
  EXPECT_TRUE(c.sources.outside.lookalikes);
}

TEST(Config, TellsAnEmptyListOfFormerDomainsFromNone) {
  EXPECT_EQ(read("former_domain = []\n").clinic.former_domains_listed, Answer::Yes);
  EXPECT_EQ(read("[[former_domain]]\nname = \"example.jp\"\n").clinic.former_domains_listed, Answer::Yes);
  EXPECT_EQ(read("[clinic]\nname = \"x\"\n").clinic.former_domains_listed, Answer::No);
}

TEST(Config, ExpectsTheClinicToHoldADomainThatIsNotTheVendors) {
  const std::string clinic = "[clinic]\nname = \"A Clinic\"\n[[domain]]\nname = \"example.jp\"\n";
  EXPECT_EQ(read(clinic).domains.front().declared.holder, "A Clinic");
  EXPECT_EQ(read(clinic + "holder = \"B\"\n").domains.front().declared.holder, "B");
  EXPECT_EQ(read(clinic + "owner = \"vendor\"\n").domains.front().declared.holder, "");
}

TEST(Config, RefusesDaysAheadForWhatHasHappened) {
  const std::string ahead = ": it lies ahead; today is 2026-11-22";
  for (const char* line :
       {"in_service_since = 2026-11-23", "approved_changes = [{on = 2026-11-23, what = \"moved\"}]"}) {
    const std::string said = fault("[[domain]]\nname = \"example.jp\"\n" + std::string(line) + "\n");
    EXPECT_NE(said.find(ahead), std::string::npos) << said;
  }
  const std::string former = "[[former_domain]]\nname = \"example.jp\"\nlast_used = 2026-11-2";
  EXPECT_NE(fault(former + "3\n").find(ahead), std::string::npos);
  EXPECT_EQ(read(former + "2\n").former_domains.size(), 1U);
}

TEST(Config, LeavesOutsideSourcesOffUnlessTheyAreSwitchedOn) {
  for (const char* text : {"", "[sources]\n", "[sources]\ncertspotter = false\ncrtsh = false\nwayback = false\n"}) {
    const OutsideSources off = read(text).sources.outside;
    EXPECT_EQ(off.certspotter + off.crtsh + off.wayback, "") << text;
    EXPECT_FALSE(off.lookalikes) << text;
  }
  const OutsideSources on = read("[sources]\ncrtsh = true\nwayback = true\n").sources.outside;
  EXPECT_EQ(on.crtsh, "https://crt.sh/");
  EXPECT_EQ(on.wayback, "https://web.archive.org/");
  for (const char* odd : {"\"http://search.example/\"", "\"yes\"", "1", "\"\"", "\"file:///etc/passwd\""})
    EXPECT_FALSE(read_config("[sources]\ncertspotter = " + std::string(odd) + "\n", "f", Day{})) << odd;
  EXPECT_FALSE(read_config("[sources]\nlookalikes = \"https://x.example/\"\n", "f", Day{}));
}

TEST(Config, FindsTheBaselineBesideItself) {
  EXPECT_EQ(read("[sources]\nbaseline = \"b.json\"\n", "clinic/kenshin.toml").sources.baseline, "clinic/b.json");
}

TEST(Config, ReadsTheDemoClinic) {
  std::string text = file_text(SOURCE_DIR "/tests/lab/clinic/kenshin.toml.in");
  for (const auto& [name, value] : {std::pair<std::string, std::string>{"@FOLDER@", SOURCE_DIR "/tests/lab/clinic"},
                                    {"@GOOD_PORT@", "8443"},
                                    {"@WEAK_PORT@", "8444"},
                                    {"@SILENT_PORT@", "8445"},
                                    {"@WHOIS_PORT@", "4343"},
                                    {"@DNS_PORT@", "5353"},
                                    {"@TRUST_BUNDLE@", "ca.pem"}})
    for (auto at = text.find(name); at != std::string::npos; at = text.find(name)) text.replace(at, name.size(), value);
  EXPECT_EQ(text.find('@'), std::string::npos);
  const Config c = read(text);
  EXPECT_EQ(endpoints_to_probe(c).size(), 3U);
  EXPECT_EQ(c.hosts.size(), 3U);
  EXPECT_EQ(lint_config(c, {}, today), std::vector<Remark>{});
  const auto seen = declared_observations(c, now);
  const auto* document = declared<DeclaredDocument>(seen, {});
  ASSERT_NE(document, nullptr);
  EXPECT_EQ(document->problem, "");
}

TEST(Config, TakesOtherProtocolsAndAPlainPage) {
  const Config c = read(
      "[[endpoint]]\nurl = \"https://tele.example.jp:8443\"\nplain_http = \"http://Tele.example.jp:8080\"\n"
      "[[endpoint]]\nurl = \"smtp://mail.example.jp:587\"\nrole = \"mail\"\n"
      "[[endpoint]]\nurl = \"turns:turn.example.jp\"\nrole = \"media\"\n");
  ASSERT_EQ(c.endpoints.size(), 3U);
  EXPECT_EQ(c.endpoints[0].asked.plain_http, "http://tele.example.jp:8080");
  EXPECT_EQ(c.endpoints[0].declared.plain_http, "http://tele.example.jp:8080");
  EXPECT_EQ(endpoints_to_probe(c).front().plain_http, "http://tele.example.jp:8080");
  EXPECT_EQ(target_text(c.endpoints[1].asked.target), "smtp://mail.example.jp:587");
  EXPECT_EQ(target_text(c.endpoints[2].asked.target), "turn.example.jp:5349");
  EXPECT_NE(fault("[[endpoint]]\nurl = \"a.example.jp\"\nplain_http = \"a.example.jp\"\n").find("http://NAME"),
            std::string::npos);
}

TEST(Config, TakesWhatIsNotSaidForUnknown) {
  const Config c =
      read("[[endpoint]]\nurl = \"consult.example.jp:8443\"\n[[host]]\nfacts = \"pc-3.json\"\n[[host]]\nthis = true\n");
  DeclaredClinic nothing_said;
  nothing_said.former_domains_listed = Answer::No;
  EXPECT_EQ(c.clinic, nothing_said);
  EXPECT_EQ(c.endpoints[0].declared, DeclaredEndpoint{});
  EXPECT_EQ(c.endpoints[0].asked.address, "");
  EXPECT_EQ(c.hosts[0].label, "pc-3");
  EXPECT_EQ(c.hosts[1].label, "this host");
  EXPECT_FALSE(c.authorization);
  EXPECT_FALSE(c.former_domains_declared);
  EXPECT_EQ(c.sources.whois, "");
  EXPECT_TRUE(read("").endpoints.empty());
}

TEST(Config, AcceptsDatesAsTextAndByteOrderMarkAndCrlf) {
  const Config c =
      read("\xEF\xBB\xBF[[domain]]\r\nname = \"EXAMPLE.jp.\"\r\nin_service_since = \"2019-05-01\"\r\nmail = false\r\n");
  EXPECT_EQ(c.domains[0].domain, "example.jp");
  EXPECT_EQ(c.domains[0].declared.in_service_since, *parse_day("2019-05-01"));
  EXPECT_EQ(c.domains[0].declared.mail, Answer::No);
}

TEST(Config, KnowsThatThereAreNoFormerDomains) { EXPECT_TRUE(read("former_domain = []\n").former_domains_declared); }

TEST(Config, NamesTheFaultAndItsPlace) {
  EXPECT_EQ(fault("[[endpoint]]\nurl = \"a.example.jp\"\n  rol = \"api\"\n"),
            "kenshin.toml:3:3: unknown key \"rol\" in [[endpoint]]; did you mean \"role\"?");
  EXPECT_EQ(fault("[[endpiont]]\nurl = \"a.example.jp\"\n"),
            "kenshin.toml:1:3: unknown key \"endpiont\"; did you mean \"endpoint\"?");
  EXPECT_EQ(
      fault("[[endpoint]]\nurl = \"a.example.jp\"\nrole = \"consul\"\n"),
      "kenshin.toml:3:8: role in [[endpoint]]: \"consul\" is none of consult, login, api, media, website, mail, data; "
      "did you mean \"consult\"?");
  EXPECT_EQ(fault("[system]\ninventory_complete = {by = \"A\", an = 2026-11-02}\n"),
            "kenshin.toml:2:22: on in inventory_complete in [system]: this key is needed, a day written YYYY-MM-DD\n"
            "kenshin.toml:2:33: unknown key \"an\" in inventory_complete in [system]; did you mean \"on\"?");
  EXPECT_EQ(fault("[endpoint]\nurl = \"a.example.jp\"\n"),
            "kenshin.toml:1:1: endpoint: write [[endpoint]] for each one");
}

TEST(Config, ShowsAllFaultsInTheFilesOrder) {
  const auto text = fault("[[waiver]]\nitem = \"xii\"\n[clinic]\nname = 3\n");
  EXPECT_EQ(lines(text).size(), 6U) << text;  // item, four missing keys, name
  EXPECT_TRUE(lines(text).back().starts_with("kenshin.toml:4:"));
}

TEST(Config, SaysWhereTheFileIsNoToml) {
  EXPECT_TRUE(fault("[clinic]\nname = \n").starts_with("kenshin.toml:2:"));
  EXPECT_TRUE(fault("[clinic]\nname = \"\xff\"\n").starts_with("kenshin.toml:2:"));
  EXPECT_TRUE(fault("[clinic]\nname = \"a\"\nname = \"b\"\n").starts_with("kenshin.toml:3:"));
  EXPECT_NE(fault(std::string(2 * 1024 * 1024, ' ')).find("larger than 1 MiB"), std::string::npos);
}

TEST(Config, RefusesNestingThatWouldExhaustTheStack) {
  std::string key;
  for (int i = 0; i < 100'000; ++i) key += "a.";
  for (const std::string_view before :
       {"", "name = \"x\"  # '\n", "[clinic]\nname = '''x''''\n", "name = [\"\"\"a\"\"\"\"\n", "a = \"\\\"\"\n"})
    EXPECT_NE(fault(std::string(before) + key + "a = 1\n").find("dotted keys"), std::string::npos) << before;
  const std::string dots(5000, '.');
  for (const auto& text :
       {"a = \"" + dots + "\"  # " + dots + "\n", "a = '''\n" + dots + "\n'''\n", "a = '" + dots + "'\n"})
    EXPECT_NE(fault(text).find("unknown key"), std::string::npos);
}

struct BadCase {
  std::string_view line, why;
};

// Each replaces or follows one line of the documented example and must be the only fault then.
TEST(Config, RefusesEachWrongValue) {
  const std::vector<std::pair<std::string_view, BadCase>> cases = {
      {"kind = \"dedicated\"", {"kind = \"special\"", "none of dedicated, general_purpose"}},
      {"affects_medical_information_system = \"no\"",
       {"affects_medical_information_system = \"maybe\"", "yes, no, unknown"}},
      {"not_applicable = [\"2.5.1-2.i\"]", {"not_applicable = [\"2.5.1-2.I\"]", "look like \"2.5.2-1.xii\""}},
      {"not_applicable = [\"2.5.1-2.i\"]", {"not_applicable = \"2.5.1-2.i\"", "list of texts"}},
      {"url = \"https://consult.example.jp\"", {"url = \"gopher://consult.example.jp\"", "https://, smtp://"}},
      {"address = \"192.0.2.10\"", {"address = \"192.0.2.10:443\"", "without a port"}},
      {"address = \"192.0.2.10\"", {"address = \"consult.example.jp\"", "IP address"}},
      {"role = \"consult\"\nowner = \"vendor\"", {"role = \"terminal\"\nowner = \"vendor\"", "none of consult"}},
      {"name = \"example.jp\"", {"name = \"192.0.2.1\"", "not an address"}},
      {"name = \"example.jp\"", {"name = \"ex ample.jp\"", "not a host name"}},
      {"in_service_since = 2019-05-01", {"in_service_since = \"2019-02-29\"", "YYYY-MM-DD"}},
      {"in_service_since = 2019-05-01", {"in_service_since = 2019-05-01T00:00:00Z", "YYYY-MM-DD"}},
      {"in_service_since = 2019-05-01", {"in_service_since = 2019", "YYYY-MM-DD"}},
      {"name = \"old-example.jp\"", {"name = \"example.jp\"", "still in use in line"}},
      {"intent = \"keep\"", {"intent = \"sold\"", "keep, released"}},
      {"facts = \"reception.json\"", {"", "either facts"}},
      {"this = true", {"this = false", "either facts"}},
      {"this = true", {"this = true\nfacts = \"x.json\"", "either facts"}},
      {"label = \"診察室PC\"", {"label = \"受付PC\"", "already stands in line"}},
      {"label = \"診察室PC\"", {"label = \"a\\nb\"", "one line"}},
      {"item = \"2.5.1-1.i\"", {"item = \"2.5.1-1\"", "look like"}},
      {"verdict = \"met\"", {"verdict = \"ok\"", "none of met"}},
      {"verdict = \"met\"", {"", "this key is needed"}},
      {"by = \"院長\"", {"by = \" \"", "must not be blank"}},
      {"review_by = 2027-11-04", {"review_by = 2026-11-03", "before the decision"}},
      {"valid_until = 2027-10-19", {"valid_until = 2026-10-19", "before the document's date"}},
      {"sha256 = \"0000000000000000000000000000000000000000000000000000000000000000\"",
       {"sha256 = \"00\"", "64 hexadecimal"}},
      {"created = 2026-11-01\nexpires = 2027-03-31",
       {"created = 2026-11-01", "expires in [[waiver]]: this key is needed"}},
      {"created = 2026-11-01\nexpires = 2027-03-31",
       {"created = 2026-11-01\nexpires = 2027-11-02", "one year at most, here until 2027-11-01"}},
      {"created = 2026-11-01\nexpires = 2027-03-31", {"created = 2026-11-01\nexpires = 2026-10-31", "before created"}},
      {"owner = \"事務長\"\nexpires = 2027-03-31",
       {"owner = \"事務長\"\nexpires = 2027-05-22", "180 days at most, from today until 2027-05-21"}},
      {"what = \"updates\"", {"what = \"antivirus\"", "none of updates"}},
      {"to = 2026-11-30", {"to = 2026-10-30", "before from"}},
      {"whois = \"whois.jprs.jp:43\"", {"whois = \"whois jprs\"", "HOST:PORT"}},
      {"rdap = \"https://rdap.example.com/\"", {"rdap = \"rdap.example.com\"", "https"}},
      {"rdap = \"https://rdap.example.com/\"", {"rdap = \"http://rdap.example.com/\"", "loopback"}},
      {"resolver = \"192.0.2.53\"", {"resolver = \"dns.example.jp\"", "ADDRESS"}},
  };
  for (const auto& [good, bad] : cases) {
    std::string text = example();
    const auto at = text.find(good);
    ASSERT_NE(at, std::string::npos) << good;
    text.replace(at, good.size(), bad.line);
    const auto said = fault(text);
    EXPECT_EQ(lines(said).size(), 1U) << bad.line << "\n" << said;
    EXPECT_NE(said.find(bad.why), std::string::npos) << bad.line << "\n" << said;
  }
}

TEST(Config, AcceptsTheLongestWaiverAndHold) {
  std::string text = example();
  const auto replace = [&](std::string_view good, std::string_view better) {
    text.replace(text.find(good), good.size(), better);
  };
  replace("created = 2026-11-01\nexpires = 2027-03-31", "created = 2024-02-29\nexpires = 2025-02-28");
  replace("owner = \"事務長\"\nexpires = 2027-03-31", "owner = \"事務長\"\nexpires = 2027-05-21");
  read(text);
}

TEST(Config, TakesOneEndpointAtTwoAddressesButNotTwice) {
  const std::string first = "[[endpoint]]\nurl = \"a.example.jp\"\naddress = \"192.0.2.1\"\n";
  const Config c = read(first + "[[endpoint]]\nurl = \"https://A.example.jp:443/\"\naddress = \"2001:DB8::1\"\n");
  EXPECT_EQ(endpoints_to_probe(c).size(), 2U);
  EXPECT_EQ(c.endpoints[1].asked.address, "2001:db8::1");
  const auto seen = declared_observations(c, now);
  EXPECT_EQ(std::count_if(seen.begin(), seen.end(), [](const auto& o) { return o.name == "declared.endpoint"; }), 1);
  EXPECT_NE(fault(first + first).find("already stands in line 1"), std::string::npos);
  EXPECT_NE(
      fault(first + "[[endpoint]]\nurl = \"a.example.jp\"\nrole = \"api\"\n").find("declared otherwise in line 1"),
      std::string::npos);
  EXPECT_NE(fault("[[endpoint]]\nurl = \"a.example.jp@192.0.2.1:443\"\naddress = \"192.0.2.2\"\n").find("192.0.2.1"),
            std::string::npos);
}

TEST(Config, LeavesGeneralServicesUnprobed) {
  const Config c =
      read("[[endpoint]]\nurl = \"a.example.jp\"\n[[endpoint]]\nurl = \"b.example.jp\"\nowner = \"general_service\"\n");
  const auto probed = endpoints_to_probe(c);
  ASSERT_EQ(probed.size(), 1U);
  EXPECT_EQ(probed[0].target.name, "a.example.jp");
}

TEST(DeclaredObservations, CarryEverythingUnderItsTarget) {
  const Config c = read(example(), "no-such-folder/kenshin.toml");
  const auto seen = declared_observations(c, now);
  const Target clinic{};
  EXPECT_EQ(*declared<DeclaredClinic>(seen, clinic), c.clinic);
  EXPECT_EQ(*declared<DeclaredEndpoint>(seen, {TargetKind::Endpoint, "consult.example.jp", 443}),
            c.endpoints[0].declared);
  EXPECT_EQ(*declared<DeclaredDomain>(seen, {TargetKind::Domain, "example.jp", 0}), c.domains[0].declared);
  EXPECT_EQ(*declared<DeclaredFormerDomain>(seen, {TargetKind::Domain, "old-example.jp", 0}),
            c.former_domains[0].declared);
  EXPECT_EQ(*declared<DeclaredHost>(seen, {TargetKind::Host, "受付PC", 0}), c.hosts[0].declared);
  EXPECT_EQ(*declared<DeclaredAccepted>(seen, {TargetKind::Host, "受付PC", 0}), c.accepted[0].declared);
  EXPECT_EQ(*declared<DeclaredDecision>(seen, clinic), c.decisions[0].declared);
  EXPECT_EQ(*declared<DeclaredWaiver>(seen, clinic), c.waivers[0].declared);
  EXPECT_EQ(declared<DeclaredDocument>(seen, clinic)->problem, "missing");
  for (const auto& o : seen) EXPECT_EQ(o.at, now);
}

TEST(DeclaredObservations, SurviveBeingSaved) {
  std::string text = header_line("test", now) + "\n";
  auto seen = declared_observations(read(example()), now);
  Facts facts;
  for (auto& o : seen) text += observation_line(facts.add(std::move(o))) + "\n";
  const auto again = read_facts(text, "facts.jsonl");
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(again->all(), facts.all());
}

class DocumentFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() / ("kenshin-config-test-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "abc.txt") << "abc";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  DeclaredDocument checked(const std::string& keys) {
    const Config c =
        read("[[document]]\nitem = \"2.5.2-1.i\"\ntitle = \"T\"\n" + keys, (folder_ / "kenshin.toml").string());
    observations_ = declared_observations(c, now);
    const auto* document = declared<DeclaredDocument>(observations_, {});
    return document != nullptr ? *document : DeclaredDocument{};
  }

  std::filesystem::path folder_;
  std::vector<Observation> observations_;
};

// FIPS 180-2, appendix B.1
constexpr std::string_view sha256_of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

TEST_F(DocumentFile, IsHashedAndCompared) {
  EXPECT_EQ(checked("file = \"abc.txt\"\n").sha256, sha256_of_abc);
  EXPECT_EQ(checked("file = \"abc.txt\"\n").problem, "");
  EXPECT_EQ(
      checked("file = \"abc.txt\"\nsha256 = \"BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD\"\n")
          .problem,
      "");
  const auto other = checked("file = \"abc.txt\"\nsha256 = \"" + std::string(64, '0') + "\"\n");
  EXPECT_EQ(other.problem, "hash_differs");
  EXPECT_EQ(other.sha256, std::string(64, '0'));
}

TEST_F(DocumentFile, IsMissingWhereItCannotBeRead) {
  EXPECT_EQ(checked("file = \"abd.txt\"\n").problem, "missing");
  EXPECT_EQ(checked("file = \"/dev/zero\"\n").problem, "missing");
  EXPECT_EQ(checked("file = \"..\"\n").problem, "missing");
  EXPECT_EQ(checked("sha256 = \"" + std::string(64, '0') + "\"\n").problem, "");
}

std::vector<std::string> codes(const std::vector<Remark>& remarks) {
  std::vector<std::string> out;
  for (const auto& remark : remarks) out.push_back(remark.code);
  std::sort(out.begin(), out.end());
  return out;
}

Catalogue catalogue() {
  CatalogueItem machine, person, part;
  machine.id = {"2.5.2-1.xii"};
  machine.criteria = {{"tls.version.floor"}};
  person.id = {"2.5.1-1.i"};
  part.id = {"2.5.2-1.ii"};
  Catalogue out{};
  out.items = {machine, person, part};
  return out;
}

const std::string quiet =
    "former_domain = []\n[system]\ninventory_complete = {by = \"A\", on = 2026-11-02}\nmedia_out_of_band = \"phone\"\n";

TEST(ConfigLint, FindsNothingOddInACompleteFile) {
  EXPECT_EQ(lint_config(read(quiet), catalogue(), today), std::vector<Remark>{});
}

TEST(ConfigLint, NamesWhatIsLeftOut) {
  EXPECT_EQ(codes(lint_config(read(""), catalogue(), today)),
            (std::vector<std::string>{"former-domains-missing", "inventory-not-complete", "media-missing"}));
}

struct OddCase {
  std::string_view text, code, parameter;
  std::size_t line;
};

// Each alone makes its one remark; quiet has four lines.
const std::vector<OddCase> odd = {
    {"[[endpoint]]\nurl = \"a.example.jp\"\n", "owner-missing", "a.example.jp:443", 5},
    {"[[endpoint]]\nurl = \"a.example.jp\"\nowner = \"general_service\"\n", "never-probed", "a.example.jp:443", 5},
    {"[[domain]]\nname = \"example.invalid\"\n", "domain-not-registrable", "example.invalid", 5},
    {"[[domain]]\nname = \"clinic.vercel.app\"\n", "domain-on-platform", "vercel.app", 5},
    {"[[domain]]\nname = \"www.example.jp\"\n", "domain-below-registered", "example.jp", 5},
    {"[checklist]\nnot_applicable = [\"9.9.9.i\"]\n", "unknown-item", "9.9.9.i", 0},
    {"[[decision]]\nitem = \"2.5.2-1.xiii\"\nverdict = \"met\"\nby = \"A\"\non = 2026-11-01\n", "unknown-item-near",
     "2.5.2-1.xii", 5},
    {"[[decision]]\nitem = \"2.5.1-1.i\"\nverdict = \"met\"\nby = \"A\"\non = 2025-11-01\nreview_by = 2026-11-21\n",
     "review-due", "2026-11-21", 5},
    {"[[waiver]]\nitem = \"2.5.1-1.i\"\nreason = \"R\"\napprover = \"A\"\ncreated = 2026-11-01\nexpires = 2027-01-01\n",
     "waiver-never-used", "2.5.1-1.i", 5},
    {"[[waiver]]\nitem = \"2.5.2-1.xii\"\ntarget = \"*.example.jp\"\nreason = \"R\"\napprover = \"A\"\ncreated = "
     "2026-11-01\nexpires = 2027-01-01\n",
     "waiver-without-target", "*.example.jp", 5},
    {"[[waiver]]\nitem = \"2.5.2-1.xii\"\nreason = \"R\"\napprover = \"A\"\ncreated = 2026-11-01\nexpires = "
     "2026-11-21\n",
     "waiver-over", "2026-11-21", 5},
    {"[[waiver]]\nitem = \"2.5.2-1.xii\"\nreason = \"R\"\napprover = \"A\"\ncreated = 2026-11-23\nexpires = "
     "2026-12-21\n",
     "waiver-not-begun", "2026-11-23", 5},
    {"[[accepted]]\nhost = \"PC\"\nwhat = \"updates\"\nreason = \"R\"\nowner = \"A\"\nexpires = 2027-01-01\n",
     "accepted-without-host", "PC", 5},
    {"[[host]]\nthis = true\nlabel = \"PC\"\n[[accepted]]\nhost = \"PC\"\nwhat = \"updates\"\nreason = \"R\"\nowner = "
     "\"A\"\nexpires = 2026-11-21\n",
     "accepted-over", "2026-11-21", 8},
    {"[authorization]\nowner = \"A\"\nbasis = \"B\"\nfrom = 2026-11-23\nto = 2026-11-30\n",
     "authorization-not-in-force", "2026-11-23", 5},
};

TEST(ConfigLint, MakesOneRemarkOfEachOddity) {
  for (const auto& one : odd) {
    const auto remarks = lint_config(read(quiet + std::string(one.text)), catalogue(), today);
    ASSERT_EQ(remarks.size(), 1U) << one.text;
    EXPECT_EQ(remarks[0].code, one.code);
    EXPECT_EQ(remarks[0].line, one.line) << one.code;
    const auto& given = remarks[0].parameters;
    EXPECT_TRUE(std::any_of(given.begin(), given.end(), [&](const auto& p) { return p.second == one.parameter; }))
        << one.code;
  }
}

TEST(ConfigLint, MatchesWaiversByPattern) {
  const std::string endpoint = quiet + "[[endpoint]]\nurl = \"consult.example.jp\"\nowner = \"vendor\"\n";
  const auto remarks = [&](std::string_view pattern) {
    return lint_config(read(endpoint + "[[waiver]]\nitem = \"2.5.2-1.xii\"\ntarget = \"" + std::string(pattern) +
                            "\"\nreason = \"R\"\napprover = \"A\"\ncreated = 2026-11-01\nexpires = 2027-01-01\n"),
                       catalogue(), today)
        .size();
  };
  for (const auto* pattern : {"*", "consult.example.jp:443", "*.example.jp:443", "consult.*", "c*e*:*", "***443"})
    EXPECT_EQ(remarks(pattern), 0U) << pattern;
  for (const auto* pattern : {"consult.example.jp", "*.example.com:443", "onsult*", "*444", "c*z*3"})
    EXPECT_EQ(remarks(pattern), 1U) << pattern;
}

TEST(ConfigLint, HasASentenceForEveryRemark) {
  const DataFiles data;
  const auto ja = Wording::load(data, Language::Ja), en = Wording::load(data, Language::En);
  ASSERT_TRUE(ja && en);
  auto all = lint_config(read(""), catalogue(), today);
  for (const auto& one : odd)
    for (const auto& remark : lint_config(read(quiet + std::string(one.text)), catalogue(), today))
      all.push_back(remark);
  std::size_t sentences = 0;
  for (const auto& [key, sentence] : ja->all()) sentences += key.starts_with("config.") ? 1U : 0U;
  EXPECT_EQ(sentences, all.size());  // and no sentence without a remark
  for (const auto& remark : all)
    for (const auto* words : {&*ja, &*en}) {
      const auto sentence = (*words)("config." + remark.code, remark.parameters);
      EXPECT_FALSE(sentence.starts_with('[')) << remark.code;
      EXPECT_EQ(sentence.find('{'), std::string::npos) << sentence;
    }
}

TEST(TargetList, ReadsOneTargetALine) {
  const auto targets = read_targets(
      "\xEF\xBB\xBF# ours\r\nhttps://consult.example.jp/room#1\r\n\r\n  media.example.jp@192.0.2.1:8443\t# media\r\n"
      "consult.example.jp:443\n[2001:db8::1]:444",
      "targets.txt");
  ASSERT_TRUE(targets) << targets.error().detail;
  EXPECT_EQ(*targets, (std::vector<AskedEndpoint>{{{TargetKind::Endpoint, "consult.example.jp", 443}, ""},
                                                  {{TargetKind::Endpoint, "media.example.jp", 8443}, "192.0.2.1"},
                                                  {{TargetKind::Endpoint, "2001:db8::1", 444}, "2001:db8::1"}}));
}

TEST(TargetList, NamesTheBadLine) {
  const auto targets = read_targets("a.example.jp\n# b\nhttp://c.example.jp\n", "targets.txt");
  ASSERT_FALSE(targets);
  EXPECT_TRUE(targets.error().detail.starts_with("targets.txt:3: ")) << targets.error().detail;
}

TEST(TargetList, MayBeEmpty) {
  const auto targets = read_targets("\n# none yet\n", "targets.txt");
  ASSERT_TRUE(targets);
  EXPECT_TRUE(targets->empty());
}

}  // namespace
}  // namespace kenshin
