// ct-logs.json: the certificate transparency logs and their keys.
#include <algorithm>
#include <array>
#include <stdexcept>

#include "probes/base/crypto.h"
#include "probes/base/json_fields.h"
#include "probes/certificate/timestamps.h"

namespace kenshin {

namespace {

constexpr std::string_view logs_file = "probes/certificate/ct-logs.json";

}  // namespace

template <class V>
void fields(V& v, CtLog& f) {
  v("log_id", f.log_id);
  v("key", f.key);
  v("description", f.description);
  v("state", f.state);
  v("from", f.from);
  v("to", f.to);
}
template <class V>
void fields(V& v, CtLogs& f) {
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("source", f.source);
  v("mark", f.mark);
  v("logs", f.logs);
}

Result<CtLogs> load_ct_logs(std::string_view text, std::string_view file_name) {
  static constexpr std::array<std::string_view, 5> states{"usable", "qualified", "readonly", "retired", "rejected"};
  auto read = from_json_text<CtLogs>(text, file_name);
  if (!read) return read;
  const auto refuse = [&](const CtLog& log, std::string_view what) {
    return Error{Error::Kind::Malformed,
                 std::string(file_name) + ": log " + one_line(log.log_id, 64) + " " + std::string(what)};
  };
  for (const CtLog& log : read->logs) {
    if (log.log_id != sha256_hex(log.key)) return refuse(log, "is not the SHA-256 of its key");
    if (std::find(states.begin(), states.end(), log.state) == states.end()) return refuse(log, "has no known state");
  }
  if (!read->logs.empty() && !read->as_of) return refuse(read->logs.front(), "stands in a list without a date");
  return read;
}

Result<CtLogs> read_ct_logs(const DataFiles& data) {
  const auto text = data.read(logs_file);
  if (!text) return text.error();
  return load_ct_logs(*text, logs_file);
}

const CtLogs& shipped_ct_logs() {
  static const CtLogs shipped = [] {
    auto read = read_ct_logs(installed_data());
    if (!read) throw std::runtime_error(read.error().detail);
    return std::move(*read);
  }();
  return shipped;
}

}  // namespace kenshin
