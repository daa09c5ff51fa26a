// kenshin.host-facts/1, read and written: what a collector says arrives unchanged, and nothing else arrives.
#include "probes/host/host_facts.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace kenshin {
namespace {

std::string lab_file(const std::string& name) {
  std::ifstream in(SOURCE_DIR "/tests/lab/clinic/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A document around the members of `facts`.
std::string document(const std::string& facts) {
  return "{\"schema\": \"kenshin.host-facts/1\",\n\"collected_at\": \"2026-11-22T05:00:00Z\",\n"
         "\"collector\": {\"name\": \"test\", \"version\": \"1\", \"elevated\": false},\n"
         "\"host\": {\"id\": \"abc\", \"label\": \"PC-1\"},\n\"facts\": {\n" +
         facts + "\n}}";
}

const Observation* named(const std::vector<Observation>& all, std::string_view name) {
  for (const auto& o : all)
    if (o.name == name) return &o;
  return nullptr;
}

std::string trouble(const std::string& text) {
  const auto read = read_host_facts(text, "pc.json");
  return read ? "no trouble" : read.error().detail;
}

std::string utf16(std::string_view ascii, bool little) {
  std::string out = little ? "\xFF\xFE" : "\xFE\xFF";
  for (const char c : ascii) {
    if (!little) out += '\0';
    out += c;
    if (little) out += '\0';
  }
  return out;
}

TEST(HostFacts, ReadsAWellKeptTerminal) {
  const auto read = read_host_facts(lab_file("reception.json"), "reception.json");
  ASSERT_TRUE(read) << read.error().detail;
  const Observation& first = read->front();
  EXPECT_EQ(first.target, (Target{TargetKind::Host, "受付PC-1", 0}));
  ASSERT_TRUE(fact_of<HostCollection>(first));
  EXPECT_EQ(fact_of<HostCollection>(first)->id, "lab-reception");

  const auto* os = fact_of<OsIdentity>(*named(*read, "os.identity"));
  ASSERT_TRUE(os);
  EXPECT_EQ(os->id, "windows");
  EXPECT_EQ(os->build, 26200);
  const auto* products = fact_of<AntivirusProducts>(*named(*read, "av.products"));
  ASSERT_TRUE(products);
  ASSERT_EQ(products->products.size(), 2U);
  EXPECT_EQ(products->products[0].product, "ESET Security");
  EXPECT_EQ(products->products[0].active, Answer::Yes);
  EXPECT_EQ(products->products[0].signature_state, SignatureState::Current);
  EXPECT_EQ(products->products[1].active, Answer::No);
  const auto* reboot = fact_of<RebootRequired>(*named(*read, "reboot.required"));
  ASSERT_TRUE(reboot);
  EXPECT_FALSE(reboot->required);
}

TEST(HostFacts, KeepsTheReasonWhereThereIsNoValue) {
  const auto read = read_host_facts(lab_file("consultation.json"), "consultation.json");
  ASSERT_TRUE(read) << read.error().detail;
  const auto* pending = named(*read, "updates.pending");
  ASSERT_TRUE(pending);
  ASSERT_FALSE(pending->fact);
  EXPECT_EQ(pending->fact.error(), (Error{Error::Kind::Failed, "wua: Search: 0x80240438"}));
}

TEST(HostFacts, ReadsALinuxServer) {
  const auto read = read_host_facts(lab_file("server.json"), "server.json");
  ASSERT_TRUE(read) << read.error().detail;
  const auto* check = fact_of<UpdatesLastCheck>(*named(*read, "updates.last_check"));
  ASSERT_TRUE(check);
  EXPECT_EQ(to_text(*check->valid_until), "2026-11-28T20:53:02Z");
  EXPECT_EQ(fact_of<UpdatesPending>(*named(*read, "updates.pending"))->security, 1);
}

TEST(HostFacts, EveryStatusIsAReasonOfItsOwn) {
  const std::pair<const char*, Error::Kind> statuses[] = {{"absent", Error::Kind::Absent},
                                                          {"denied", Error::Kind::Denied},
                                                          {"error", Error::Kind::Failed},
                                                          {"unsupported", Error::Kind::Unsupported},
                                                          {"not_collected", Error::Kind::NotCollected}};
  for (const auto& [status, kind] : statuses) {
    const auto read =
        read_host_facts(document("\"av.products\": {\"status\": \"" + std::string(status) + "\"}"), "pc.json");
    ASSERT_TRUE(read) << status;
    ASSERT_FALSE(read->at(1).fact) << status;
    EXPECT_EQ(read->at(1).fact.error().kind, kind) << status;
  }
}

TEST(HostFacts, AnEmptyPackageDatabaseIsNotUpToDate) {
  const auto read = read_host_facts(
      document(
          R"("updates.pending": {"status": "ok", "value": {"installed": 0, "total": 0, "security": 0, "security_known": true}})"),
      "pc.json");
  ASSERT_TRUE(read);
  ASSERT_FALSE(read->at(1).fact);
  EXPECT_EQ(read->at(1).fact.error().kind, Error::Kind::Failed);
}

TEST(HostFacts, ReadsABareTimeAndABareYes) {
  const auto read = read_host_facts(document(R"("updates.last_check": {"status": "ok", "value": "2026-11-20T22:10:00Z"},
                                               "reboot.required": {"status": "ok", "value": true})"),
                                    "pc.json");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_TRUE(fact_of<RebootRequired>(*named(*read, "reboot.required"))->required);
  EXPECT_EQ(to_text(fact_of<UpdatesLastCheck>(*named(*read, "updates.last_check"))->at), "2026-11-20T22:10:00Z");
}

TEST(HostFacts, NullOfAnAntivirusIsUnknownNotOff) {
  const auto read = read_host_facts(document(R"("av.products": {"status": "ok", "value": [{"name": "X", "evidence": [],
      "active": null, "realtime": null, "signature": {"state": "unknown"}}]})"),
                                    "pc.json");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(fact_of<AntivirusProducts>(read->at(1))->products[0].active, Answer::Unknown);
}

TEST(HostFacts, AcceptsTheEncodingsWindowsWrites) {
  const std::string text = document(R"("reboot.required": {"status": "ok", "value": false})");
  const auto plain = read_host_facts(text, "pc.json");
  ASSERT_TRUE(plain);
  for (const std::string& spelled : {"\xEF\xBB\xBF" + text, utf16(text, true), utf16(text, false)}) {
    const auto read = read_host_facts(spelled, "pc.json");
    ASSERT_TRUE(read) << read.error().detail;
    EXPECT_EQ(*read, *plain);
  }
}

TEST(HostFacts, RefusesBrokenUtf16) {
  const std::string text = document("");
  EXPECT_EQ(trouble(utf16(text, true) + "x"), "pc.json: UTF-16 that ends in half a unit");
  EXPECT_EQ(trouble(utf16(text, false) + "\xD8\x3D"), "pc.json: UTF-16 with a lone surrogate");
  EXPECT_EQ(trouble(std::string("\xFF\xFE\x00\xDC", 4)), "pc.json: UTF-16 with a lone surrogate");
}

TEST(HostFacts, ReadsASurrogatePairAsOneCharacter) {
  std::string text = document("");
  std::string spelled = utf16(text, false);
  const std::string label = utf16("PC-1", false).substr(2);
  spelled.replace(spelled.find(label), label.size(), std::string("\xD8\x42\xDF\xB7", 4));  // U+20BB7
  const auto read = read_host_facts(spelled, "pc.json");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->front().target.name, "\xF0\xA0\xAE\xB7");
}

TEST(HostFacts, NamesUnknownFactsAndGoesOn) {
  const auto read = read_host_facts(document(R"("disk.wear": {"status": "ok", "value": 3})"), "pc.json");
  ASSERT_TRUE(read) << read.error().detail;
  ASSERT_EQ(read->size(), 2U);
  EXPECT_EQ(read->at(1).name, "host.unknown_fact");
  EXPECT_EQ(read->at(1).fact.error(), (Error{Error::Kind::Unsupported, "disk.wear: not known to this edition"}));
}

TEST(HostFacts, NamesFileAndLineOfWhatIsWrong) {
  const auto with = [](const std::string& facts) { return trouble(document(facts)); };
  EXPECT_EQ(with(R"("firewall": {"state": "on"})"), "pc.json:6: /facts/firewall: missing key \"status\"");
  EXPECT_EQ(with("\n\"av.products\": {\"status\": \"fine\"}"),
            "pc.json:7: /facts/av.products/status: not a known value: \"fine\"");
  EXPECT_EQ(with(R"("av.products": {"status": "ok"})"), "pc.json:6: /facts/av.products: status \"ok\" without a value");
  EXPECT_EQ(with(R"("av.products": {"status": "denied", "value": []})"),
            "pc.json:6: /facts/av.products/value: a value beside status \"denied\"");
  EXPECT_EQ(with(R"("updates.auto": {"status": "ok", "value": {"mode": "sometimes"}})"),
            "pc.json:6: /facts/updates.auto/value/mode: not a known value: \"sometimes\"");
  EXPECT_EQ(with(R"("updates.auto": {"status": "ok", "value": {"mode": "off", "pasued_until": null}})"),
            "pc.json:6: /facts/updates.auto/value/pasued_until: unknown key \"pasued_until\"; did you mean "
            "\"paused_until\"?");
  EXPECT_EQ(with(R"("os.identity": {"status": "ok", "value": {"family": "beos"}})"),
            "pc.json:6: /facts/os.identity/value/family: expected \"windows\", \"linux\" or \"macos\"");
  EXPECT_EQ(with(R"("updates.last_check": {"status": "ok", "value": "yesterday"})"),
            "pc.json:6: /facts/updates.last_check/value: not a known value: \"yesterday\"");
}

TEST(HostFacts, RefusesCountsThatCannotBe) {
  const auto pending = [](const std::string& counts) {
    return trouble(
        document("\"updates.pending\": {\"status\": \"ok\", \"value\": {" + counts + ", \"security_known\": true}}"));
  };
  EXPECT_EQ(pending(R"("installed": 5, "total": -1, "security": 0)"),
            "pc.json:6: /facts/updates.pending/value: a count below zero");
  EXPECT_EQ(pending(R"("installed": 5, "total": 1, "security": 2)"),
            "pc.json:6: /facts/updates.pending/value: more security or held updates than updates");
  EXPECT_NE(pending(R"("installed": 5, "total": 18446744073709551615, "security": 0)"), "no trouble");
}

TEST(HostFacts, RefusesWhatIsNotADocumentOfThisSchema) {
  EXPECT_NE(trouble("").find("pc.json:1: not JSON"), std::string::npos);
  EXPECT_EQ(trouble("[]"), "pc.json:1: expected an object");
  EXPECT_EQ(trouble("{\n\"schema\": \"kenshin.host-facts/2\"}"),
            "pc.json:2: /schema: the schema is not kenshin.host-facts/1");
  EXPECT_EQ(trouble(std::string(std::size_t{2} << 20, ' ')), "pc.json: larger than 1 MiB; not a file of host facts");
  std::string twice = document("\"a\": {\"status\": \"absent\"},\n\"a\": {\"status\": \"denied\"}");
  EXPECT_EQ(trouble(twice), "pc.json:7: the key \"a\" stands twice in one object");
  std::string nameless = document("");
  nameless.replace(nameless.find("\"abc\""), 5, "\"\"");
  nameless.replace(nameless.find("\"PC-1\""), 6, "\"\"");
  EXPECT_EQ(trouble(nameless), "pc.json:4: /host: a host needs a label or an id");
  EXPECT_NE(trouble(document("\"ids\": " + std::string(100, '[') + std::string(100, ']'))).find("nested deeper"),
            std::string::npos);
  std::string bad_utf8 = document("");
  bad_utf8.replace(bad_utf8.find("PC-1"), 4, "\xC3(");
  EXPECT_NE(trouble(bad_utf8).find("pc.json:4: not JSON"), std::string::npos);
}

TEST(HostFacts, AreNotOfTheFuture) {
  const auto read = read_host_facts(document(""), "pc.json");  // of 2026-11-22T05:00:00Z
  ASSERT_TRUE(read);
  EXPECT_TRUE(is_dated_ahead(*read, *parse_instant("2026-11-22T03:59:59Z")));
  EXPECT_FALSE(is_dated_ahead(*read, *parse_instant("2026-11-22T04:00:00Z"))) << "clocks may be an hour apart";
  EXPECT_FALSE(is_dated_ahead(*read, *parse_instant("2027-11-22T05:00:00Z")));
}

TEST(HostFacts, TextIsMadeSafeToShow) {
  std::string text = document("");
  text.replace(text.find("PC-1"), 4, "PC\\u202E\\u001b[31m\\n1");
  const auto read = read_host_facts(text, "pc.json");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->front().target.name, "PC[31m 1");
}

TEST(HostFacts, WhatIsWrittenReadsBackTheSame) {
  for (const auto* name : {"reception.json", "consultation.json", "server.json"}) {
    const auto read = read_host_facts(lab_file(name), name);
    ASSERT_TRUE(read) << read.error().detail;
    const auto again = read_host_facts(write_host_facts(*read), name);
    ASSERT_TRUE(again) << again.error().detail;
    ASSERT_EQ(again->size(), read->size());
    for (const auto& o : *read) {
      const auto* twin = named(*again, o.name);
      ASSERT_TRUE(twin) << o.name;
      EXPECT_EQ(*twin, o) << o.name;
    }
  }
}

TEST(HostFacts, WritingWithoutACollectionIsABug) {
  EXPECT_THROW(write_host_facts(std::vector<Observation>{}), std::logic_error);
}

TEST(HostFacts, ObservationsSurviveFactsJsonl) {
  const auto read = read_host_facts(lab_file("reception.json"), "reception.json");
  ASSERT_TRUE(read);
  std::string text = header_line("0", read->front().at) + "\n";
  Facts facts;
  for (const auto& o : *read) text += observation_line(facts.add(o)) + "\n";
  const auto again = read_facts(text, "facts.jsonl");
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(again->all(), facts.all());
}

TEST(HostFacts, OfManyMembersOrValuesAreRefusedBeforeTheyCostAnything) {
  std::string members, values;
  for (int i = 0; i < 600; ++i) members += "\"k" + std::to_string(i) + "\": 1, ";
  for (int i = 0; i < 21'000; ++i) values += "0, ";
  for (const std::string& text :
       {"{" + members + "\"schema\": \"kenshin.host-facts/1\"}", "{\"schema\": [" + values + "0]}"}) {
    const auto read = read_host_facts(text, "many.json");
    ASSERT_FALSE(read);
    EXPECT_NE(read.error().detail.find("many.json:1: more than"), std::string::npos) << read.error().detail;
  }
  EXPECT_NE(read_host_facts(std::string("{}\0x", 4), "zero.json").error().detail.find("zero byte"), std::string::npos);
}

}  // namespace
}  // namespace kenshin
