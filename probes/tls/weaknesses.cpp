#include "probes/tls/weaknesses.h"

#include <array>

#include "probes/net/side_by_side.h"
#include "probes/tls/ccs_injection.h"
#include "probes/tls/conditions.h"
#include "probes/tls/heartbleed.h"
#include "probes/tls/invalid_curve.h"
#include "probes/tls/robot.h"

namespace kenshin {

namespace {

constexpr int weaknesses = static_cast<int>(Weakness::FallbackScsv) + 1;

Answer echoes_heartbeat(const TlsExtensions& extensions) {
  const auto found = extensions.features.find(Feature::Heartbeat);
  return found == extensions.features.end() ? Answer::Unknown : found->second.accepted;
}

template <Vulnerability (*test)(Conversation&, const Learned&, Tally&)>
Vulnerability asking(const Looking& at) {
  return test(at.conversation, at.learned, at.tally);
}
template <Vulnerability (*condition)(const Learned&)>
Vulnerability following(const Looking& at) {
  return condition(at.learned);
}

Vulnerability look_for_heartbleed(const Looking& at) {
  return heartbleed(at.conversation, at.learned, echoes_heartbeat(at.extensions), at.tally);
}
Vulnerability look_for_lucky13(const Looking& at) { return lucky13(at.learned, at.extensions); }
Vulnerability look_for_crime(const Looking& at) { return crime(at.learned, at.extensions); }
Vulnerability look_for_scsv(const Looking& at) { return missing_fallback_scsv(at.extensions); }
Vulnerability look_for_breach(const Looking&) { return {Answer::Unknown, "no HTTP facts"}; }

}  // namespace

std::span<const WeaknessTest> weakness_tests() {
  static constexpr auto none = PermissionClass::LookUp;  // nothing is sent
  static constexpr auto weakness = PermissionClass::Weakness;
  static constexpr auto rows = std::to_array<WeaknessTest>({
      {Weakness::Heartbleed, weakness, look_for_heartbleed},
      {Weakness::CcsInjection, weakness, asking<ccs_injection>},
      {Weakness::Robot, weakness, asking<robot>},
      {Weakness::InvalidCurve, weakness, asking<invalid_curve>},
      {Weakness::Poodle, none, following<poodle>},
      {Weakness::Drown, none, following<drown>},
      {Weakness::Freak, none, following<freak>},
      {Weakness::Logjam, none, following<logjam>},
      {Weakness::Sweet32, none, following<sweet32>},
      {Weakness::Rc4, none, following<rc4>},
      {Weakness::Beast, none, following<beast>},
      {Weakness::Lucky13, none, look_for_lucky13},
      {Weakness::Crime, none, look_for_crime},
      {Weakness::Breach, none, look_for_breach},
      {Weakness::Raccoon, none, following<raccoon>},
      {Weakness::DheAt, none, following<dheat>},
      {Weakness::FallbackScsv, none, look_for_scsv},
  });
  return rows;
}

TlsWeaknesses observe_weaknesses(Conversation& conversation, const Learned& learned, const TlsExtensions& extensions,
                                 bool authorised, Tally& tally) {
  const Looking looking{conversation, learned, extensions, tally};
  TlsWeaknesses out;
  for (int i = 0; i < weaknesses; ++i) out.weaknesses[static_cast<Weakness>(i)] = {Answer::Unknown, "not asked"};
  std::vector<std::function<void()>> work;
  for (const WeaknessTest& test : weakness_tests()) {
    Vulnerability& found = out.weaknesses[test.weakness];
    found.because = "not authorised";
    if (test.permission == PermissionClass::Weakness && !authorised) continue;
    work.emplace_back([&found, &looking, look = test.look] { found = look(looking); });
  }
  side_by_side(work);
  return out;
}

}  // namespace kenshin
