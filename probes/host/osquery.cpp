#include "probes/host/osquery.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "probes/base/small_json_fields.h"
#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::array<std::string_view, 15> known_tables = {"os_version",
                                                           "system_info",
                                                           "osquery_info",
                                                           "time",
                                                           "windows_security_products",
                                                           "bitlocker_info",
                                                           "disk_encryption",
                                                           "deb_packages",
                                                           "rpm_packages",
                                                           "windows_update_history",
                                                           "patches",
                                                           "alf",
                                                           "screenlock",
                                                           "listening_ports",
                                                           "windows_security_center"};
constexpr std::size_t row_limit = 200'000, text_limit = 2000;
constexpr SmallJson limits{500, 20'000'000};  // columns of a row; rows of a machine with many packages

bool is_known(std::string_view table) {
  return std::find(known_tables.begin(), known_tables.end(), table) != known_tables.end();
}

// "pack/kenshin/os_version", "pack_kenshin_os_version", "os_version".
std::string_view table_named(std::string_view query) {
  std::string_view longest;
  for (const auto table : known_tables) {
    if (!query.ends_with(table) || table.size() < longest.size()) continue;
    const char before = query.size() > table.size() ? query[query.size() - table.size() - 1] : '/';
    if (before == '/' || before == '_' || before == '-') longest = table;
  }
  return longest;
}

std::string_view stem_of(std::string_view path) {
  path = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  return path.substr(0, path.find('.'));
}

class ResultsReader {
 public:
  ResultsReader(std::string_view file_name, OsqueryResults& out) : file_name_(file_name), out_(out) {}

  Result<Done> file(std::string_view text) {
    const auto whole = parse_small_json(text, file_name_, limits);
    if (whole) value(*whole);
    else if (!logged(text)) return whole.error();
    if (fault_.empty()) return Done{};
    return Error{Error::Kind::Malformed, std::string(file_name_) + ": " + fault_};
  }

 private:
  void refuse(std::string what) {
    if (fault_.empty()) fault_ = std::move(what);
  }

  // One JSON object a line, as osqueryd logs them; false where the first line is none.
  bool logged(std::string_view text) {
    std::size_t line = 0;
    for (const auto one : lines(text)) {
      ++line;
      if (trim(one).empty()) continue;
      const auto parsed = parse_small_json(one, file_name_, limits);
      if (!parsed && line == 1) return false;
      if (!parsed || !parsed->is_object()) refuse("line " + std::to_string(line) + " is no JSON object");
      else value(*parsed);
      if (!fault_.empty()) return true;
    }
    return line > 1;
  }

  void value(const Json& json) {
    if (json.is_array()) return rows(stem_of(file_name_), json);
    if (!json.is_object()) return refuse("neither rows nor tables of osquery");
    if (json.contains("snapshot") || json.contains("columns") || json.contains("diffResults"))
      return logged_result(json);
    if (json.contains("results")) return report(json);
    for (const auto& [table, content] : json.items()) {
      if (!is_known(table)) continue;
      if (!content.is_array()) return refuse(one_line(table, 60) + ": a list of rows is expected");
      rows(table, content);
    }
  }

  static std::string text_of(const Json& json, const char* key) {
    const auto at = json.find(key);
    if (at == json.end()) return {};
    if (at->is_string()) return at->get<std::string>();
    return at->is_number() ? at->dump() : std::string();
  }
  void time(std::optional<Instant> at) {
    if (at && (!out_.at || *at > *out_.at)) out_.at = at;
  }
  void machine(const std::string& name) {
    if (name.empty()) return;
    if (out_.host.empty()) out_.host = one_line(name, 100);
    else if (out_.host != one_line(name, 100))
      refuse("results of several machines (" + out_.host + ", " + one_line(name, 100) + "); import them one by one");
  }

  void logged_result(const Json& json) {
    const auto table = table_named(text_of(json, "name"));
    machine(text_of(json, "hostIdentifier"));
    const auto at = osquery_time(text_of(json, "unixTime"));
    time(at);
    if (table.empty() || !fault_.empty()) return;
    if (json.contains("snapshot")) {
      auto& taken = out_.snapshots[std::string(table)];
      if (at && *at < taken) return;  // a newer one was read already
      if (at) taken = *at;
      out_.tables[std::string(table)].clear();
      return rows(table, json["snapshot"]);
    }
    if (!json.contains("columns")) return refuse("changes in batches are not read; log them one by one, or a snapshot");
    auto& kept = out_.tables[std::string(table)];
    const auto row = row_of(json["columns"]);
    if (!row) return;
    if (text_of(json, "action") == "removed") std::erase(kept, *row);
    else if (kept.size() < row_limit) kept.push_back(*row);
  }

  void report(const Json& json) {
    const std::string said = text_of(json, "query_name").empty() ? text_of(json, "name") : text_of(json, "query_name");
    const auto table = table_named(said.empty() ? stem_of(file_name_) : std::string_view(said));
    const auto& results = json["results"];
    if (!results.is_array()) return refuse("results: a list is expected");
    if (table.empty())
      return refuse("which table this is cannot be told; name the file after it, such as os_version.json");
    auto& kept = out_.tables[std::string(table)];
    for (const auto& result : results) {
      if (!result.is_object() || !result.contains("columns")) return refuse("results: rows with columns are expected");
      machine(text_of(result, "host_name").empty() ? text_of(result, "host_id") : text_of(result, "host_name"));
      if (const auto at = parse_instant(text_of(result, "last_fetched"))) time(*at);
      const auto row = row_of(result["columns"]);
      if (!row || !fault_.empty()) return;
      if (kept.size() < row_limit) kept.push_back(*row);
    }
  }

  void rows(std::string_view table, const Json& json) {
    if (!is_known(table))
      return refuse("which table this is cannot be told; name the file after it, such as os_version.json");
    if (!json.is_array()) return refuse(std::string(table) + ": a list of rows is expected");
    auto& kept = out_.tables[std::string(table)];
    for (const auto& element : json) {
      if (kept.size() == row_limit) return refuse(std::string(table) + ": more rows than any machine has");
      const auto row = row_of(element);
      if (!row) return;
      kept.push_back(*row);
    }
  }

  std::optional<OsqueryRow> row_of(const Json& json) {
    if (!json.is_object()) return refuse("a row is an object of columns"), std::nullopt;
    OsqueryRow out;
    for (const auto& [column, content] : json.items()) {
      if (!content.is_string() && !content.is_number() && !content.is_null())
        return refuse(one_line(column, 60) + ": a text or a number is expected"), std::nullopt;
      out[column] = one_line(content.is_null() ? "" : text_of(json, column.c_str()), text_limit);
    }
    return out;
  }

  std::string_view file_name_;
  OsqueryResults& out_;
  std::string fault_;
};

}  // namespace

Result<Done> add_osquery_results(std::string_view text, std::string_view file_name, OsqueryResults& results) {
  return ResultsReader(file_name, results).file(text);
}

std::optional<Instant> osquery_time(std::string_view digits) {
  constexpr std::int64_t year_10000 = 253'402'300'800;
  digits = trim(digits);
  std::int64_t seconds{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (seconds <= 0 || seconds >= year_10000) return std::nullopt;
  return Instant{std::chrono::seconds{seconds}};
}

}  // namespace kenshin
