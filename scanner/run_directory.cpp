#include "scanner/run_directory.h"

#include <filesystem>
#include <ostream>

#include "probes/base/json_fields.h"

namespace kenshin {

namespace fs = std::filesystem;

namespace {

struct RunShape {
  std::string schema = "kenshin.run/1";
  RunInputs inputs;
};
template <class V>
void fields(V& v, RunShape& f) {
  v("schema", f.schema);
  v("profile", f.inputs.profile);
  v("checklist", f.inputs.checklist);
  v("config", f.inputs.config);
  v("host_facts", f.inputs.host_facts);
}

}  // namespace

Result<Done> make_run_directory(const std::string& directory) {
  std::error_code trouble;
  fs::create_directories(fs::path(directory) / "inputs", trouble);
  if (trouble) return Error{Error::Kind::Denied, directory + ": " + trouble.message()};
  return Done{};
}

Result<std::string> keep_input(const std::string& directory, const std::string& path, std::string_view text) {
  const fs::path wanted = path == "-" ? fs::path("standard-input.txt") : fs::path(path).filename();
  fs::path name = wanted;
  for (int i = 2;; ++i) {
    const auto at = fs::path(directory) / "inputs" / name;
    if (!fs::exists(at) || read_file(at.string()) == Result<std::string>(std::string(text))) break;
    name = wanted.stem().string() + "-" + std::to_string(i) + wanted.extension().string();
  }
  const auto written = write_file((fs::path(directory) / "inputs" / name).string(), text);
  if (!written) return written.error();
  return name.string();
}

Result<Done> write_run(const std::string& directory, const RunInputs& inputs) {
  return write_file((fs::path(directory) / "run.json").string(),
                    json_of(RunShape{"kenshin.run/1", inputs}).dump(2) + "\n");
}

Result<RunInputs> read_run(const std::string& directory) {
  const std::string path = (fs::path(directory) / "run.json").string();
  const auto text = read_file(path);
  if (!text) return text.error();
  const auto shape = from_json_text<RunShape>(*text, path);
  if (!shape) return shape.error();
  if (shape->schema != "kenshin.run/1")
    return Error{Error::Kind::Malformed,
                 path + ": schema is \"" + one_line(shape->schema, 60) + "\", expected kenshin.run/1"};
  return shape->inputs;
}

Result<std::vector<std::string>> write_formats(const Report& report, const Program& program,
                                               const std::string& directory) {
  std::vector<std::string> files;
  for (const auto& format : all_formats()) {
    if (!format.of_every_run) continue;
    const auto path = (fs::path(directory) / format.file_name).string();
    const auto written = write_file(path, [&](std::ostream& out) { format.write(report, program.words(), out); });
    if (!written) return written.error();
    files.push_back(path);
  }
  return files;
}

}  // namespace kenshin
