// Facts read target by target from a file are the same that read_facts() holds all at once.
#include "probes/saved_facts.h"

#include <gtest/gtest.h>

#include "tests/lab/process.h"

namespace kenshin {
namespace {

const Instant noon = *parse_instant("2026-11-22T03:00:00Z");
const Target clinic{TargetKind::Clinic, "", 0}, domain{TargetKind::Domain, "example.jp", 0};

Target endpoint(const std::string& name) { return {TargetKind::Endpoint, name, 443}; }

std::string lines_of(const std::vector<Observation>& observations) {
  Facts facts;
  std::string text = header_line("0.1.0", noon) + "\n";
  for (const auto& o : observations) text += observation_line(facts.add(o)) + "\n";
  return text;
}

TlsVersions versions(std::string because) { return {{{TlsVersion::Tls13, {Answer::Yes, std::move(because)}}}}; }

std::vector<Observation> some() {
  const auto b = endpoint("b.example.jp");
  DeclaredEndpoint media;
  media.role = Role::Media;
  return {observed<DeclaredEndpoint>(b, "", noon, 0, media),
          observed<Vantage>(clinic, "", noon, 0, Vantage{Answer::No, 3, "ca-certificates"}),
          observed<TlsVersions>(b, "2001:db8::1", noon, 3, versions("\"quoted\\")),
          observed<TlsVersions>(endpoint("a.example.jp"), "192.0.2.9", noon + std::chrono::seconds(5), 1,
                                versions("server_hello")),
          observed<TlsVersions>(b, "192.0.2.1", noon, 2, Error{Error::Kind::Timeout, "connect"}),
          observed<Registration>(domain, "", noon, 1, Error{Error::Kind::RateLimited, "later"})};
}

class Saved {
 public:
  explicit Saved(const std::string& text) { lab::write_file(path(), text); }
  std::string path() const { return folder_.path("facts.jsonl"); }
  Result<SavedFacts> open() const { return SavedFacts::open(path()); }

 private:
  lab::Folder folder_;
};

TEST(SavedFacts, GiveEachTargetWhatReadFactsGives) {
  const std::string text = lines_of(some()) + finished_line(noon) + "\n";
  const auto whole = read_facts(text, "facts.jsonl");
  ASSERT_TRUE(whole);
  const auto saved = Saved(text).open();
  ASSERT_TRUE(saved) << saved.error().detail;
  EXPECT_EQ(saved->targets(), whole->targets());
  EXPECT_EQ(saved->observations(), some().size());
  EXPECT_EQ(saved->last_seen(), whole->last_seen());
  for (const auto& target : whole->targets()) {
    const auto about = saved->about(target);
    ASSERT_TRUE(about) << about.error().detail;
    for (const auto& o : whole->all()) {
      if (o.target != target) continue;
      const auto same = about->named(target, o.name);
      EXPECT_TRUE(std::any_of(same.begin(), same.end(), [&](const Observation* one) { return *one == o; })) << o.name;
    }
    EXPECT_EQ(about->named(clinic, Vantage::name).size(), 1U) << "known of every target";
  }
}

TEST(SavedFacts, StandByAddressWhateverTheOrderTheyWereMadeIn) {
  const auto saved = Saved(lines_of(some())).open();
  ASSERT_TRUE(saved);
  const auto about = saved->about(endpoint("b.example.jp"));
  ASSERT_TRUE(about);
  const auto seen = about->named(endpoint("b.example.jp"), TlsVersions::name);
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0]->address, "192.0.2.1");
  EXPECT_EQ(seen[1]->address, "2001:db8::1");
}

TEST(SavedFacts, KeepOnlyTheOutlineInMemory) {
  const auto saved = Saved(lines_of(some())).open();
  ASSERT_TRUE(saved);
  std::vector<std::string> kept;
  for (const auto& o : saved->outline().all()) kept.push_back(o.name);
  EXPECT_EQ(kept, (std::vector<std::string>{"declared.endpoint", "vantage"}));
}

TEST(SavedFacts, TellTheHeadsOfAllObservations) {
  for (const auto& saved : {*Saved(lines_of(some())).open(), SavedFacts::of(*read_facts(lines_of(some()), "f"))}) {
    std::size_t heads = 0, failed = 0;
    ASSERT_TRUE(saved.each([&](const ObservationHead& head) {
      ++heads;
      failed += head.failed ? 1 : 0;
      const auto original = some()[std::stoul(head.id.text.substr(1)) - 1];
      EXPECT_EQ(head.target, original.target);
      EXPECT_EQ(head.address, original.address);
      EXPECT_EQ(head.name, original.name);
      EXPECT_EQ(head.at, original.at);
    }));
    EXPECT_EQ(heads, some().size());
    EXPECT_EQ(failed, 2U);
  }
}

TEST(SavedFacts, LeaveOutALastLineThatWasCutShortWhereverItWasCut) {
  const std::string text = lines_of(some());
  const std::string before = text.substr(0, text.rfind('\n', text.size() - 2) + 1);
  for (std::size_t size = before.size(); size + 1 < text.size(); ++size) {
    const auto saved = Saved(text.substr(0, size)).open();
    ASSERT_TRUE(saved) << saved.error().detail;
    EXPECT_EQ(saved->observations(), some().size() - 1) << size;
    EXPECT_EQ(saved->whole_bytes(), before.size()) << size;
    EXPECT_FALSE(saved->outline().finished);
  }
  const auto complete = Saved(text.substr(0, text.size() - 1)).open();
  ASSERT_TRUE(complete);
  EXPECT_EQ(complete->observations(), some().size()) << "only the line end is missing";
  EXPECT_EQ(complete->whole_bytes(), text.size() - 1);
}

TEST(SavedFacts, NameFileAndLineOfWhatTheyCannotRead) {
  const std::string header = header_line("0.1.0", noon) + "\n";
  const auto trouble = [](const std::string& text) {
    const auto saved = Saved(text).open();
    return saved ? std::string("read") : saved.error().detail;
  };
  EXPECT_NE(trouble("").find("facts.jsonl:1: empty"), std::string::npos);
  EXPECT_NE(trouble("{\"schema\":\"kenshin.facts/1\"").find("facts.jsonl:1"), std::string::npos);
  EXPECT_NE(trouble(header + "{\n").find("facts.jsonl:2"), std::string::npos);
  const std::string line =
      observation_line({{"o1"}, endpoint("a.jp"), "", "tls.versions", noon, 0, Fact(versions(""))});
  EXPECT_NE(trouble(header + line + "\n" + line + "\n").find("facts.jsonl:3: the id o1 stands twice"),
            std::string::npos);
  EXPECT_EQ(SavedFacts::open("/nowhere/facts.jsonl").error().kind, Error::Kind::Absent);
}

TEST(SavedFacts, FindAFactThatCannotBeReadWhenItIsAskedFor) {
  std::string line = observation_line({{"o1"}, endpoint("a.jp"), "", "tls.versions", noon, 0, Fact(versions(""))});
  line.replace(line.find("\"yes\""), 5, "\"yes!\"");
  const auto saved = Saved(header_line("0.1.0", noon) + "\n" + line + "\n").open();
  ASSERT_TRUE(saved);
  const auto about = saved->about(endpoint("a.jp"));
  ASSERT_FALSE(about);
  EXPECT_NE(about.error().detail.find("facts.jsonl:2"), std::string::npos) << about.error().detail;
}

}  // namespace
}  // namespace kenshin
