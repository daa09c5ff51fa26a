#include "scanner/facts_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "scanner/program.h"

namespace kenshin {

Result<Done> FactsFile::create(const std::string& path, Instant started) {
  if (std::filesystem::exists(path)) return Error{Error::Kind::Malformed, path};
  out_.open(path, std::ios::binary);
  if (!out_) return Error{Error::Kind::Denied, path + ": " + std::strerror(errno)};
  to_disk_ = true;
  start_in_memory(started);
  write(header_line(facts_.tool_version, started));
  return Done{};
}

void FactsFile::start_in_memory(Instant started) {
  facts_.tool_version = KENSHIN_VERSION;
  facts_.started = started;
}

Result<Done> FactsFile::resume(const std::string& path) {
  auto text = read_file(path);
  if (!text) return text.error();
  auto facts = read_facts(*text, path);
  if (!facts) return facts.error();
  for (const auto& o : facts->all()) {
    seen_.emplace(o.target, o.name, o.address);
    seen_.emplace(o.target, o.name, "");
  }
  facts_ = std::move(*facts);
  std::error_code trouble;
  std::filesystem::resize_file(path, text->rfind('\n') + 1, trouble);
  if (trouble) return Error{Error::Kind::Denied, path + ": " + trouble.message()};
  out_.open(path, std::ios::binary | std::ios::app);
  if (!out_) return Error{Error::Kind::Denied, path + ": " + std::strerror(errno)};
  to_disk_ = true;
  return Done{};
}

void FactsFile::write(const std::string& line) {
  if (to_disk_) out_ << line << '\n' << std::flush;
}

void FactsFile::add(Observation observation) {
  const std::lock_guard lock(guard_);
  seen_.emplace(observation.target, observation.name, observation.address);
  seen_.emplace(observation.target, observation.name, "");
  write(observation_line(facts_.add(std::move(observation))));
}

void FactsFile::finish(Instant at) {
  const std::lock_guard lock(guard_);
  facts_.finished = at;
  write(finished_line(at));
}

bool FactsFile::has(const Target& target, std::string_view name, std::string_view address) const {
  const std::lock_guard lock(guard_);
  return seen_.contains({target, std::string(name), std::string(address)});
}

bool FactsFile::was_begun_with(const std::vector<Observation>& given) const {
  return std::all_of(facts_.all().begin(), facts_.all().end(), [&](const Observation& kept) {
    const bool declared = kept.name.starts_with("declared."), of_host = kept.target.kind == TargetKind::Host;
    if (!declared && !of_host) return true;
    return std::any_of(given.begin(), given.end(), [&](const Observation& o) {
      return o.target == kept.target && (!declared || (o.name == kept.name && o.fact == kept.fact));
    });
  });
}

bool FactsFile::failed_to_write() const { return to_disk_ && !out_; }

Facts FactsFile::take() { return std::move(facts_); }

}  // namespace kenshin
