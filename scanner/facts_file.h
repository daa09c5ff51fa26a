// facts.jsonl while it grows: each observation is appended as it is made, so that a killed run loses at most the line
// being written, and --resume goes on from what is there. In memory stays only what was observed of targets that are
// not finished yet.
#pragma once

#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "probes/saved_facts.h"

namespace kenshin {

class FactsFile {
 public:
  FactsFile() = default;
  ~FactsFile();
  FactsFile(const FactsFile&) = delete;
  FactsFile& operator=(const FactsFile&) = delete;

  // A new file; Denied where it cannot be made, Malformed where one is there already.
  Result<Done> create(const std::string& path, Instant started);
  // Goes on with an existing file; a line cut short is dropped, and so is what a registry's limit left untold.
  Result<Done> resume(const std::string& path);
  // A file without a name, in TMPDIR or, where that cannot be written, in memory: gone with the program.
  Result<Done> create_unnamed(Instant started);

  // What was given with the run (declarations, hosts' facts): "o1", "o2" ... in their order. A resumed run has some.
  void add_given(const std::vector<Observation>&);
  // What one probe observed, written at once: a killed run has all of it or none. From any thread. The ids come from
  // target, address and name: the same in every run.
  void add(std::vector<Observation>);
  void finish(Instant);
  // Whether this fact was observed (or failed) before, of a target that is not finished. A failure to find any address
  // has an empty one.
  bool has(const Target&, std::string_view name, std::string_view address = "") const;
  void finished(const Target&);  // nothing more will be asked about it
  // Whether what was given when the file was begun (declarations, hosts' facts) is among `given`, whatever its time.
  bool was_begun_with(const std::vector<Observation>& given) const;
  bool failed_to_write() const;  // the disk is full, say
  Result<SavedFacts> saved();    // after all threads are done; this file is written no more

 private:
  using Asked = std::pair<std::string, std::string>;  // name and address
  void write(const std::string& lines);
  std::string noted(const Observation&);

  mutable std::mutex guard_;
  int descriptor_ = -1;
  bool failed_ = false;
  std::string path_;
  std::map<Target, std::set<Asked>> seen_;
  std::vector<Observation> begun_with_;
};

}  // namespace kenshin
