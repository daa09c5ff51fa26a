// kenshin data list: which dated files are in use, and from where. kenshin data import FILE…: from disk, in the forms
// that providers and registries publish or our own. kenshin data update: fetched. Exit 0: done; 65: refused as broken,
// older or much smaller; 66, 69, 73: no file, no answer, not writable.
#include <algorithm>
#include <array>
#include <chrono>
#include <ostream>

#include "probes/base/json_fields.h"
#include "probes/domain/public_suffix.h"
#include "probes/domain/rdap_bootstrap.h"
#include "probes/net/budget.h"
#include "probes/net/fetch_url.h"
#include "probes/place/ranges.h"
#include "reports/checklist/catalogue.h"
#include "reports/criteria/profile.h"
#include "scanner/commands.h"
#include "scanner/data_folder.h"
#include "scanner/data_sources.h"

namespace kenshin {

template <class V>
void fields(V& v, DataChange& f) {
  v("path", f.path);
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("before", f.before);
  v("problem", f.problem);
}

namespace {

constexpr auto options = std::to_array<Option>({{"format", Takes::Value, "text|json"},
                                                {"url", Takes::Value, "URL"},
                                                {"provider", Takes::Value, "NAME"},
                                                {"as-of", Takes::Value, "YYYY-MM-DD"},
                                                {"trust-bundle", Takes::Value, "FILE"}});

constexpr std::size_t largest_file = std::size_t{64} << 20;

struct ListedFile {
  std::string name, path, edition;
  std::optional<Day> as_of;
  std::optional<std::size_t> days_old;
  std::string source;
  std::string from;     // "embedded", "system", or the folder
  std::string problem;  // why it cannot be used
};
template <class V>
void fields(V& v, ListedFile& f) {
  v("name", f.name);
  v("path", f.path);
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("days_old", f.days_old);
  v("source", f.source);
  v("from", f.from);
  v("problem", f.problem);
}

Day today() { return day_in_japan(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())); }

class Listing {
 public:
  explicit Listing(const DataFiles& data) : data_(data) {}

  std::vector<ListedFile> run() {
    profiles();
    catalogues();
    for (const DataKind& kind : data_kinds())
      if (kind.path != suffix_list_file) file(std::string(kind.name), std::string(kind.path));
    for (const std::string& path : data_.list(ranges_folder))
      if (path.ends_with(".ranges")) file("", path);
    suffixes();
    return std::move(out_);
  }

 private:
  void add(ListedFile file) {
    if (file.as_of && today() >= *file.as_of) file.days_old = static_cast<std::size_t>((today() - *file.as_of).count());
    out_.push_back(std::move(file));
  }
  std::string from(std::string_view path) const {
    const std::string directory = data_.directory_of(path);
    return directory.empty() ? "embedded" : directory;
  }
  void file(std::string name, std::string path) {
    ListedFile row{std::move(name), path, "", {}, {}, "", from(path), ""};
    const auto text = data_.read(path);
    const auto read = text ? read_data(path, *text) : text.error();
    if (row.name.empty()) {
      const auto list = text ? load_ranges(*text, path) : text.error();
      row.name = "ranges of " + (list ? list->name : path);
    }
    if (read) row.edition = read->edition, row.as_of = read->as_of, row.source = read->source;
    else row.problem = read.error().detail;
    add(std::move(row));
  }
  void profiles() {
    for (const std::string& id : profile_names(data_)) {
      const std::string path = "reports/criteria/profiles/" + id + ".json";
      const auto read = load_profile(data_, id);
      if (read) add({"profile " + id, path, read->edition, read->as_of, {}, read->source, from(path), ""});
      else add({"profile " + id, path, "", {}, {}, "", from(path), read.error().detail});
    }
  }
  void catalogues() {
    const auto read = load_catalogues(data_);
    if (!read) return add({"catalogues", "reports/checklist/editions/", "", {}, {}, "", "", read.error().detail});
    for (const Catalogue& catalogue : *read) {
      const std::string path = "reports/checklist/editions/" + catalogue.edition + ".json";
      add({"catalogue " + catalogue.edition,
           path,
           catalogue.edition,
           catalogue.as_of,
           {},
           catalogue.source,
           from(path),
           ""});
    }
  }
  // The list at work may be the machine's own.
  void suffixes() {
    ListedFile row{"public suffixes", std::string(suffix_list_file), "", {}, {}, "", "system", ""};
    if (const auto given = read_suffix_list(data_); !given) {
      row.from = from(suffix_list_file);
      row.problem = given.error().detail;
      return add(std::move(row));
    }
    const auto list = suffix_list_edition();
    row.edition = list.edition;
    row.as_of = list.as_of;
    row.source = list.source;
    if (list.source.ends_with(suffix_list_file)) row.from = from(suffix_list_file);
    add(std::move(row));
  }

  const DataFiles& data_;
  std::vector<ListedFile> out_;
};

void print(const Json& json, const Program& program) {
  program.out << json.dump(2, ' ', false, nlohmann::detail::error_handler_t::replace) << '\n';
}

int list(const std::string& format, const std::string& folder, const Program& program) {
  const auto files = Listing(program.data).run();
  const auto& say = program.say();
  if (format == "json") {
    print({{"schema", "kenshin.data/1"}, {"folder", folder}, {"files", json_of(files)}}, program);
  } else {
    program.out << say("cli.data.folder", {{"folder", folder}}) << '\n';
    for (const ListedFile& file : files) {
      program.out << '\n' << one_line(file.name) << "  " << file.path << '\n';
      if (!file.problem.empty()) {
        program.out << "  " << say("cli.data.broken", {{"what", one_line(file.problem)}}) << '\n';
        continue;
      }
      const std::string day = file.as_of ? to_text(*file.as_of) : "-";
      const std::string age = file.days_old ? say("cli.data.age", {{"days", std::to_string(*file.days_old)}}) : "";
      program.out << "  " << one_line(file.edition) << ", " << (file.as_of ? day + age : say("cli.data.empty")) << ", "
                  << (file.from == "embedded" || file.from == "system" ? say("cli.data.from." + file.from)
                                                                       : one_line(file.from))
                  << "\n  " << one_line(file.source, 400) << '\n';
    }
  }
  const bool broken = std::any_of(files.begin(), files.end(), [](const ListedFile& f) { return !f.problem.empty(); });
  return broken ? exit_codes::data : exit_codes::ok;
}

// Files taken in one after the other; what is wrong with one keeps none of the others out.
class TakingIn {
 public:
  TakingIn(const Arguments& arguments, std::string folder, const Program& program)
      : arguments_(arguments), folder_(std::move(folder)), program_(program) {}

  void take(const std::string& text, GivenData given) {
    if (given.provider.empty()) given.provider = arguments_.value("provider");
    if (arguments_.has("as-of")) given.as_of = *parse_day(arguments_.value("as-of"));
    const auto recognised = recognise_data(text, given);
    if (!recognised) return refuse(given.file_name, recognised.error(), exit_codes::data);
    auto change = install_file(*recognised, program_.data, folder_, today());
    if (change) return changes_.push_back(std::move(*change));
    const bool unwritable = change.error().kind == Error::Kind::Denied;
    refuse(given.file_name, change.error(), unwritable ? exit_codes::cannot_create : exit_codes::data);
  }
  void refuse(const std::string& what, const Error& error, int code) {
    changes_.push_back({what, "", {}, "", error.detail});
    code_ = std::max(code_, code);
  }
  int finish(const std::string& format) const {
    if (format == "json") {
      print({{"schema", "kenshin.data/1"}, {"folder", folder_}, {"changes", json_of(changes_)}}, program_);
      return code_;
    }
    for (const DataChange& change : changes_) {
      if (!change.problem.empty()) {
        program_.fail(code_, "cli.data.refused", {{"what", change.problem}});
        continue;
      }
      const std::string before = change.before.empty() ? "-" : change.before;
      program_.out << program_.say()("cli.data.taken", {{"path", change.path},
                                                        {"as_of", change.as_of ? to_text(*change.as_of) : "-"},
                                                        {"before", one_line(before)},
                                                        {"folder", folder_}})
                   << '\n';
    }
    return code_;
  }

 private:
  const Arguments& arguments_;
  const std::string folder_;
  const Program& program_;
  std::vector<DataChange> changes_;
  int code_ = exit_codes::ok;
};

// "ServiceTags_Public_20261116.json": the one day its file name ends with.
std::optional<Day> day_of_name(std::string_view path) {
  const auto dot = path.rfind('.');
  const std::string_view stem = path.substr(0, dot);
  if (stem.size() < 9 || stem[stem.size() - 9] != '_') return std::nullopt;
  const std::string packed(stem.substr(stem.size() - 8));
  const auto day = parse_day(packed.substr(0, 4) + "-" + packed.substr(4, 2) + "-" + packed.substr(6));
  return day ? std::optional(*day) : std::nullopt;
}

int import(const Arguments& arguments, const std::string& format, const std::string& folder, const Program& program) {
  TakingIn taking(arguments, folder, program);
  for (std::size_t i = 1; i < arguments.positional.size(); ++i) {
    const std::string& path = arguments.positional[i];
    const auto text = read_file(path, largest_file);
    if (!text) {
      taking.refuse(path, text.error(), exit_code_of(text.error()));
      continue;
    }
    const std::string name = path.substr(path.rfind('/') + 1);
    taking.take(*text, {path, name + ", imported", "", day_of_name(name)});
  }
  return taking.finish(format);
}

// https, or http on this very machine.
bool may_fetch(std::string_view url) {
  return url.starts_with("https://") || (url.starts_with("http://") && is_on_loopback(url));
}

int update(const Arguments& arguments, const std::string& format, const std::string& folder, const Program& program) {
  const std::string from = arguments.value("url");
  if (!from.empty() && !may_fetch(from)) return program.fail(exit_codes::usage, "cli.data.bad-url", {{"what", from}});
  DataSources sources;
  if (from.empty()) {
    const auto text = program.data.read(data_sources_file);
    auto read = text ? load_data_sources(*text, data_sources_file) : text.error();
    if (!read) return program.fail(exit_codes::data, "cli.error", {{"what", read.error().detail}});
    sources = std::move(*read);
  } else {
    sources.rows.push_back({from, from, "", "", ""});
  }
  if (sources.rows.empty()) return program.fail(exit_codes::unavailable, "cli.data.no-source");

  Session session;
  session.now = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); };
  session.budget = std::make_shared<Budget>();
  session.timeout = std::chrono::seconds(60);
  TakingIn taking(arguments, folder, program);
  for (const DataSource& row : sources.rows) {
    UrlRequest request;
    request.url = row.url;
    request.max_size = largest_file;
    request.follow = 3;
    request.verify = true;
    request.ca_file = arguments.value("trust-bundle");
    request.https_only = row.url.starts_with("https://");
    request.allow_private = !from.empty();
    const auto reply = fetch_url(request, session);
    if (!reply)
      taking.refuse(row.name, {reply.error().kind, row.url + ": " + reply.error().detail}, exit_codes::unavailable);
    else if (reply->status != 200)
      taking.refuse(row.name, {Error::Kind::Failed, row.url + ": HTTP " + std::to_string(reply->status)},
                    exit_codes::unavailable);
    else if (reply->truncated)
      taking.refuse(row.name, {Error::Kind::Malformed, row.url + ": larger than 64 MiB"}, exit_codes::data);
    else
      taking.take(std::string(reply->body.begin(), reply->body.end()),
                  {row.url.substr(row.url.rfind('/') + 1), row.url, row.provider, day_of_name(row.url)});
  }
  return taking.finish(format);
}

}  // namespace

const std::span<const Option> data_options = options;

int run_data(const Arguments& arguments, const Program& program) {
  const std::string format = arguments.value("format", "text");
  if (format != "text" && format != "json")
    return program.fail(exit_codes::usage, "cli.bad-format", {{"what", format}, {"known", "text, json"}});
  if (arguments.has("as-of") && !parse_day(arguments.value("as-of")))
    return program.fail(exit_codes::usage, "cli.data.bad-day", {{"what", arguments.value("as-of")}});
  const std::string folder = arguments.value("data", users_data_folder());
  const std::string verb = arguments.positional.empty() ? "" : arguments.positional.front();
  const std::size_t words = arguments.positional.size();
  if (verb == "list" && words == 1) return list(format, folder, program);
  if (folder.empty()) return program.fail(exit_codes::cannot_create, "cli.data.no-folder");
  if (verb == "import" && words > 1) return import(arguments, format, folder, program);
  if (verb == "update" && words == 1) return update(arguments, format, folder, program);
  return program.fail(exit_codes::usage, "cli.data-usage");
}

}  // namespace kenshin
