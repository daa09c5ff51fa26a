// What will be asked of whom, before anything is asked; and the asking.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "probes/probe.h"
#include "scanner/facts_file.h"
#include "scanner/program.h"

namespace kenshin {

struct Plan {
  std::vector<AskedEndpoint> endpoints;  // address empty: every address of the name
  std::vector<Target> domains;
  std::vector<Target> hosts;  // this machine, under the name it was declared by
};

// Asks all of it with at most `threads` targets at a time; observations go to the file as they are made. What the file
// holds already is not asked again. An address that gave no TLS answer is not asked a second time by later probes.
void observe_all(const Plan&, Session&, std::size_t threads, FactsFile&,
                 const std::function<void(const std::string&)>& progress);

// --dry-run: a line for each question, class by class.
void print_plan(const Plan&, const Session&, const Program&);

}  // namespace kenshin
