// Results of osquery and Fleet as they arrive in files; every value is a text there, and no rows are no answer.
#include "probes/host/osquery.h"

#include <gtest/gtest.h>

#include "probes/host/host_facts.h"
#include "tests/probes/host/temporary_root.h"

namespace kenshin {
namespace {

constexpr std::string_view clients_system =
    R"("os_version": [{"name": "Microsoft Windows 11 Pro", "platform": "windows", "build": "26200", "revision": "7171", "version": "10.0.26200"}],
"time": [{"unix_time": "1795323600"}], "system_info": [{"computer_name": "reception", "uuid": "U"}], "osquery_info": [{"version": "5.19.0"}])";

const Observation* named(const std::vector<Observation>& all, std::string_view name) {
  for (const auto& o : all)
    if (o.name == name) return &o;
  return nullptr;
}

Result<std::vector<Observation>> imported(const std::vector<std::pair<std::string, std::string>>& files,
                                          std::string_view label = "") {
  OsqueryResults results;
  for (const auto& [name, text] : files)
    if (const auto added = add_osquery_results(text, name, results); !added) return added.error();
  return host_facts_of(results, label);
}
std::vector<Observation> client_with(const std::string& tables) {
  const auto facts =
      imported({{"all.json", "{" + std::string(clients_system) + (tables.empty() ? "" : "," + tables) + "}"}});
  EXPECT_TRUE(facts) << facts.error().detail;
  return facts ? *facts : std::vector<Observation>{};
}
template <class F>
Result<F> told(const std::vector<Observation>& all) {
  const auto* o = named(all, F::name);
  if (!o) return Error{Error::Kind::Failed, "no such fact"};
  if (!o->fact) return o->fact.error();
  return *fact_of<F>(*o);
}

TEST(Osquery, TellsWhatAWindowsClientAnswered) {
  const auto facts = client_with(
      R"("windows_security_products": [
 {"type": "Antivirus", "name": "A", "state": "On", "signatures_up_to_date": "1"},
 {"type": "Antivirus", "name": "B", "state": "Snoozed", "signatures_up_to_date": 0},
 {"type": "Firewall", "name": "W", "state": "On", "signatures_up_to_date": "1"}],
"windows_update_history": [
 {"operation": "Installation", "result_code": "Succeeded", "date": "1794960000", "title": "2026-11 Cumulative Update for Windows 11 (KB5070001) x64"},
 {"operation": "Installation", "result_code": "Failed", "date": "1795200000", "title": "2026-11 Cumulative Update (KB5070002) x64"},
 {"operation": "Installation", "result_code": "Succeeded", "date": "1795300000", "title": "Security Intelligence Update"}],
"bitlocker_info": [{"drive_letter": "C:", "protection_status": "1", "conversion_status": "1"},
 {"drive_letter": "D:", "protection_status": "0", "conversion_status": "1"}, {"drive_letter": "E:", "protection_status": "2"}],
"windows_security_center": [{"firewall": "Good"}],
"listening_ports": [{"port": "3389", "protocol": "6", "address": "0.0.0.0"}, {"port": "3389", "protocol": "6", "address": "127.0.0.1"}, {"port": "0", "protocol": "0", "address": ""}])");
  const auto collection = told<HostCollection>(facts);
  EXPECT_EQ(collection->collector, "osquery");
  EXPECT_EQ(collection->label, "reception");
  EXPECT_EQ(to_text(collection->collected_at), "2026-11-22T05:00:00Z");
  EXPECT_EQ(told<OsIdentity>(facts)->build, 26200);
  EXPECT_EQ(told<OsIdentity>(facts)->ubr, 7171);
  EXPECT_EQ(told<OsIdentity>(facts)->edition, "Professional");
  const auto products = told<AntivirusProducts>(facts);
  ASSERT_TRUE(products);
  ASSERT_EQ(products->products.size(), 2U);
  EXPECT_EQ(products->products[0].signature_state, SignatureState::Current);
  EXPECT_EQ(products->products[1].active, Answer::No);
  EXPECT_EQ(products->products[1].signature_state, SignatureState::Outdated);
  EXPECT_EQ(told<UpdatesLastOsUpdate>(facts)->kb, "KB5070001");
  EXPECT_EQ(told<DiskEncryption>(facts)->volumes, (std::vector<DiskVolume>{{VolumeRole::System, VolumeState::On},
                                                                           {VolumeRole::Data, VolumeState::Suspended},
                                                                           {VolumeRole::Data, VolumeState::Unknown}}));
  EXPECT_EQ(told<HostFirewall>(facts)->profiles[0].enabled, Answer::Yes);
  EXPECT_EQ(told<ListeningPorts>(facts)->ports,
            (std::vector<ListeningPort>{{PortProtocol::Tcp, 3389, ListeningScope::Any}}));
  const auto again = read_host_facts(write_host_facts(facts), "again.json");
  ASSERT_TRUE(again) << again.error().detail;
  EXPECT_EQ(again->size(), facts.size());
}

TEST(Osquery, TakesNoRowsForNoAnswer) {
  EXPECT_EQ(told<UpdatesPending>(client_with("")).error().kind, Error::Kind::Unsupported);
  EXPECT_EQ(told<AntivirusProducts>(client_with("")).error().kind, Error::Kind::NotCollected);
  EXPECT_EQ(told<AntivirusProducts>(client_with("\"windows_security_products\": []")).error().kind,
            Error::Kind::Failed);
  EXPECT_EQ(told<AntivirusProducts>(client_with(R"("windows_security_products": [{"type": "Firewall"}])")).error().kind,
            Error::Kind::Absent);
  EXPECT_EQ(told<UpdatesLastOsUpdate>(client_with("\"windows_update_history\": []")).error().kind, Error::Kind::Failed);
  EXPECT_EQ(told<DiskEncryption>(client_with("\"bitlocker_info\": []")).error().kind, Error::Kind::Denied);
  const auto server = imported(
      {{"all.json",
        R"({"os_version": [{"name": "Microsoft Windows Server 2022 Datacenter", "platform": "windows", "build": "20348"}],
"time": [{"unix_time": 1795323600}], "windows_security_products": []})"}},
      "server");
  ASSERT_TRUE(server) << server.error().detail;
  EXPECT_EQ(told<AntivirusProducts>(*server).error().kind, Error::Kind::Unsupported);
  EXPECT_EQ(told<OsIdentity>(*server)->type, "Server");
  const auto mac = imported(
      {{"all.json", R"({"os_version": [{"name": "macOS", "platform": "darwin", "version": "15.7.1", "build": "24G231"}],
"time": [{"unix_time": "1795323600"}], "alf": [], "disk_encryption": [{"filevault_status": "off"}], "screenlock": [{"enabled": "1"}]})"}},
      "mac");
  ASSERT_TRUE(mac) << mac.error().detail;
  EXPECT_EQ(told<HostFirewall>(*mac).error().kind, Error::Kind::Failed);
  EXPECT_EQ(told<DiskEncryption>(*mac)->volumes[0].state, VolumeState::Off);
  EXPECT_EQ(told<ScreenLock>(*mac)->enabled, Answer::Yes);
}

TEST(Osquery, ReadsEveryFormItsResultsComeIn) {
  const auto by_name = imported(
      {{"/x/os_version.json", R"([{"name": "Debian GNU/Linux", "platform": "debian", "version": "12 (bookworm) "}])"},
       {"time.json", R"([{"unix_time": "1795323600"}])"}},
      "pc");
  ASSERT_TRUE(by_name) << by_name.error().detail;
  EXPECT_EQ(told<OsIdentity>(*by_name)->version, "12");

  const auto logged =
      imported({{"osqueryd.results.log",
                 "{\"name\":\"pack/kenshin/"
                 "os_version\",\"hostIdentifier\":\"pc-1\",\"unixTime\":1795323600,\"action\":\"snapshot\","
                 "\"snapshot\":[{\"platform\":\"debian\",\"version\":\"12\"}]}\n"
                 "{\"name\":\"pack_kenshin_listening_ports\",\"hostIdentifier\":\"pc-1\",\"unixTime\":\"1795323601\","
                 "\"action\":\"added\",\"columns\":{\"port\":\"22\",\"protocol\":\"6\",\"address\":\"::\"}}\n"
                 "{\"name\":\"pack_kenshin_listening_ports\",\"hostIdentifier\":\"pc-1\",\"unixTime\":1795323602,"
                 "\"action\":\"added\",\"columns\":{\"port\":\"80\",\"protocol\":\"6\",\"address\":\"::\"}}\n"
                 "{\"name\":\"pack_kenshin_listening_ports\",\"hostIdentifier\":\"pc-1\",\"unixTime\":1795323603,"
                 "\"action\":\"removed\",\"columns\":{\"port\":\"80\",\"protocol\":\"6\",\"address\":\"::\"}}\n"}});
  ASSERT_TRUE(logged) << logged.error().detail;
  EXPECT_EQ(told<HostCollection>(*logged)->label, "pc-1");
  EXPECT_EQ(told<ListeningPorts>(*logged)->ports.size(), 1U);
  EXPECT_EQ(to_text(told<HostCollection>(*logged)->collected_at), "2026-11-22T05:00:03Z");

  const auto fleet = imported(
      {{"os_version.json",
        R"({"query_id": 7, "results": [{"host_id": 1, "host_name": "pc-2", "last_fetched": "2026-11-22T05:00:00Z", "columns": {"platform": "ubuntu", "version": "24.04"}}]})"}});
  ASSERT_TRUE(fleet) << fleet.error().detail;
  EXPECT_EQ(told<HostCollection>(*fleet)->label, "pc-2");
}

TEST(Osquery, RefusesOtherShapesAndSaysWhatToAskFor) {
  const auto trouble = [](const std::string& name, const std::string& text) {
    OsqueryResults results;
    const auto added = add_osquery_results(text, name, results);
    return added ? std::string("none") : added.error().detail;
  };
  const auto has = [](const std::string& text, const char* part) { return text.find(part) != std::string::npos; };
  EXPECT_TRUE(has(trouble("x.json", "[]"), "name the file after it"));
  EXPECT_TRUE(has(trouble("time.json", "[1]"), "a row is an object"));
  EXPECT_TRUE(has(trouble("time.json", R"([{"unix_time": true}])"), "a text or a number"));
  EXPECT_TRUE(has(trouble("a.json", R"({"time": {}})"), "a list of rows"));
  EXPECT_TRUE(has(trouble("a.json", R"({"time": [], "time": []})"), "time"));
  EXPECT_TRUE(has(trouble("a.log", "{\"name\": \"time\", \"snapshot\": []}\nnonsense\n"), "line 2"));
  EXPECT_TRUE(has(trouble("a.json", R"({"name": "time", "diffResults": {}})"), "in batches"));
  EXPECT_TRUE(has(
      trouble("time.json", R"({"results": [{"host_name": "a", "columns": {}}, {"host_name": "b", "columns": {}}]})"),
      "several machines"));
  EXPECT_EQ(trouble("a.json", R"({"some_other_table": [{}]})"), "none");
  EXPECT_TRUE(has(imported({{"a.json", "{}"}}).error().detail, "SELECT * FROM os_version"));
  EXPECT_TRUE(
      has(imported({{"os_version.json", R"([{"platform": "debian", "version": "12"}])"}}).error().detail, "unix_time"));
  EXPECT_TRUE(
      has(imported({{"a.json", R"({"os_version": [{"platform": "debian"}], "time": [{"unix_time": "1795323600"}]})"}})
              .error()
              .detail,
          "--label"));
}

TEST(Osquery, BelievesNoneOfTwoAnswers) {
  const auto products = [](const std::string& second) {
    return told<AntivirusProducts>(client_with(
        R"("windows_security_products": [{"type": "Antivirus", "name": "A", "state": "On", "signatures_up_to_date": "1"}, )" +
        second + "]"));
  };
  EXPECT_FALSE(products(R"({"type": "Antivirus", "name": "A", "state": "Expired", "signatures_up_to_date": "0"})"));
  EXPECT_FALSE(products(R"({"type": "AntiVirus", "name": "B", "state": "On"})")) << "a kind that is not known";
  EXPECT_TRUE(products(R"({"type": "Antivirus", "name": "B", "state": "Expired", "signatures_up_to_date": "0"})"));
  EXPECT_FALSE(
      told<HostFirewall>(client_with(R"("windows_security_center": [{"firewall": "Good"}, {"firewall": "Poor"}])")));
  EXPECT_FALSE(told<ListeningPorts>(
      client_with(R"("listening_ports": [{"port": "0x0d3d", "protocol": "6", "address": "0.0.0.0"}])")));
  const auto disk = told<DiskEncryption>(
      client_with(R"("bitlocker_info": [{"drive_letter": "C:", "protection_status": "1", "conversion_status": "0"}])"));
  ASSERT_TRUE(disk);
  EXPECT_EQ(disk->volumes.front().state, VolumeState::Unknown);
}

TEST(Osquery, TellsEditionsOfLongTermServicingApart) {
  const auto edition = [](const std::string& name) {
    const auto facts = imported(
        {{"all.json", R"({"os_version": [{"name": ")" + name +
                          R"(", "platform": "windows", "build": "19044"}], "time": [{"unix_time": "1795323600"}]})"}},
        "pc");
    return facts ? told<OsIdentity>(*facts)->edition : facts.error().detail;
  };
  EXPECT_EQ(edition("Microsoft Windows 10 Enterprise LTSC"), "EnterpriseS");
  EXPECT_EQ(edition("Microsoft Windows 10 IoT Enterprise LTSC"), "IoTEnterpriseS");
  EXPECT_EQ(edition("Microsoft Windows 11 Pro Education"), "ProfessionalEducation");
  EXPECT_EQ(edition("Microsoft Windows 11 Enterprise"), "Enterprise");
}

TEST(Osquery, LeavesOutATableThatWasToldLongBefore) {
  const auto line = [](const std::string& table, long at, const std::string& row) {
    return R"({"name": "pack/x/)" + table + R"(", "hostIdentifier": "pc", "unixTime": )" + std::to_string(at) +
           R"(, "snapshot": [)" + row + "]}\n";
  };
  const long now = 1795323600, year = 365L * 86400;
  const std::string system =
      line("os_version", now, R"({"name": "Microsoft Windows 11 Pro", "platform": "windows", "build": "26200"})");
  const std::string on = R"({"type": "Antivirus", "name": "A", "state": "On", "signatures_up_to_date": "1"})";
  const std::string expired = R"({"type": "Antivirus", "name": "A", "state": "Expired", "signatures_up_to_date": "0"})";
  EXPECT_FALSE(
      told<AntivirusProducts>(*imported({{"log", system + line("windows_security_products", now - year, on)}})));
  const auto newest =
      told<AntivirusProducts>(*imported({{"log", system + line("windows_security_products", now, expired) +
                                                     line("windows_security_products", now - year, on)}}));
  ASSERT_TRUE(newest);
  EXPECT_EQ(newest->products.front().active, Answer::No) << "an older one that stands later";
}

}  // namespace
}  // namespace kenshin
