#include "scanner/facts_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <tuple>

#include "probes/base/crypto.h"
#include "probes/base/text.h"

namespace kenshin {

namespace {

Error cannot(const std::string& path) {
  const auto kind = errno == EEXIST ? Error::Kind::Malformed : Error::Kind::Denied;
  return {kind, kind == Error::Kind::Malformed ? path : path + ": " + std::strerror(errno)};
}

// 56 bits of SHA-256: in a file of a million observations two alike are less likely than one in a hundred thousand.
// `nth`: of those that one probe made of the same (a server may have several chains).
ObservationId id_of(const Observation& o, int nth) {
  const std::string text = target_text(o.target) + '\n' + std::string(target_kind_name(o.target.kind)) + '\n' +
                           o.address + '\n' + o.name + (nth > 0 ? '\n' + std::to_string(nth) : std::string());
  return {"o" + sha256_hex(bytes_of(text)).substr(0, 14)};
}

// A registry's limit kept it from being told: a run that goes on asks again.
bool waits(const Observation& o) {
  if (o.target.kind != TargetKind::Domain) return false;
  if (!o.fact) return o.fact.error().kind == Error::Kind::RateLimited;
  const auto is_limit = [](const std::string& because) {
    return because.starts_with(error_name(Error::Kind::RateLimited));
  };
  if (const auto* issued = fact_of<IssuedCertificates>(o)) return is_limit(issued->because);
  const auto* relied_on = fact_of<DomainDependents>(o);
  return relied_on && std::any_of(relied_on->registry.begin(), relied_on->registry.end(),
                                  [&](const auto& named) { return is_limit(named.second.because); });
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto put = ::write(descriptor, text.data(), text.size());
    if (put < 0 && errno == EINTR) continue;
    if (put <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(put));
  }
  return true;
}

// The facts without those that wait take the file's place, whole or not at all.
Result<Done> leave_out_what_waits(const SavedFacts& facts, const std::string& path) {
  const std::string beside = path + ".new";
  const int descriptor = open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (descriptor < 0) return cannot(beside);
  auto written = facts.lines([](const Observation& o) { return !waits(o); },
                             [&](const std::string& line) { return write_all(descriptor, line + "\n"); });
  if (close(descriptor) != 0 && written) written = cannot(beside);
  if (written && rename(beside.c_str(), path.c_str()) != 0) written = cannot(path);
  if (!written) unlink(beside.c_str());
  return written;
}

bool is_given(const Observation& o) { return o.name.starts_with("declared.") || o.target.kind == TargetKind::Host; }

}  // namespace

FactsFile::~FactsFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

Result<Done> FactsFile::create(const std::string& path, Instant started) {
  descriptor_ = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0666);
  if (descriptor_ < 0) return cannot(path);
  path_ = path;
  write(header_line(KENSHIN_VERSION, started));
  return Done{};
}

Result<Done> FactsFile::create_unnamed(Instant started) {
  std::error_code trouble;
  const auto folder = std::filesystem::temp_directory_path(trouble);
  path_ = "facts of this run";
  if (!trouble) descriptor_ = open(folder.c_str(), O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
  if (descriptor_ < 0) descriptor_ = memfd_create("facts", MFD_CLOEXEC);
  if (descriptor_ < 0) return cannot(path_);
  write(header_line(KENSHIN_VERSION, started));
  return Done{};
}

Result<Done> FactsFile::resume(const std::string& path) {
  auto before = SavedFacts::open(path);
  if (!before) return before.error();
  for (const Target& target : before->targets()) {
    if (target.kind != TargetKind::Domain) continue;
    const auto about = before->about(target);
    if (!about) return about.error();
    if (std::none_of(about->all().begin(), about->all().end(), waits)) continue;
    if (const auto left = leave_out_what_waits(*before, path); !left) return left;
    before = SavedFacts::open(path);
    if (!before) return before.error();
    break;
  }
  const auto read =
      before->each([&](const ObservationHead& head) { seen_[head.target].emplace(head.name, head.address); });
  if (!read) return read.error();
  for (const auto& o : before->outline().all())
    if (is_given(o)) begun_with_.push_back(o);
  std::error_code trouble;
  std::filesystem::resize_file(path, before->whole_bytes(), trouble);
  if (trouble) return Error{Error::Kind::Denied, path + ": " + trouble.message()};
  descriptor_ = open(path.c_str(), O_RDWR | O_APPEND | O_CLOEXEC);
  if (descriptor_ < 0) return cannot(path);
  path_ = path;
  char last = '\n';
  const auto size = static_cast<off_t>(before->whole_bytes());
  if (size > 0 && pread(descriptor_, &last, 1, size - 1) == 1 && last != '\n') write("");
  return Done{};
}

void FactsFile::write(const std::string& lines) { failed_ = failed_ || !write_all(descriptor_, lines + '\n'); }

std::string FactsFile::noted(const Observation& observation) {
  seen_[observation.target].emplace(observation.name, observation.address);
  return observation_line(observation);
}

void FactsFile::add_given(const std::vector<Observation>& given) {
  const std::lock_guard lock(guard_);
  std::set<ObservationId> there;
  for (const auto& o : begun_with_) there.insert(o.id);
  for (std::size_t i = 0; i < given.size(); ++i) {
    Observation observation = given[i];
    observation.id.text = "o" + std::to_string(i + 1);
    if (!there.contains(observation.id)) write(noted(observation));
  }
}

void FactsFile::add(std::vector<Observation> observations) {
  if (observations.empty()) return;
  const std::lock_guard lock(guard_);
  std::map<std::tuple<Target, std::string, std::string>, int> times;
  std::string lines;
  for (Observation& observation : observations) {
    observation.id = id_of(observation, times[{observation.target, observation.address, observation.name}]++);
    lines += (lines.empty() ? "" : "\n") + noted(observation);
  }
  write(lines);
}

void FactsFile::finish(Instant at) {
  const std::lock_guard lock(guard_);
  write(finished_line(at));
}

bool FactsFile::has(const Target& target, std::string_view name, std::string_view address) const {
  const std::lock_guard lock(guard_);
  const auto at = seen_.find(target);
  return at != seen_.end() && at->second.contains({std::string(name), std::string(address)});
}

void FactsFile::finished(const Target& target) {
  const std::lock_guard lock(guard_);
  seen_.erase(target);
}

bool FactsFile::was_begun_with(const std::vector<Observation>& given) const {
  std::multimap<Target, const Observation*> by_target;
  for (const auto& o : given) by_target.emplace(o.target, &o);
  return std::all_of(begun_with_.begin(), begun_with_.end(), [&](const Observation& kept) {
    const bool declared = kept.name.starts_with("declared.");
    const auto [first, last] = by_target.equal_range(kept.target);
    return std::any_of(first, last, [&](const auto& entry) {
      return !declared || (entry.second->name == kept.name && entry.second->fact == kept.fact);
    });
  });
}

bool FactsFile::failed_to_write() const { return failed_; }

Result<SavedFacts> FactsFile::saved() { return SavedFacts::of_descriptor(std::exchange(descriptor_, -1), path_); }

}  // namespace kenshin
