// What the collector of Windows makes of answers, free of Windows: each decoded value, and what must stay unknown.
#include <gtest/gtest.h>

#include <limits>

#include "probes/host/collectors/windows/decoding/command_line.h"
#include "probes/host/collectors/windows/decoding/extended_support.h"
#include "probes/host/collectors/windows/decoding/filetime.h"
#include "probes/host/collectors/windows/decoding/known_software.h"
#include "probes/host/collectors/windows/decoding/listening.h"
#include "probes/host/collectors/windows/decoding/log_access.h"
#include "probes/host/collectors/windows/decoding/products.h"
#include "probes/host/collectors/windows/decoding/security_center.h"
#include "probes/host/collectors/windows/decoding/update_history.h"
#include "probes/host/collectors/windows/decoding/volume_state.h"
#include "probes/host/collectors/windows/decoding/windows_version.h"

namespace kenshin::windows {
namespace {

TEST(SecurityCenter, TellsOnFromOffAndSnoozedAndExpired) {
  EXPECT_EQ(of_list("X", 0, 1).active, Answer::Yes);
  EXPECT_EQ(of_list("X", 0, 1).signature, SignatureState::Current);
  EXPECT_EQ(of_list("X", 0, 0).signature, SignatureState::Outdated);
  for (const int off : {1, 2, 3}) EXPECT_EQ(of_list("X", off, 1).active, Answer::No) << off;
  for (const int odd : {-1, 4, 99}) {
    EXPECT_EQ(of_list("X", odd, odd).active, Answer::Unknown) << odd;
    EXPECT_EQ(of_list("X", odd, odd).signature, SignatureState::Unknown) << odd;
  }
}

TEST(SecurityCenter, ReadsTheStateThatIsNotDocumentedAndKeepsIt) {
  EXPECT_EQ(of_product_state("X", 0x061100).active, Answer::Yes);
  EXPECT_EQ(of_product_state("X", 0x061100).signature, SignatureState::Current);
  EXPECT_EQ(of_product_state("X", 0x061110).signature, SignatureState::Outdated);
  EXPECT_EQ(of_product_state("X", 0x060100).active, Answer::No);
  EXPECT_EQ(of_product_state("X", 0x062100).active, Answer::No) << "snoozed";
  EXPECT_EQ(of_product_state("X", 0x063100).active, Answer::No) << "expired";
  EXPECT_EQ(of_product_state("X", 0x064120).active, Answer::Unknown);
  EXPECT_EQ(of_product_state("X", 0x064120).signature, SignatureState::Unknown);
  EXPECT_EQ(of_product_state("X", 0x061100).basis, "productState 0x61100");
}

TEST(SecurityCenter, TakesAPassiveDefenderForNone) {
  EXPECT_EQ(protects({"Normal", true, true, {}}), Answer::Yes);
  EXPECT_EQ(protects({"Normal", true, false, {}}), Answer::No);
  EXPECT_EQ(protects({"Normal", {}, true, {}}), Answer::Unknown);
  for (const char* mode : {"Passive Mode", "SxS Passive Mode", "EDR Block Mode", "Not running", "Something New"})
    EXPECT_EQ(protects({mode, true, true, {}}), Answer::No) << mode;
}

const KnownProduct defender{"defender", "Microsoft Defender Antivirus", "av", {"WinDefend"}, {"MsMpEng.exe"}, false};
const KnownProduct eset{"eset", "ESET", "av", {"ekrn"}, {"ekrn.exe"}, false};
const KnownProduct falcon{"crowdstrike", "CrowdStrike Falcon", "edr", {"CSFalconService"}, {}, true};
const KnownProduct agent{"eset-agent", "ESET Management Agent", "management", {"EraAgentSvc"}, {}, true};

TEST(Products, AreFoundByWholeNamesWhateverTheirCase) {
  const auto found =
      found_products({eset, falcon}, {{"EKRN", true}, {"CSFalconServiceHelper", true}}, {"ekrn.exe.bak"});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].known.id, "eset");
  EXPECT_TRUE(found[0].running);
  EXPECT_EQ(found[0].evidence, std::vector<std::string>{"service"});
}

TEST(Products, WithAManagementAgentAloneProtectNothing) {
  EXPECT_TRUE(protection(std::nullopt, std::nullopt, found_products({agent}, {{"EraAgentSvc", true}}, {})).empty());
}

TEST(Products, ThatRunAreOnAndNotKnownToWatch) {
  const auto seen = protection(std::nullopt, std::nullopt, found_products({falcon}, {{"CSFalconService", true}}, {}));
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0].active, Answer::Yes);
  EXPECT_EQ(seen[0].realtime, Answer::Unknown);
  EXPECT_EQ(seen[0].signature_state, SignatureState::NotApplicable);
  const auto stopped = protection(std::nullopt, std::nullopt, found_products({eset}, {{"ekrn", false}}, {}));
  ASSERT_EQ(stopped.size(), 1U);
  EXPECT_EQ(stopped[0].active, Answer::No);
  EXPECT_EQ(stopped[0].realtime, Answer::No);
}

TEST(Products, AreOneWhereSeveralSourcesTellOfThem) {
  const DefenderStatus passive{
      "Passive Mode", true, true,
      parse_instant("2026-11-21T00:00:00Z") ? std::optional(*parse_instant("2026-11-21T00:00:00Z")) : std::nullopt};
  const auto seen =
      protection(std::vector{of_list("ESET Security", 0, 1), of_list("Windows Defender", 1, 1)}, passive,
                 found_products({defender, eset}, {{"ekrn", true}, {"WinDefend", true}}, {"MsMpEng.exe"}));
  ASSERT_EQ(seen.size(), 2U);
  EXPECT_EQ(seen[0].id, "eset");
  EXPECT_EQ(seen[0].active, Answer::Yes);
  EXPECT_EQ(seen[0].evidence, (std::vector<std::string>{"wsc", "service"}));
  EXPECT_EQ(seen[1].id, "defender");
  EXPECT_EQ(seen[1].active, Answer::No) << "passive, though its service runs";
  EXPECT_EQ(seen[1].realtime, Answer::No);
  EXPECT_TRUE(seen[1].signature_at);
}

TEST(UpdateHistory, TellsTheSystemsCumulativeUpdateFromEverythingElse) {
  for (const char* title :
       {"2026-11 Cumulative Update for Windows 11 Version 25H2 for x64-based Systems (KB5068861) (26200.7171)",
        "2026-11 x64 ベース システム用 Windows 11 Version 25H2 の累積更新プログラム (KB5068861)",
        "Security Update (KB5068861) (26200.7171)"})
    EXPECT_EQ(kind_of_update(title), UpdateKind::Cumulative) << title;
  for (const char* title : {"Security Intelligence Update for Microsoft Defender Antivirus - KB2267602 (Version 1.4)",
                            "Update for Microsoft Defender Antivirus antimalware platform - KB4052623"})
    EXPECT_EQ(kind_of_update(title), UpdateKind::Definitions) << title;
  for (const char* title : {"2026-11 Cumulative Update for .NET Framework 3.5 and 4.8.1 (KB5066835)",
                            "Windows Malicious Software Removal Tool x64 (KB890830)", "Example - Display - 31.0",
                            "Cumulative Update without a number", ""})
    EXPECT_EQ(kind_of_update(title), UpdateKind::Other) << title;
  EXPECT_TRUE(is_definitions_category("E0789628-CE08-4437-BE74-2495B842F43B"));
  EXPECT_TRUE(is_security_category("0fa1201d-4330-4fa8-8ae9-b877473b6441"));
  EXPECT_FALSE(is_security_category("e0789628-ce08-4437-be74-2495b842f43b"));
  EXPECT_EQ(kb_of("x (KB5068861) y"), "KB5068861");
  for (const char* none : {"KB", "KB12345", "KB123456789", "kb5068861"}) EXPECT_EQ(kb_of(none), "") << none;
}

TEST(UpdateHistory, ReadsTheVersionOfARollup) {
  EXPECT_EQ(rollup_version("Package_for_RollupFix~31bf3856ad364e35~amd64~~26100.6899.1.5"), "26100.6899");
  EXPECT_EQ(rollup_version("package_for_rollupfix~31bf3856ad364e35~amd64~~19041.6456.1.3"), "19041.6456");
  for (const char* none :
       {"", "Package_for_RollupFix~", "Package_for_KB1~x~amd64~~1.2", "Package_for_RollupFix~a~b~~x.y",
        "Package_for_RollupFix~a~b~~.1", "Package_for_RollupFix~a~b~~99999999999999.1"})
    EXPECT_EQ(rollup_version(none), "") << none;
  EXPECT_TRUE(is_later_version("26100.6899", "26100.999"));
  EXPECT_FALSE(is_later_version("26100.999", "26100.999"));
  EXPECT_TRUE(is_later_version("26200.1", "26100.9999"));
}

TEST(ExtendedSupport, NeedsTwoSignsOfTheConsumersEnrolment) {
  const int enrolled[] = {3}, not_enrolled[] = {0, 1, 2};
  EXPECT_EQ(consumer_esu(7000, enrolled), Answer::Yes);
  EXPECT_EQ(consumer_esu(6456, enrolled), Answer::Unknown) << "nothing came after the end";
  EXPECT_EQ(consumer_esu(std::nullopt, enrolled), Answer::Unknown);
  EXPECT_EQ(consumer_esu(7000, not_enrolled), Answer::Unknown) << "another user may have enrolled";
  EXPECT_EQ(consumer_esu(7000, {}), Answer::Unknown);
}

TEST(ExtendedSupport, KnowsTheYearOfALicence) {
  EXPECT_EQ(esu_year("F520E45E-7413-4A34-A497-D2765967D094"), 1);
  EXPECT_EQ(esu_year("83d49986-add3-41d7-ba33-87c7bfb5c0fb"), 3);
  EXPECT_EQ(esu_year("83d49986-add3-41d7-ba33-87c7bfb5c0f"), std::nullopt);
  EXPECT_EQ(esu_year(""), std::nullopt);
  EXPECT_EQ(esu_programme(19045, "Client"), EsuProgramme::Windows10);
  EXPECT_EQ(esu_programme(26200, "Client"), EsuProgramme::NotNeeded);
  EXPECT_EQ(esu_programme(19044, "Client"), EsuProgramme::NotKnown);
  EXPECT_EQ(esu_programme(20348, "Server"), EsuProgramme::NotKnown);
  EXPECT_EQ(esu_programme(std::nullopt, "Client"), EsuProgramme::NotKnown);
}

TEST(WindowsTimes, AreReadInTheirThreeForms) {
  EXPECT_EQ(instant_of_filetime(116444736000000000ULL), parse_instant("1970-01-01T00:00:00Z"));
  EXPECT_EQ(instant_of_filetime(0), std::nullopt);
  EXPECT_EQ(instant_of_filetime(std::numeric_limits<std::uint64_t>::max()), std::nullopt);
  EXPECT_EQ(instant_of_date(46348.5), parse_instant("2026-11-22T12:00:00Z"));
  for (const double odd : {0.0, -5.0, 1e300, std::numeric_limits<double>::quiet_NaN()})
    EXPECT_EQ(instant_of_date(odd), std::nullopt) << odd;
  EXPECT_EQ(instant_of_cim("20261122030405.000000+000"), parse_instant("2026-11-22T03:04:05Z"));
  for (const char* odd : {"", "20261122", "20261322030405.000000+000", "20261122030405,000000+000", "x"})
    EXPECT_EQ(instant_of_cim(odd), std::nullopt) << odd;
}

TEST(Listening, AddressesAreReachedFromSomewhere) {
  using Address = std::vector<std::uint8_t>;
  EXPECT_EQ(listening_scope(Address{0, 0, 0, 0}), ListeningScope::Any);
  EXPECT_EQ(listening_scope(Address{127, 0, 0, 1}), ListeningScope::Loopback);
  for (const Address& own :
       {Address{10, 0, 0, 1}, Address{172, 16, 0, 1}, Address{192, 168, 1, 1}, Address{169, 254, 1, 1}})
    EXPECT_EQ(listening_scope(own), ListeningScope::Private);
  for (const Address& open : {Address{192, 0, 2, 1}, Address{172, 32, 0, 1}, Address{11, 0, 0, 1}})
    EXPECT_EQ(listening_scope(open), ListeningScope::Any);
  Address six(16, 0);
  EXPECT_EQ(listening_scope(six), ListeningScope::Any);
  six[15] = 1;
  EXPECT_EQ(listening_scope(six), ListeningScope::Loopback);
  six[0] = 0xfe, six[1] = 0x80;
  EXPECT_EQ(listening_scope(six), ListeningScope::Private);
  using enum PortProtocol;
  const auto rows = one_row_per_port({{Tcp, 3389, ListeningScope::Loopback},
                                      {Tcp, 3389, ListeningScope::Any},
                                      {Tcp, 135, ListeningScope::Private},
                                      {Udp, 55000, ListeningScope::Any}});
  EXPECT_EQ(rows, (std::vector<ListeningPort>{{Tcp, 135, ListeningScope::Private}, {Tcp, 3389, ListeningScope::Any}}));
}

TEST(LogAccess, TellsWhoMayClearALog) {
  EXPECT_EQ(clearable_by_everyone("O:BAG:SYD:(A;;0xf0005;;;SY)(A;;0x7;;;BA)(A;;0x1;;;BU)"), Answer::No);
  EXPECT_EQ(clearable_by_everyone("O:BAG:SYD:(A;;0x7;;;SY)(A;;0x7;;;WD)"), Answer::Yes);
  EXPECT_EQ(clearable_by_everyone("O:BAG:SYD:(A;;GA;;;AU)"), Answer::Yes);
  EXPECT_EQ(clearable_by_everyone("O:BAG:SYD:(A;;0x7;;;S-1-5-32-545)"), Answer::Yes);
  EXPECT_EQ(clearable_by_everyone("O:BAG:SYD:(D;;0x7;;;WD)(A;;0x1;;;WD)"), Answer::No);
  for (const char* odd : {"", "O:BAG:SY", "D:(A;;0x7;;;WD", "D:(A;;KR;;;WD)"})
    EXPECT_EQ(clearable_by_everyone(odd), Answer::Unknown) << odd;
}

TEST(KnownSoftware, IsToldAndNothingElseIs) {
  const auto told = worth_telling({{"Zoom Workplace", "6.2"},
                                   {"Microsoft Edge", "142.0"},
                                   {"Microsoft Edge WebView2 Runtime", "142.0"},
                                   {"Somebody's Diary", "1"},
                                   {"My Microsoft Edge", "1"}});
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[0].id, "edge");
  EXPECT_EQ(told[1].id, "webview2");
  EXPECT_EQ(told[2].kind, SoftwareKind::ConsultationClient);
  EXPECT_EQ(told[2].updates, SoftwareUpdates::Unknown);
  EXPECT_EQ(has_ehr_client({{"Somebody's Diary", "1"}}), Answer::Unknown) << "records on the web leave no trace";
  EXPECT_EQ(has_ehr_client({{"SimCLINIC T3", "1"}}), Answer::Yes);
}

TEST(VolumeStates, AreThoseOfTheShell) {
  using enum VolumeState;
  const VolumeState all[] = {Unknown, On, Off, Encrypting, Decrypting, Suspended, Locked, Unknown};
  for (int i = 0; i < 8; ++i) EXPECT_EQ(volume_state(i), all[i]) << i;
  EXPECT_EQ(volume_state(-1), Unknown);
}

TEST(CollectorArguments, AreRefusedWithWhatIsWrong) {
  const auto parsed = [](std::vector<std::string> arguments) { return parse_command_line(arguments); };
  const auto good = parsed({"--out", "Z:\\share", "--label", "受付", "--nonce", "n", "--residue"});
  ASSERT_TRUE(std::holds_alternative<Wanted>(good));
  EXPECT_EQ(std::get<Wanted>(good).label, "受付");
  EXPECT_TRUE(std::get<Wanted>(good).residue);
  EXPECT_TRUE(std::get<Wanted>(parsed({"--help"})).help);
  for (const auto& wrong : std::vector<std::vector<std::string>>{{"--out"}, {"--unknown"}, {"file"}, {"--label"}})
    EXPECT_TRUE(std::holds_alternative<BadUse>(parsed(wrong))) << wrong.front();
}

TEST(FileNames, HoldNothingAFileNameMayNot) {
  const std::string name = file_name("受付/PC:1 ..\\x?", "20261122", "");
  for (const char bad : std::string("/\\:*?\"<>|")) EXPECT_EQ(name.find(bad), std::string::npos) << name;
  EXPECT_TRUE(name.ends_with("-20261122.json")) << name;
  EXPECT_NE(file_name("a", "20261122", "1"), file_name("a", "20261122", "2"));
}

TEST(WindowsVersions, AreToldByTheBuild) {
  OsIdentity os;
  os.build = 26200;
  os.ubr = 7171;
  os.edition = "Professional";
  os.type = "Client";
  const std::string name = pretty_name(os, "25H2");
  EXPECT_NE(name.find("Windows 11"), std::string::npos) << name;
  EXPECT_NE(name.find("26200.7171"), std::string::npos) << name;
  os.build = 19045;
  EXPECT_NE(pretty_name(os, "22H2").find("Windows 10"), std::string::npos);
  EXPECT_EQ(installation_type("Client"), "Client");
  EXPECT_EQ(installation_type("Server Core"), "Server");
  EXPECT_EQ(installation_type("Toaster"), "");
}

}  // namespace
}  // namespace kenshin::windows
