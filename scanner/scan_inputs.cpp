#include "scanner/scan_inputs.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>

#include "probes/base/small_json_fields.h"
#include "probes/base/text.h"
#include "probes/domain/baseline.h"
#include "probes/domain/public_suffix.h"
#include "probes/domain/rdap_bootstrap.h"
#include "probes/place/country_file.h"
#include "reports/checklist/checklist.h"
#include "reports/criteria/profile.h"
#include "scanner/accepting.h"
#include "scanner/config.h"
#include "scanner/handed_facts.h"
#include "scanner/targets.h"

namespace kenshin {

namespace {

class Reading {
 public:
  Reading(const Arguments& arguments, Session& session, const Program& program)
      : arguments_(arguments), session_(session), program_(program) {}

  std::optional<int> files() {
    for (const auto step : {&Reading::targets, &Reading::configuration, &Reading::baseline, &Reading::host_facts,
                            &Reading::checklist, &Reading::profile, &Reading::trust, &Reading::countries})
      if (const auto code = (this->*step)()) return code;
    return std::nullopt;
  }

  InputsOrCode run() {
    if (const auto code = files()) return *code;
    if (out_.plan.endpoints.empty() && out_.plan.domains.empty() && out_.plan.hosts.empty() && out_.given.empty())
      return program_.fail(exit_codes::usage, "cli.no-target");
    declare_named();
    domains_of_endpoints();
    declare_baseline();
    return std::move(out_);
  }

  // Only [sources] of the configuration.
  std::optional<int> doors() {
    if (!arguments_.has("config")) return {};
    const std::string path = arguments_.value("config");
    const auto text = read_file(path);
    if (!text) return cannot_read(text.error());
    const auto config = read_config(*text, path, day_in_japan(session_.now()));
    if (!config) return report_lines(config.error().detail);
    open_doors(config->sources);
    return {};
  }

 private:
  using Code = std::optional<int>;

  Code cannot_read(const Error& error) const {
    return program_.fail(exit_code_of(error), "cli.cannot-read", {{"what", error.detail}});
  }

  // A shell makes of `--facts *.json` one --facts and more words: beside it a word that names such a file is another.
  bool is_facts_file(const std::string& word) const {
    const bool named_so = word.ends_with(".json") || word.ends_with(".toml");
    std::error_code trouble;
    return arguments_.has("facts") && named_so && std::filesystem::exists(word, trouble);
  }

  Code targets() {
    std::vector<std::string> words;
    for (const auto& word : arguments_.positional)
      if (!is_facts_file(word)) words.push_back(word);
    auto targets = targets_of(words);
    if (!targets)
      return program_.fail(targets.error().kind == Error::Kind::Absent ? exit_codes::no_input : exit_codes::usage,
                           "cli.bad-target", {{"what", targets.error().detail}});
    out_.plan.endpoints = std::move(*targets);
    named_ = out_.plan.endpoints;
    return {};
  }

  Code configuration() {
    if (!arguments_.has("config")) return {};
    const std::string path = arguments_.value("config");
    auto text = read_file(path);
    if (!text) return cannot_read(text.error());
    const auto config = read_config(*text, path, day_in_japan(session_.now()));
    if (!config) return report_lines(config.error().detail);
    out_.config_file = {path, std::move(*text)};
    declared_profile_ = config->profile;
    checklist_file_ = config->checklist_file;
    std::set<AskedEndpoint> seen(named_.begin(), named_.end());
    for (const auto& endpoint : endpoints_to_probe(*config))
      if (seen.insert(endpoint).second) out_.plan.endpoints.push_back(endpoint);
    for (const auto& domain : config->domains) {
      const Target target{TargetKind::Domain, domain.domain, 0};
      out_.plan.domains.push_back(target);
      out_.plan.holders[target] = domain.declared.holder;
    }
    for (const auto& domain : config->former_domains) {
      out_.plan.domains.push_back({TargetKind::Domain, domain.domain, 0});
      out_.plan.former.insert(out_.plan.domains.back());
    }
    for (const auto& host : config->hosts) {
      if (host.facts_file.empty()) out_.plan.hosts.push_back({TargetKind::Host, host.label, 0});
      else if (const auto code = read_host(host.facts_file, host.label, {host.nonce, host.public_key_file}))
        return code;
    }
    auto declared = declared_observations(*config, session_.now());
    out_.given.insert(out_.given.end(), std::make_move_iterator(declared.begin()),
                      std::make_move_iterator(declared.end()));
    open_doors(config->sources);
    baseline_file_ = config->sources.baseline;
    authorize(config->authorization);
    return {};
  }

  // One line of the error each, so that every fault can be mended in one go.
  Code report_lines(const std::string& faults) const {
    std::string_view rest = faults;
    while (!rest.empty()) {
      const auto end = rest.find('\n');
      program_.fail(exit_codes::configuration, "cli.config", {{"what", std::string(rest.substr(0, end))}});
      rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    }
    return exit_codes::configuration;
  }

  void open_doors(const Sources& sources) {
    if (!sources.whois.empty()) session_.whois = sources.whois;
    if (!sources.rdap.empty()) session_.registries.rdap = sources.rdap;
    const bool stand_ins = is_on_loopback("whois://" + sources.whois) || is_on_loopback(sources.rdap);
    if (!sources.cache.empty()) session_.registries.cache = sources.cache;
    else if (stand_ins) session_.registries.cache.clear();  // what they say is nothing to keep
    if (!sources.resolver.empty() && session_.resolver.empty()) session_.resolver = sources.resolver;
    if (!sources.trust_anchor.empty()) session_.trust_anchor = sources.trust_anchor;
    session_.mmdb = sources.mmdb;
    session_.outside = sources.outside;
    if (!sources.trust_bundle.empty() && session_.trust_bundle.empty()) session_.trust_bundle = sources.trust_bundle;
  }

  // In force on its days only, in Japan; what the command line says of it goes first.
  void authorize(const std::optional<Authorization>& given) {
    const Day today = day_in_japan(session_.now());
    if (!given || !session_.authorized_by.empty() || today < given->from || given->to < today) return;
    session_.authorized_by =
        one_line(given->owner + ", " + given->basis + " (" + to_text(given->from) + " – " + to_text(given->to) + ")");
  }

  Code baseline() {
    std::string path = arguments_.value("baseline", baseline_file_);
    if (path.empty() && out_.config_file) path = baseline_beside(out_.config_file->path);
    if (path.empty()) return {};
    const auto text = read_file(path, std::size_t{4} << 20);
    if (!text) return cannot_read(text.error());
    auto read = read_baseline(*text, path);
    if (!read) return program_.fail(exit_codes::data, "cli.error", {{"what", read.error().detail}});
    for (const auto& [name, domain] : read->domains)
      if (domain.taken > session_.now() + std::chrono::hours(24))
        return program_.fail(exit_codes::data, "cli.error",
                             {{"what", path + ": " + name + ": taken lies ahead: " + to_text(domain.taken)}});
    baseline_ = std::move(*read);
    session_.holder_salt = baseline_.holder_salt;
    return {};
  }

  // The file that `baseline accept` makes beside a configuration, where there is one.
  static std::string baseline_beside(const std::string& config) {
    const auto beside = std::filesystem::path(config).parent_path() / baseline_file_name;
    std::error_code trouble;
    return std::filesystem::exists(beside, trouble) ? beside.string() : std::string();
  }

  // Of what is looked at now; the rest of the file says nothing.
  void declare_baseline() {
    for (const Target& domain : out_.plan.domains)
      if (const auto at = baseline_.domains.find(domain.name); at != baseline_.domains.end())
        out_.given.push_back(observed<DeclaredBaseline>(domain, "", session_.now(), 0, at->second));
  }

  Code host_facts() {
    for (const auto* demand : {"facts-nonce", "facts-key"})
      if (arguments_.has(demand) && (arguments_.value(demand).empty() || !arguments_.has("facts")))
        return program_.fail(exit_codes::usage, "cli.facts-demand", {{"option", demand}});
    const FactsRequest request{arguments_.value("facts-nonce"), arguments_.value("facts-key")};
    auto paths = arguments_.values("facts");
    std::copy_if(arguments_.positional.begin(), arguments_.positional.end(), std::back_inserter(paths),
                 [&](const std::string& word) { return is_facts_file(word); });
    for (const auto& path : paths)
      if (const auto code = read_host(path, "", request)) return code;
    return {};
  }

  // Without a [[host]] the file itself says whether its machine is a server.
  void declare_role(const std::string& text, const Target& host) {
    const auto json = parse_small_json(text, "", {});
    if (!json || json->value("host", Json::object()).value("role", "") != "server") return;
    out_.given.push_back(
        observed<DeclaredHost>(host, "", session_.now(), 0, DeclaredHost{Role::Server, Owner::Unknown}));
  }

  Code read_host(const std::string& path, const std::string& label, const FactsRequest& request) {
    auto text = read_file(path, std::size_t{4} << 20);
    if (!text) return cannot_read(text.error());
    auto read = read_handed_facts(*text, path, request, session_.now(), program_);
    if (const int* code = std::get_if<int>(&read)) return *code;
    auto& observations = std::get<std::vector<Observation>>(read);
    if (!label.empty())
      for (auto& observation : observations) observation.target.name = label;
    if (const auto code = refuse_stranger(observations.front(), path)) return code;
    if (label.empty()) declare_role(*text, observations.front().target);
    if (request.bound()) answers_.emplace_back(path, observations);
    out_.given.insert(out_.given.end(), observations.begin(), observations.end());
    out_.host_facts.push_back({path, std::move(*text)});
    return {};
  }

  // Of one host there may be collections of several days, told by its id; another machine under its name there may not.
  Code refuse_stranger(const Observation& observation, const std::string& path) {
    const auto* collection = fact_of<HostCollection>(observation);
    if (!collection) return {};
    auto& known = collections_[observation.target];
    for (const auto& other : known) {
      const bool same_machine = !collection->id.empty() && collection->id == other.id;
      if (same_machine && collection->collected_at != other.collected_at) continue;
      return program_.fail(exit_codes::data, same_machine ? "cli.host-twice" : "cli.host-other",
                           {{"what", path}, {"host", observation.target.name}});
    }
    known.push_back(*collection);
    return {};
  }

  Code checklist() {
    const std::string path = arguments_.value("checklist", checklist_file_);
    if (path.empty()) return {};
    auto text = read_file(path, std::size_t{4} << 20);
    if (!text) return cannot_read(text.error());
    const auto catalogues = load_catalogues(program_.data);
    if (!catalogues)
      return program_.fail(exit_codes::could_not_run, "cli.error", {{"what", catalogues.error().detail}});
    const auto read = read_checklist(*text, *catalogues, path);
    if (!read) return program_.fail(exit_codes::data, "cli.error", {{"what", read.error().detail}});
    out_.checklist = {path, std::move(*text)};
    return {};
  }

  Code profile() {
    out_.profile = arguments_.value("profile", declared_profile_);
    if (out_.profile.empty() && answers_.empty()) return {};
    const auto loaded = load_profile(program_.data, out_.profile.empty() ? "checklist-2026" : out_.profile);
    if (!loaded)
      return program_.fail(arguments_.has("profile") ? exit_codes::usage : exit_codes::configuration, "cli.error",
                           {{"what", loaded.error().detail}});
    for (const auto& [path, facts] : answers_)
      if (const auto code = refuse_old_answer(facts, path, loaded->host, session_.now(), program_)) return code;
    return {};
  }

  Code trust() {
    if (session_.trust_bundle.empty()) return {};
    const auto bundle = read_file(session_.trust_bundle);
    if (!bundle) return cannot_read(bundle.error());
    if (bundle->find("-----BEGIN CERTIFICATE-----") == std::string::npos)
      return program_.fail(exit_codes::data, "cli.no-certificate", {{"what", session_.trust_bundle}});
    return {};
  }

  Code countries() {
    if (session_.mmdb.empty()) return {};
    const auto file = CountryFile::open(session_.mmdb);
    return file ? Code{} : cannot_read(file.error());
  }

  // A bare target of the command line is a consultation endpoint of unknown owner, unless the configuration says more.
  // Declared, it is missed where the scan is cut short.
  void declare_named() {
    std::set<Target> declared;
    for (const auto& o : out_.given)
      if (o.name == DeclaredEndpoint::name) declared.insert(o.target);
    for (const auto& endpoint : named_) {
      if (declared.insert(endpoint.target).second)
        out_.given.push_back(observed<DeclaredEndpoint>(endpoint.target, "", session_.now(), 0, DeclaredEndpoint{}));
    }
  }

  // The names the endpoints live under are looked up, too (class 0): the one a party is responsible for, so that a
  // tenant of a platform is not taken for the platform.
  void domains_of_endpoints() {
    std::set<Target> known(out_.plan.domains.begin(), out_.plan.domains.end());
    for (const auto& endpoint : out_.plan.endpoints)
      if (const auto name = registry_name(endpoint.target.name)) {
        const Target domain{TargetKind::Domain, site_name(endpoint.target.name).value_or(*name), 0};
        if (known.insert(domain).second) out_.plan.domains.push_back(domain);
      }
  }

  const Arguments& arguments_;
  Session& session_;
  const Program& program_;
  ScanInputs out_;
  std::vector<AskedEndpoint> named_;
  std::string declared_profile_, checklist_file_, baseline_file_;
  Baseline baseline_;
  std::map<Target, std::vector<HostCollection>> collections_;
  std::vector<std::pair<std::string, std::vector<Observation>>> answers_;  // to a request, by file
};

}  // namespace

std::optional<int> check_scan_inputs(const Arguments& arguments, const Program& program) {
  Session session;
  session.now = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); };
  return Reading(arguments, session, program).files();
}

InputsOrCode read_scan_inputs(const Arguments& arguments, Session& session, const Program& program) {
  return Reading(arguments, session, program).run();
}

std::optional<int> open_configured_doors(const Arguments& arguments, Session& session, const Program& program) {
  return Reading(arguments, session, program).doors();
}

}  // namespace kenshin
