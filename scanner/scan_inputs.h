// All that a scan is given, read and checked before anything is asked of anybody.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "probes/session.h"
#include "scanner/options.h"
#include "scanner/plan.h"
#include "scanner/program.h"

namespace kenshin {

struct InputFile {
  std::string path, text;
};

struct ScanInputs {
  Plan plan;
  std::vector<Observation> given;  // declared.* and the facts of hosts from files
  std::string profile;             // empty: chosen by what was declared
  std::optional<InputFile> config_file, checklist;
  std::vector<InputFile> host_facts;
};

// What went wrong was already said on standard error; the code is what the program ends with.
class InputsOrCode {
 public:
  InputsOrCode(ScanInputs inputs) : state_(std::move(inputs)) {}
  InputsOrCode(int code) : state_(code) {}
  explicit operator bool() const { return state_.index() == 0; }
  const ScanInputs* operator->() const { return &std::get<0>(state_); }
  const ScanInputs& operator*() const { return std::get<0>(state_); }
  int code() const { return std::get<1>(state_); }

 private:
  std::variant<ScanInputs, int> state_;
};

// Reads targets, configuration, baseline, checklist, host facts and profile; the configuration's [sources] enter the
// session.
InputsOrCode read_scan_inputs(const Arguments&, Session&, const Program&);

// Whether all of them can be read: the code to end with where one cannot, said on standard error.
std::optional<int> check_scan_inputs(const Arguments&, const Program&);

// Only the doors, [sources] of --config; the exit code where that cannot be read.
std::optional<int> open_configured_doors(const Arguments&, Session&, const Program&);

}  // namespace kenshin
