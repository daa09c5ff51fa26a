#include "reports/formats/observe_outside.h"

#include <algorithm>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::size_t most_shown = 10;

void add_more(std::size_t all, const char* what, TextRows& out) {
  if (all > most_shown) out.emplace_back("", "and " + std::to_string(all - most_shown) + " " + what + " more");
}

}  // namespace

TextRows outside_rows(const IssuedCertificates& fact) {
  TextRows out{{"unexpired", std::to_string(fact.certificates.size()) + "  (" + fact.server + ")"}};
  for (std::size_t i = 0; i < std::min(most_shown, fact.certificates.size()); ++i) {
    const IssuedCertificate& it = fact.certificates[i];
    out.emplace_back("certificate",
                     to_text(it.not_before) + " - " + to_text(it.not_after) + "  " + it.issuer + "  " +
                         join(it.names, ", ") +
                         (it.more_names > 0 ? " (+" + std::to_string(it.more_names) + ")" : std::string()));
  }
  add_more(fact.certificates.size(), "certificates", out);
  if (!fact.because.empty()) out.emplace_back("not all", fact.because);
  return out;
}

TextRows outside_rows(const ArchivedPages& fact) {
  const auto text = [](const std::optional<Instant>& at) { return at ? to_text(*at) : std::string("-"); };
  return {{"first / last seen", text(fact.first) + " / " + text(fact.last) + "  (" + fact.server + ")"},
          {"contents", std::to_string(fact.pages.size()) + (fact.is_cut ? ", the latest" : "")}};
}

TextRows outside_rows(const DomainLookalikes& fact) {
  TextRows out{{"names asked", std::to_string(fact.asked)}};
  for (const Lookalike& it : fact.live)
    out.emplace_back("live", it.name + (it.mail == DnsFound::Records ? "  takes mail" : ""));
  if (fact.more > 0) out.emplace_back("", "and " + std::to_string(fact.more) + " names more");
  if (!fact.untold.empty()) out.emplace_back("not told", join(fact.untold, ", "));
  return out;
}

}  // namespace kenshin
