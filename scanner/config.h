// kenshin.toml: what the user declares, and where to look (docs/config.md). Reading is strict; what is not wrong but
// odd is left to lint_config().
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "probes/base/result.h"
#include "probes/base/target.h"
#include "probes/declared.h"
#include "probes/facts.h"
#include "probes/session.h"
#include "reports/checklist/catalogue.h"

namespace kenshin {

// Each `line` is where the table begins in the file.
struct ConfigEndpoint {
  AskedEndpoint asked;
  DeclaredEndpoint declared;
  std::size_t line = 0;
};
struct ConfigDomain {
  std::string domain;  // canonical_host()
  DeclaredDomain declared;
  std::size_t line = 0;
};
struct ConfigFormerDomain {
  std::string domain;
  DeclaredFormerDomain declared;
  std::size_t line = 0;
};
struct ConfigHost {
  std::string label;       // the target's name; by default the facts file's name without ending, or "this host"
  std::string facts_file;  // empty: this machine
  std::string nonce, public_key_file;  // what the facts file must answer and be signed by; empty: nothing
  DeclaredHost declared;
  std::size_t line = 0;
};
struct ConfigDecision {
  DeclaredDecision declared;
  std::size_t line = 0;
};
struct ConfigDocument {
  DeclaredDocument declared;  // sha256 and problem as far as declared: no file is opened here
  std::string path;           // empty: only the hash is declared
  std::size_t line = 0;
};
struct ConfigWaiver {
  DeclaredWaiver declared;
  std::size_t line = 0;
};
struct ConfigAccepted {
  std::string host;  // label
  DeclaredAccepted declared;
  std::size_t line = 0;
};
struct Authorization {
  std::string owner, basis;
  Day from, to;
  std::size_t line = 0;
};
struct Sources {
  std::string whois;         // "HOST:PORT"; empty: the registry's
  std::string rdap;          // base URL of the RDAP server for all names but .jp; empty: each registry's
  std::string cache;         // folder of registries' answers; empty: the user's
  std::string resolver;      // "ADDRESS" or "ADDRESS:PORT"; empty: the system's, and the root servers
  std::string trust_anchor;  // of the DNS root; empty: as shipped
  std::string trust_bundle;  // empty: the root programmes
  std::string baseline;      // empty: nothing was accepted to compare with
  std::string mmdb;          // a country database; empty: none
  OutsideSources outside;    // off where nothing is said
};

// Paths are relative to the folder of the configuration file when written, and joined with it here.
struct Config {
  std::string file_name;
  DeclaredClinic clinic;
  std::string checklist_file, profile;
  std::vector<ConfigEndpoint> endpoints;
  std::vector<ConfigDomain> domains;
  std::vector<ConfigFormerDomain> former_domains;
  bool former_domains_declared = false;  // also by `former_domain = []`: there are none
  std::vector<ConfigHost> hosts;
  std::vector<ConfigDecision> decisions;
  std::vector<ConfigDocument> documents;
  std::vector<ConfigWaiver> waivers;
  std::vector<ConfigAccepted> accepted;
  std::optional<Authorization> authorization;
  Sources sources;
};

// Every fault stands in the error, a line each: "FILE:LINE:COLUMN: what is wrong and what is expected". `today` bounds
// how long an accepted state may still last.
Result<Config> read_config(std::string_view text, std::string_view file_name, Day today);

// The endpoints to probe: all but those of a general-purpose service, which is never probed.
std::vector<AskedEndpoint> endpoints_to_probe(const Config&);

// All declarations as declared.* observations, in the file's order; the clinic's come under Target{}. Opens the
// documents' files: one that is not there, or cannot be read, has the problem "missing", one of another SHA-256
// "hash_differs".
std::vector<Observation> declared_observations(const Config&, Instant now);

// Not wrong, but odd: wording key "config.CODE". Ascending lines; 0 for what concerns the whole file.
struct Remark {
  std::size_t line = 0;
  std::string code;
  std::vector<std::pair<std::string, std::string>> parameters;
  friend bool operator==(const Remark&, const Remark&) = default;
};
std::vector<Remark> lint_config(const Config&, const Catalogue&, Day today);

}  // namespace kenshin
