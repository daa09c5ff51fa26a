// What is odd in a kenshin.toml (scanner/config.h).
#include <algorithm>

#include "probes/base/text.h"
#include "probes/domain/public_suffix.h"
#include "scanner/config.h"

namespace kenshin {

namespace {

bool judges_the_system(Role role) {
  return role == Role::Consult || role == Role::Login || role == Role::Api || role == Role::Media;
}

class Lint {
 public:
  Lint(const Config& config, const Catalogue& catalogue, Day today)
      : config_(config), catalogue_(catalogue), today_(today) {}

  std::vector<Remark> remarks() {
    look_at_the_system();
    look_at_endpoints();
    look_at_domains();
    look_at_items();
    look_at_waivers();
    look_at_accepted();
    if (config_.authorization && (today_ < config_.authorization->from || config_.authorization->to < today_))
      say(config_.authorization->line, "authorization-not-in-force",
          {{"from", to_text(config_.authorization->from)}, {"to", to_text(config_.authorization->to)}});
    std::stable_sort(out_.begin(), out_.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
    return std::move(out_);
  }

 private:
  void say(std::size_t line, std::string code, std::vector<std::pair<std::string, std::string>> parameters = {}) {
    out_.push_back({line, std::move(code), std::move(parameters)});
  }

  void look_at_the_system() {
    const bool has_media = std::any_of(config_.endpoints.begin(), config_.endpoints.end(),
                                       [](const auto& e) { return e.declared.role == Role::Media; });
    if (!has_media && config_.clinic.media_out_of_band.empty()) say(0, "media-missing");
    if (!config_.clinic.inventory_complete) say(0, "inventory-not-complete");
    if (!config_.former_domains_declared) say(0, "former-domains-missing");
  }

  void look_at_endpoints() {
    for (const auto& endpoint : config_.endpoints) {
      const auto name = target_text(endpoint.asked.target);
      if (endpoint.declared.owner == Owner::GeneralService) say(endpoint.line, "never-probed", {{"endpoint", name}});
      if (endpoint.declared.owner == Owner::Unknown && judges_the_system(endpoint.declared.role))
        say(endpoint.line, "owner-missing", {{"endpoint", name}});
    }
  }

  void look_at_domains() {
    for (const auto& domain : config_.domains) {
      const auto registered = registry_name(domain.domain);
      const auto site = site_name(domain.domain);
      if (!registered) say(domain.line, "domain-not-registrable", {{"domain", domain.domain}});
      else if (site && *site != *registered)
        say(domain.line, "domain-on-platform", {{"domain", domain.domain}, {"platform", *registered}});
      else if (*registered != domain.domain)
        say(domain.line, "domain-below-registered", {{"domain", domain.domain}, {"registered", *registered}});
    }
  }

  void look_at_items() {
    for (const auto& id : config_.clinic.not_applicable) look_at_item(id, 0);
    for (const auto& decision : config_.decisions) {
      look_at_item(decision.declared.item, decision.line);
      if (decision.declared.review_by && *decision.declared.review_by < today_)
        say(decision.line, "review-due",
            {{"item", decision.declared.item}, {"review_by", to_text(*decision.declared.review_by)}});
    }
    for (const auto& document : config_.documents) look_at_item(document.declared.item, document.line);
  }

  // Whether the catalogue has the item; a catalogue without items knows nothing and says nothing.
  bool look_at_item(const std::string& id, std::size_t line) {
    if (catalogue_.items.empty()) return true;
    std::vector<std::string_view> known;
    for (const auto& item : catalogue_.items) {
      if (item.id.text == id) return true;
      known.push_back(item.id.text);
    }
    const auto near = nearest(id, known);
    if (near.empty()) say(line, "unknown-item", {{"item", id}});
    else say(line, "unknown-item-near", {{"item", id}, {"meant", std::string(near)}});
    return false;
  }

  bool is_declared_target(std::string_view pattern) const {
    const auto hit = [&](std::string_view name) { return matches_pattern(pattern, name); };
    return std::any_of(config_.endpoints.begin(), config_.endpoints.end(),
                       [&](const auto& e) { return hit(target_text(e.asked.target)); }) ||
           std::any_of(config_.domains.begin(), config_.domains.end(), [&](const auto& d) { return hit(d.domain); }) ||
           std::any_of(config_.former_domains.begin(), config_.former_domains.end(),
                       [&](const auto& d) { return hit(d.domain); }) ||
           std::any_of(config_.hosts.begin(), config_.hosts.end(), [&](const auto& h) { return hit(h.label); });
  }

  void look_at_waivers() {
    for (const auto& waiver : config_.waivers) {
      const auto& w = waiver.declared;
      const auto row = std::find_if(catalogue_.items.begin(), catalogue_.items.end(),
                                    [&](const auto& item) { return item.id.text == w.item; });
      if (look_at_item(w.item, waiver.line) && row != catalogue_.items.end() && row->criteria.empty() &&
          row->rolls_up.empty())
        say(waiver.line, "waiver-never-used", {{"item", w.item}});
      if (!w.target.empty() && !is_declared_target(w.target))
        say(waiver.line, "waiver-without-target", {{"item", w.item}, {"target", w.target}});
      if (w.expires < today_) say(waiver.line, "waiver-over", {{"item", w.item}, {"expires", to_text(w.expires)}});
      if (today_ < w.created) say(waiver.line, "waiver-not-begun", {{"item", w.item}, {"created", to_text(w.created)}});
    }
  }

  void look_at_accepted() {
    for (const auto& accepted : config_.accepted) {
      const bool known = std::any_of(config_.hosts.begin(), config_.hosts.end(),
                                     [&](const auto& host) { return host.label == accepted.host; });
      if (!known) say(accepted.line, "accepted-without-host", {{"host", accepted.host}});
      if (accepted.declared.expires < today_)
        say(accepted.line, "accepted-over", {{"host", accepted.host}, {"expires", to_text(accepted.declared.expires)}});
    }
  }

  const Config& config_;
  const Catalogue& catalogue_;
  Day today_;
  std::vector<Remark> out_;
};

}  // namespace

std::vector<Remark> lint_config(const Config& config, const Catalogue& catalogue, Day today) {
  return Lint(config, catalogue, today).remarks();
}

}  // namespace kenshin
