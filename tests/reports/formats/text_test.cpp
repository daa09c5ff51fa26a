#include <gtest/gtest.h>

#include <sstream>

#include "probes/base/text.h"
#include "probes/host/host_facts.h"
#include "probes/tls/code_points.h"
#include "reports/formats/observe_text.h"
#include "reports/formats/phrases.h"
#include "reports/formats/text_summary.h"
#include "tests/probes/host/protection_samples.h"
#include "tests/reports/formats/sample_report.h"

namespace kenshin {
namespace {

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string summary(const Report& report, Language language, bool colour = false) {
  std::ostringstream out;
  write_summary(report, sample::words(language), colour, out);
  return out.str();
}

TEST(Summary, TellsIpasGrade) {
  EXPECT_TRUE(has(summary(sample::report(), Language::Ja), "2.5.2-1.xii のIPAの等級：推奨セキュリティ型"));
}

TEST(Summary, BeginsWithTheVerdictAndItsCounts) {
  const std::string text = summary(sample::report(), Language::Ja);
  EXPECT_TRUE(has(text, "×  チェックリストの項目で4件が、基準に届いていません。")) << text;
  EXPECT_LT(text.find("チェックリストの項目で"), text.find("対応が必要なこと"));
}

TEST(Summary, NamesWithEveryCauseTheItemsItConcerns) {
  const Report report = sample::report();
  for (const Language language : {Language::Ja, Language::En}) {
    std::string text = summary(report, language);
    text.resize(text.find(language == Language::Ja ? "この報告は" : "This report"));
    for (const auto& answer : report.answers) {
      const bool named = has(text, answer.id.text);
      EXPECT_TRUE(named || answer.observed != Observed::NotMet) << answer.id.text << "\n" << text;
    }
  }
}

TEST(Summary, LeavesOutPartsThatAreZero) {
  Report report = sample::report();
  std::erase_if(report.answers,
                [](const ItemAnswer& a) { return a.observed == Observed::NotMet || a.observed == Observed::Unknown; });
  for (const Language language : {Language::Ja, Language::En}) {
    const std::string sentence = report_words(report, sample::wording(language));
    EXPECT_TRUE(has(sentence, sample::wording(language)("summary.open"))) << sentence;
    EXPECT_FALSE(has(sentence, "0件") || has(sentence, ": 0") || has(sentence, "not verified")) << sentence;
  }
}

TEST(Summary, SaysNothingOfAnEmptyValue) {
  for (const Language language : {Language::Ja, Language::En})
    for (const auto& [key, sentence] : sample::wording(language).all()) {
      if (!key.starts_with("reason.")) continue;
      std::vector<std::pair<std::string, std::string>> empty;
      for (const char* name : {"because", "detail", "value"}) empty.emplace_back(name, "—");
      const std::string said = reason_words({key.substr(7), empty}, sample::wording(language));
      EXPECT_FALSE(has(said, "（—）") || has(said, "(—)")) << said;
    }
}

TEST(Summary, CarriesEveryState) {
  for (const Language language : {Language::Ja, Language::En}) {
    const std::string text = summary(sample::report(), language);
    for (const char* name :
         {"met", "supported", "conditional", "attention", "not_met", "unknown", "not_applicable", "not_observed"})
      EXPECT_TRUE(has(text, sample::wording(language)("verdict." + std::string(name)))) << name;
    EXPECT_FALSE(has(text, "[page.") || has(text, "[verdict.") || has(text, "[text.") || has(text, "[remedy.")) << text;
  }
}

TEST(Summary, SaysWhatToDoAndWhoseTaskItIs) {
  const std::string text = summary(sample::report(), Language::Ja);
  EXPECT_TRUE(has(text, "old.minatozaka.example:443"));
  EXPECT_TRUE(has(text, "→ システム事業者に、TLS 1.2 より古い版を止めるよう頼んでください。"));
  EXPECT_TRUE(has(text, "担当：システム事業者"));
  EXPECT_TRUE(has(text, "[記入と点検結果が違います]"));
}

TEST(Summary, FitsATerminalOfEightyColumns) {
  for (const Language language : {Language::Ja, Language::En}) {
    const std::string text = summary(sample::report(), language);
    for (const auto line : lines(text)) EXPECT_LE(display_width(line), 80u) << line;
  }
}

TEST(Summary, NamesTenThingsAndCountsTheRest) {
  Report report = sample::report();
  for (int i = 0; i < 9; ++i) {
    Finding more = report.findings[2];
    more.id = "more" + std::to_string(i);
    more.because.code = "sample-holds";
    more.verdict = Verdict::Unknown;
    more.target.port = static_cast<std::uint16_t>(1000 + i);
    report.findings.push_back(more);
  }
  const std::string text = summary(report, Language::Ja);
  EXPECT_TRUE(has(text, "10. "));
  EXPECT_FALSE(has(text, "11. "));
  EXPECT_TRUE(has(text, "ほか 7件"));
}

TEST(Summary, IsColouredOnlyWhenAsked) {
  EXPECT_FALSE(has(summary(sample::report(), Language::Ja), "\x1b"));
  EXPECT_TRUE(has(summary(sample::report(), Language::Ja, true), "\x1b[1;31m"));
}

TEST(Summary, LetsNoForeignTextMoveTheCursor) {
  Report report = sample::report();
  for (auto& finding : report.findings)
    for (auto& [name, value] : finding.because.parameters) value = "\x1b[2J\xE2\x80\xAE";
  const std::string text = summary(report, Language::Ja);
  EXPECT_FALSE(has(text, "\x1b"));
  EXPECT_FALSE(has(text, "\xE2\x80\xAE"));
}

TEST(Wrapping, CountsWideCharactersTwiceAndStartsNoLineWithAClosingMark) {
  EXPECT_EQ(wrapped("患者の同意。", 10), (std::vector<std::string>{"患者の同", "意。"}));
  EXPECT_EQ(wrapped("患者の（同意）", 8), (std::vector<std::string>{"患者の", "（同意）"}));
  EXPECT_EQ(wrapped("one two three", 8), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrapped("", 8), std::vector<std::string>{});
  EXPECT_EQ(wrapped("abcdefghijkl", 4), std::vector<std::string>{"abcdefghijkl"});
}

Facts seen() {
  Facts facts;
  const Target target = sample::endpoint("tele.example:443");
  TlsVersions versions;
  versions.versions = {{TlsVersion::Ssl3, {Answer::Unknown, "reset, the control hello failed, too"}},
                       {TlsVersion::Tls10, {Answer::No, "alert protocol_version"}},
                       {TlsVersion::Tls13, {Answer::Yes, "server_hello"}}};
  sample::observe(facts, target, "192.0.2.1", "tls.versions", Fact(versions));
  TlsSuites suites;
  suites.versions[TlsVersion::Tls13] = {{*suite_named("TLS_AES_128_GCM_SHA256")}, true, ChosenBy::Server, ""};
  suites.versions[TlsVersion::Tls12] = {
      {*suite_named("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")}, false, ChosenBy::Unknown, "reset"};
  sample::observe(facts, target, "192.0.2.1", "tls.suites", Fact(suites));
  sample::observe(facts, target, "192.0.2.1", "tls.groups", Error{Error::Kind::Timeout, "5000 ms"});
  CertificateChain chain;
  Certificate leaf;
  leaf.subject = "CN=tele.example\x1b[31m";
  leaf.names = {"tele.example"};
  leaf.key = "EC-P-256";
  leaf.not_after = sample::instant("2027-01-02T00:00:00Z");
  chain.certificates = {leaf};
  chain.trusted = Answer::No;
  chain.problems = {"untrusted_root"};
  sample::observe(facts, target, "192.0.2.1", "certificate.chain", Fact(chain));
  sample::observe(facts, target, "2001:db8::1", "tls.versions", Error{Error::Kind::Unreachable, "no route"});
  Registration registration;
  registration.registered = Answer::Yes;
  registration.state = {"active"};
  registration.expires = sample::day("2027-04-30");
  sample::observe(facts, {TargetKind::Domain, "tele.example", 0}, "", "domain.registration", Fact(registration));
  UpdatesPending pending;
  pending.installed = 900, pending.total = 4;
  sample::observe(facts, {TargetKind::Host, "受付PC-1", 0}, "", "updates.pending", Fact(pending));
  return facts;
}

std::string observed_text(const Facts& facts, Language language = Language::En) {
  std::ostringstream out;
  write_observations(facts, sample::wording(language), out, false);
  return out.str();
}

TEST(ObserveText, TellsYesNoAndUnknownApart) {
  const std::string text = observed_text(seen());
  EXPECT_TRUE(has(text, "tele.example:443  192.0.2.1\n"));
  EXPECT_TRUE(has(text, "unknown  (reset, the control hello failed, too)"));
  EXPECT_TRUE(has(text, "no  (alert protocol_version)"));
  EXPECT_TRUE(has(text, "yes  (server_hello)"));
  EXPECT_TRUE(has(text, "TLS_AES_128_GCM_SHA256"));
  EXPECT_TRUE(has(text, "1, complete; chosen by: server"));
  EXPECT_TRUE(has(text, "1 seen, there may be more (reset); chosen by: unknown"));
  EXPECT_FALSE(has(text, "not supported"));
}

TEST(ObserveText, TellsWhatProtectsAHost) {
  Facts facts;
  for (const auto& fact : host_samples::samples) {
    const auto read = read_host_facts(host_samples::document(fact.fact, fact.value), "pc.json");
    ASSERT_TRUE(read) << read.error().detail;
    facts.add(read->at(1));
  }
  const std::string text = observed_text(facts);
  for (const char* line :
       {"Microsoft Edge 142.0.1  browser, updates: automatic", "domain: yes, public: no  (netfw)",
        "system: suspended, removable: locked", "yes, after 900 s, password: unknown", "enabled: 3, privileged: 1",
        "unused for 90 days: unknown, blank password: 0", "running, oldest record: 2026-08-01T00:00:00Z  (journald)",
        "tcp/3389 any", "Wazuh agent  ids, active: yes  (service)", "recordings: 0, downloads: 4, screenshots: unknown",
        "recall: not_applicable, downloads backed up: yes", "medical records: yes, networks: unknown"})
    EXPECT_TRUE(has(text, line)) << line;
}

TEST(ObserveText, ShowsWhatFailedWithKindAndDetail) {
  const std::string text = observed_text(seen());
  EXPECT_TRUE(has(text, "? timeout: 5000 ms"));
  EXPECT_TRUE(has(text, "? unreachable: no route"));
  EXPECT_TRUE(has(text, "tele.example:443  2001:db8::1"));
}

// Every fact of one address failed with this error.
Facts failed_alike(const Error& error) {
  Facts facts;
  for (const char* name : {"tls.versions", "tls.suites", "certificate.chain"})
    sample::observe(facts, sample::endpoint("tele.example:443"), "192.0.2.1", name, error);
  return facts;
}

TEST(ObserveText, SaysAFailureOfAWholeAddressOnceAndWhatToCheck) {
  const std::string text = observed_text(failed_alike({Error::Kind::Refused, "connect: Connection refused"}));
  EXPECT_EQ(text.find("? refused"), text.rfind("? refused")) << text;
  EXPECT_TRUE(has(text, "tls.versions, tls.suites, certificate.chain")) << text;
  EXPECT_TRUE(has(text, "Check the address and the port.")) << text;
  EXPECT_TRUE(has(observed_text(failed_alike({Error::Kind::Refused, ""}), Language::Ja), "ポートを確かめてください"));
  EXPECT_FALSE(has(observed_text(seen()), "Check the address")) << "some facts were seen there";
}

TEST(ObserveText, TellsPlainHttpFromOtherThingsThatAreNotTls) {
  for (const char* answer : {"the answer begins \"HTTP/1.1 400 Bad Request\"", "the answer begins \"<!DOCTYPE HTML>\""})
    EXPECT_TRUE(has(observed_text(failed_alike({Error::Kind::NotTls, answer})), "plain HTTP")) << answer;
  const std::string other = observed_text(failed_alike({Error::Kind::NotTls, "the answer begins \"SSH-2.0\""}));
  EXPECT_FALSE(has(other, "plain HTTP")) << other;
  EXPECT_TRUE(has(other, "other than TLS")) << other;
}

TEST(ObserveText, SaysWhetherYesIsAFeatureOrAWeakness) {
  Facts facts;
  const Target target = sample::endpoint("tele.example:443");
  TlsExtensions extensions;
  extensions.features[Feature::FallbackScsv] = {Answer::Yes, ""};
  sample::observe(facts, target, "192.0.2.1", "tls.extensions", Fact(extensions));
  TlsWeaknesses weaknesses;
  weaknesses.weaknesses[Weakness::Robot].vulnerable = Answer::Yes;
  sample::observe(facts, target, "192.0.2.1", "tls.weaknesses", Fact(weaknesses));
  CertificateRevocation revocation;
  revocation.certificates.resize(1);
  revocation.certificates[0].sha256 = "aa";
  revocation.certificates[0].crl = RevocationAnswer{Standing::Revoked, "revoked", "", {}, {}, {}};
  sample::observe(facts, target, "192.0.2.1", "certificate.revocation", Fact(revocation));
  const std::string text = observed_text(facts);
  EXPECT_LT(text.find("features"), text.find("yes = the server does so"));
  EXPECT_LT(text.find("weaknesses"), text.find("yes = found"));
  EXPECT_TRUE(has(text, "revoked; certificates: 1")) << text;
}

TEST(ObserveText, ShowsCertificateRegistrationAndHost) {
  const std::string text = observed_text(seen());
  for (const char* part : {"EC-P-256", "2027-01-02", "untrusted_root", "trusted: no", "2027-04-30", "受付PC-1",
                           "4 of 900 packages; security: unknown"})
    EXPECT_TRUE(has(text, part)) << part << "\n" << text;
  EXPECT_FALSE(has(text, "\x1b"));
}

}  // namespace
}  // namespace kenshin
