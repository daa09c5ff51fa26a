// What is said of a terminal or server: days count back from the last day it was seen (items 2.5.1-1.v and vi).
#include <gtest/gtest.h>

#include "case.h"

namespace kenshin {

namespace {

World host() {
  World world{{TargetKind::Host, "reception-1", 0}, {}};
  const auto end = [](const char* text) { return std::optional<Day>(day(text)); };
  world.profile.support = {"test",
                           day("2026-10-01"),
                           "made up",
                           200,
                           {{"windows-10", "22H2", "home_pro", 19045, end("2025-10-14"), end("2028-10-10"), false, ""},
                            {"windows-11", "24H2", "home_pro", 26100, end("2026-12-20"), {}, false, ""},
                            {"windows-11", "24H2", "enterprise", 26100, end("2028-12-20"), {}, false, ""},
                            {"windows-server", "2025", "", 26100, end("2034-10-10"), {}, false, ""},
                            {"debian", "13", "", {}, end("2028-08-09"), end("2030-06-30"), true, ""},
                            {"debian", "12", "", {}, end("2026-07-11"), end("2028-06-30"), true, ""},
                            {"rhel", "7", "", {}, end("2024-06-30"), end("2029-05-31"), false, ""},
                            {"macos", "27", "", {}, {}, {}, false, "no policy"}}};
  return world;
}

World collected(const char* on = "2026-11-20") {
  World world = host().seen_at(on);
  HostCollection collection;
  collection.collected_at = world.at;
  collection.label = "reception-1";
  return world.sees(collection);
}

// Told by a person in a questionnaire.
World declared() {
  World world = host().seen_at("2026-11-20");
  HostCollection collection;
  collection.collected_at = world.at;
  collection.collector = "questionnaire";
  return world.sees(collection);
}

OsIdentity windows(int build, const char* edition, const char* type = "Client", int ubr = 100) {
  return {"windows", "windows", "", "Windows", edition, type, build, ubr, {}};
}
OsIdentity linux_os(const char* id, const char* version) {
  return {"linux", id, version, std::string(id) + " " + version, "", "", {}, {}, {}};
}

World esu(World world, std::optional<int> year, Answer consumer) {
  return world.sees(OsExtendedSupport{year, consumer});
}
World held(World world, const char* until) {
  return world.sees(DeclaredAccepted{"updates", "the vendor's letter of October", "director", day(until)});
}

void add_support(std::vector<Case>& out) {
  const char* supported = "host.os.supported";
  const auto runs = [](OsIdentity os) { return collected().sees(std::move(os)); };
  out.push_back(runs(linux_os("debian", "13")).says(supported, Verdict::Met, "os-supported"));
  out.push_back(runs(windows(26100, "Professional")).says(supported, Verdict::Attention, "support-ends-soon"));
  out.push_back(runs(windows(26100, "Enterprise")).says(supported, Verdict::Met, "os-supported"));
  out.push_back(runs(windows(26100, "ServerStandard", "Server")).says(supported, Verdict::Met, "os-supported"));
  out.push_back(runs(linux_os("debian", "12")).says(supported, Verdict::Attention, "support-extended"));
  out.push_back(runs(linux_os("rhel", "7.9")).says(supported, Verdict::Attention, "support-extended-unproven"));
  out.push_back(runs(linux_os("debian", "12"))
                    .judged_on("2028-07-01")
                    .with([](Profile& p) { p.support.as_of = day("2028-06-01"), p.host.facts_old_days = 9999; })
                    .says(supported, Verdict::NotMet, "support-ended"));
  out.push_back(runs(windows(19045, "Core")).says(supported, Verdict::Unknown, "esu-not-known"));
  out.push_back(
      esu(runs(windows(19045, "Core")), {}, Answer::Unknown).says(supported, Verdict::Unknown, "esu-not-known"));
  out.push_back(esu(runs(windows(19045, "Core")), {}, Answer::No).says(supported, Verdict::NotMet, "support-ended"));
  out.push_back(esu(runs(windows(19045, "Core")), 1, Answer::No).says(supported, Verdict::NotMet, "support-ended"));
  out.push_back(
      esu(runs(windows(19045, "Core")), 2, Answer::No).says(supported, Verdict::Attention, "support-extended"));
  out.push_back(
      esu(runs(windows(19045, "Core")), {}, Answer::Yes).says(supported, Verdict::Attention, "support-extended"));
  out.push_back(runs(linux_os("debian", "14")).says(supported, Verdict::Unknown, "os-not-in-data"));
  out.push_back(runs(linux_os("debian", "1")).says(supported, Verdict::Unknown, "os-not-in-data"));
  out.push_back(runs(windows(26100, "an edition nobody knows")).says(supported, Verdict::Unknown, "os-not-in-data"));
  out.push_back(runs({"macos", "macos", "27.1", "macOS 27.1", "", "", {}, {}, {}})
                    .says(supported, Verdict::Unknown, "os-not-in-data"));
  out.push_back(runs(linux_os("debian", "13"))
                    .with([](Profile& p) { p.support.as_of = day("2026-05-05"); })
                    .says(supported, Verdict::Unknown, "support-data-old"));
  out.push_back(host().says(supported, Verdict::Unknown, "never-observed"));
  out.push_back(collected().says(supported, Verdict::Unknown, "never-observed"));
  out.push_back(
      collected().fails<OsIdentity>(Error::Kind::Denied).says(supported, Verdict::Unknown, "could-not-observe"));
  out.push_back(collected("2026-10-20").sees(linux_os("debian", "13")).says(supported, Verdict::Unknown, "facts-old"));
  World ahead = collected().sees(linux_os("debian", "13"));
  out.push_back(ahead.judged_on("2026-11-01").says(supported, Verdict::Unknown, "facts-ahead"));
  out.push_back(declared().sees(linux_os("debian", "13")).says(supported, Verdict::Attention, "declared-only"));
  out.push_back(
      esu(declared().sees(windows(19045, "Core")), {}, Answer::No).says(supported, Verdict::NotMet, "support-ended"));
}

void add_updates(std::vector<Case>& out) {
  const char* pending = "host.updates.pending_security";
  const auto checked = [](const char* on) { return collected().sees(UpdatesLastCheck{noon(on), {}, "apt_lists"}); };
  const auto last = [](World world, const char* on) {
    return world.sees(UpdatesLastOsUpdate{noon(on), "", "history"});
  };
  out.push_back(
      checked("2026-11-19").sees(UpdatesPending{400, 3, 0, 0, true}).says(pending, Verdict::Met, "nothing-pending"));
  out.push_back(
      checked("2026-11-01").sees(UpdatesPending{400, 0, 0, 0, true}).says(pending, Verdict::Unknown, "list-too-old"));
  out.push_back(collected().sees(UpdatesPending{400, 0, 0, 0, true}).says(pending, Verdict::Unknown, "list-too-old"));
  out.push_back(checked("2026-11-19")
                    .sees(UpdatesPending{0, 0, 0, 0, true})
                    .says(pending, Verdict::Unknown, "packages-unreadable"));
  out.push_back(checked("2026-11-19")
                    .sees(UpdatesPending{400, 2, 0, 0, false})
                    .says(pending, Verdict::Unknown, "security-not-told-apart"));
  out.push_back(collected().sees(UpdatesPending{400, 5, 2, 0, true}).says(pending, Verdict::Attention, "pending"));
  const auto waiting = [] { return collected().sees(UpdatesPending{400, 5, 2, 0, true}); };
  out.push_back(last(waiting(), "2026-11-10").says(pending, Verdict::Attention, "pending"));
  // The update of 2026-10-13 was there to be had for more than thirty days; one of 2026-11-10 was not.
  const auto on_windows = [&] { return waiting().sees(windows(26200, "Professional")); };
  out.push_back(last(on_windows(), "2026-10-13").says(pending, Verdict::NotMet, "pending-long"));
  out.push_back(last(on_windows(), "2026-10-14").says(pending, Verdict::Attention, "pending"));
  out.push_back(last(on_windows(), "2025-12-31").says(pending, Verdict::NotMet, "pending-long"));
  // Elsewhere nobody knows when it came.
  out.push_back(last(waiting(), "2026-10-01").says(pending, Verdict::Attention, "pending"));
  out.push_back(last(waiting(), "2026-08-01").says(pending, Verdict::NotMet, "pending-long"));
  out.push_back(held(last(waiting(), "2026-08-01"), "2027-03-31").says(pending, Verdict::Conditional, "updates-held"));
  out.push_back(held(last(waiting(), "2026-08-01"), "2026-11-21").says(pending, Verdict::NotMet, "pending-long"));
  out.push_back(held(last(waiting(), "2026-08-01"), "2027-11-21").says(pending, Verdict::NotMet, "pending-long"));
  out.push_back(collected()
                    .sees(UpdatesPending{400, 0, 0, 0, true})
                    .sees(UpdatesLastCheck{noon("1970-02-01"), noon("2099-01-01"), "inrelease"})
                    .says(pending, Verdict::Unknown, "list-too-old"));

  const char* check = "host.updates.last_check";
  out.push_back(checked("2026-11-14").says(check, Verdict::Met, "checked-recently"));
  out.push_back(checked("2026-11-12").says(check, Verdict::Attention, "checked-a-while-ago"));
  out.push_back(checked("2026-10-20").says(check, Verdict::NotMet, "check-neglected"));
  out.push_back(checked("2026-11-25").says(check, Verdict::Unknown, "date-in-future"));
  out.push_back(collected()
                    .sees(UpdatesLastCheck{noon("2026-11-01"), noon("2026-11-21"), "inrelease"})
                    .says(check, Verdict::Met, "checked-recently"));
  out.push_back(held(checked("2026-10-20"), "2027-03-31").says(check, Verdict::Conditional, "updates-held"));

  const char* reboot = "host.reboot";
  const auto needs = [](std::optional<Instant> since) { return collected().sees(RebootRequired{true, since, "file"}); };
  out.push_back(collected().sees(RebootRequired{false, {}, "file"}).says(reboot, Verdict::Met, "no-reboot-needed"));
  out.push_back(needs({}).says(reboot, Verdict::Attention, "reboot-needed"));
  out.push_back(needs(noon("2026-11-10")).says(reboot, Verdict::Attention, "reboot-needed"));
  out.push_back(needs(noon("2026-11-01")).says(reboot, Verdict::NotMet, "reboot-neglected"));
  out.push_back(held(needs(noon("2026-11-01")), "2026-12-31").says(reboot, Verdict::Conditional, "updates-held"));
  out.push_back(
      collected().fails<RebootRequired>(Error::Kind::NotCollected).says(reboot, Verdict::Unknown, "could-not-observe"));
  World container = host().seen_at("2026-11-20");
  HostCollection inside;
  inside.collected_at = container.at;
  inside.container = true;
  out.push_back(
      container.sees(inside).sees(RebootRequired{false, {}, ""}).says(reboot, Verdict::NotApplicable, "container"));
}

// Two collections of one machine.
World twice(const char* first, int first_ubr, const char* second, int second_ubr) {
  World world = collected(first).sees(windows(26100, "Professional", "Client", first_ubr));
  world.seen_at(second);
  HostCollection again;
  again.collected_at = world.at;
  return world.sees(again).sees(windows(26100, "Professional", "Client", second_ubr));
}

void add_revision(std::vector<Case>& out) {
  const char* current = "host.updates.current";
  const auto updated = [](World world, const char* on) {
    return world.sees(UpdatesLastOsUpdate{noon(on), "KB5000000", "wua_history"});
  };
  const auto once = [] { return collected().sees(windows(26100, "Professional")); };
  out.push_back(twice("2026-10-20", 100, "2026-11-20", 200).says(current, Verdict::Met, "revision-moved"));
  out.push_back(twice("2026-10-10", 100, "2026-11-20", 100).says(current, Verdict::NotMet, "revision-stood-still"));
  out.push_back(held(twice("2026-10-10", 100, "2026-11-20", 100), "2027-01-31")
                    .says(current, Verdict::Conditional, "updates-held"));
  out.push_back(twice("2026-10-30", 100, "2026-11-20", 100).says(current, Verdict::Unknown, "one-collection-only"));
  out.push_back(twice("2026-08-01", 100, "2026-11-20", 200).says(current, Verdict::Unknown, "one-collection-only"));
  out.push_back(updated(once(), "2026-11-12").says(current, Verdict::Unknown, "one-collection-only"));
  out.push_back(updated(once(), "2026-08-12").says(current, Verdict::Attention, "update-date-old"));
  out.push_back(
      collected().sees(linux_os("debian", "13")).says(current, Verdict::NotApplicable, "revision-on-windows-only"));
}

AntivirusProduct product(const char* name, Answer active, Answer realtime) {
  AntivirusProduct out;
  out.id = name;
  out.product = name;
  out.active = active;
  out.realtime = realtime;
  return out;
}
World guarded(std::vector<AntivirusProduct> products) {
  return collected().sees(AntivirusProducts{std::move(products)});
}
World as_server(World world) {
  DeclaredHost declared;
  declared.role = Role::Server;
  return world.sees(declared);
}

void add_antivirus(std::vector<Case>& out) {
  constexpr auto yes = Answer::Yes;
  constexpr auto no = Answer::No;
  constexpr auto unknown = Answer::Unknown;
  const char* active = "host.av.active";
  out.push_back(guarded({product("eset", yes, yes)}).says(active, Verdict::Met, "av-active"));
  out.push_back(
      guarded({product("defender", no, no), product("eset", yes, yes)}).says(active, Verdict::Met, "av-active"));
  out.push_back(guarded({product("xprotect", yes, unknown)}).says(active, Verdict::Met, "av-active"));
  out.push_back(guarded({product("clamav", yes, unknown)}).says(active, Verdict::Attention, "av-without-realtime"));
  out.push_back(guarded({product("eset", unknown, unknown)}).says(active, Verdict::Unknown, "av-undecided"));
  out.push_back(guarded({}).says(active, Verdict::Attention, "av-none"));
  out.push_back(guarded({product("eset", no, no)}).says(active, Verdict::Attention, "av-off"));
  out.push_back(collected().fails<AntivirusProducts>(Error::Kind::Absent).says(active, Verdict::Attention, "av-none"));
  out.push_back(
      collected().fails<AntivirusProducts>(Error::Kind::Denied).says(active, Verdict::Unknown, "could-not-observe"));
  out.push_back(as_server(guarded({})).says(active, Verdict::Attention, "av-none"));
  out.push_back(
      as_server(guarded({}).sees(windows(26100, "ServerStandard", "Server"))).says(active, Verdict::NotMet, "av-none"));
  out.push_back(guarded({product("eset", no, no)})
                    .with([](Profile& p) { p.host.antivirus_required = {Role::Terminal}; })
                    .says(active, Verdict::NotMet, "av-off"));

  const char* signatures = "host.av.signatures";
  const auto with_state = [&](SignatureState state) {
    AntivirusProduct it = product("eset", yes, yes);
    it.signature_state = state;
    return guarded({it});
  };
  const auto dated = [&](const char* on) {
    AntivirusProduct it = product("clamav", yes, yes);
    it.signature_at = noon(on);
    return guarded({it});
  };
  out.push_back(with_state(SignatureState::Current).says(signatures, Verdict::Met, "signatures-current"));
  out.push_back(with_state(SignatureState::Outdated).says(signatures, Verdict::NotMet, "signatures-outdated"));
  out.push_back(with_state(SignatureState::NotApplicable).says(signatures, Verdict::NotApplicable, "signature-less"));
  out.push_back(with_state(SignatureState::Unknown).says(signatures, Verdict::Unknown, "signatures-age-unknown"));
  out.push_back(dated("2026-11-17").says(signatures, Verdict::Met, "signatures-current"));
  out.push_back(dated("2026-11-14").says(signatures, Verdict::Attention, "signatures-ageing"));
  out.push_back(dated("2026-11-12").says(signatures, Verdict::NotMet, "signatures-old"));
  out.push_back(dated("2026-11-29").says(signatures, Verdict::Unknown, "signatures-age-unknown"));
  out.push_back(guarded({product("eset", no, no)}).says(signatures, Verdict::NotApplicable, "av-none-active"));
}

Judgement judged(const char* criterion, const World& world) {
  return criterion_named(criterion)->judge({world.facts, world.target, world.profile, world.on});
}

}  // namespace

std::vector<Case> host_cases() {
  std::vector<Case> out;
  add_support(out);
  add_updates(out);
  add_revision(out);
  add_antivirus(out);
  return out;
}

TEST(HostCriteria, SayWhatTheCasesTell) {
  for (const Case& it : host_cases()) expect_as_told(it);
}

TEST(HostAges, CountFromTheDayTheMachineWasSeenAndNotFromToday) {
  const World off_over_the_holidays =
      collected("2026-12-26").sees(UpdatesLastCheck{noon("2026-12-25"), {}, "wua"}).judged_on("2027-01-12");
  EXPECT_EQ(judged("host.updates.last_check", off_over_the_holidays).verdict, Verdict::Met);
}

// Collected on the first morning after three weeks without power, before anything could catch up.
TEST(HostAges, LeaveOutTheDaysOnWhichTheMachineWasOff) {
  AntivirusProduct defender = product("defender", Answer::Yes, Answer::Yes);
  defender.signature_at = noon("2026-10-30");
  const auto first_morning = [&](World world) {
    return world.sees(UpdatesLastCheck{noon("2026-10-30"), {}, "wua"}).sees(AntivirusProducts{{defender}});
  };
  const World off =
      first_morning(collected()).sees(LastPowerOff{noon("2026-10-31"), noon("2026-11-20") - std::chrono::hours(1)});
  EXPECT_EQ(judged("host.updates.last_check", off).verdict, Verdict::Met);
  EXPECT_EQ(judged("host.av.signatures", off).verdict, Verdict::Met);
  // The same dates on a machine that was on.
  const World on =
      first_morning(collected()).sees(LastPowerOff{noon("2026-11-19"), noon("2026-11-20") - std::chrono::hours(1)});
  EXPECT_EQ(judged("host.updates.last_check", on).verdict, Verdict::Attention);
  EXPECT_EQ(judged("host.av.signatures", on).verdict, Verdict::NotMet);
  EXPECT_EQ(judged("host.av.signatures", first_morning(collected())).verdict, Verdict::NotMet)
      << "not told: it may have been on";
}

TEST(HostAges, TakeNoRevisionForOneThatStoodStillWhileTheMachineWasOff) {
  const World apart = twice("2026-10-10", 100, "2026-11-20", 100);
  World off = apart;
  off.sees(LastPowerOff{noon("2026-10-12"), noon("2026-11-19")});
  EXPECT_EQ(judged("host.updates.current", off).because.code, "one-collection-only");
  EXPECT_EQ(judged("host.updates.current", apart).because.code, "revision-stood-still");
}

TEST(HostFacts, OfLaterThanTheDayOfJudgingSayNothing) {
  const World later = collected().sees(linux_os("debian", "13"));
  World before = later;
  EXPECT_EQ(judged("host.os.supported", before.judged_on("2019-01-01")).because.code, "facts-ahead");
}

TEST(OsSupport, TakesNoRowForAContradiction) {
  const auto code = [](const OsIdentity& os) { return judged("host.os.supported", collected().sees(os)).because.code; };
  EXPECT_EQ(code(windows(26100, "Professional", "Server")), "os-not-in-data");
  EXPECT_EQ(code(windows(26100, "ServerStandard", "Client")), "os-not-in-data");
  EXPECT_EQ(code(windows(26100, "ServerDatacenterACor", "Server")), "os-not-in-data");
  EXPECT_EQ(code(linux_os("windows-11", "25H2")), "os-not-in-data");
}

TEST(OsSupport, TakesTheBestOfWhatIsProvenAndNoYearThatIsNone) {
  const auto code = [](std::optional<int> year, Answer consumer) {
    return judged("host.os.supported", esu(collected().sees(windows(19045, "Professional")), year, consumer))
        .because.code;
  };
  EXPECT_EQ(code(1, Answer::Yes), "support-extended") << "the consumers' programme goes on for longer";
  EXPECT_EQ(code(1, Answer::No), "support-ended");
  for (const int none : {-1, 0, 4, 100, 2147483647}) EXPECT_EQ(code(none, Answer::No), "esu-not-known") << none;
}

TEST(Antivirus, IsNoManagementAgentWhateverIsSaidOfIt) {
  EXPECT_EQ(judged("host.av.active", guarded({product("eset-agent", Answer::Yes, Answer::Yes)})).because.code,
            "av-none");
}

TEST(AntivirusSignatures, BelieveNeitherWhereStateAndDateContradict) {
  const auto code = [](SignatureState state, const char* at) {
    AntivirusProduct it = product("eset", Answer::Yes, Answer::Yes);
    it.signature_state = state;
    it.signature_at = noon(at);
    return judged("host.av.signatures", guarded({it})).because.code;
  };
  EXPECT_EQ(code(SignatureState::Current, "2020-01-01"), "signatures-age-unknown");
  EXPECT_EQ(code(SignatureState::Current, "2099-01-01"), "signatures-age-unknown");
  EXPECT_EQ(code(SignatureState::Outdated, "2026-11-20"), "signatures-age-unknown");
  EXPECT_EQ(code(SignatureState::Current, "2026-11-19"), "signatures-current");
  EXPECT_EQ(code(SignatureState::Outdated, "2026-11-01"), "signatures-outdated");
}

TEST(HostFacts, ComeFromTheNewestCollectionAlone) {
  World world = collected("2026-11-01").sees(AntivirusProducts{{product("eset", Answer::Yes, Answer::Yes)}});
  world.seen_at("2026-11-20");
  HostCollection again;
  again.collected_at = world.at;
  world.sees(again);
  EXPECT_EQ(judged("host.av.active", world).because.code, "never-observed");
  world.sees(AntivirusProducts{});
  EXPECT_EQ(judged("host.av.active", world).because.code, "av-none");
}

TEST(AntivirusSignatures, OneFreshProtectorIsEnough) {
  AntivirusProduct fresh = product("eset", Answer::Yes, Answer::Yes), stale = product("old", Answer::Yes, Answer::Yes);
  fresh.signature_state = SignatureState::Current;
  stale.signature_state = SignatureState::Outdated;
  EXPECT_EQ(judged("host.av.signatures", guarded({stale, fresh})).verdict, Verdict::Met);
}

TEST(AntivirusSignatures, AreThoseOfTheProtectorNotOfAnotherProduct) {
  AntivirusProduct edr = product("edr", Answer::Yes, Answer::Yes), scanner = product("clamav", Answer::Yes, Answer::No);
  edr.signature_state = SignatureState::NotApplicable;
  scanner.signature_state = SignatureState::Current;
  EXPECT_EQ(judged("host.av.signatures", guarded({edr, scanner})).verdict, Verdict::NotApplicable);
}

}  // namespace kenshin
