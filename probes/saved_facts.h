// Saved facts read target by target: an index of a facts file stays in memory, its observations do not. What is small
// and what other targets need to know (declarations, vantage, hosts) is kept as the outline.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "probes/facts.h"

namespace kenshin {

// What a list of evidence says of an observation.
struct ObservationHead {
  ObservationId id;
  Target target;
  std::string address, name;
  Instant at;
  std::optional<Error> failed;
};

class SavedFacts {
 public:
  // Denied or Absent where the file cannot be opened; Malformed, naming file and line, where a line cannot be read. A
  // last line that was cut short is left out.
  static Result<SavedFacts> open(const std::string& path);
  // Of an open descriptor, which it takes over. `name` is for messages.
  static Result<SavedFacts> of_descriptor(int descriptor, const std::string& name);
  // Facts that are in memory already.
  static SavedFacts of(Facts);

  // Header, end, and what is neither an endpoint's nor a domain's observed fact; in the order they were made.
  const Facts& outline() const { return outline_; }
  std::vector<Target> targets() const;  // ascending
  std::size_t observations() const { return count_; }
  Instant last_seen() const { return outline_.finished.value_or(latest_); }  // finished, else the latest observation
  std::size_t whole_bytes() const { return whole_bytes_; }  // of the file, without a line that was cut short

  // Everything that was observed of the target, by address and then in the order it was made, after what was observed
  // and declared of all (vantage, clinic). Malformed where the file has changed meanwhile.
  Result<Facts> about(const Target&) const;
  // The heads of all observations, by target, in the order of about().
  Result<Done> each(const std::function<void(const ObservationHead&)>&) const;
  // The lines of a run that goes on: the header and what `keeps` says yes to, in the order it was made; without the
  // end.
  Result<Done> lines(const std::function<bool(const Observation&)>& keeps,
                     const std::function<bool(const std::string&)>& write) const;

 private:
  struct Place {  // in the file, or in facts that are in memory
    std::size_t offset = 0;
    std::uint32_t length = 0, line = 0;
  };
  class Indexing;
  Result<Observation> read(const Place&) const;
  Result<std::string> bytes(const Place&) const;
  void note(const ObservationHead&, const Place&);
  void keep(Observation);

  std::shared_ptr<const int> descriptor_;  // closes with its last owner
  std::shared_ptr<const Facts> whole_;     // in place of a file
  std::string name_;
  Facts outline_;
  std::vector<std::size_t> common_;  // in the outline: of no single target, and needed to judge each
  std::map<Target, std::vector<Place>> places_;
  Instant latest_{};
  std::size_t count_ = 0, whole_bytes_ = 0;
};

}  // namespace kenshin
