#include "reports/criteria/certificate_programmes.h"

#include <algorithm>

namespace kenshin {

namespace {

// A rule for all certificates holds from its day on; the others carry their day in the certificate.
bool is_in_force(const DistrustRow& row, Day on) {
  return row.rule != DistrustRule::All || !row.date || Instant(on) >= *row.date;
}

Distrusted said_by(const DistrustRow& row, const CertificateChain& chain, const Anchor& anchor) {
  switch (is_distrusted(row, chain, anchor)) {
    case Answer::Yes: return row.mark == "recalled" ? Distrusted::Recalled : Distrusted::Yes;
    case Answer::Unknown: return row.mark == "recalled" ? Distrusted::No : Distrusted::Undecided;
    case Answer::No:
    case Answer::NotApplicable: break;
  }
  return Distrusted::No;
}

void leave_out_distrusting(const Profile& profile, const CertificateChain& chain, const Anchor& anchor, Day on,
                           std::set<std::string>& programmes) {
  for (const DistrustRow& row : profile.distrust.rows)
    if (is_in_force(row, on) && said_by(row, chain, anchor) == Distrusted::Yes)
      for (const auto& programme : row.programmes) programmes.erase(programme);
}

}  // namespace

Distrusted distrusted_for_cause(const Profile& profile, const CertificateChain& chain, const Anchor& anchor, Day on) {
  Distrusted gravest = Distrusted::No;
  for (const DistrustRow& row : profile.distrust.rows)
    if (row.for_cause && is_in_force(row, on)) gravest = std::max(gravest, said_by(row, chain, anchor));
  return gravest;
}

std::set<std::string> programmes_holding(const Profile& profile, const CertificateChain& chain, Day on) {
  const bool all_distrusted = std::all_of(chain.anchors.begin(), chain.anchors.end(), [&](const Anchor& anchor) {
    return distrusted_for_cause(profile, chain, anchor, on) == Distrusted::Yes;
  });
  std::set<std::string> out;
  for (const Anchor& anchor : chain.anchors) {
    const auto held = profile.roots.by_sha256.find(anchor.sha256);
    if (held == profile.roots.by_sha256.end()) continue;
    std::set<std::string> programmes = held->second;
    if (!all_distrusted) {
      if (distrusted_for_cause(profile, chain, anchor, on) == Distrusted::Yes) continue;
      leave_out_distrusting(profile, chain, anchor, on, programmes);
    }
    out.insert(programmes.begin(), programmes.end());
  }
  return out;
}

}  // namespace kenshin
