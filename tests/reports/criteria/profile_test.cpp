// Reading profiles and lists: strict, inheriting key by key, errors with file, line and key.
#include "reports/criteria/profile.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "case.h"
#include "probes/tls/code_points.h"

namespace kenshin {

namespace {

// A directory of data files of this test's own, gone at the end.
class Directory {
 public:
  Directory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "kenshin-profile-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
    std::filesystem::create_directories(path_ / "reports/criteria/profiles");
  }
  ~Directory() { std::filesystem::remove_all(path_); }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name) << text;
    return (path_ / name).string();
  }
  DataFiles data() const { return DataFiles(path_.string()); }

 private:
  std::filesystem::path path_;
};

std::string child(const std::string& extra, const std::string& id = "mine") {
  return "{\n\"id\": \"" + id +
         "\",\n\"based_on\": \"checklist-2026\",\n\"edition\": \"1\",\n\"title_ja\": \"当院\",\n\"title_en\": "
         "\"ours\",\n"
         "\"as_of\": \"2026-11-22\",\n\"source\": \"our own rule\"" +
         extra + "\n}\n";
}

std::string error_of(const std::string& text) {
  const Directory directory;
  const auto profile = load_profile(DataFiles{}, directory.write("mine.json", text));
  return profile ? "(no error)" : profile.error().detail;
}

TEST(Profiles, AllLoadAndHaveARowForEveryCriterion) {
  const auto names = profile_names(DataFiles{});
  EXPECT_EQ(names, (std::vector<std::string>{"checklist-2026", "ipa-exception", "ipa-high", "ipa-recommended"}));
  for (const auto& name : names) {
    const auto profile = load_profile(DataFiles{}, name);
    ASSERT_TRUE(profile) << profile.error().detail;
    EXPECT_EQ(profile->id, name);
    for (const Criterion& criterion : all_criteria())
      EXPECT_NE(profile->row_of({std::string(criterion.id)}), nullptr) << name << " " << criterion.id;
    for (const ProfileRow& row : profile->rows) EXPECT_FALSE(row.source.empty() || row.row.empty());
  }
}

TEST(Profiles, DifferAsTheirGuidelinesDo) {
  const Profile& high = profile_of("ipa-high");
  EXPECT_EQ(high.tls.demanded, SuiteGrade::High);
  EXPECT_EQ(high.tls.outside, Verdict::NotMet);
  EXPECT_EQ(high.tls.floor, TlsVersion::Tls12) << "inherited";
  EXPECT_EQ(high.row_of({"tls.suites.listed"})->mark, Mark::Secondary);
  EXPECT_NE(high.row_of({"tls.suites.listed"})->source.find("one practitioner"), std::string::npos);
  EXPECT_EQ(profile_of("ipa-recommended").tls.without_tls13, Verdict::Met);
  EXPECT_EQ(profile_of("checklist-2026").tls.without_tls13, Verdict::Attention);
}

TEST(Profiles, AreReadFromAPathAndInheritWhatTheyDoNotGive) {
  const Directory directory;
  const auto path = directory.write("mine.json", child(R"(,
"tls": {"outside": "not_met"},
"host": {"antivirus_required": ["terminal"]},
"rows": [{"criterion": "domain.lock", "row": "OUR-1", "force": "must", "rank": 1, "edition": "1", "source": "ours", "mark": "policy"}])"));
  const auto profile = load_profile(DataFiles{}, path);
  ASSERT_TRUE(profile) << profile.error().detail;
  EXPECT_EQ(profile->tls.outside, Verdict::NotMet);
  EXPECT_EQ(profile->tls.weak_groups, profile_of("checklist-2026").tls.weak_groups);
  EXPECT_EQ(profile->host.antivirus_required, std::set<Role>{Role::Terminal});
  EXPECT_EQ(profile->certificate.lifetime.size(), 5U);
  EXPECT_EQ(profile->row_of({"domain.lock"})->row, "OUR-1");
  EXPECT_EQ(profile->row_of({"domain.young"})->row, "D09");
  EXPECT_EQ(profile->rows.size(), all_criteria().size());
}

TEST(Profiles, OfADataDirectoryStandBesideTheEmbeddedOnes) {
  const Directory directory;
  directory.write("reports/criteria/profiles/mine.json", child(""));
  EXPECT_EQ(profile_names(directory.data()).size(), 5U);
  EXPECT_TRUE(load_profile(directory.data(), "mine"));
}

TEST(Profiles, RefuseAnUnknownKeyWithFileLineAndSuggestion) {
  const std::string error = error_of(child(",\n\"tls\": {\n\"flor\": \"TLSv1.2\"}"));
  EXPECT_NE(error.find("mine.json:10: /tls/flor: unknown key \"flor\"; did you mean \"floor\"?"), std::string::npos)
      << error;
}

TEST(Profiles, RefuseAMissingKeyWhereThereIsNoParent) {
  std::string text = child("");
  text.erase(text.find("\"based_on\""), 30);
  EXPECT_NE(error_of(text).find("missing key"), std::string::npos) << error_of(text);
}

TEST(Profiles, RefuseARowOfAnUnknownCriterionOrOneThatStandsTwice) {
  const std::string row =
      R"({"criterion": "domain.lock", "row": "A", "force": "must", "rank": 1, "edition": "", "source": "", "mark": "policy"})";
  std::string wrong = row;
  wrong.replace(wrong.find("domain.lock"), 11, "domain.luck");
  EXPECT_NE(
      error_of(child(",\n\"rows\": [\n" + wrong + "]")).find("mine.json:10: /rows/0/criterion: no such criterion"),
      std::string::npos);
  EXPECT_NE(error_of(child(",\n\"rows\": [\n" + row + ",\n" + row + "]")).find("mine.json:11: /rows/1/criterion"),
            std::string::npos);
}

TEST(Profiles, RefuseValuesARuleCannotHave) {
  for (const char* bad :
       {R"("tls": {"outside": "met"})", R"("tls": {"outside": "failed"})", R"("tls": {"prohibited": ["rc5"]})",
        R"("tls": {"without_tls13": "unknown"})", R"("tls": {"weak_dh": "met"})",
        R"("tls": {"weak_groups": ["secp1r1"]})", R"("tls": {"weak_schemes": ["rsa_md6"]})",
        R"("domain": {"states": {"active": "unknown"}})", R"("certificate": {"warn_fraction": 0})",
        R"("host": {"antivirus_required": ["website"]})", R"("certificate": {"rsa_bits": "2048"})"})
    EXPECT_NE(error_of(child(",\n" + std::string(bad))).find("mine.json:9: "), std::string::npos) << bad;
}

TEST(Profiles, RefuseToBeBasedOnThemselves) {
  const Directory directory;
  std::string text = child("");
  text.replace(text.find("checklist-2026"), 14, "mine");
  directory.write("reports/criteria/profiles/mine.json", text);
  const auto profile = load_profile(directory.data(), "mine");
  ASSERT_FALSE(profile);
  EXPECT_NE(profile.error().detail.find("too deeply"), std::string::npos);
}

TEST(Profiles, RefuseAFileThatGivesItselfAnotherName) {
  const Directory directory;
  directory.write("reports/criteria/profiles/yours.json", child(""));
  EXPECT_FALSE(load_profile(directory.data(), "yours"));
}

TEST(Profiles, NameTheKnownOnesWhenAskedForAnother) {
  const auto profile = load_profile(DataFiles{}, "ipa-hihg");
  ASSERT_FALSE(profile);
  EXPECT_NE(profile.error().detail.find("ipa-high"), std::string::npos);
}

TEST(SuiteLists, HoldTheGuidelinesSuites) {
  const SuiteLists& lists = profile_of("checklist-2026").suites;
  int high = 0, recommended = 0, tls13 = 0;
  for (const auto& [suite, grade] : lists.grades) {
    if (is_tls13_suite(suite)) ++tls13;
    else if (grade == SuiteGrade::High) ++high;
    else if (grade == SuiteGrade::Recommended) ++recommended;
  }
  EXPECT_EQ(tls13, 5);
  EXPECT_EQ(high, 17 + 6);
  EXPECT_EQ(recommended, 37 - 17);
  EXPECT_EQ(lists.recalled.size(), 6U);
  EXPECT_FALSE(lists.exception_list_held);
  EXPECT_EQ(lists.grade(*suite_named("0xC02F")), SuiteGrade::High);
  EXPECT_EQ(lists.grade(*suite_named("0x0033")), SuiteGrade::Recommended);
  EXPECT_EQ(lists.grade(*suite_named("0x002F")), SuiteGrade::Outside);
}

std::string lists_text(const std::string& high) {
  return "{\"edition\": \"1\", \"as_of\": \"2026-01-01\", \"source\": \"s\", \"mark\": \"policy\", "
         "\"exception_list_held\": "
         "true,\n\"tls13\": {\"0x1301\": \"a\"},\n\"high\": {" +
         high + "},\n\"high_recalled\": {}, \"recommended\": {}, \"exception\": {\"0x002F\": \"b\"}}";
}

TEST(SuiteLists, RefuseWhatIsNoCodePointOrStandsTwice) {
  const auto lists = load_suite_lists(lists_text("\"0xC02F\": \"c\""), "lists.json");
  ASSERT_TRUE(lists) << lists.error().detail;
  EXPECT_EQ(lists->grade(*suite_named("0x002F")), SuiteGrade::Exception);
  for (const char* bad : {"\"C02F\": \"c\"", "\"0x1301\": \"again\"", "\"TLS_AES_128_GCM_SHA256\": \"a name\""}) {
    const auto refused = load_suite_lists(lists_text(bad), "lists.json");
    ASSERT_FALSE(refused) << bad;
    EXPECT_NE(refused.error().detail.find("lists.json:3: /high/"), std::string::npos) << refused.error().detail;
  }
}

TEST(SuiteLists, NameTheirSuitesAsTheRegistryDoes) {
  const auto text = DataFiles{}.read("reports/criteria/suites-ipa-3.0.1.json");
  ASSERT_TRUE(text);
  const auto lists = load_suite_lists(*text, "suites");
  for (const auto& [suite, grade] : lists->grades) {
    char code[8];
    std::snprintf(code, sizeof code, "0x%04X", static_cast<unsigned>(suite));
    const auto at = text->find(std::string("\"") + code + "\": \"");
    ASSERT_NE(at, std::string::npos) << code;
    const std::string name = text->substr(at + 11, text->find('"', at + 11) - at - 11);
    EXPECT_TRUE(suite_name(suite).starts_with(name)) << code << " " << name << " " << suite_name(suite);
  }
}

TEST(EndOfSupportData, IsReadStrictly) {
  const std::string head =
      "{\"edition\": \"1\", \"as_of\": \"2026-01-01\", \"source\": \"s\", \"hard_limit_days\": 200,\n\"cycles\": [\n";
  const auto read = load_end_of_support(
      head + R"({"product": "debian", "cycle": "13", "edition_class": "", "security_until": "2028-08-09"}]})",
      "eos.json");
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->cycles.at(0).security_until, day("2028-08-09"));
  EXPECT_FALSE(read->cycles.at(0).extended_for_everyone);
  const auto refused = load_end_of_support(
      head + R"({"product": "debian", "cycle": "13", "edition_class": "", "security_til": "2028-08-09"}]})",
      "eos.json");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().detail.find("eos.json:3: "), std::string::npos) << refused.error().detail;
}

}  // namespace

}  // namespace kenshin
