// facts.jsonl while it grows: each observation is appended and flushed as it is made, so that a killed run loses at
// most the line being written, and --resume goes on from what is there.
#pragma once

#include <fstream>
#include <mutex>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "probes/facts.h"

namespace kenshin {

class FactsFile {
 public:
  FactsFile() = default;  // kept in memory only

  // A new file; Denied where it cannot be made, Malformed where one is there already.
  Result<Done> create(const std::string& path, Instant started);
  // Goes on with an existing file: what it holds is read, a line cut short is dropped.
  Result<Done> resume(const std::string& path);

  void start_in_memory(Instant started);
  void add(Observation);  // from any thread
  void finish(Instant);
  // Whether this fact was observed (or failed) before; empty `address`: at any address.
  bool has(const Target&, std::string_view name, std::string_view address = "") const;
  // Whether what was given when the file was begun (declarations, hosts' facts) is among `given`, whatever its time.
  bool was_begun_with(const std::vector<Observation>& given) const;
  bool failed_to_write() const;  // the disk is full, say
  Facts take();                  // after all threads are done

 private:
  void write(const std::string& line);
  mutable std::mutex guard_;
  std::ofstream out_;
  bool to_disk_ = false;
  Facts facts_;
  std::set<std::tuple<Target, std::string, std::string>, std::less<>> seen_;
};

}  // namespace kenshin
