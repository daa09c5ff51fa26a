// The dated data files that can be replaced one by one, each with its own strict loader, and how a file that somebody
// hands us is recognised. A row in data_kinds.cpp per file; lists of address ranges are as many as there are files.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "probes/base/calendar.h"
#include "probes/base/result.h"

namespace kenshin {

struct DataSummary {
  std::string edition;
  std::optional<Day> as_of;  // nothing: it is empty
  std::string source;
  std::size_t rows = 0;
};

struct DataKind {
  std::string_view name;  // as reports call it
  std::string_view path;
  Result<DataSummary> (*read)(std::string_view text, std::string_view file_name);
};

std::span<const DataKind> data_kinds();
// By the strict loader of what belongs at that path; Absent where nothing does.
Result<DataSummary> read_data(std::string_view path, std::string_view text);

// What is said of a file besides its text.
struct GivenData {
  std::string file_name;     // for errors, and to tell ours by
  std::string source;        // as reports will show it
  std::string provider;      // of a plain list of prefixes
  std::optional<Day> as_of;  // where the file does not say it
};

struct RecognisedData {
  std::string path;  // where it belongs
  std::string text;  // in our own form
  DataSummary summary;
};
// One of our own files, a provider's or registry's list of ranges, or the public suffix list. Malformed with the
// reason, naming the file.
Result<RecognisedData> recognise_data(std::string_view text, const GivenData&);

}  // namespace kenshin
