// The table of products, the copies of it that the collectors' scripts carry, and what is found by it on Linux.
#include "probes/host/product_table.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <sstream>

#include "probes/base/text.h"
#include "probes/host/agents.h"
#include "probes/host/collectors/windows/decoding/known_software.h"
#include "probes/host/protection_fields.h"

namespace kenshin {
namespace {

std::string collector(const std::string& name) {
  std::ifstream in(std::string(SOURCE_DIR) + "/probes/host/collectors/" + name);
  std::ostringstream text;
  text << in.rdbuf();
  std::string out;
  for (const char c : text.str())
    if (c != '\r') out += c;
  return out;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

// PowerShell 5.1 reads a file without a mark as the machine's own code page: nothing but ASCII stands in it.
std::string in_ascii(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if (lead < 0x80) {
      out += text[i++];
      continue;
    }
    const unsigned point = (lead & 0x0FU) << 12U | (static_cast<unsigned char>(text[i + 1]) & 0x3FU) << 6U |
                           (static_cast<unsigned char>(text[i + 2]) & 0x3FU);
    std::ostringstream hex;
    hex << "\\u" << std::hex << point;
    out += hex.str();
    i += 3;
  }
  return out;
}

const char* kind_word(ProductKind kind) {
  constexpr const char* words[] = {"av", "edr", "ids", "audit", "management"};
  return words[static_cast<std::size_t>(kind)];
}

TEST(ProductTable, StandsInTheScriptsAsItIsHere) {
  std::string windows, on_linux, macos;
  for (const KnownProduct& it : shipped_product_table().products) {
    const std::string kind = kind_word(it.kind);
    const auto& [services, programs] = it.on_windows;
    if (!services.empty() || !programs.empty())
      windows += it.id + "|" + kind + "|" + in_ascii(it.product) + "|" + join(services, ",") + "|" +
                 join(programs, ",") + "\n";
    const bool asked_itself = it.id == "clamav" || it.kind == ProductKind::Management;
    if (!asked_itself && !(it.on_linux.processes.empty() && it.on_linux.packages.empty()))
      on_linux += it.id + "|" + it.product + "|" + kind + "|" + join(it.on_linux.processes, " ") + "|" +
                  join(it.on_linux.packages, " ") + "\n";
    for (const auto& bundle : it.on_macos.bundles) macos += bundle + "|" + it.id + "|" + it.product + "|" + kind + "\n";
  }
  EXPECT_TRUE(has(collector("kenshin-collect.ps1"), "$ProductTable = @'\n" + windows + "'@\n")) << windows;
  EXPECT_TRUE(has(collector("kenshin-collect-linux.sh"), "<<'END'\n" + on_linux + "END\n")) << on_linux;
  EXPECT_TRUE(has(collector("kenshin-collect-macos.sh"), "<<'END'\n" + macos + "END\n")) << macos;
}

TEST(KnownSoftware, StandsInTheScriptOfWindowsAsItIsHere) {
  std::string rows;
  for (const auto& it : windows::known_software())
    rows += std::string(it.id) + "|" + std::string(it.beginning) + "|" + std::string(it.but_not) + "|" +
            to_key(it.kind) + "\n";
  EXPECT_TRUE(has(collector("kenshin-collect.ps1"), "$SoftwareTable = @'\n" + rows + "'@\n")) << rows;
}

TEST(ProductTable, IsReadStrictly) {
  const std::string row =
      R"({"id": "b", "name": "B", "kind": "av", "windows": {"services": [], "processes": []}, )"
      R"("linux": {"processes": [], "packages": []}, "macos": {"bundles": []}, "signatures": "daily", )"
      R"("mark": "policy", "source": "s"})";
  const auto reads = [](const std::string& rows, const std::string& day = "2026-11-22") {
    return static_cast<bool>(
        load_product_table(R"({"edition": "1", "as_of": ")" + day +
                               R"(", "source": "s", "mark": "policy", "description": "", "products": [)" + rows + "]}",
                           "p.json"));
  };
  const auto with = [&](const std::string& what, const std::string& instead) {
    std::string out = row;
    out.replace(out.find(what), what.size(), instead);
    return out;
  };
  EXPECT_TRUE(reads(row));
  EXPECT_TRUE(reads(row + "," + with(R"("id": "b")", R"("id": "c")")));
  EXPECT_FALSE(reads(row + "," + row)) << "twice";
  EXPECT_FALSE(reads(with("\"av\"", "\"antivirus\"")));
  EXPECT_FALSE(reads(with("\"daily\"", "\"weekly\"")));
  EXPECT_FALSE(reads(with(R"("name": "B")", R"("name": "")")));
  EXPECT_FALSE(reads(with(R"("services")", R"("service")")));
  EXPECT_FALSE(reads(row, "soon"));
}

Processes running(std::set<std::string, std::less<>> names, bool all = true) { return {std::move(names), all}; }

TEST(Agents, AreNoProofOfProtection) {
  const auto& table = shipped_product_table();
  const InstalledPackages packages = {{"mdatp", "1"}, {"suricata", "7"}, {"klnagent64", "1"}};
  const auto stopped = antivirus_agents(table, packages, running({"init"}));
  ASSERT_EQ(stopped.size(), 1U) << "a management agent protects nothing";
  EXPECT_EQ(stopped[0].id, "mde");
  EXPECT_EQ(stopped[0].active, Answer::No);
  EXPECT_EQ(stopped[0].evidence, std::vector<std::string>{"package"});
  const auto runs = antivirus_agents(table, packages, running({"wdavdaemon"}));
  ASSERT_EQ(runs.size(), 1U);
  EXPECT_EQ(runs[0].active, Answer::Unknown);
  EXPECT_EQ(runs[0].realtime, Answer::Unknown);
  EXPECT_EQ(antivirus_agents(table, packages, running({}, false))[0].active, Answer::Unknown);
}

TEST(Sensors, AreFoundByExactNames) {
  const auto& table = shipped_product_table();
  const auto seen = sensors(table, {{"suricata", "7"}}, running({"Suricata-Main"}));
  ASSERT_TRUE(seen) << seen.error().detail;
  ASSERT_EQ(seen->products.size(), 1U);
  EXPECT_EQ(seen->products[0].id, "suricata");
  EXPECT_EQ(seen->products[0].active, Answer::Yes);
  EXPECT_EQ(seen->products[0].kind, SensorKind::Ids);
  const auto none = sensors(table, {{"suricata-doc", "7"}}, running({"suricata-helper"}));
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, Error::Kind::Absent);
  const auto hidden = sensors(table, {}, running({}, false));
  ASSERT_FALSE(hidden);
  EXPECT_EQ(hidden.error().kind, Error::Kind::NotCollected);
}

}  // namespace
}  // namespace kenshin
