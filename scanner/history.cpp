#include "scanner/history.h"

#include <filesystem>

namespace kenshin {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t application = 0x6B656E73;  // "kens", PRAGMA application_id
constexpr std::int64_t version = 1;               // PRAGMA user_version

constexpr std::string_view schema = R"(
CREATE TABLE runs(id INTEGER PRIMARY KEY, started TEXT NOT NULL, finished TEXT NOT NULL, judged_on TEXT NOT NULL,
  clinic TEXT NOT NULL, profile TEXT NOT NULL, edition TEXT NOT NULL, tool_version TEXT NOT NULL,
  result_sha256 TEXT NOT NULL UNIQUE, bundle_sha256 TEXT);
CREATE TABLE editions(run INTEGER NOT NULL REFERENCES runs(id), name TEXT NOT NULL, edition TEXT NOT NULL);
CREATE TABLE counts(run INTEGER NOT NULL REFERENCES runs(id), observed TEXT NOT NULL, items INTEGER NOT NULL);
CREATE TABLE items(run INTEGER NOT NULL REFERENCES runs(id), item TEXT NOT NULL, declared TEXT NOT NULL,
  observed TEXT NOT NULL, agreement TEXT NOT NULL, waived_until TEXT);
CREATE TABLE findings(run INTEGER NOT NULL REFERENCES runs(id), criterion TEXT NOT NULL, target_kind TEXT NOT NULL,
  target TEXT NOT NULL, reason TEXT NOT NULL, verdict TEXT NOT NULL, force TEXT NOT NULL, waived INTEGER NOT NULL);
CREATE INDEX editions_of ON editions(run);
CREATE INDEX counts_of ON counts(run);
CREATE INDEX items_of ON items(run);
CREATE INDEX findings_of ON findings(run);
PRAGMA application_id = 1801809523;
PRAGMA user_version = 1;
)";
static_assert(application == 1801809523 && version == 1);

// A word of the file that means nothing here was not written by this program.
class FileWords {
 public:
  template <class E>
  E word(const std::string& text, bool (*named)(std::string_view, E&)) {
    E out{};
    if (!named(text, out)) unknown = text;
    return out;
  }
  Day day(const std::string& text) {
    const auto day = parse_day(text);
    if (!day) unknown = text;
    return day ? *day : Day{};
  }
  Instant instant(const std::string& text) {
    const auto at = parse_instant(text);
    if (!at) unknown = text;
    return at ? *at : Instant{};
  }
  std::optional<std::string> unknown;
};

}  // namespace

std::string History::file_beside(const std::string& configuration) {
  return (fs::path(configuration).parent_path() / ".kenshin" / "history.sqlite").string();
}

Result<History> History::open(const std::string& file) {
  std::error_code trouble;
  fs::create_directories(fs::path(file).parent_path(), trouble);
  if (trouble) return Error{Error::Kind::Denied, file + ": " + trouble.message()};
  auto database = Database::open(file);
  if (!database) return database.error();
  if (!database->run("BEGIN IMMEDIATE")) return database->error("cannot be read");
  const auto owner = database->number("PRAGMA application_id"), made = database->number("PRAGMA user_version"),
             tables = database->number("SELECT count(*) FROM sqlite_schema");
  if (!owner || !made || !tables) return database->error("cannot be read");
  if (*tables == 0 && *owner == 0) {
    if (!database->run(schema)) return database->error("cannot be made");
  } else if (*owner != application) {
    return Error{Error::Kind::Malformed, file + ": is a database, but no history of kenshin"};
  } else if (*made != version) {
    return Error{Error::Kind::Malformed,
                 file + ": is of version " + std::to_string(*made) + ", this kenshin reads " + std::to_string(version)};
  }
  if (!database->run("COMMIT")) return database->error("cannot be written");
  return History(std::move(*database));
}

Result<bool> History::add(const Outcome& outcome, const std::string& result_sha256) {
  const auto failed = [&] {
    const Error error = database_.error("the run cannot be added");
    database_.run("ROLLBACK");
    return error;
  };
  if (!database_.run("BEGIN IMMEDIATE")) return database_.error("the run cannot be added");
  auto there = database_.query("SELECT 1 FROM runs WHERE result_sha256 = ?");
  const bool is_there = there.bind(result_sha256).next();
  if (there.failed()) return failed();
  there.run();
  if (is_there) {
    if (!database_.run("COMMIT")) return failed();
    return false;
  }
  auto run = database_.query(
      "INSERT INTO runs(started, finished, judged_on, clinic, profile, edition, tool_version, result_sha256) "
      "VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
  run.bind(to_text(outcome.started)).bind(to_text(outcome.finished.value_or(outcome.started)));
  run.bind(to_text(outcome.judged_on)).bind(outcome.clinic).bind(outcome.profile).bind(outcome.profile_edition);
  if (!run.bind(outcome.tool_version).bind(result_sha256).run()) return failed();
  const std::int64_t id = database_.last_row();
  auto edition = database_.query("INSERT INTO editions VALUES(?, ?, ?)");
  for (const auto& [name, value] : outcome.editions)
    if (!edition.bind(id).bind(name).bind(value).run()) return failed();
  auto count = database_.query("INSERT INTO counts VALUES(?, ?, ?)");
  for (std::size_t i = 0; i < outcome.counts.size(); ++i)
    if (!count.bind(id).bind(observed_name(static_cast<Observed>(i))).bind(outcome.counts[i]).run()) return failed();
  auto item = database_.query("INSERT INTO items VALUES(?, ?, ?, ?, ?, ?)");
  for (const auto& it : outcome.items) {
    item.bind(id).bind(it.id.text).bind(declared_name(it.declared)).bind(observed_name(it.observed));
    item.bind(agreement_name(it.agreement));
    if (it.waived_until) item.bind(to_text(*it.waived_until));
    else item.bind_null();
    if (!item.run()) return failed();
  }
  auto finding = database_.query("INSERT INTO findings VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
  for (const auto& it : outcome.findings) {
    finding.bind(id).bind(it.criterion.text).bind(it.target_kind).bind(it.target).bind(it.reason);
    finding.bind(verdict_name(it.verdict)).bind(force_name(it.force)).bind(std::int64_t{it.waived});
    if (!finding.run()) return failed();
  }
  if (!database_.run("COMMIT")) return failed();
  return true;
}

Result<std::vector<RunSummary>> History::runs() {
  std::vector<RunSummary> out;
  FileWords read;
  auto run = database_.query(
      "SELECT id, started, finished, judged_on, clinic, profile, edition, tool_version, result_sha256 FROM runs "
      "ORDER BY started, id");
  while (run.next()) {
    RunSummary one;
    one.id = run.number(0);
    one.outcome.started = read.instant(run.text(1));
    one.outcome.finished = read.instant(run.text(2));
    one.outcome.judged_on = read.day(run.text(3));
    one.outcome.clinic = run.text(4);
    one.outcome.profile = run.text(5);
    one.outcome.profile_edition = run.text(6);
    one.outcome.tool_version = run.text(7);
    one.result_sha256 = run.text(8);
    out.push_back(std::move(one));
  }
  if (run.failed()) return database_.error("the runs cannot be read");
  for (RunSummary& one : out) {
    auto edition = database_.query("SELECT name, edition FROM editions WHERE run = ?");
    edition.bind(one.id);
    while (edition.next()) one.outcome.editions[edition.text(0)] = edition.text(1);
    auto count = database_.query("SELECT observed, items FROM counts WHERE run = ?");
    count.bind(one.id);
    while (count.next())
      one.outcome.counts.at(static_cast<std::size_t>(read.word(count.text(0), observed_named))) =
          static_cast<int>(count.number(1));
    if (edition.failed() || count.failed()) return database_.error("the runs cannot be read");
  }
  if (read.unknown) return Error{Error::Kind::Malformed, "the history holds an unknown value: " + *read.unknown};
  return out;
}

Result<Outcome> History::outcome(const RunSummary& summary) {
  Outcome out = summary.outcome;
  FileWords read;
  auto item = database_.query(
      "SELECT item, declared, observed, agreement, waived_until FROM items WHERE run = ? ORDER BY rowid");
  item.bind(summary.id);
  while (item.next()) {
    const auto waived = item.is_null(4) ? std::nullopt : std::optional(read.day(item.text(4)));
    out.items.push_back({{item.text(0)},
                         {},
                         read.word(item.text(1), declared_named),
                         read.word(item.text(2), observed_named),
                         read.word(item.text(3), agreement_named),
                         waived});
  }
  auto finding = database_.query(
      "SELECT criterion, target_kind, target, reason, verdict, force, waived FROM findings WHERE run = ? "
      "ORDER BY rowid");
  finding.bind(summary.id);
  while (finding.next())
    out.findings.push_back({{finding.text(0)},
                            finding.text(1),
                            finding.text(2),
                            finding.text(3),
                            {},
                            read.word(finding.text(4), verdict_named),
                            read.word(finding.text(5), force_named),
                            finding.number(6) != 0});
  if (item.failed() || finding.failed()) return database_.error("the run cannot be read");
  if (read.unknown) return Error{Error::Kind::Malformed, "the history holds an unknown value: " + *read.unknown};
  return out;
}

}  // namespace kenshin
