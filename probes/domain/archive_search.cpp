#include "probes/domain/archive_search.h"

#include <algorithm>
#include <charconv>

#include "probes/base/foreign_json_fields.h"
#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::size_t most_pages = 500;

Error malformed(const std::string& what) { return {Error::Kind::Malformed, "Wayback: " + what}; }

std::string cell(const Json& row, std::size_t at) {
  return row.is_array() && at < row.size() && row[at].is_string() ? row[at].get<std::string>() : std::string();
}

bool are_titles(const Json& row) {
  return cell(row, 0) == "timestamp" && cell(row, 1) == "statuscode" && cell(row, 2) == "digest" && row.size() == 3;
}

// "20190102030405".
Result<Instant> capture_time(const std::string& text) {
  if (text.size() != 14) return malformed("no time of fourteen digits");
  const auto part = [&](std::size_t begin, std::size_t length) { return text.substr(begin, length); };
  return parse_instant(part(0, 4) + "-" + part(4, 2) + "-" + part(6, 2) + "T" + part(8, 2) + ":" + part(10, 2) + ":" +
                       part(12, 2) + "Z");
}

// "-" for a capture that refers to an earlier one.
Result<int> status_of(const std::string& text) {
  if (text == "-") return 0;
  int out = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), out).ptr;
  if (end != text.data() + text.size() || out < 100 || out > 599) return malformed("a row without a status");
  return out;
}

}  // namespace

std::string archive_question(std::string_view base, std::string_view domain) {
  return std::string(base) + "cdx/search/cdx?url=" + std::string(domain) +
         "&output=json&fl=timestamp,statuscode,digest&collapse=digest";
}

Result<ArchivedPages> parse_archive(std::string_view json) {
  const auto read = parse_json(json, "Wayback");
  if (!read) return read.error();
  if (!read->is_array()) return malformed("it is no list");
  ArchivedPages out;
  if (read->empty()) return out;
  if (!are_titles(read->front())) return malformed("its columns are others");
  for (std::size_t i = 1; i < read->size(); ++i) {
    const auto at = capture_time(cell((*read)[i], 0));
    if (!at) return malformed("a row without a time");
    const auto status = status_of(cell((*read)[i], 1));
    if (!status) return status.error();
    ArchivedPage page{*at, *status, one_line(cell((*read)[i], 2), 64)};
    if (page.digest.empty()) return malformed("a row without a digest");
    out.pages.push_back(std::move(page));
  }
  std::stable_sort(out.pages.begin(), out.pages.end(),
                   [](const ArchivedPage& a, const ArchivedPage& b) { return a.at < b.at; });
  if (out.pages.empty()) return out;
  out.first = out.pages.front().at;
  out.last = out.pages.back().at;
  out.is_cut = out.pages.size() > most_pages;
  if (out.is_cut) out.pages.erase(out.pages.begin(), out.pages.end() - static_cast<std::ptrdiff_t>(most_pages));
  return out;
}

}  // namespace kenshin
