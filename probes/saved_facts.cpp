#include "probes/saved_facts.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <unordered_set>

#include "probes/base/text.h"
#include "probes/facts_lines.h"

namespace kenshin {

namespace {

constexpr std::size_t longest_line = std::size_t{64} << 20;

// The words of a line as observation_line() writes it, one after the other.
class Scanning {
 public:
  explicit Scanning(std::string_view line) : rest_(line) {}
  bool skip(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }
  // Up to the closing quote; false for text with an escape in it.
  bool text(std::string& into) {
    const auto end = rest_.find_first_of("\"\\");
    if (end == std::string_view::npos || rest_[end] != '"') return false;
    into = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    return true;
  }
  void digits() { rest_.remove_prefix(std::min(rest_.find_first_not_of("0123456789"), rest_.size())); }

 private:
  std::string_view rest_;
};

bool kind_named(std::string_view name, TargetKind& kind) {
  for (const auto known : {TargetKind::Endpoint, TargetKind::Domain, TargetKind::Host, TargetKind::Clinic})
    if (target_kind_name(known) == name) return kind = known, true;
  return false;
}

// The head of a line that holds a fact, without reading the fact; false where only reading all of it tells.
bool scan_head(std::string_view line, ObservationHead& head) {
  Scanning scanning(line);
  std::string kind, target, at;
  if (!scanning.skip("{\"id\":\"") || !scanning.text(head.id.text) || !scanning.skip(",\"target\":{\"kind\":\"") ||
      !scanning.text(kind) || !scanning.skip(",\"name\":\"") || !scanning.text(target) || !scanning.skip("}"))
    return false;
  if (scanning.skip(",\"address\":\"") && !scanning.text(head.address)) return false;
  if (!scanning.skip(",\"probe\":\"") || !scanning.text(head.name) || !scanning.skip(",\"at\":\"") ||
      !scanning.text(at))
    return false;
  if (scanning.skip(",\"connections\":")) scanning.digits();
  if (!scanning.skip(",\"fact\":") || !kind_named(kind, head.target.kind)) return false;
  const auto parsed = parse_target(head.target.kind, target);
  const auto instant = parse_instant(at);
  if (!parsed || !instant) return false;
  head.target = *parsed;
  head.at = *instant;
  return true;
}

ObservationHead head_of(const Observation& o) {
  return {o.id, o.target, o.address, o.name, o.at, o.fact ? std::nullopt : std::optional(o.fact.error())};
}

bool in_outline(const Target& target, std::string_view name) {
  return (target.kind != TargetKind::Endpoint && target.kind != TargetKind::Domain) || name.starts_with("declared.");
}

// Of all, rather than of a target or an item.
bool is_common(const Observation& o) {
  return o.target.kind == TargetKind::Clinic && (o.name == Vantage::name || o.name == DeclaredClinic::name);
}

// Without an address first, then IPv4, then IPv6.
template <class Seen>
void by_address(std::vector<Seen>& all) {
  const auto rank = [](const std::string& address) {
    return address.empty() ? 0 : address.find(':') == std::string::npos ? 1 : 2;
  };
  std::stable_sort(all.begin(), all.end(), [&](const Seen& a, const Seen& b) {
    const int left = rank(a.address), right = rank(b.address);
    return left != right ? left < right : a.address < b.address;
  });
}

Error trouble(const std::string& name, int number) {
  const auto kind = number == ENOENT || number == ENOTDIR ? Error::Kind::Absent : Error::Kind::Denied;
  return {kind, name + ": " + std::strerror(number)};
}

}  // namespace

// One pass over the file.
class SavedFacts::Indexing {
 public:
  explicit Indexing(SavedFacts& out) : out_(out) {}

  Result<Done> run() {
    std::string piece(std::size_t{1} << 18, '\0'), line;
    for (;;) {
      const auto got = pread(*out_.descriptor_, piece.data(), piece.size(), static_cast<off_t>(read_));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return trouble(out_.name_, errno);
      if (got == 0) break;
      read_ += static_cast<std::size_t>(got);
      std::string_view rest(piece.data(), static_cast<std::size_t>(got));
      for (auto end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
        line.append(rest.substr(0, end));
        rest.remove_prefix(end + 1);
        if (const auto taken = take(line); !taken) return taken;
        line.clear();
      }
      line.append(rest);
      if (line.size() > longest_line) return malformed("a line of more than 64 MiB");
    }
    // A killed run loses at most the line being written; the header is written at once.
    if (number_ == 0) return take(line);
    const Place place{out_.whole_bytes_, static_cast<std::uint32_t>(line.size()), ++number_};
    if (!line.empty() && take_all(line, place)) out_.whole_bytes_ += line.size();
    return Done{};
  }

 private:
  Error malformed(const std::string& what) const {
    return {Error::Kind::Malformed, out_.name_ + ":" + std::to_string(number_) + ": " + what};
  }

  Result<Done> take(std::string_view whole) {
    const Place place{out_.whole_bytes_, static_cast<std::uint32_t>(whole.size()), ++number_};
    const std::string_view line = whole.ends_with('\r') ? whole.substr(0, whole.size() - 1) : whole;
    ObservationHead head;
    if (number_ == 1 && line.empty()) return malformed("empty; expected a kenshin.facts/1 header in line 1");
    if (number_ > 1 && scan_head(line, head) && !in_outline(head.target, head.name)) {
      if (const auto noted = note(head, place); !noted) return noted;
    } else if (const auto taken = take_all(line, place); !taken) {
      return taken;
    }
    out_.whole_bytes_ += whole.size() + 1;
    return Done{};
  }

  Result<Done> take_all(std::string_view text, const Place& place) {
    auto line = read_facts_line(text, number_ == 1 ? LinePlace::First : LinePlace::Later,
                                out_.name_ + ":" + std::to_string(number_));
    if (!line) return line.error();
    if (const auto* header = std::get_if<FactsHeader>(&*line)) {
      out_.outline_.tool_version = header->tool_version;
      out_.outline_.started = out_.latest_ = header->started;
    } else if (const auto* finished = std::get_if<Instant>(&*line)) {
      out_.outline_.finished = *finished;
    } else {
      auto& observation = std::get<Observation>(*line);
      if (const auto noted = note(head_of(observation), place); !noted) return noted;
      out_.keep(std::move(observation));
    }
    return Done{};
  }

  Result<Done> note(const ObservationHead& head, const Place& place) {
    if (!ids_.insert(head.id.text).second) return malformed("the id " + one_line(head.id.text, 40) + " stands twice");
    out_.note(head, place);
    return Done{};
  }

  SavedFacts& out_;
  std::size_t read_ = 0;
  std::uint32_t number_ = 0;
  std::unordered_set<std::string> ids_;
};

void SavedFacts::note(const ObservationHead& head, const Place& place) {
  places_[head.target].push_back(place);
  latest_ = std::max(latest_, head.at);
  ++count_;
}

void SavedFacts::keep(Observation observation) {
  if (!in_outline(observation.target, observation.name)) return;
  if (is_common(observation)) common_.push_back(outline_.all().size());
  outline_.add(std::move(observation));
}

Result<SavedFacts> SavedFacts::open(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return trouble(path, errno);
  return of_descriptor(descriptor, path);
}

Result<SavedFacts> SavedFacts::of_descriptor(int descriptor, const std::string& name) {
  SavedFacts out;
  out.descriptor_ = std::shared_ptr<const int>(new int(descriptor), [](const int* owned) {
    close(*owned);
    delete owned;
  });
  out.name_ = name;
  struct stat about {};
  if (fstat(descriptor, &about) == 0 && !S_ISREG(about.st_mode))
    return Error{Error::Kind::Malformed, name + ": not a file"};
  if (const auto indexed = Indexing(out).run(); !indexed) return indexed.error();
  return out;
}

SavedFacts SavedFacts::of(Facts facts) {
  SavedFacts out;
  out.outline_.tool_version = facts.tool_version;
  out.outline_.started = out.latest_ = facts.started;
  out.outline_.finished = facts.finished;
  out.whole_ = std::make_shared<const Facts>(std::move(facts));
  for (std::size_t i = 0; i < out.whole_->all().size(); ++i) {
    out.note(head_of(out.whole_->all()[i]), {i, 0, 0});
    out.keep(out.whole_->all()[i]);
  }
  return out;
}

std::vector<Target> SavedFacts::targets() const {
  std::vector<Target> out;
  for (const auto& [target, places] : places_) out.push_back(target);
  return out;
}

Result<std::string> SavedFacts::bytes(const Place& place) const {
  std::string text(place.length, '\0');
  for (std::size_t have = 0; have < text.size();) {
    const auto got =
        pread(*descriptor_, text.data() + have, text.size() - have, static_cast<off_t>(place.offset + have));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return trouble(name_, errno);
    if (got == 0) return Error{Error::Kind::Malformed, name_ + ": has become shorter"};
    have += static_cast<std::size_t>(got);
  }
  return text;
}

Result<Observation> SavedFacts::read(const Place& place) const {
  if (whole_) return whole_->all()[place.offset];
  const auto text = bytes(place);
  if (!text) return text.error();
  const std::string where = name_ + ":" + std::to_string(place.line);
  auto line = read_facts_line(*text, LinePlace::Later, where);
  if (!line) return line.error();
  if (auto* observation = std::get_if<Observation>(&*line)) return std::move(*observation);
  return Error{Error::Kind::Malformed, where + ": has changed"};
}

Result<Facts> SavedFacts::about(const Target& target) const {
  Facts out;
  out.tool_version = outline_.tool_version;
  out.started = outline_.started;
  out.finished = outline_.finished;
  for (const std::size_t i : common_)
    if (outline_.all()[i].target != target) out.add(outline_.all()[i]);
  std::vector<Observation> own;
  if (const auto found = places_.find(target); found != places_.end())
    for (const Place& place : found->second) {
      auto observation = read(place);
      if (!observation) return observation.error();
      own.push_back(std::move(*observation));
    }
  by_address(own);
  for (auto& observation : own) out.add(std::move(observation));
  return out;
}

Result<Done> SavedFacts::each(const std::function<void(const ObservationHead&)>& visit) const {
  for (const auto& [target, places] : places_) {
    std::vector<ObservationHead> heads;
    for (const Place& place : places) {
      ObservationHead head;
      const auto text = whole_ ? Result<std::string>(std::string()) : bytes(place);
      if (!text) return text.error();
      if (!scan_head(*text, head)) {
        const auto observation = read(place);
        if (!observation) return observation.error();
        head = head_of(*observation);
      }
      heads.push_back(std::move(head));
    }
    by_address(heads);
    for (const auto& head : heads) visit(head);
  }
  return Done{};
}

Result<Done> SavedFacts::lines(const std::function<bool(const Observation&)>& keeps,
                               const std::function<bool(const std::string&)>& write) const {
  std::vector<Place> all;
  for (const auto& [target, places] : places_) all.insert(all.end(), places.begin(), places.end());
  std::sort(all.begin(), all.end(), [](const Place& a, const Place& b) { return a.offset < b.offset; });
  bool written = write(header_line(outline_.tool_version, outline_.started));
  for (std::size_t i = 0; i < all.size() && written; ++i) {
    const auto observation = read(all[i]);
    if (!observation) return observation.error();
    if (keeps(*observation)) written = write(observation_line(*observation));
  }
  if (!written) return trouble(name_, errno);
  return Done{};
}

}  // namespace kenshin
