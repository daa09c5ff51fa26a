// What will be asked of whom, before anything is asked; and the asking.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "probes/probe.h"
#include "scanner/facts_file.h"
#include "scanner/program.h"
#include "scanner/progress.h"

namespace kenshin {

struct Plan {
  std::vector<AskedEndpoint> endpoints;  // address empty: every address of the name
  std::vector<Target> domains;
  std::vector<Target> hosts;                   // this machine, under the name it was declared by
  std::map<Target, std::string> holders = {};  // of domains: who should hold them
  std::set<Target> former = {};                // of domains: those no longer in use
};

// How a run ended: what was asked to the end, and what was not because it was told to stop.
struct Asking {
  std::size_t all = 0, done = 0;
  std::vector<std::string> missing;  // some of their names, for people
  bool any_answered = false;         // an endpoint gave a fact
  std::string proxy_failure;         // the first reason that speaks of the proxy
};

// Asks all of it with at most `threads` endpoints and hosts at a time, and as many domains beside them: registries make
// one wait. Observations go to the file as they are made. What the file
// holds already is not asked again. An address that gave no TLS answer is asked nothing else. After an Interrupt
// nothing new is begun. The session has a Budget.
Asking observe_all(const Plan&, Session&, std::size_t threads, FactsFile&, Progress&);

// On standard error: how many are missing, which, and how to go on.
void say_what_is_missing(const Asking&, bool can_resume, const Program&);

// On standard error: that nothing got through session.proxy, where that is so.
void say_what_the_proxy_lost(const Asking&, const Session&, const Program&);

// --dry-run: a line for each question, class by class.
void print_plan(const Plan&, const Session&, const Program&);

}  // namespace kenshin
