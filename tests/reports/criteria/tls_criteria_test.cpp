// What is said of versions, suites and groups: item 2.5.2-1.xii and IPA's guideline.
#include <gtest/gtest.h>

#include "case.h"
#include "probes/tls/code_points.h"

namespace kenshin {

namespace {

constexpr auto yes = Answer::Yes;
constexpr auto no = Answer::No;
constexpr auto unknown = Answer::Unknown;

// SSLv3, TLS 1.0, 1.1, 1.2, 1.3.
TlsVersions versions(Answer v3, Answer v10, Answer v11, Answer v12, Answer v13) {
  return {{{TlsVersion::Ssl3, {v3, "alert handshake_failure"}},
           {TlsVersion::Tls10, {v10, "alert protocol_version"}},
           {TlsVersion::Tls11, {v11, "alert protocol_version"}},
           {TlsVersion::Tls12, {v12, "server_hello"}},
           {TlsVersion::Tls13, {v13, "server_hello"}}}};
}
TlsVersions modern() { return versions(no, no, no, yes, yes); }
TlsVersions only13() { return versions(no, no, no, no, yes); }
TlsVersions only12() { return versions(no, no, no, yes, no); }
TlsVersions nothing() { return versions(no, no, no, no, no); }

SuiteId suite(unsigned code) { return static_cast<SuiteId>(code); }
SuiteList list(std::vector<SuiteId> suites, bool complete = true, ChosenBy by = ChosenBy::Server) {
  return {std::move(suites), complete, by, complete ? "" : "reset in the middle"};
}
SuiteList tls13_list() { return list({suite(0x1301), suite(0x1302), suite(0x1303)}); }
// C02F and C030 are 高, C027 is 推奨, 002F is static RSA, C011 is RC4, 00A2 (DSS) stands in no list.
TlsSuites suites(SuiteList tls12) {
  return {{{TlsVersion::Tls12, std::move(tls12)}, {TlsVersion::Tls13, tls13_list()}}};
}

TlsGroups groups(std::vector<GroupId> all, bool complete = true) {
  return {{{TlsVersion::Tls13, {std::move(all), complete, true, complete ? "" : "closed"}}}};
}
GroupId group(const char* name) { return *group_named(name); }

World sees(TlsVersions v, TlsSuites s) { return endpoint().sees(std::move(v)).sees(std::move(s)); }
World with_reason(World world) {
  DeclaredEndpoint declared;
  declared.tls12_reason = "an instrument of the vendor speaks nothing newer until 2027";
  return world.sees(declared);
}
World high(World world) { return world.profile = profile_of("ipa-high"), world; }
World exception(World world) { return world.profile = profile_of("ipa-exception"), world; }
World recommended(World world) { return world.profile = profile_of("ipa-recommended"), world; }

void add_versions(std::vector<Case>& out) {
  const char* floor = "tls.version.floor";
  out.push_back(endpoint().sees(modern()).says(floor, Verdict::Met, "floor-held"));
  out.push_back(endpoint().sees(versions(no, yes, yes, yes, yes)).says(floor, Verdict::NotMet, "version-below-floor"));
  out.push_back(endpoint().says(floor, Verdict::Unknown, "never-observed"));
  out.push_back(endpoint().fails<TlsVersions>(Error::Kind::Timeout).says(floor, Verdict::Unknown, "could-not-observe"));
  const auto with_ssl2 = [](Answer answer) {
    TlsVersions all = modern();
    all.versions[TlsVersion::Ssl2] = {answer, "closed"};
    return endpoint().sees(all);
  };
  out.push_back(with_ssl2(no).says(floor, Verdict::Met, "floor-held"));
  out.push_back(with_ssl2(yes).says(floor, Verdict::NotMet, "version-below-floor"));
  out.push_back(with_ssl2(unknown).says(floor, Verdict::Unknown, "version-undecided"));
  out.push_back(endpoint().sees(nothing()).says(floor, Verdict::Unknown, "no-version-accepted"));
  out.push_back(
      endpoint().sees(versions(no, unknown, no, yes, yes)).says(floor, Verdict::Unknown, "version-undecided"));
  out.push_back(endpoint()
                    .sees(TlsVersions{{{TlsVersion::Tls13, {yes, ""}}}})
                    .says(floor, Verdict::Unknown, "version-undecided"));
  const char* tls13 = "tls.version.tls13";
  out.push_back(endpoint().sees(modern()).says(tls13, Verdict::Met, "tls13-accepted"));
  out.push_back(endpoint().sees(only12()).says(tls13, Verdict::Attention, "tls12-without-reason"));
  out.push_back(with_reason(endpoint().sees(only12())).says(tls13, Verdict::Conditional, "tls12-with-reason"));
  out.push_back(high(endpoint().sees(only12())).says(tls13, Verdict::NotMet, "tls12-without-reason"));
  out.push_back(recommended(endpoint().sees(only12())).says(tls13, Verdict::Met, "tls12-suffices"));
  out.push_back(endpoint().sees(versions(no, yes, no, no, no)).says(tls13, Verdict::NotMet, "only-old-versions"));
  out.push_back(endpoint().sees(versions(no, no, no, yes, unknown)).says(tls13, Verdict::Unknown, "version-undecided"));
  out.push_back(endpoint().sees(versions(no, yes, no, unknown, no)).says(tls13, Verdict::Unknown, "version-undecided"));
  out.push_back(endpoint().sees(nothing()).says(tls13, Verdict::Unknown, "no-version-accepted"));
  out.push_back(
      exception(endpoint().sees(versions(no, yes, no, no, no))).says(tls13, Verdict::Met, "tls13-not-demanded"));
  out.push_back(exception(endpoint().sees(versions(no, yes, yes, yes, no))).says(floor, Verdict::Met, "floor-held"));
  out.push_back(
      exception(endpoint().sees(versions(yes, yes, no, no, no))).says(floor, Verdict::NotMet, "version-below-floor"));
  const char* tls12 = "tls.version.tls12";
  out.push_back(endpoint().sees(modern()).says(tls12, Verdict::Met, "tls12-accepted"));
  out.push_back(endpoint().sees(only13()).says(tls12, Verdict::Met, "tls12-refused"));
  out.push_back(endpoint().sees(nothing()).says(tls12, Verdict::Unknown, "no-version-accepted"));
  out.push_back(endpoint().sees(versions(no, no, no, unknown, yes)).says(tls12, Verdict::Unknown, "version-undecided"));
}

void add_listed(std::vector<Case>& out) {
  const char* listed = "tls.suites.listed";
  const SuiteList good = list({suite(0xC02F), suite(0xC030)});
  const SuiteList cbc = list({suite(0xC027), suite(0xC02F)});
  const SuiteList outside = list({suite(0x00A2), suite(0xC02F)});
  out.push_back(sees(modern(), suites(cbc)).says(listed, Verdict::Met, "suites-listed"));
  out.push_back(
      sees(modern(), suites(list({suite(0xC02F), suite(0x009E)}))).says(listed, Verdict::Met, "suites-listed"));
  out.push_back(exception(sees(modern(), suites(cbc))).says(listed, Verdict::Met, "suites-listed"));
  out.push_back(
      exception(sees(modern(), suites(outside))).says(listed, Verdict::Unknown, "suite-exception-list-missing"));
  TlsSuites with10 = suites(cbc);
  with10.versions[TlsVersion::Tls10] = list({suite(0x002F)});
  out.push_back(exception(sees(versions(no, yes, no, yes, yes), with10))
                    .says(listed, Verdict::Unknown, "suite-exception-list-missing"));
  out.push_back(high(sees(modern(), suites(good))).says(listed, Verdict::Met, "suites-listed-high"));
  out.push_back(high(sees(modern(), suites(cbc))).says(listed, Verdict::NotMet, "suite-outside-high"));
  out.push_back(sees(modern(), suites(outside)).says(listed, Verdict::Attention, "suite-outside-list"));
  out.push_back(sees(modern(), suites(outside))
                    .with([](Profile& p) { p.suites.exception_list_held = true; })
                    .says(listed, Verdict::NotMet, "suite-outside-list"));
  out.push_back(sees(modern(), suites(list({suite(0xC02F), suite(0xC08A)})))
                    .says(listed, Verdict::Attention, "suite-membership-unconfirmed"));
  out.push_back(sees(only13(), TlsSuites{{{TlsVersion::Tls13, tls13_list()}}})
                    .says(listed, Verdict::NotApplicable, "version-not-accepted"));
  out.push_back(sees(only13(), suites(list({}))).says(listed, Verdict::NotApplicable, "version-not-accepted"));
  out.push_back(
      sees(modern(), suites(list({suite(0xC02F)}, false))).says(listed, Verdict::Unknown, "suites-incomplete"));
  out.push_back(
      sees(modern(), suites(list({suite(0x00A2)}, false))).says(listed, Verdict::Attention, "suite-outside-list"));
  out.push_back(sees(modern(), suites(list({}))).says(listed, Verdict::Unknown, "suites-incomplete"));
  out.push_back(sees(modern(), TlsSuites{}).says(listed, Verdict::Unknown, "suites-incomplete"));
  out.push_back(sees(nothing(), TlsSuites{{{TlsVersion::Tls12, list({})}}})
                    .says(listed, Verdict::Unknown, "no-version-accepted"));
  out.push_back(endpoint().says(listed, Verdict::Unknown, "never-observed"));

  const char* tls13 = "tls.suites.tls13";
  const auto with13 = [&](SuiteList l) { return sees(modern(), TlsSuites{{{TlsVersion::Tls13, std::move(l)}}}); };
  out.push_back(with13(tls13_list()).says(tls13, Verdict::Met, "suites-listed"));
  out.push_back(with13(list({suite(0x00C6), suite(0x1301)})).says(tls13, Verdict::Attention, "suite-outside-list"));
  out.push_back(high(with13(list({suite(0x00C6)}))).says(tls13, Verdict::NotMet, "suite-outside-high"));
  out.push_back(sees(only12(), TlsSuites{}).says(tls13, Verdict::NotApplicable, "version-not-accepted"));
  out.push_back(endpoint().fails<TlsSuites>(Error::Kind::Reset).says(tls13, Verdict::Unknown, "could-not-observe"));
}

void add_prohibited(std::vector<Case>& out) {
  const char* prohibited = "tls.suites.prohibited";
  out.push_back(sees(modern(), suites(list({suite(0xC02F)}))).says(prohibited, Verdict::Met, "no-prohibited-suite"));
  out.push_back(sees(modern(), suites(list({suite(0x002F), suite(0xC02F)})))
                    .says(prohibited, Verdict::NotMet, "suite-static-rsa"));
  out.push_back(sees(modern(), suites(list({suite(0x0005)}))).says(prohibited, Verdict::NotMet, "suite-prohibited"));
  out.push_back(
      sees(modern(), suites(list({suite(0xC011)}, false))).says(prohibited, Verdict::NotMet, "suite-prohibited"));
  out.push_back(
      sees(modern(), suites(list({suite(0xC02F)}, false))).says(prohibited, Verdict::Unknown, "suites-incomplete"));
  out.push_back(sees(versions(no, unknown, no, yes, yes), suites(list({suite(0xC02F)})))
                    .says(prohibited, Verdict::Unknown, "suites-incomplete"));
  out.push_back(sees(nothing(), TlsSuites{{{TlsVersion::Tls12, list({})}}})
                    .says(prohibited, Verdict::Unknown, "no-version-accepted"));
  out.push_back(
      recommended(sees(modern(), suites(list({suite(0x002F)})))).says(prohibited, Verdict::Met, "no-prohibited-suite"));
}

void add_order(std::vector<Case>& out) {
  const char* order = "tls.suites.server_order";
  const auto chosen = [](std::vector<SuiteId> all, ChosenBy by, bool complete = true) {
    return sees(modern(), suites(list(std::move(all), complete, by)));
  };
  const auto in_order = [&](std::vector<SuiteId> all) {
    SuiteList walked = list(std::move(all));
    walked.ordered = true;
    return sees(modern(), suites(std::move(walked)));
  };
  out.push_back(in_order({suite(0xC02F), suite(0xC027)}).says(order, Verdict::Met, "order-by-server"));
  out.push_back(in_order({suite(0xC027), suite(0x002F)}).says(order, Verdict::Met, "order-by-server"));
  out.push_back(
      in_order({suite(0xC030), suite(0xC027), suite(0xC02F)}).says(order, Verdict::Attention, "order-weak-first"));
  out.push_back(chosen({suite(0xC02F), suite(0xC030)}, ChosenBy::Server).says(order, Verdict::Met, "order-by-server"));
  out.push_back(
      chosen({suite(0xC027), suite(0xC02F)}, ChosenBy::Server).says(order, Verdict::Unknown, "order-not-walked"));
  out.push_back(chosen({suite(0xC02F), suite(0xC030)}, ChosenBy::Client).says(order, Verdict::Met, "order-harmless"));
  out.push_back(chosen({suite(0xC027)}, ChosenBy::Unknown).says(order, Verdict::Met, "order-harmless"));
  out.push_back(
      chosen({suite(0xC027), suite(0xC02F)}, ChosenBy::Client).says(order, Verdict::Attention, "order-by-client"));
  out.push_back(
      chosen({suite(0xC027), suite(0xC02F)}, ChosenBy::Unknown).says(order, Verdict::Unknown, "order-undecided"));
  out.push_back(chosen({suite(0xC02F)}, ChosenBy::Client, false).says(order, Verdict::Unknown, "suites-incomplete"));
  out.push_back(sees(only13(), TlsSuites{}).says(order, Verdict::NotApplicable, "version-not-accepted"));
}

void add_groups(std::vector<Case>& out) {
  const char* strength = "tls.groups.strength";
  const auto with = [](TlsVersions v, TlsGroups g) { return endpoint().sees(std::move(v)).sees(std::move(g)); };
  const GroupId x25519 = group("x25519"), hybrid = group("X25519MLKEM768"), weak = group("secp192r1");
  const auto both = [&](std::vector<GroupId> all, std::vector<GroupId> of12, bool complete = true) {
    TlsGroups out12 = groups(std::move(all));
    out12.versions[TlsVersion::Tls12] = {std::move(of12), complete, false, complete ? "" : "closed"};
    return out12;
  };
  out.push_back(with(modern(), both({x25519, hybrid}, {x25519})).says(strength, Verdict::Met, "groups-strong"));
  out.push_back(with(modern(), both({x25519}, {})).says(strength, Verdict::Met, "groups-strong"));
  out.push_back(with(modern(), both({x25519}, {weak})).says(strength, Verdict::Attention, "group-weak"));
  out.push_back(with(modern(), both({x25519}, {x25519}, false)).says(strength, Verdict::Unknown, "groups-incomplete"));
  out.push_back(with(only13(), groups({x25519})).says(strength, Verdict::Met, "groups-strong"));
  out.push_back(with(modern(), groups({x25519})).says(strength, Verdict::Unknown, "groups-not-asked"));
  out.push_back(with(modern(), groups({weak}, false)).says(strength, Verdict::Attention, "group-weak"));
  out.push_back(high(with(modern(), groups({weak}))).says(strength, Verdict::NotMet, "group-weak"));
  out.push_back(with(modern(), groups({x25519}, false)).says(strength, Verdict::Unknown, "groups-incomplete"));
  out.push_back(with(modern(), groups({group("0xFE12")})).says(strength, Verdict::Unknown, "group-unnamed"));
  out.push_back(with(modern(), TlsGroups{}).says(strength, Verdict::Unknown, "groups-not-asked"));
  out.push_back(with(modern(), both({}, {})).says(strength, Verdict::Unknown, "groups-incomplete"));
  out.push_back(with(nothing(), TlsGroups{}).says(strength, Verdict::Unknown, "no-version-accepted"));
  const TlsGroups none_of12{{{TlsVersion::Tls12, {{}, true, false, ""}}}};
  out.push_back(with(only12(), none_of12).says(strength, Verdict::NotApplicable, "groups-not-used"));

  const char* quantum = "tls.groups.post_quantum";
  out.push_back(with(modern(), groups({x25519, hybrid})).says(quantum, Verdict::Met, "pq-offered"));
  out.push_back(with(modern(), groups({x25519})).says(quantum, Verdict::Attention, "pq-missing"));
  out.push_back(with(modern(), groups({x25519}, false)).says(quantum, Verdict::Unknown, "groups-incomplete"));
  out.push_back(with(modern(), TlsGroups{}).says(quantum, Verdict::Unknown, "groups-not-asked"));
  out.push_back(with(only12(), TlsGroups{}).says(quantum, Verdict::NotApplicable, "version-not-accepted"));
}

void add_schemes(std::vector<Case>& out) {
  const char* id = "tls.signature_schemes";
  const auto of = [](std::vector<const char*> names, bool complete = true) {
    SchemeList all{{}, complete, complete ? "" : "closed"};
    for (const char* name : names) all.schemes.push_back(*scheme_named(name));
    return all;
  };
  const auto with = [](TlsVersions v, std::map<TlsVersion, SchemeList> all) {
    return endpoint().sees(std::move(v)).sees(TlsSignatureSchemes{std::move(all)});
  };
  const auto tls12 = TlsVersion::Tls12, tls13 = TlsVersion::Tls13;
  const SchemeList strong = of({"rsa_pss_rsae_sha256"});
  out.push_back(with(modern(), {{tls12, strong}, {tls13, strong}}).says(id, Verdict::Met, "schemes-strong"));
  for (const char* weak : {"rsa_pkcs1_md5", "rsa_pkcs1_sha1", "dsa_sha1", "ecdsa_sha1"})
    out.push_back(
        with(modern(), {{tls12, of({weak}, false)}, {tls13, strong}}).says(id, Verdict::Attention, "scheme-weak"));
  out.push_back(with(modern(), {{tls12, of({"rsa_pkcs1_sha256"}, false)}, {tls13, strong}})
                    .says(id, Verdict::Unknown, "schemes-incomplete"));
  out.push_back(with(modern(), {{tls13, strong}}).says(id, Verdict::Unknown, "schemes-not-asked"));
  out.push_back(with(only13(), {{tls13, strong}}).says(id, Verdict::Met, "schemes-strong"));
  out.push_back(with(only13(), {{tls13, of({})}}).says(id, Verdict::Unknown, "schemes-incomplete"));
  out.push_back(with(only12(), {{tls12, of({})}}).says(id, Verdict::NotApplicable, "schemes-not-used"));
  out.push_back(with(nothing(), {}).says(id, Verdict::Unknown, "no-version-accepted"));
  out.push_back(endpoint().says(id, Verdict::Unknown, "never-observed"));
}

DhGroup dh(int bits, Answer safe_prime = yes) {
  return {bits, "ff", "02", bits == 1024 ? "RFC 2409 group 2" : "", safe_prime, {TlsVersion::Tls12}};
}
TlsKeyExchange exchange(std::vector<DhGroup> all, bool complete = true) {
  TlsKeyExchange out;
  out.dh_groups = std::move(all);
  out.complete = complete;
  out.because = complete ? "" : "closed";
  return out;
}

void add_dh(std::vector<Case>& out) {
  const char* strength = "tls.dh.strength";
  const auto dhe = [] { return sees(modern(), suites(list({suite(0xC02F), suite(0x009E)}))); };
  const auto ecdhe = [] { return sees(modern(), suites(list({suite(0xC02F)}))); };
  out.push_back(dhe().sees(exchange({dh(2048)})).says(strength, Verdict::Met, "dh-strong"));
  out.push_back(dhe().sees(exchange({dh(2048), dh(1024)}, false)).says(strength, Verdict::Attention, "dh-weak"));
  out.push_back(high(dhe().sees(exchange({dh(1024)}))).says(strength, Verdict::NotMet, "dh-weak"));
  out.push_back(dhe().sees(exchange({dh(2048, no)})).says(strength, Verdict::Attention, "dh-no-safe-prime"));
  out.push_back(dhe().sees(exchange({dh(2048)}, false)).says(strength, Verdict::Unknown, "dh-incomplete"));
  out.push_back(dhe().sees(exchange({})).says(strength, Verdict::Unknown, "dh-size-unmeasured"));
  out.push_back(dhe().says(strength, Verdict::Unknown, "dh-size-unmeasured"));
  out.push_back(ecdhe().sees(exchange({})).says(strength, Verdict::NotApplicable, "no-dhe-suite"));
  out.push_back(ecdhe().says(strength, Verdict::NotApplicable, "no-dhe-suite"));
  out.push_back(sees(only13(), TlsSuites{{{TlsVersion::Tls13, tls13_list()}}})
                    .says(strength, Verdict::NotApplicable, "no-dhe-suite"));
  out.push_back(
      sees(modern(), suites(list({suite(0xC02F)}, false))).says(strength, Verdict::Unknown, "suites-incomplete"));
  out.push_back(sees(modern(), TlsSuites{{{TlsVersion::Tls13, tls13_list()}}})
                    .says(strength, Verdict::Unknown, "suites-incomplete"));
  out.push_back(sees(nothing(), TlsSuites{}).says(strength, Verdict::Unknown, "no-version-accepted"));
  out.push_back(
      endpoint().fails<TlsKeyExchange>(Error::Kind::Reset).says(strength, Verdict::Unknown, "could-not-observe"));
}

Judgement judged(const char* criterion, const World& world) {
  return criterion_named(criterion)->judge({world.facts, world.target, world.profile, world.on});
}

std::string parameter(const Judgement& judgement, std::string_view name) {
  for (const auto& [key, value] : judgement.because.parameters)
    if (key == name) return value;
  return "(none)";
}

}  // namespace

std::vector<Case> tls_cases() {
  std::vector<Case> out;
  add_versions(out);
  add_listed(out);
  add_prohibited(out);
  add_order(out);
  add_groups(out);
  add_schemes(out);
  add_dh(out);
  return out;
}

TEST(TlsCriteria, SayWhatTheCasesTell) {
  for (const Case& it : tls_cases()) expect_as_told(it);
}

TEST(SeveralAddresses, AreJudgedWorstOfAndTheReasonNamesTheAddress) {
  const World world = endpoint()
                          .sees(modern(), "192.0.2.1")
                          .sees(versions(no, yes, no, yes, yes), "192.0.2.2")
                          .fails<TlsVersions>(Error::Kind::Timeout, "192.0.2.3");
  const Judgement judgement = judged("tls.version.floor", world);
  EXPECT_EQ(judgement.verdict, Verdict::NotMet);
  EXPECT_EQ(parameter(judgement, "address"), "192.0.2.2");
  EXPECT_EQ(judgement.evidence.size(), 3U);
}

TEST(SeveralAddresses, OneThatCouldNotBeSeenKeepsTheRestFromPassing) {
  const World world = endpoint().sees(modern(), "192.0.2.1").fails<TlsVersions>(Error::Kind::Reset, "192.0.2.2");
  EXPECT_EQ(judged("tls.version.floor", world).verdict, Verdict::Unknown);
}

TEST(SeveralAddresses, AFailedIpv6AddressDoesNotCountWhereThereIsNoIpv6) {
  World world = endpoint().sees(modern(), "192.0.2.1").fails<TlsVersions>(Error::Kind::Unreachable, "2001:db8::1");
  EXPECT_EQ(judged("tls.version.floor", world).verdict, Verdict::Unknown);
  Vantage vantage;
  vantage.ipv6 = Answer::No;
  world.facts.add(observed<Vantage>({TargetKind::Clinic, "", 0}, "", world.at, 0, vantage));
  EXPECT_EQ(judged("tls.version.floor", world).verdict, Verdict::Met);
}

TEST(SeveralAddresses, AFailedIpv6AddressCountsWhereItIsTheOnlyOne) {
  World world = endpoint().fails<TlsVersions>(Error::Kind::Unreachable, "2001:db8::1");
  Vantage vantage;
  vantage.ipv6 = Answer::No;
  world.facts.add(observed<Vantage>({TargetKind::Clinic, "", 0}, "", world.at, 0, vantage));
  EXPECT_EQ(judged("tls.version.floor", world).because.code, "could-not-observe");
}

TEST(ListedSuites, ShowTheGradesBesideTheVerdict) {
  const Judgement judgement =
      judged("tls.suites.listed", sees(modern(), suites(list({suite(0x00A2), suite(0xC027), suite(0xC02F)}))));
  EXPECT_EQ(parameter(judgement, "high"), "1");
  EXPECT_EQ(parameter(judgement, "recommended"), "1");
  EXPECT_EQ(parameter(judgement, "outside"), "1");
  EXPECT_EQ(parameter(judgement, "edition"), "3.0.1");
  EXPECT_EQ(judgement.evidence.size(), 2U) << "the suites, and the versions beside them";
}

TEST(Reasons, CarryForeignTextOnOneSafeLine) {
  DeclaredEndpoint declared;
  declared.tls12_reason = "old\ninstrument\x1b[31m";
  const Judgement judgement = judged("tls.version.tls13", endpoint().sees(only12()).sees(declared));
  EXPECT_EQ(parameter(judgement, "reason"), "old instrument[31m");
}

}  // namespace kenshin
