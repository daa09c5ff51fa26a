// kenshin report: one run, written for its readers in the formats they ask for.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "probes/base/json_fields.h"
#include "tests/lab/process.h"

namespace kenshin {
namespace {

namespace fs = std::filesystem;
const std::string clinic = SOURCE_DIR "/tests/lab/clinic";

struct Said {
  int code = -1;
  std::string text;
};
Said kenshin_with(const std::string& words, const std::string& redirections) {
  const auto ran = lab::run({"sh", "-c", "NO_COLOR=1 " BINARY_DIR "/kenshin " + words + " " + redirections});
  return {ran.status, ran.output};
}
Said kenshin_out(const std::string& words) { return kenshin_with(words, "2>/dev/null"); }
Said kenshin(const std::string& words) { return kenshin_with(words, "2>&1"); }

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

class ReportCommand : public testing::Test {
 protected:
  ReportCommand() {
    const auto scanned = kenshin("scan --fail-on none --facts " + clinic + "/reception.json --checklist " + clinic +
                                 "/checklist.txt --out " + run_);
    EXPECT_EQ(scanned.code, 0) << scanned.text;
  }
  lab::Folder folder_;
  std::string run_ = folder_.path("run");
};

TEST_F(ReportCommand, WritesEachAudiencesPageBesideTheOthers) {
  for (const std::string audience : {"public", "clinic", "assessor"})
    EXPECT_EQ(kenshin("report " + run_ + " --audience " + audience).code, 0) << audience;
  for (const auto name : {"report.html", "public-report.html", "assessor-report.html"})
    EXPECT_TRUE(fs::exists(run_ + "/" + name)) << name;
}

TEST_F(ReportCommand, WritesPureJsonToStandardOutput) {
  const auto said = kenshin_out("report " + run_ + " --format json -o -");
  EXPECT_EQ(said.code, 0);
  EXPECT_TRUE(parse_json(said.text, "standard output"));
}

TEST_F(ReportCommand, SaysAgainWhatTheRunSaid) {
  std::ifstream in(run_ + "/result.json", std::ios::binary);
  const std::string before{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(kenshin_out("report " + run_ + " --format json -o -").text, before);
}

TEST_F(ReportCommand, RefusesWhatItCannotWriteAndSaysWhatThereIs) {
  const auto unknown = kenshin("report " + run_ + " --format docx --lang en");
  EXPECT_EQ(unknown.code, 64);
  EXPECT_TRUE(holds(unknown.text, "docx") && holds(unknown.text, "html")) << unknown.text;
  EXPECT_EQ(kenshin("report " + run_ + " --audience everyone").code, 64);
  EXPECT_EQ(kenshin("report " + run_ + " --format json --audience public").code, 64);
  EXPECT_EQ(kenshin("report " + run_ + " --format json,html -o -").code, 64);
  EXPECT_EQ(kenshin("report " + run_ + " --format ,").code, 64);
  EXPECT_EQ(kenshin("report").code, 64);
  EXPECT_EQ(kenshin("report " + folder_.path("nothing-there")).code, 66);
}

TEST_F(ReportCommand, PublishesNothingWithoutAChecklist) {
  fs::remove(run_ + "/run.json");
  EXPECT_EQ(kenshin("report " + run_ + " --audience public").code, 64);
}

TEST_F(ReportCommand, SaysWhereItCouldNotWrite) {
  EXPECT_EQ(kenshin("report " + run_ + " --format json -o - >/dev/full; exit $?").code, 73);
  EXPECT_EQ(kenshin("report " + run_ + " -o /proc/nowhere").code, 73);
}

}  // namespace
}  // namespace kenshin
