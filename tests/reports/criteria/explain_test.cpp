// What `kenshin explain` shows of a criterion.
#include "reports/criteria/explain.h"

#include <gtest/gtest.h>

#include <set>

#include "case.h"

namespace kenshin {

namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

TEST(Thresholds, AreThoseOfTheProfileUnderItsKeys) {
  const Lines expected = {{"tls.floor", "TLSv1.2"}};
  EXPECT_EQ(thresholds_of(*criterion_named("tls.version.floor"), profile_of("checklist-2026")), expected);
  const auto lifetime = thresholds_of(*criterion_named("certificate.lifetime"), profile_of("checklist-2026"));
  ASSERT_EQ(lifetime.size(), 5U);
  EXPECT_EQ(lifetime[2], (std::pair<std::string, std::string>{"certificate.lifetime 2026-03-15", "200"}));
}

TEST(Thresholds, AreShownForAllButTheCriteriaThatNeedNone) {
  const std::set<std::string_view> none = {"tls.suites.server_order",
                                           "tls.version.tls12",
                                           "tls.groups.post_quantum",
                                           "tls.session.resumption",
                                           "tls.session.early_data",
                                           "tls.client_certificate",
                                           "certificate.name",
                                           "certificate.chain_complete",
                                           "certificate.key_flaws",
                                           "certificate.key_shared",
                                           "certificate.revocation",
                                           "certificate.must_staple",
                                           "certificate.same_everywhere",
                                           "certificate.conformance",
                                           "certificate.validation",
                                           "http.plain",
                                           "http.cookies",
                                           "http.page_cache",
                                           "domain.registered",
                                           "domain.lock",
                                           "domain.own_name",
                                           "domain.registry_lock",
                                           "domain.holder",
                                           "domain.former.listed",
                                           "domain.new_issuer",
                                           "domain.lookalikes",
                                           "domain.former.archive",
                                           "domain.dnssec",
                                           "domain.caa",
                                           "domain.caa_issuer",
                                           "endpoint.address_held",
                                           "domain.no_mail",
                                           "domain.mail",
                                           "domain.delegation"};
  for (const Criterion& criterion : all_criteria())
    EXPECT_EQ(thresholds_of(criterion, profile_of("ipa-high")).empty(),
              none.count(criterion.id) > 0 || criterion.id.starts_with("tls.weakness.") ||
                  criterion.id.starts_with("domain.dependents."))
        << criterion.id;
}

TEST(Standing, TellsRowForceEditionSourceAndMark) {
  Profile profile = profile_of("checklist-2026");
  const Criterion& criterion = *criterion_named("tls.suites.prohibited");
  const auto standing = standing_of(criterion, profile);
  ASSERT_EQ(standing.size(), 8U);
  EXPECT_EQ(standing.at("row"), "TLS-C-03");
  EXPECT_EQ(standing.at("mark"), "policy");
  EXPECT_EQ(standing.at("force"), "must");
  EXPECT_EQ(standing.at("found"), "must");
  EXPECT_EQ(standing_of(*criterion_named("tls.weakness.heartbleed"), profile).at("force"), "should");
  EXPECT_EQ(standing_of(*criterion_named("tls.weakness.heartbleed"), profile).at("found"), "must");
  profile.rows.clear();
  EXPECT_EQ(standing_of(criterion, profile).size(), 1U);
}

}  // namespace

}  // namespace kenshin
