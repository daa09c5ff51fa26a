// What was accepted, written and read again: strict, and never a holder's name.
#include "probes/domain/baseline.h"
#include "probes/domain/holder.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "tests/reports/formats/schema.h"

namespace kenshin {
namespace {

Baseline sample() {
  Baseline out;
  out.taken = *parse_instant("2026-11-22T05:00:00Z");
  out.holder_salt = "00ff10";
  DeclaredBaseline domain;
  domain.taken = out.taken;
  domain.source = "rdap";
  domain.server = "rdap.example";
  domain.registrar = "Example Registrar";
  domain.registrar_id = "9999";
  domain.holder_hash = "00ff10:" + std::string(64, 'a');
  domain.created = *parse_day("2016-02-29");
  domain.expires = *parse_day("2027-02-28");
  domain.state = {"active"};
  domain.locks = {"AgentChangeLocked"};
  domain.name_servers = {"ns1.example.jp", "ns2.example.jp"};
  domain.is_signed = true;
  domain.certificates = {{"tele.example.jp:443", std::string(64, 'b'), "CN=Example CA"}};
  out.domains["example.jp"] = domain;
  out.domains["former.example.jp"] = DeclaredBaseline{};
  return out;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), with);
}

TEST(Baseline, IsReadAsItWasWritten) {
  const auto read = read_baseline(baseline_text(sample(), "0.1.0"), "b.json");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(*read, sample());
}

TEST(Baseline, FitsItsSchema) {
  std::ifstream in(SOURCE_DIR "/docs/schema/baseline.json");
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const Schema schema(*parse_json(text, "baseline.json"));
  Json written = *parse_json(baseline_text(sample(), "0.1.0"), "b.json");
  EXPECT_EQ(schema.fault(written), "");
  written["domains"]["example.jp"]["holder"] = "somebody";
  EXPECT_NE(schema.fault(written), "");
}

TEST(Baseline, RefusesWhatIsNoBaselineWithFileAndLine) {
  const std::string good = baseline_text(sample(), "0.1.0");
  const std::vector<std::pair<std::string, std::string>> wrong = {
      {"kenshin.baseline/1", "kenshin.facts/1"},
      {"\"00ff10\"", "\"00FF10\""},
      {"\"00ff10\"", "\"00ff1\""},
      {"\"00ff10\"", "\"aa\""},
      {"\"former.example.jp\"", "\"FORMER.example.jp\""},
      {"\"former.example.jp\"", "\"192.0.2.1\""},
      {"tele.example.jp:443", "tele example"},
      {std::string(64, 'b'), std::string(63, 'b')},
      {std::string(64, 'a'), std::string(64, 'z')},
      {"\"signed\": true", "\"signed\": \"yes\""},
      {"\"locks\"", "\"lokcs\""},
      {"2016-02-29", "2015-02-29"},
  };
  for (const auto& [what, with] : wrong) {
    const auto read = read_baseline(replaced(good, what, with), "b.json");
    ASSERT_FALSE(read) << with;
    EXPECT_EQ(read.error().kind, Error::Kind::Malformed);
    EXPECT_EQ(read.error().detail.rfind("b.json:", 0), 0U) << read.error().detail;
  }
  for (const char* text : {"", "[]", "{", "null"}) EXPECT_FALSE(read_baseline(text, "b.json")) << text;
}

TEST(Baseline, KnowsTheSaltOfAHash) {
  EXPECT_EQ(salt_of("00ff:abcd"), "00ff");
  EXPECT_EQ(salt_of(""), "");
  EXPECT_EQ(salt_of("abcd"), "");
}

}  // namespace
}  // namespace kenshin
