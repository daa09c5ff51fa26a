// What follows from lists: each condition met, absent, not told and not applicable.
#include "probes/tls/conditions.h"

#include <gtest/gtest.h>

#include "probes/tls/code_points.h"

namespace kenshin {
namespace {

using Condition = Vulnerability (*)(const Learned&);

Learned learned_of(TlsVersion version, std::vector<SuiteId> suites, bool complete = true) {
  Learned out;
  for (const TlsVersion each :
       {TlsVersion::Ssl2, TlsVersion::Ssl3, TlsVersion::Tls10, TlsVersion::Tls11, TlsVersion::Tls12, TlsVersion::Tls13})
    out.versions.versions[each] = {each == version ? Answer::Yes : Answer::No, "said"};
  out.suites.versions[version] = {std::move(suites), complete, ChosenBy::Server, complete ? "" : "reset"};
  out.key_exchange.complete = true;
  return out;
}

struct Row {
  const char* name;
  Condition condition;
  TlsVersion version;
  std::uint32_t suite;
};
const std::vector<Row>& rows() {
  static const std::vector<Row> out{
      {"poodle", poodle, TlsVersion::Ssl3, 0x002F},     {"freak", freak, TlsVersion::Tls10, 0x0003},
      {"logjam", logjam, TlsVersion::Tls10, 0x0014},    {"sweet32", sweet32, TlsVersion::Tls12, 0x000A},
      {"sweet32", sweet32, TlsVersion::Ssl2, 0x0700C0}, {"rc4", rc4, TlsVersion::Tls11, 0xC011},
      {"beast", beast, TlsVersion::Tls10, 0xC013},      {"raccoon", raccoon, TlsVersion::Tls12, 0x0031},
      {"dheat", dheat, TlsVersion::Tls12, 0x009E},
  };
  return out;
}

TEST(Conditions, AreMetByASuite) {
  for (const Row& row : rows()) {
    const auto found = row.condition(learned_of(row.version, {SuiteId{row.suite}}));
    EXPECT_EQ(found.vulnerable, Answer::Yes) << row.name << ": " << found.because;
    EXPECT_NE(found.because.find(suite_name(SuiteId{row.suite})), std::string::npos) << found.because;
  }
}

TEST(Conditions, AreAbsentWhereListsAreWhole) {
  for (const Row& row : rows()) {
    const auto found = row.condition(learned_of(TlsVersion::Tls12, {SuiteId{0xC02F}}));
    EXPECT_EQ(found.vulnerable, Answer::No) << row.name << ": " << found.because;
  }
}

TEST(Conditions, AreUnknownWhereAListIsNotWhole) {
  for (const Row& row : rows()) {
    const auto found = row.condition(learned_of(row.version, {SuiteId{0xC02F}}, false));
    EXPECT_EQ(found.vulnerable, Answer::Unknown) << row.name << ": " << found.because;
    EXPECT_NE(found.because.find("reset"), std::string::npos) << found.because;
  }
}

TEST(Conditions, DoNotApplyToTls13Alone) {
  for (const Row& row : rows()) {
    if (row.condition == static_cast<Condition>(dheat)) continue;  // TLS 1.3 has DHE, too
    const auto found = row.condition(learned_of(TlsVersion::Tls13, {SuiteId{0x1301}}));
    EXPECT_EQ(found.vulnerable, Answer::NotApplicable) << row.name << ": " << found.because;
  }
}

TEST(Conditions, OfSsl2FollowFromTheVersion) {
  EXPECT_EQ(drown(learned_of(TlsVersion::Ssl2, {})).vulnerable, Answer::Yes);
  EXPECT_EQ(drown(learned_of(TlsVersion::Tls12, {})).vulnerable, Answer::No);
  EXPECT_EQ(drown({}).vulnerable, Answer::Unknown);
}

TEST(Conditions, OfLogjamLookAtThePrime) {
  Learned learned = learned_of(TlsVersion::Tls12, {SuiteId{0x009E}});
  EXPECT_EQ(logjam(learned).vulnerable, Answer::Unknown) << "no prime was seen";
  learned.key_exchange.dh_groups = {{1024, "ff", "02", "RFC 2409 group 2", Answer::Yes, {TlsVersion::Tls12}}};
  EXPECT_EQ(logjam(learned), (Vulnerability{Answer::Yes, "p of 1024 bits, RFC 2409 group 2"}));
  learned.key_exchange.dh_groups.front().bits = 2048;
  EXPECT_EQ(logjam(learned).vulnerable, Answer::No);
  learned.key_exchange.complete = false;
  EXPECT_EQ(logjam(learned).vulnerable, Answer::Unknown);
}

TEST(Conditions, OfRaccoonLookAtValuesThatComeBack) {
  Learned learned = learned_of(TlsVersion::Tls12, {SuiteId{0x009E}});
  EXPECT_EQ(raccoon(learned).vulnerable, Answer::Unknown);
  learned.key_exchange.dh_value_reused = {Answer::Yes, "TLSv1.2"};
  EXPECT_EQ(raccoon(learned).vulnerable, Answer::Yes);
  learned.key_exchange.dh_value_reused = {Answer::No, "three values"};
  EXPECT_EQ(raccoon(learned).vulnerable, Answer::No);
}

TEST(Conditions, OfDheatReachTls13) {
  Learned learned = learned_of(TlsVersion::Tls13, {SuiteId{0x1301}});
  EXPECT_EQ(dheat(learned).vulnerable, Answer::Unknown);
  learned.groups.versions[TlsVersion::Tls13] = {{GroupId{0x001D}}, true, true, ""};
  EXPECT_EQ(dheat(learned).vulnerable, Answer::No);
  learned.groups.versions[TlsVersion::Tls13].groups.push_back(GroupId{0x0100});
  EXPECT_EQ(dheat(learned).vulnerable, Answer::Yes);
}

TEST(Conditions, OfExtensionsFollowFromTheirAnswers) {
  const Learned cbc = learned_of(TlsVersion::Tls12, {SuiteId{0x002F}});
  TlsExtensions extensions;
  EXPECT_EQ(crime(cbc, extensions).vulnerable, Answer::Unknown);
  EXPECT_EQ(missing_fallback_scsv(extensions).vulnerable, Answer::Unknown);
  for (const Answer answer : {Answer::Yes, Answer::No}) {
    const Answer other = answer == Answer::Yes ? Answer::No : Answer::Yes;
    for (const Feature feature : {Feature::EncryptThenMac, Feature::Compression, Feature::FallbackScsv})
      extensions.features[feature] = {answer, "said"};
    EXPECT_EQ(crime(cbc, extensions).vulnerable, answer);
    EXPECT_EQ(missing_fallback_scsv(extensions).vulnerable, other);
  }
}

TEST(Conditions, OfLucky13AreMetByCbcWhateverElseIsOffered) {
  const Learned cbc = learned_of(TlsVersion::Tls12, {SuiteId{0x002F}});
  const std::string found = "condition: CBC, TLSv1.2: TLS_RSA_WITH_AES_128_CBC_SHA";
  TlsExtensions extensions;
  EXPECT_EQ(lucky13(cbc, extensions), (Vulnerability{Answer::Yes, found}));
  extensions.features[Feature::EncryptThenMac] = {Answer::No, "said"};
  EXPECT_EQ(lucky13(cbc, extensions), (Vulnerability{Answer::Yes, found}));
  extensions.features[Feature::EncryptThenMac] = {Answer::Yes, "said"};
  EXPECT_EQ(lucky13(cbc, extensions),
            (Vulnerability{Answer::Yes, found + ", encrypt-then-MAC where the client offers it"}));
  EXPECT_EQ(lucky13(learned_of(TlsVersion::Tls12, {SuiteId{0xC02F}}), extensions).vulnerable, Answer::No);
}

}  // namespace
}  // namespace kenshin
