// The history of a clinic as a file, and the commands that read and write it.
#include "scanner/history.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "probes/base/json_fields.h"
#include "reports/changes.h"
#include "tests/lab/clinic.h"
#include "tests/reports/formats/sample_report.h"

namespace kenshin {
namespace {

namespace fs = std::filesystem;

Outcome outcome() { return outcome_of(sample::report(), sample::wording(Language::Ja), sample::wording(Language::En)); }

std::string text_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}
bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(History, GivesBackWhatWasAdded) {
  const lab::Folder folder;
  const std::string file = History::file_beside(folder.path("kenshin.toml"));
  EXPECT_EQ(file, folder.path(".kenshin/history.sqlite"));
  auto history = History::open(file);
  ASSERT_TRUE(history) << history.error().detail;
  EXPECT_TRUE(history->runs()->empty());
  EXPECT_EQ(history->add(outcome(), "aa"), Result<bool>(true));
  auto again = History::open(file);
  ASSERT_TRUE(again) << again.error().detail;
  const auto runs = again->runs();
  ASSERT_TRUE(runs);
  ASSERT_EQ(runs->size(), 1U);
  EXPECT_EQ(runs->front().result_sha256, "aa");
  EXPECT_EQ(runs->front().outcome.counts, outcome().counts);
  const auto read = again->outcome(runs->front());
  ASSERT_TRUE(read) << read.error().detail;
  const auto changes = changes_between(*read, outcome());
  EXPECT_TRUE(changes.none());
  EXPECT_TRUE(changes.rules.empty());
  EXPECT_EQ(read->items.size(), outcome().items.size());
  EXPECT_EQ(read->findings.size(), outcome().findings.size());
}

TEST(History, KeepsARunOnce) {
  const lab::Folder folder;
  auto history = History::open(folder.path("h/history.sqlite"));
  ASSERT_TRUE(history);
  EXPECT_EQ(history->add(outcome(), "aa"), Result<bool>(true));
  EXPECT_EQ(history->add(outcome(), "aa"), Result<bool>(false));
  EXPECT_EQ(history->add(outcome(), "bb"), Result<bool>(true));
  EXPECT_EQ(history->runs()->size(), 2U);
}

TEST(History, IsOrderedByTheBeginOfTheRuns) {
  const lab::Folder folder;
  auto history = History::open(folder.path("history.sqlite"));
  ASSERT_TRUE(history);
  Outcome early = outcome(), late = outcome();
  early.started = sample::instant("2026-01-01T00:00:00Z");
  ASSERT_TRUE(history->add(late, "late"));
  ASSERT_TRUE(history->add(early, "early"));
  EXPECT_EQ(history->runs()->front().result_sha256, "early");
}

TEST(History, RefusesAFileThatIsNone) {
  const lab::Folder folder;
  const std::string file = folder.path("history.sqlite");
  lab::write_file(file, std::string(5000, 'x'));
  auto history = History::open(file);
  ASSERT_FALSE(history);
  EXPECT_EQ(history.error().kind, Error::Kind::Malformed);
  EXPECT_TRUE(holds(history.error().detail, file)) << history.error().detail;
  EXPECT_EQ(text_of_file(file), std::string(5000, 'x')) << "it is left as it was";
}

TEST(History, RefusesTheDatabaseOfAnother) {
  const lab::Folder folder;
  const std::string file = folder.path("other.sqlite");
  auto other = Database::open(file);
  ASSERT_TRUE(other);
  ASSERT_TRUE(other->run("CREATE TABLE bookmarks(url TEXT)"));
  auto history = History::open(file);
  ASSERT_FALSE(history);
  EXPECT_TRUE(holds(history.error().detail, "no history of kenshin")) << history.error().detail;
  EXPECT_EQ(other->number("SELECT count(*) FROM sqlite_schema"), 1) << "nothing was added to it";
}

TEST(History, RefusesALaterVersion) {
  const lab::Folder folder;
  const std::string file = folder.path("history.sqlite");
  ASSERT_TRUE(History::open(file));
  ASSERT_TRUE(Database::open(file)->run("PRAGMA user_version = 2"));
  auto history = History::open(file);
  ASSERT_FALSE(history);
  EXPECT_TRUE(holds(history.error().detail, "version 2")) << history.error().detail;
}

TEST(History, RefusesValuesItDoesNotKnow) {
  const lab::Folder folder;
  const std::string file = folder.path("history.sqlite");
  auto history = History::open(file);
  ASSERT_TRUE(history->add(outcome(), "aa"));
  auto database = Database::open(file);
  ASSERT_TRUE(database->run("UPDATE findings SET verdict = 'fine'"));
  auto runs = history->runs();
  ASSERT_TRUE(runs);
  EXPECT_FALSE(history->outcome(runs->front()));
  ASSERT_TRUE(database->run("UPDATE runs SET judged_on = 'soon'"));
  EXPECT_FALSE(history->runs());
}

struct Said {
  int code = -1;
  std::string text;
};
Said in_folder(const lab::Folder& folder, const std::string& words) {
  const auto ran = lab::run(
      {"sh", "-c", "cd " + folder.path("") + " && NO_COLOR=1 " BINARY_DIR "/kenshin " + words + " --lang en 2>&1"});
  return {ran.status, ran.output};
}

// A clinic with one computer: no network is asked.
void write_clinic(const lab::Folder& folder) {
  lab::write_file(folder.path("kenshin.toml"), "[clinic]\nname = \"みなと坂\"\n");
  lab::write_file(folder.path("desk.json"), text_of_file(SOURCE_DIR "/tests/lab/clinic/reception.json"));
}

Json result_of(const std::string& file) { return *parse_json(text_of_file(file), file); }

TEST(HistoryCommand, ListsTheFinishedScansOfAConfiguration) {
  const lab::Folder folder;
  write_clinic(folder);
  const auto none = in_folder(folder, "history");
  EXPECT_EQ(none.code, 66) << none.text;
  EXPECT_FALSE(fs::exists(folder.path(".kenshin"))) << "asking makes nothing";
  const std::string scan = "scan -c kenshin.toml --facts desk.json --fail-on regression --out ";
  const auto first = in_folder(folder, scan + "r1");
  EXPECT_EQ(first.code, 0) << first.text;
  EXPECT_TRUE(holds(first.text, "nothing can be worse")) << first.text;
  EXPECT_TRUE(fs::exists(folder.path(".kenshin/history.sqlite")));
  // As if the first had been a day earlier and had found nothing at all.
  auto database = Database::open(folder.path(".kenshin/history.sqlite"));
  ASSERT_TRUE(
      database->run("UPDATE runs SET started = '2026-01-01T00:00:00Z', result_sha256 = 'first'; DELETE FROM findings; "
                    "DELETE FROM items"));
  const auto second = in_folder(folder, scan + "r2");
  EXPECT_TRUE(holds(second.text, "Since last time")) << second.text;
  EXPECT_TRUE(holds(text_of_file(folder.path("r2/report.html")), "<svg class=\"trend\"")) << second.text;
  const auto listed = in_folder(folder, "history --format json");
  ASSERT_EQ(listed.code, 0) << listed.text;
  const auto json = parse_json(listed.text, "history");
  ASSERT_TRUE(json) << listed.text;
  ASSERT_EQ((*json)["runs"].size(), 2U);
  EXPECT_TRUE((*json)["runs"][0]["changes"].is_null());
  EXPECT_GT((*json)["runs"][1]["changes"]["findings"]["appeared"].get<int>(), 0);
  const auto text = in_folder(folder, "history");
  EXPECT_TRUE(holds(text.text, "checklist-2026")) << text.text;
  EXPECT_TRUE(holds(text.text, "Since last time")) << text.text;
}

TEST(HistoryCommand, LosesNoResultToAHistoryThatIsBroken) {
  const lab::Folder folder;
  write_clinic(folder);
  fs::create_directories(folder.path(".kenshin"));
  lab::write_file(folder.path(".kenshin/history.sqlite"), "this is no database, whatever its name says");
  const auto said = in_folder(folder, "scan -c kenshin.toml --facts desk.json --out r1");
  EXPECT_EQ(said.code, 0) << said.text;
  EXPECT_TRUE(holds(said.text, "record of earlier scans cannot be used")) << said.text;
  EXPECT_TRUE(fs::exists(folder.path("r1/result.json")));
  EXPECT_EQ(in_folder(folder, "scan -c kenshin.toml --facts desk.json --out r2 --fail-on regression").code, 3);
  EXPECT_EQ(in_folder(folder, "history").code, 65);
}

TEST(DiffCommand, EndsWithTwoWhereResultsDiffer) {
  const lab::Folder folder;
  write_clinic(folder);
  ASSERT_EQ(in_folder(folder, "scan -c kenshin.toml --facts desk.json --out r1").code, 0);
  EXPECT_EQ(in_folder(folder, "diff r1 r1/result.json").code, 0);
  Json altered = result_of(folder.path("r1/result.json"));
  for (auto& finding : altered["findings"])
    if (finding["verdict"] == "met") {
      finding["verdict"] = "not_met";
      break;
    }
  lab::write_file(folder.path("worse.json"), altered.dump(2));
  const auto differs = in_folder(folder, "diff worse.json r1 --format md");
  EXPECT_EQ(differs.code, 2) << differs.text;
  EXPECT_TRUE(holds(differs.text, "## better")) << differs.text;
  EXPECT_TRUE(holds(in_folder(folder, "diff r1 worse.json").text, "worse\n"));
  EXPECT_EQ(in_folder(folder, "diff r1").code, 64);
  EXPECT_EQ(in_folder(folder, "diff r1 r1 --format xml").code, 64);
  EXPECT_EQ(in_folder(folder, "diff r1 nowhere").code, 66);
  const auto foreign = in_folder(folder, "diff r1 r1/run.json");
  EXPECT_EQ(foreign.code, 65);
  EXPECT_TRUE(holds(foreign.text, "expected kenshin.result/1")) << foreign.text;
}

TEST(MergeCommand, WritesOneTableOfManyResultsOrNothing) {
  const lab::Folder folder;
  write_clinic(folder);
  ASSERT_EQ(in_folder(folder, "scan -c kenshin.toml --facts desk.json --out r1").code, 0);
  EXPECT_EQ(in_folder(folder, "merge r1").code, 64);
  const auto broken = in_folder(folder, "merge r1 r1/run.json -o fleet");
  EXPECT_EQ(broken.code, 65);
  EXPECT_TRUE(holds(broken.text, "r1/run.json")) << broken.text;
  EXPECT_FALSE(fs::exists(folder.path("fleet")));
  ASSERT_EQ(in_folder(folder, "merge r1 r1/result.json -o fleet").code, 0);
  EXPECT_EQ(result_of(folder.path("fleet/fleet.json"))["clinics"].size(), 2U);
  EXPECT_TRUE(fs::exists(folder.path("fleet/fleet.csv")) && fs::exists(folder.path("fleet/fleet.html")));
}

TEST(Since, MakesJudgeFailOnlyOnWhatIsWorse) {
  const lab::Folder folder;
  write_clinic(folder);
  lab::write_file(folder.path("desk.json"), text_of_file(SOURCE_DIR "/tests/lab/clinic/consultation.json"));
  ASSERT_EQ(in_folder(folder, "scan -c kenshin.toml --facts desk.json --out r1").code, 2)
      << "its system is not supported";
  EXPECT_EQ(in_folder(folder, "judge r1 --fail-on regression --since r1").code, 0);
  const auto alone = in_folder(folder, "judge r1 --fail-on regression");
  EXPECT_EQ(alone.code, 0);
  EXPECT_TRUE(holds(alone.text, "nothing can be worse")) << alone.text;
  EXPECT_EQ(in_folder(folder, "judge r1 --since nowhere").code, 66);
  EXPECT_EQ(in_folder(folder, "judge r1 --since r1/facts.jsonl").code, 65);
  Json was = result_of(folder.path("r1/result.json"));
  int altered = 0;
  for (auto& finding : was["findings"])
    if (finding["force"] == "must" && finding["verdict"] == "not_met") finding["verdict"] = "met", ++altered;
  ASSERT_GT(altered, 0);
  lab::write_file(folder.path("was.json"), was.dump(2));
  EXPECT_EQ(in_folder(folder, "judge r1 -o r2 --fail-on regression --since was.json").code, 2);
  ASSERT_EQ(in_folder(folder, "report r1 --since was.json -o r3").code, 0);
  EXPECT_TRUE(holds(text_of_file(folder.path("r3/report.html")), "<svg class=\"trend\""));
}

}  // namespace
}  // namespace kenshin
