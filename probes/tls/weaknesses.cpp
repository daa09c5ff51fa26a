#include "probes/tls/weaknesses.h"

#include <array>

#include "probes/net/side_by_side.h"
#include "probes/tls/ccs_injection.h"
#include "probes/tls/conditions.h"
#include "probes/tls/heartbleed.h"
#include "probes/tls/invalid_curve.h"
#include "probes/tls/renegotiation.h"
#include "probes/tls/robot.h"
#include "probes/tls/starttls_injection.h"
#include "probes/tls/ticketbleed.h"
#include "probes/web/opossum.h"

namespace kenshin {

namespace {

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
  return heartbleed(at.conversation, at.learned, echoes_heartbeat(at.extensions()), at.tally);
}
Vulnerability look_for_ticketbleed(const Looking& at) { return ticketbleed(at.conversation, at.ticket(), at.tally); }
Vulnerability look_for_invalid_curve(const Looking& at) {
  return invalid_curve(at.conversation, at.learned, at.ticket(), at.tally);
}
Vulnerability look_for_lucky13(const Looking& at) { return lucky13(at.learned, at.extensions()); }
Vulnerability look_for_crime(const Looking& at) { return crime(at.learned, at.extensions()); }
Vulnerability look_for_scsv(const Looking& at) { return missing_fallback_scsv(at.extensions()); }
Vulnerability look_for_tls_poodle(const Looking& at) { return tls_poodle(at.padding()); }
Vulnerability look_for_padding_oracle(const Looking& at) { return padding_oracle(at.padding()); }
Vulnerability look_for_starttls_injection(const Looking& at) {
  return starttls_injection(at.asked, at.session, at.tally);
}
Vulnerability look_for_opossum(const Looking& at) { return opossum(at.asked, at.session, at.tally); }
// Whether pages are compressed is for HTTP to say; a criterion brings both together.
Vulnerability look_for_breach(const Looking&) { return {Answer::Unknown, "no HTTP facts"}; }

}  // namespace

std::span<const WeaknessTest> weakness_tests() {
  static constexpr auto none = PermissionClass::LookUp;  // nothing is sent
  static constexpr auto unusual = PermissionClass::Unusual;
  static constexpr auto weakness = PermissionClass::Weakness;
  static constexpr auto rows = std::to_array<WeaknessTest>({
      {Weakness::Heartbleed, weakness, look_for_heartbleed},
      {Weakness::CcsInjection, weakness, asking<ccs_injection>},
      {Weakness::Robot, weakness, asking<robot>},
      {Weakness::InvalidCurve, weakness, look_for_invalid_curve},
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
      {Weakness::ClientRenegotiation, unusual, asking<client_renegotiation>},
      {Weakness::InsecureRenegotiation, unusual, asking<insecure_renegotiation>},
      {Weakness::Ticketbleed, weakness, look_for_ticketbleed},
      {Weakness::TlsPoodle, weakness, look_for_tls_poodle},
      {Weakness::PaddingOracle, weakness, look_for_padding_oracle},
      {Weakness::StarttlsInjection, weakness, look_for_starttls_injection},
      {Weakness::Opossum, unusual, look_for_opossum},
  });
  return rows;
}

const PaddingObservation& Looking::padding() const {
  std::call_once(once_, [&] { padding_ = observe_padding(conversation, learned, tally); });
  return padding_;
}

TlsWeaknesses observe_weaknesses(const Looking& looking) {
  const bool authorised = may_test_weaknesses(looking.asked, looking.session);
  TlsWeaknesses out;
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
