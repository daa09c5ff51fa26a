#include "scanner/data_folder.h"

#include <cstdlib>
#include <filesystem>

#include "scanner/program.h"

namespace kenshin {

namespace {

std::string dated(const DataSummary& summary) { return summary.as_of ? to_text(*summary.as_of) : summary.edition; }

}  // namespace

std::string users_data_folder() {
  const char* data_home = std::getenv("XDG_DATA_HOME");
  if (data_home != nullptr && *data_home == '/') return std::string(data_home) + "/kenshin";
  const char* home = std::getenv("HOME");
  return home != nullptr && *home == '/' ? std::string(home) + "/.local/share/kenshin" : "";
}

Result<DataChange> install_file(const RecognisedData& given, const DataFiles& data, const std::string& folder,
                                Day today) {
  const auto refuse = [&](const std::string& what) { return Error{Error::Kind::Malformed, given.path + ": " + what}; };
  if (given.summary.as_of && *given.summary.as_of > today + std::chrono::days(1))  // of other time zones
    return refuse("of " + dated(given.summary) + ", which lies ahead; today is " + to_text(today));
  const auto text = data.read(given.path);
  const auto current = text ? read_data(given.path, *text) : text.error();  // what is broken there is no hindrance
  DataChange out{given.path, given.summary.edition, given.summary.as_of, current ? dated(*current) : "", ""};
  if (current && current->as_of) {
    if (!given.summary.as_of || *given.summary.as_of < *current->as_of)
      return refuse("of " + dated(given.summary) + ", older than that of " + dated(*current) + " in use");
    if (given.summary.rows < current->rows / 2)
      return refuse(std::to_string(given.summary.rows) + " rows, less than half of the " +
                    std::to_string(current->rows) + " in use");
  }
  const auto path = std::filesystem::path(folder) / given.path;
  std::error_code trouble;
  std::filesystem::create_directories(path.parent_path(), trouble);
  if (trouble) return Error{Error::Kind::Denied, path.parent_path().string() + ": " + trouble.message()};
  if (const auto written = write_file(path.string(), given.text); !written) return written.error();
  return out;
}

}  // namespace kenshin
