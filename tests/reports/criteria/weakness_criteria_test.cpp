// What is said of known weaknesses: all rows alike, whatever the weakness.
#include <gtest/gtest.h>

#include "case.h"
#include "probes/tls/code_points.h"
#include "reports/criteria/tls_weaknesses.h"

namespace kenshin {

namespace {

constexpr auto every = {Weakness::Heartbleed,
                        Weakness::CcsInjection,
                        Weakness::Ticketbleed,
                        Weakness::Robot,
                        Weakness::Poodle,
                        Weakness::TlsPoodle,
                        Weakness::PaddingOracle,
                        Weakness::Drown,
                        Weakness::Freak,
                        Weakness::Logjam,
                        Weakness::Sweet32,
                        Weakness::Rc4,
                        Weakness::Beast,
                        Weakness::Lucky13,
                        Weakness::Crime,
                        Weakness::Breach,
                        Weakness::Raccoon,
                        Weakness::DheAt,
                        Weakness::InvalidCurve,
                        Weakness::StarttlsInjection,
                        Weakness::Opossum,
                        Weakness::InsecureRenegotiation,
                        Weakness::ClientRenegotiation,
                        Weakness::FallbackScsv};

std::string criterion_of(Weakness weakness) { return "tls.weakness." + std::string(weakness_name(weakness)); }

World sees(Weakness weakness, Answer vulnerable, const char* because) {
  return endpoint().sees(TlsWeaknesses{{{weakness, {vulnerable, because}}}});
}

HttpSecure page(std::vector<std::string> encodings) {
  HttpSecure out;
  out.status = 200;
  out.encodings = std::move(encodings);
  out.body_size = 2000;
  return out;
}

}  // namespace

std::vector<Case> weakness_cases() {
  std::vector<Case> out;
  for (const Weakness weakness : every) {
    const std::string id = criterion_of(weakness);
    const Criterion* criterion = criterion_named(id);
    if (!criterion) throw std::out_of_range(id);
    const bool breaks = criterion->verdicts.contains(Verdict::NotMet);
    const char* name = id.c_str();
    out.push_back(sees(weakness, Answer::No, "alert unexpected_message").says(name, Verdict::Met, "weakness-absent"));
    out.push_back(sees(weakness, Answer::NotApplicable, "TLS 1.3 alone")
                      .says(name, Verdict::NotApplicable, "weakness-out-of-question"));
    out.push_back(sees(weakness, Answer::Yes, "answered")
                      .says(name, breaks ? Verdict::NotMet : Verdict::Attention,
                            breaks ? "weakness-found" : "weakness-condition"));
    out.push_back(sees(weakness, Answer::Unknown, weakness == Weakness::Breach ? "no HTTP facts" : "reset")
                      .says(name, Verdict::Unknown, "weakness-undecided"));
    out.push_back(endpoint().says(name, Verdict::Unknown, "never-observed"));
  }
  out.push_back(sees(Weakness::Robot, Answer::Unknown, "not authorised")
                    .says("tls.weakness.robot", Verdict::Unknown, "weakness-not-authorised"));
  out.push_back(
      sees(Weakness::Robot, Answer::No, "").says("tls.weakness.drown", Verdict::Unknown, "weakness-not-asked"));
  const char* breach = "tls.weakness.breach";
  out.push_back(
      endpoint().sees(TlsWeaknesses{}).sees(page({"gzip"})).says(breach, Verdict::Attention, "weakness-condition"));
  out.push_back(endpoint().sees(TlsWeaknesses{}).sees(page({})).says(breach, Verdict::Met, "weakness-absent"));
  HttpSecure redirect = page({}), empty = page({});
  redirect.status = 302;
  empty.body_size = 0;
  for (const auto& one : {redirect, empty})
    out.push_back(endpoint().sees(TlsWeaknesses{}).sees(one).says(breach, Verdict::Unknown, "weakness-undecided"));
  return out;
}

TEST(WeaknessCriteria, SayWhatTheCasesTell) {
  for (const Case& it : weakness_cases()) expect_as_told(it);
}

TEST(WeaknessCriteria, HaveARowForEveryWeakness) {
  EXPECT_EQ(weakness_criteria().size(), every.size());
  for (const Weakness weakness : every) EXPECT_NE(criterion_named(criterion_of(weakness)), nullptr);
}

TEST(WeaknessCriteria, OfMalformedMessagesNeverVeilTheItem) {
  for (const char* profile : {"checklist-2026", "ipa-high", "ipa-recommended", "ipa-exception"})
    for (const Criterion& criterion : weakness_criteria())
      EXPECT_NE(profile_of(profile).row_of({std::string(criterion.id)})->force, Force::Must) << criterion.id;
}

}  // namespace kenshin
