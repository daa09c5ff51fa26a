// kenshin-apt-facts: how many updates wait on a Debian family system, as JSON on standard output.
//
// Copyright (C) 2026 the kenshin authors
// SPDX-License-Identifier: GPL-2.0-or-later
//
// This program is free software: you can redistribute it and/or modify it under the terms of the GNU General Public
// License as published by the Free Software Foundation, either version 2 of the License, or (at your option) any later
// version. It comes without any warranty. See <https://www.gnu.org/licenses/>.
//
// It is apart from kenshin because it links libapt-pkg. It takes no lock, writes no file, starts no program and asks no
// network; it needs no privilege. kenshin-apt-facts [--root DIR] prints
//   {"installed":N,"total":N,"security":N,"held":N,"security_known":true|false}   and ends with 0, or
//   {"error":"..."}                                                               and ends with 2.
#include <apt-pkg/cachefile.h>
#include <apt-pkg/configuration.h>
#include <apt-pkg/error.h>
#include <apt-pkg/init.h>
#include <apt-pkg/pkgcache.h>
#include <apt-pkg/pkgsystem.h>
#include <apt-pkg/policy.h>
#include <apt-pkg/progress.h>

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace {

using Json = nlohmann::ordered_json;

std::string_view text(const char* c) { return c ? c : ""; }

// By what the archive says of itself in its Release file, never by host name: any mirror may carry it.
bool is_security(pkgCache::PkgFileIterator file) {
  if (file.Flagged(pkgCache::Flag::NotSource)) return false;
  return text(file.Label()) == "Debian-Security" || text(file.Archive()).ends_with("-security") ||
         text(file.Codename()).ends_with("-security");
}

struct Counts {
  int installed = 0, total = 0, security = 0, held = 0;
  bool security_known = false;
};

// Any version newer than the installed one counts as a security update if a security archive brings it, also where a
// newer point release hides it from the candidate.
Counts count(pkgCacheFile& file) {
  Counts counts;
  pkgCache& cache = *file.GetPkgCache();
  pkgPolicy& policy = *file.GetPolicy();
  for (auto f = cache.FileBegin(); !f.end(); ++f) counts.security_known |= is_security(f);
  for (auto package = cache.PkgBegin(); !package.end(); ++package) {
    const auto installed = package.CurrentVer();
    if (installed.end()) continue;
    ++counts.installed;
    bool security = false;
    for (auto version = package.VersionList(); !version.end(); ++version) {
      if (installed.CompareVer(version) >= 0) continue;
      for (auto from = version.FileList(); !from.end(); ++from)
        security |= is_security(from.File()) && policy.GetPriority(from.File()) > 0;
    }
    const auto candidate = policy.GetCandidateVer(package);
    const bool newer = !candidate.end() && installed.CompareVer(candidate) < 0;
    if (!newer && !security) continue;
    ++counts.total;
    counts.security += security ? 1 : 0;
    counts.held += package->SelectedState == pkgCache::State::Hold ? 1 : 0;
  }
  return counts;
}

int fail(std::string what) {
  for (std::string message; !_error->empty();) {
    _error->PopMessage(message);
    what += "; " + message;
  }
  const Json out = {{"error", what.substr(0, 2000)}};
  std::cout << out.dump(-1, ' ', false, nlohmann::detail::error_handler_t::replace) << "\n";
  return 2;
}

// Another root: its apt.conf is not read, for it can name programs to run.
void look_below(const std::string& root) {
  _config->Set("Dir", root);
  _config->Set("Dir::Etc::main", "/dev/null");
  _config->Set("Dir::Etc::parts", "/dev/null");
}

// libapt asks dpkg for the foreign architectures, that is, runs a program, unless it is told: dpkg keeps them in a
// file.
void tell_architectures(const std::string& root) {
  std::ifstream known(root + "/var/lib/dpkg/arch");
  std::string name, native;
  while (known >> name) {
    if (native.empty()) native = name;
    _config->Set("APT::Architectures::", name);
  }
  if (native.empty()) _config->Set("APT::Architectures::", _config->Find("APT::Architecture"));
}

}  // namespace

int main(int argument_count, char** arguments) {
  const bool other_root = argument_count == 3 && std::string_view(arguments[1]) == "--root";
  if (argument_count != 1 && !other_root) return fail("usage: kenshin-apt-facts [--root DIR]");
  const std::string root = other_root ? arguments[2] : "";

  if (other_root) look_below(root);
  if (!pkgInitConfig(*_config)) return fail("apt's configuration cannot be read");
  tell_architectures(root);
  _config->Set("Debug::NoLocking", true);
  _config->Set("Dir::Cache::pkgcache", "");
  _config->Set("Dir::Cache::srcpkgcache", "");
  if (!pkgInitSystem(*_config, _system)) return fail("apt does not know this system");

  pkgCacheFile file;
  OpProgress quiet;
  // Not Open(): which dependencies hold is not asked, and working it out costs as much as reading the lists.
  if (!file.BuildCaches(&quiet, false) || !file.BuildPolicy(&quiet)) return fail("the package lists cannot be read");
  const Counts counts = count(file);
  const Json out = {{"installed", counts.installed},
                    {"total", counts.total},
                    {"security", counts.security},
                    {"held", counts.held},
                    {"security_known", counts.security_known}};
  std::cout << out.dump() << std::endl;
  return std::cout ? 0 : 2;
}
