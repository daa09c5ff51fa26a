#include "probes/host/collectors/windows/decoding/products.h"

#include <algorithm>

namespace kenshin::windows {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool alike(char a, char b) { return lower(a) == lower(b); }

bool same(std::string_view a, std::string_view b) { return std::equal(a.begin(), a.end(), b.begin(), b.end(), alike); }

bool contains(std::string_view text, std::string_view part) {
  return !part.empty() && std::search(text.begin(), text.end(), part.begin(), part.end(), alike) != text.end();
}

// "Trend Micro" and "Microsoft Defender" are named by their maker; such a word alone names no product.
std::string_view first_word(std::string_view name) {
  const auto word = name.substr(0, name.find(' '));
  return word.size() < 4 || same(word, "Microsoft") || same(word, "Windows") || same(word, "Trend") ? "" : word;
}

bool is_defender(std::string_view name) { return contains(name, "Defender"); }

// Security Center has called Defender by several names.
bool names(std::string_view listed, const KnownProduct& known) {
  if (known.id == "defender") return is_defender(listed);
  return contains(listed, known.name) || contains(known.name, listed) || contains(listed, first_word(known.name));
}

bool protects_machines(const FoundProduct& found) { return found.known.kind == "av" || found.known.kind == "edr"; }

AntivirusProduct of_listed(const SecurityProduct& listed) {
  AntivirusProduct out;
  out.product = listed.name;
  out.evidence = {"wsc"};
  out.active = out.realtime = listed.active;
  out.signature_state = listed.signature;
  out.signature_basis = listed.basis;
  return out;
}

// A service that runs says that the product is on, and nothing of what it does.
AntivirusProduct of_running(const FoundProduct& found) {
  AntivirusProduct out;
  out.id = found.known.id;
  out.product = found.known.name;
  out.evidence = found.evidence;
  out.active = found.running ? Answer::Yes : Answer::No;
  out.realtime = found.running ? Answer::Unknown : Answer::No;
  if (found.known.without_signatures) out.signature_state = SignatureState::NotApplicable;
  return out;
}

void add_defender(std::vector<AntivirusProduct>& products, const DefenderStatus& status) {
  auto at = std::find_if(products.begin(), products.end(), [](const auto& p) { return is_defender(p.product); });
  const Answer itself = protects(status);
  if (at == products.end()) {
    AntivirusProduct defender;
    defender.product = "Microsoft Defender Antivirus";
    defender.active = defender.realtime = itself;
    at = products.insert(at, std::move(defender));
  } else if (itself != Answer::Yes) {
    at->active = at->realtime = at->active == Answer::No ? Answer::No : itself;
  }
  at->id = "defender";
  at->evidence.push_back("defender");
  at->signature_at = status.signatures_at;
  if (at->signature_basis.empty() && status.signatures_at) at->signature_basis = "defender";
}

}  // namespace

std::vector<FoundProduct> found_products(const std::vector<KnownProduct>& table,
                                         const std::vector<ServiceState>& services,
                                         const std::vector<std::string>& processes) {
  std::vector<FoundProduct> out;
  for (const auto& known : table) {
    bool service = false, process = false, running = false;
    for (const auto& name : known.services)
      for (const auto& state : services)
        if (same(state.name, name)) service = true, running = running || state.running;
    for (const auto& name : known.processes)
      for (const auto& seen : processes)
        if (same(seen, name)) process = running = true;
    if (!service && !process) continue;
    FoundProduct found{known, {}, running};
    if (service) found.evidence.emplace_back("service");
    if (process) found.evidence.emplace_back("process");
    out.push_back(std::move(found));
  }
  return out;
}

std::vector<AntivirusProduct> protection(const std::optional<std::vector<SecurityProduct>>& listed,
                                         const std::optional<DefenderStatus>& defender,
                                         const std::vector<FoundProduct>& found) {
  std::vector<AntivirusProduct> out;
  if (listed)
    for (const auto& product : *listed) out.push_back(of_listed(product));
  if (defender) add_defender(out, *defender);
  for (const auto& product : found) {
    if (!protects_machines(product)) continue;
    const auto at =
        std::find_if(out.begin(), out.end(), [&](const auto& p) { return names(p.product, product.known); });
    if (at == out.end()) {
      out.push_back(of_running(product));
      continue;
    }
    if (at->id.empty()) at->id = product.known.id;
    for (const auto& evidence : product.evidence)
      if (std::find(at->evidence.begin(), at->evidence.end(), evidence) == at->evidence.end())
        at->evidence.push_back(evidence);
  }
  return out;
}

}  // namespace kenshin::windows
