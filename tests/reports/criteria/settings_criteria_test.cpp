// What is said of how a terminal or server is set up and what it is used with; one case at least for each verdict.
#include <gtest/gtest.h>

#include "case.h"

namespace kenshin {

namespace {

World collected() {
  World world{{TargetKind::Host, "reception-1", 0}, {}};
  world.seen_at("2026-11-20");
  HostCollection collection;
  collection.collected_at = world.at;
  return world.sees(collection);
}

template <class F>
void add_trouble(std::vector<Case>& out, const char* id) {
  out.push_back(collected().says(id, Verdict::Unknown, "never-observed"));
  out.push_back(collected().fails<F>(Error::Kind::Denied).says(id, Verdict::Unknown, "could-not-observe"));
}

World declared_by_a_person() {
  World world{{TargetKind::Host, "reception-1", 0}, {}};
  world.seen_at("2026-11-20");
  HostCollection collection;
  collection.collected_at = world.at;
  collection.collector = "questionnaire";
  return world.sees(collection);
}

template <class F>
Case told(F fact, const char* id, Verdict verdict, const char* code) {
  return collected().sees(std::move(fact)).says(id, verdict, code);
}

void add_updates(std::vector<Case>& out) {
  const char* id = "host.updates.automatic";
  const auto mode = [&](const char* word, std::optional<Instant> paused = {}, bool managed = false) {
    return collected().sees(UpdatesAuto{word, paused, managed});
  };
  const auto held = DeclaredAccepted{"updates", "the vendor's letter", "director", day("2027-03-31")};
  out.push_back(mode("automatic").says(id, Verdict::Met, "updates-automatic"));
  out.push_back(mode("automatic", noon("2026-11-01")).says(id, Verdict::Met, "updates-automatic"));
  out.push_back(mode("automatic", noon("2026-12-01")).says(id, Verdict::Attention, "updates-paused"));
  out.push_back(mode("automatic", {}, true).says(id, Verdict::Attention, "updates-managed"));
  out.push_back(mode("notify").says(id, Verdict::Attention, "updates-by-hand"));
  out.push_back(mode("off").says(id, Verdict::NotMet, "updates-off"));
  out.push_back(mode("off").sees(held).says(id, Verdict::Conditional, "updates-held"));
  add_trouble<UpdatesAuto>(out, id);

  const char* software = "host.software";
  const auto with = [&](SoftwareUpdates updates) {
    return SoftwareProducts{{{"edge", "Microsoft Edge", "142", SoftwareKind::Browser, SoftwareUpdates::Automatic},
                             {"zoom", "Zoom", "6.1", SoftwareKind::ConsultationClient, updates}}};
  };
  out.push_back(told(with(SoftwareUpdates::Automatic), software, Verdict::Met, "software-updated"));
  out.push_back(told(with(SoftwareUpdates::Manual), software, Verdict::Attention, "software-by-hand"));
  out.push_back(told(with(SoftwareUpdates::Off), software, Verdict::Attention, "software-updates-off"));
  out.push_back(told(with(SoftwareUpdates::Unknown), software, Verdict::Unknown, "software-untold"));
  out.push_back(told(SoftwareProducts{}, software, Verdict::NotApplicable, "software-none-known"));
  out.push_back(
      collected().sees(with(SoftwareUpdates::Off)).sees(held).says(software, Verdict::Conditional, "updates-held"));
  add_trouble<SoftwareProducts>(out, software);

  const char* alone = "host.av.alone";
  const auto product = [](const char* name, Answer realtime) {
    AntivirusProduct it;
    it.product = name;
    it.active = Answer::Yes;
    it.realtime = realtime;
    return it;
  };
  out.push_back(
      told(AntivirusProducts{{product("A", Answer::Yes), product("B", Answer::No)}}, alone, Verdict::Met, "av-alone"));
  out.push_back(told(AntivirusProducts{{product("A", Answer::Yes), product("B", Answer::Yes)}}, alone,
                     Verdict::Attention, "av-several"));
  out.push_back(
      collected().fails<AntivirusProducts>(Error::Kind::Absent).says(alone, Verdict::NotApplicable, "av-none-active"));
  add_trouble<AntivirusProducts>(out, alone);
}

void add_sign_in(std::vector<Case>& out) {
  const char* login = "host.login.automatic";
  out.push_back(told(AutomaticLogin{Answer::Yes, ""}, login, Verdict::NotMet, "login-automatic"));
  out.push_back(told(AutomaticLogin{Answer::No, ""}, login, Verdict::Met, "login-asked-for"));
  out.push_back(told(AutomaticLogin{}, login, Verdict::Unknown, "login-untold"));
  out.push_back(
      declared_by_a_person().sees(AutomaticLogin{Answer::No, ""}).says(login, Verdict::Attention, "declared-only"));
  add_trouble<AutomaticLogin>(out, login);

  const char* lock = "host.lock";
  const auto locks = [](Answer enabled, std::optional<int> seconds, Answer password) {
    return ScreenLock{enabled, seconds, password, "registry"};
  };
  out.push_back(told(locks(Answer::Yes, 900, Answer::Yes), lock, Verdict::Met, "lock-in-time"));
  out.push_back(told(locks(Answer::Yes, 901, Answer::Yes), lock, Verdict::Attention, "lock-late"));
  out.push_back(told(locks(Answer::Yes, 600, Answer::No), lock, Verdict::Attention, "lock-without-password"));
  out.push_back(told(locks(Answer::No, {}, Answer::Unknown), lock, Verdict::Attention, "lock-off"));
  out.push_back(told(locks(Answer::Yes, 600, Answer::Unknown), lock, Verdict::Unknown, "lock-untold"));
  out.push_back(told(locks(Answer::Yes, {}, Answer::Yes), lock, Verdict::Unknown, "lock-untold"));
  add_trouble<ScreenLock>(out, lock);

  const char* accounts = "host.accounts";
  const auto counted = [](std::optional<int> privileged, std::optional<int> stale, std::optional<int> blank) {
    return LocalAccounts{5, privileged, stale, blank, 90};
  };
  out.push_back(told(counted(1, 0, 0), accounts, Verdict::Met, "accounts-in-use"));
  out.push_back(told(counted(1, 0, 1), accounts, Verdict::NotMet, "account-without-password"));
  out.push_back(told(counted(1, 2, {}), accounts, Verdict::Attention, "accounts-unused"));
  out.push_back(told(counted(3, 0, 0), accounts, Verdict::Attention, "accounts-privileged"));
  out.push_back(told(counted(1, 0, {}), accounts, Verdict::Unknown, "accounts-untold"));
  out.push_back(told(counted({}, 0, 0), accounts, Verdict::Unknown, "accounts-untold"));
  add_trouble<LocalAccounts>(out, accounts);
}

void add_disk(std::vector<Case>& out) {
  const char* disk = "host.disk";
  const auto drives = [](VolumeState system, VolumeRole role = VolumeRole::Data, VolumeState other = VolumeState::On) {
    return DiskEncryption{{{VolumeRole::System, system}, {role, other}}, "shell_property"};
  };
  using enum VolumeState;
  out.push_back(told(drives(On), disk, Verdict::Met, "disk-encrypted"));
  out.push_back(told(drives(On, VolumeRole::Removable, Off), disk, Verdict::Met, "disk-encrypted"));
  out.push_back(told(drives(On, VolumeRole::Data, Off), disk, Verdict::Attention, "disk-not-encrypted"));
  out.push_back(told(drives(Decrypting), disk, Verdict::Attention, "disk-not-encrypted"));
  out.push_back(told(drives(Suspended), disk, Verdict::Attention, "disk-suspended"));
  out.push_back(told(drives(Encrypting), disk, Verdict::Attention, "disk-under-way"));
  out.push_back(told(drives(Unknown), disk, Verdict::Unknown, "disk-untold"));
  out.push_back(told(DiskEncryption{}, disk, Verdict::Unknown, "disk-untold"));
  add_trouble<DiskEncryption>(out, disk);

  const char* firewall = "host.firewall";
  const auto profiles = [](Answer home, Answer away) {
    return HostFirewall{{{FirewallScope::Private, home}, {FirewallScope::Public, away}}, "netfw"};
  };
  out.push_back(told(profiles(Answer::Yes, Answer::Yes), firewall, Verdict::Met, "firewall-on"));
  out.push_back(told(profiles(Answer::No, Answer::Yes), firewall, Verdict::Attention, "firewall-partly"));
  out.push_back(told(profiles(Answer::No, Answer::Unknown), firewall, Verdict::Attention, "firewall-partly"));
  out.push_back(told(profiles(Answer::No, Answer::No), firewall, Verdict::NotMet, "firewall-off"));
  out.push_back(told(profiles(Answer::Yes, Answer::Unknown), firewall, Verdict::Unknown, "firewall-untold"));
  out.push_back(told(HostFirewall{}, firewall, Verdict::Unknown, "firewall-untold"));
  add_trouble<HostFirewall>(out, firewall);
}

void add_watch(std::vector<Case>& out) {
  const char* logs = "host.logs";
  const auto kept = [](LogService service, Answer writable) {
    SystemLogs it;
    it.service = service;
    it.writable_by_everyone = writable;
    it.oldest = noon("2026-09-01");
    return it;
  };
  out.push_back(told(kept(LogService::Running, Answer::No), logs, Verdict::Met, "logs-kept"));
  out.push_back(told(kept(LogService::Stopped, Answer::Unknown), logs, Verdict::NotMet, "logs-off"));
  out.push_back(told(kept(LogService::Unknown, Answer::Yes), logs, Verdict::NotMet, "logs-writable"));
  out.push_back(told(kept(LogService::Running, Answer::Unknown), logs, Verdict::Unknown, "logs-untold"));
  out.push_back(told(kept(LogService::Unknown, Answer::No), logs, Verdict::Unknown, "logs-untold"));
  out.push_back(declared_by_a_person()
                    .sees(kept(LogService::Running, Answer::No))
                    .says(logs, Verdict::Attention, "declared-only"));
  SystemLogs ahead = kept(LogService::Running, Answer::No);
  ahead.oldest = noon("2030-01-01");
  out.push_back(told(ahead, logs, Verdict::Unknown, "logs-untold"));
  add_trouble<SystemLogs>(out, logs);

  const char* clock = "host.clock";
  out.push_back(told(ClockSync{Answer::Yes, ""}, clock, Verdict::Met, "clock-synchronized"));
  out.push_back(told(ClockSync{Answer::No, ""}, clock, Verdict::Attention, "clock-free"));
  out.push_back(told(ClockSync{}, clock, Verdict::Unknown, "clock-untold"));
  add_trouble<ClockSync>(out, clock);

  const char* ids = "host.ids";
  const auto product = [](SensorKind kind, Answer active) { return Sensor{"x", "X", kind, {"service"}, active}; };
  out.push_back(told(SensorProducts{{product(SensorKind::Ids, Answer::Yes)}}, ids, Verdict::Met, "ids-active"));
  out.push_back(
      told(SensorProducts{{product(SensorKind::Edr, Answer::Unknown)}}, ids, Verdict::Unknown, "ids-undecided"));
  out.push_back(told(SensorProducts{{product(SensorKind::Ids, Answer::No)}}, ids, Verdict::Attention, "ids-none"));
  out.push_back(
      told(SensorProducts{{product(SensorKind::Audit, Answer::Yes)}}, ids, Verdict::Attention, "ids-audit-only"));
  out.push_back(collected().fails<SensorProducts>(Error::Kind::Absent).says(ids, Verdict::Attention, "ids-none"));
  add_trouble<SensorProducts>(out, ids);

  const char* ports = "host.ports";
  const auto listens = [](int port, ListeningScope scope) {
    return ListeningPorts{{{PortProtocol::Tcp, port, scope}}};
  };
  out.push_back(told(listens(443, ListeningScope::Any), ports, Verdict::Met, "ports-kept-in"));
  out.push_back(told(listens(3306, ListeningScope::Loopback), ports, Verdict::Met, "ports-kept-in"));
  out.push_back(told(listens(3306, ListeningScope::Any), ports, Verdict::Attention, "ports-exposed"));
  add_trouble<ListeningPorts>(out, ports);
}

void add_use(std::vector<Case>& out) {
  const char* files = "host.residue.files";
  out.push_back(told(ResidueFiles{0, 0, 1}, files, Verdict::Attention, "residue-found"));
  out.push_back(told(ResidueFiles{0, 0, 0}, files, Verdict::Unknown, "residue-not-found"));
  out.push_back(told(ResidueFiles{}, files, Verdict::Unknown, "residue-not-found"));
  add_trouble<ResidueFiles>(out, files);

  const char* features = "host.residue.features";
  const auto all = [](Answer answer) { return ResidueFeatures{answer, answer, answer, answer, answer}; };
  out.push_back(told(all(Answer::No), features, Verdict::Met, "residue-features-off"));
  out.push_back(told(all(Answer::Yes), features, Verdict::Attention, "residue-features-on"));
  out.push_back(told(all(Answer::Unknown), features, Verdict::Unknown, "residue-features-untold"));
  add_trouble<ResidueFeatures>(out, features);

  const char* use = "host.other_use";
  out.push_back(told(OtherUse{Answer::Yes, 1}, use, Verdict::Attention, "records-client-beside"));
  out.push_back(told(OtherUse{Answer::No, 2}, use, Verdict::Attention, "networks-several"));
  out.push_back(told(OtherUse{Answer::No, 1}, use, Verdict::Unknown, "records-client-not-found"));
  add_trouble<OtherUse>(out, use);
}

std::string code_of(const char* criterion, const World& world) {
  return criterion_named(criterion)->judge({world.facts, world.target, world.profile, world.on}).because.code;
}

TEST(Firewall, IsOnOnlyWhereItIsOnInEveryNetwork) {
  const auto code = [](std::vector<FirewallProfile> profiles) {
    return code_of("host.firewall", collected().sees(HostFirewall{std::move(profiles), ""}));
  };
  EXPECT_EQ(code({{FirewallScope::Domain, Answer::Yes}}), "firewall-untold");
  EXPECT_EQ(code({{FirewallScope::All, Answer::NotApplicable}}), "firewall-untold");
  EXPECT_EQ(code({{FirewallScope::Private, Answer::Yes}, {FirewallScope::Public, Answer::Yes}}), "firewall-on");
}

TEST(Disk, IsEncryptedOnlyWhereTheSystemsVolumeIs) {
  EXPECT_EQ(code_of("host.disk", collected().sees(DiskEncryption{{{VolumeRole::Data, VolumeState::On}}, ""})),
            "disk-untold");
}

TEST(Accounts, ThatWereMiscountedAreUntold) {
  const auto code = [](int enabled, int privileged) {
    return code_of("host.accounts", collected().sees(LocalAccounts{enabled, privileged, 0, 0, 90}));
  };
  EXPECT_EQ(code(0, 0), "accounts-untold");
  EXPECT_EQ(code(1, 2), "accounts-untold");
  EXPECT_EQ(code(2, 1), "accounts-in-use");
}

TEST(AntivirusAlone, IsNotToldWhereAnotherIsUndecided) {
  AntivirusProduct watching, other;
  watching.product = "A", watching.active = watching.realtime = Answer::Yes;
  other.product = "B";
  EXPECT_EQ(code_of("host.av.alone", collected().sees(AntivirusProducts{{watching, other}})), "av-undecided");
}

}  // namespace

std::vector<Case> settings_cases() {
  std::vector<Case> out;
  add_updates(out);
  add_sign_in(out);
  add_disk(out);
  add_watch(out);
  add_use(out);
  return out;
}

TEST(SettingsCriteria, SayWhatTheCasesTell) {
  for (const Case& it : settings_cases()) expect_as_told(it);
}

}  // namespace kenshin
