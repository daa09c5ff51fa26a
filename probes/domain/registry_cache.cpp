#include "probes/domain/registry_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <filesystem>

#include "probes/base/json_fields.h"
#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/domain/facts_fields.h"

namespace kenshin {

namespace {

constexpr int version_of_files = 1;
constexpr std::size_t largest_file = 256 * 1024;

struct AnswerFile {
  int version = version_of_files;
  KeptAnswer answer;
};

std::filesystem::path path_of(const std::string& folder, const std::string& domain) {
  return std::filesystem::path(folder) / "names" / (domain + ".json");
}

// Of a name in canonical form, which holds nothing a path could stumble over.
bool may_name_a_file(const std::string& domain) {
  const auto host = canonical_host(domain);
  return host && *host == domain && domain.find('/') == std::string::npos && domain.size() < 250;
}

std::optional<std::string> read_own_file(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (file < 0) return std::nullopt;
  struct stat is {};
  std::optional<std::string> out;
  if (::fstat(file, &is) == 0 && S_ISREG(is.st_mode) && is.st_uid == ::geteuid() && is.st_size > 0 &&
      static_cast<std::size_t>(is.st_size) <= largest_file) {
    std::string text(static_cast<std::size_t>(is.st_size), '\0');
    if (::pread(file, text.data(), text.size(), 0) == is.st_size) out = std::move(text);
  }
  ::close(file);
  return out;
}

bool write_whole(const std::filesystem::path& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) return false;
  const bool written =
      ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  ::close(file);
  return written;
}

}  // namespace

template <class V>
void fields(V& v, HolderMark& f) {
  v("hash", f.hash);
  v("is_latin", f.is_latin);
}
template <class V>
void fields(V& v, AnswerFile& f) {
  v("version", f.version);
  v("domain", f.answer.domain);
  v("server", f.answer.server);
  v("asked_at", f.answer.asked_at);
  v("is_whole", f.answer.is_whole);
  v("record", f.answer.record);
  v("holders", f.answer.holders);
}

Result<KeptAnswer> parse_kept_answer(std::string_view text) {
  auto read = from_json_text<AnswerFile>(text, "kept answer");
  if (!read) return read.error();
  const Registration& record = read->answer.record;
  if (read->version != version_of_files || !may_name_a_file(read->answer.domain) ||
      record.registered == Answer::Unknown || !record.holder_hash.empty() ||
      record.holder_compared != HolderCompared::Unknown)
    return Error{Error::Kind::Malformed, "kept answer: of another version, or not as it is written"};
  return std::move(read->answer);
}

std::optional<KeptAnswer> kept_answer(const std::string& folder, const std::string& domain, const std::string& server,
                                      Instant now, std::chrono::seconds at_most) {
  if (folder.empty() || !may_name_a_file(domain)) return std::nullopt;
  const auto text = read_own_file(path_of(folder, domain));
  if (!text) return std::nullopt;
  auto read = parse_kept_answer(*text);
  if (!read || read->domain != domain || read->server != server) return std::nullopt;
  if (read->asked_at > now || read->asked_at + at_most <= now) return std::nullopt;
  return std::move(*read);
}

void keep_answer(const std::string& folder, const KeptAnswer& answer) {
  if (folder.empty() || !may_name_a_file(answer.domain)) return;
  static std::atomic<unsigned> number{0};
  const auto path = path_of(folder, answer.domain);
  std::error_code failed;
  std::filesystem::create_directories(path.parent_path(), failed);
  const auto unfinished = path.parent_path() / ("." + std::to_string(::getpid()) + "." + std::to_string(number++));
  std::filesystem::remove(unfinished, failed);  // of a process with our number that died
  const std::string text = json_of(AnswerFile{version_of_files, answer}).dump(1) + "\n";
  if (write_whole(unfinished, text)) std::filesystem::rename(unfinished, path, failed);
  std::filesystem::remove(unfinished, failed);
}

}  // namespace kenshin
