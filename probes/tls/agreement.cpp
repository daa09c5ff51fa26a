#include "probes/tls/agreement.h"

#include <algorithm>
#include <mutex>
#include <set>

#include "probes/net/side_by_side.h"
#include "probes/tls/code_points.h"

namespace kenshin {

namespace {

class Search {
 public:
  Search(const AgreementPlan& plan, Agreement known)
      : plan_(plan),
        out_(std::move(known)),
        groups_(out_.groups.begin(), out_.groups.end()),
        schemes_(out_.schemes.begin(), out_.schemes.end()) {}

  Agreement run() {
    ask_likely();
    side_by_side({[this] { walk_groups(); }, [this] { walk_schemes(); }});
    out_.groups.assign(groups_.begin(), groups_.end());
    out_.schemes.assign(schemes_.begin(), schemes_.end());
    return std::move(out_);
  }

 private:
  void note(const Agreed& agreed) {
    const std::lock_guard lock(noting_);
    if (agreed.group) groups_.insert(*agreed.group);
    if (agreed.scheme) schemes_.insert(*agreed.scheme);
  }

  void ask_likely() {
    std::vector<SchemeId> schemes;
    for (const SchemeId scheme : plan_.likely_schemes)
      if (!schemes_.contains(scheme)) schemes.push_back(scheme);
    std::vector<std::function<void()>> work;
    std::size_t paired = 0;
    for (const GroupId group : plan_.likely_groups) {
      if (groups_.contains(group)) continue;
      if (paired < schemes.size() && plan_.pairable(group))
        work.emplace_back([this, group, scheme = schemes[paired++]] { note(plan_.ask_pair(group, scheme)); });
      else work.emplace_back([this, group] { note(plan_.ask_groups({group})); });
    }
    for (; paired < schemes.size(); ++paired)
      work.emplace_back([this, scheme = schemes[paired]] { note(plan_.ask_schemes({scheme})); });
    side_by_side(work);
  }

  // Asks for the rest until it is refused.
  template <class Id, class Ask, class Pick, class NameOf>
  void walk(std::vector<Id> rest, const Ask& ask, const Pick& pick, std::set<Id>& found, std::vector<Heard>& ends,
            const NameOf& name_of) {
    {
      const std::lock_guard lock(noting_);
      std::erase_if(rest, [&](Id id) { return found.contains(id); });
    }
    while (!rest.empty()) {
      Agreed agreed = ask(rest);
      const std::optional<Id> chosen = pick(agreed);
      if (!chosen) return ends.push_back(std::move(agreed.heard));
      const auto at = std::find(rest.begin(), rest.end(), *chosen);
      if (at == rest.end()) {
        const std::lock_guard lock(noting_);
        out_.broken = "chose " + name_of(*chosen) + ", which was not offered";
        return;
      }
      note(agreed);
      rest.erase(at);
    }
  }

  void walk_groups() {
    walk(
        plan_.groups, plan_.ask_groups, [](const Agreed& a) { return a.group; }, groups_, out_.group_ends, group_name);
  }
  void walk_schemes() {
    walk(
        plan_.schemes, plan_.ask_schemes, [](const Agreed& a) { return a.scheme; }, schemes_, out_.scheme_ends,
        scheme_name);
  }

  const AgreementPlan& plan_;
  std::mutex noting_;
  Agreement out_;
  std::set<GroupId> groups_;
  std::set<SchemeId> schemes_;
};

}  // namespace

Agreement search_agreement(const AgreementPlan& plan, Agreement known) { return Search(plan, std::move(known)).run(); }

}  // namespace kenshin
