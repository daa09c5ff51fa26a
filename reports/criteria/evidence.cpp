#include "reports/criteria/evidence.h"

#include <span>

#include "probes/base/text.h"

namespace kenshin {

namespace {

bool is_ipv6(const Observation& seen) { return seen.address.find(':') != std::string::npos; }

bool no_ipv6_here(const Facts& facts) {
  for (const Observation& seen : facts.all())
    if (const auto* vantage = fact_of<Vantage>(seen)) return vantage->ipv6 == Answer::No;
  return false;
}

}  // namespace

Judgement judged(Verdict verdict, std::string code, Parameters parameters) {
  for (auto& [name, value] : parameters) value = value.empty() ? "—" : one_line(value, 600);
  return {verdict, {std::move(code), std::move(parameters)}, {}};
}

Judgement could_not_observe(const Error& error) {
  return judged(Verdict::Unknown, "could-not-observe",
                {{"kind", std::string(error_name(error.kind))}, {"detail", error.detail}});
}

std::vector<const Observation*> heard(const Question& question, std::string_view fact_name) {
  const auto all = question.facts.named(question.target, fact_name);
  if (!no_ipv6_here(question.facts)) return all;
  std::vector<const Observation*> out;
  for (const Observation* seen : all)
    if (seen->fact || !is_ipv6(*seen)) out.push_back(seen);
  return out.empty() ? all : out;
}

std::string list_text(const std::vector<std::string>& all, std::size_t most) {
  if (all.size() <= most) return join(all, ", ");
  return join(std::span(all).first(most), ", ") + " (+" + std::to_string(all.size() - most) + ")";
}

}  // namespace kenshin
