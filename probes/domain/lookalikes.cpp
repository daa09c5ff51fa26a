#include "probes/domain/lookalikes.h"

#include <algorithm>
#include <array>

#include "probes/dns/said.h"
#include "probes/domain/public_suffix.h"

namespace kenshin {

namespace {

constexpr std::size_t most_names = 60, at_once = 20, most_shown = 20;
constexpr std::array<std::string_view, 3> endings = {"jp", "co.jp", "com"};

using Names = std::vector<std::string>;

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= 63 && text.front() != '-' && text.back() != '-' &&
         (text.find("--") == text.npos || text.starts_with("xn--"));
}

// One kind of mistake each; labels, not yet looked at.
std::array<Names, 4> mistaken(const std::string& label) {
  std::array<Names, 4> out;
  for (std::size_t i = 0; i < label.size(); ++i) {
    const std::string before = label.substr(0, i), after = label.substr(i + 1);
    out[0].push_back(before + after);
    out[1].push_back(before + label[i] + label[i] + after);
    if (i + 1 < label.size()) out[2].push_back(before + label[i + 1] + label[i] + after.substr(1));
    if (i > 0) out[3].push_back(before + "-" + label.substr(i));
  }
  return out;
}

class Collected {
 public:
  explicit Collected(std::string_view own) : own_(own) {}
  void add(const std::string& label, std::string_view ending) {
    std::string name = label + "." + std::string(ending);
    const bool fits = is_label(label) && names_.size() < most_names && name != own_ && registry_name(name) == name;
    if (fits && std::find(names_.begin(), names_.end(), name) == names_.end()) names_.push_back(std::move(name));
  }
  Names take() { return std::move(names_); }

 private:
  const std::string_view own_;
  Names names_;
};

// "MX 0 ." takes no mail (RFC 7505).
DnsFound mail_of(const DnsSaid& mx) {
  return mx.values == std::vector<std::string>{"0 ."} ? DnsFound::NoRecords : mx.found;
}

bool is_known(DnsFound found) { return found != DnsFound::Unknown && found != DnsFound::Bogus; }

std::string why(const std::string& because) { return because.empty() ? "its signatures are wrong" : because; }

// Those with mail first.
void arrange(DomainLookalikes& out) {
  std::stable_partition(out.live.begin(), out.live.end(), [](const auto& it) { return it.mail == DnsFound::Records; });
  if (out.live.size() > most_shown) {
    out.more = static_cast<int>(out.live.size() - most_shown);
    out.live.resize(most_shown);
  }
}

}  // namespace

std::vector<std::string> lookalikes_of(std::string_view registry_name) {
  const auto dot = registry_name.find('.');
  if (dot == registry_name.npos) return {};
  const std::string label(registry_name.substr(0, dot));
  const auto ending = registry_name.substr(dot + 1);
  Collected out(registry_name);
  for (const auto other : endings) out.add(label, other);
  if (label.starts_with("xn--")) return out.take();
  std::string joined = label;
  joined.erase(std::remove(joined.begin(), joined.end(), '-'), joined.end());
  out.add(joined, ending);
  const auto kinds = mistaken(label);
  for (std::size_t i = 0; i < label.size(); ++i)
    for (const Names& kind : kinds)
      if (i < kind.size()) out.add(kind[i], ending);
  return out.take();
}

Result<DomainLookalikes> live_lookalikes(const std::string& registry_name, const std::vector<std::string>& known,
                                         const Session& session) {
  Names names = lookalikes_of(registry_name);
  std::erase_if(names,
                [&](const std::string& name) { return std::find(known.begin(), known.end(), name) != known.end(); });
  DomainLookalikes out;
  out.asked = static_cast<int>(names.size());
  std::vector<Result<DnsAnswer>> all;
  for (std::size_t begin = 0; begin < names.size(); begin += at_once) {
    std::vector<DnsQuestion> questions;
    for (std::size_t i = begin; i < std::min(begin + at_once, names.size()); ++i) {
      questions.push_back({names[i], DnsType::Mx});
      for (const auto& question : address_questions(names[i])) questions.push_back(question);
    }
    auto answers = session.dns->ask(questions, session);
    if (begin == 0)
      if (auto silent = silence(answers)) return std::move(*silent);
    all.insert(all.end(), std::make_move_iterator(answers.begin()), std::make_move_iterator(answers.end()));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    const DnsSaid mx = said(all[3 * i], DnsType::Mx);
    const DnsSaid address = either(said(all[3 * i + 1], DnsType::A), said(all[3 * i + 2], DnsType::Aaaa));
    const Lookalike it{names[i], address.found, mail_of(mx)};
    const bool lives = it.resolves == DnsFound::Records || it.mail == DnsFound::Records;
    const bool told = it.mail == DnsFound::Records || (is_known(it.mail) && is_known(it.resolves));
    if (lives) out.live.push_back(it);
    if (!told && out.untold.size() < most_shown)
      out.untold.push_back(it.name + " (" + why(is_known(it.mail) ? address.because : mx.because) + ")");
  }
  arrange(out);
  return out;
}

}  // namespace kenshin
