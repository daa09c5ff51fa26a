// probes ◀── reports ◀── scanner: every #include is read, and an edge that points back fails. JSON stays at the edges.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

namespace kenshin {
namespace {

namespace fs = std::filesystem;

const std::map<std::string, std::set<std::string>> may_include = {
    {"probes", {"probes"}}, {"reports", {"probes", "reports"}}, {"scanner", {"probes", "reports", "scanner"}}};

// "FILE: HEADER" for each quoted include of our own folders that is not allowed.
std::set<std::string> forbidden_edges(const fs::path& root) {
  std::set<std::string> out;
  for (const auto& [folder, allowed] : may_include)
    for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
      const auto ending = entry.path().extension();
      if (ending != ".h" && ending != ".cpp") continue;
      std::ifstream in(entry.path());
      for (std::string line; std::getline(in, line);) {
        if (line.rfind("#include ", 0) != 0) continue;
        const auto header = line.substr(10, line.find_first_of("\">", 10) - 10);
        const auto layer = header.substr(0, header.find('/'));
        const std::string where = fs::relative(entry.path(), root).string();
        if (may_include.contains(layer) && !allowed.contains(layer)) out.insert(where + ": " + header);
        if (ending == ".h" && header == "nlohmann/json.hpp" && where != "probes/base/json_fields.h")
          out.insert(where + ": " + header);
        if (ending == ".h" && header == "probes/base/json_fields.h" && !where.ends_with("_fields.h"))
          out.insert(where + ": " + header);
        if (where.rfind("probes/host/apt_facts/", 0) == 0 && may_include.contains(layer))
          out.insert(where + ": " + header);
        if (where.rfind("probes/base/", 0) == 0 && layer == "probes" && header.rfind("probes/base/", 0) != 0)
          out.insert(where + ": " + header);
      }
    }
  return out;
}

TEST(Layers, NothingPointsBack) { EXPECT_EQ(forbidden_edges(SOURCE_DIR), std::set<std::string>{}); }

TEST(Layers, AnEdgeThatPointsBackIsSeen) {
  const fs::path root = fs::temp_directory_path() / ("kenshin-layers-" + std::to_string(::getpid()));
  for (const auto* folder : {"probes/base", "reports", "scanner"}) fs::create_directories(root / folder);
  std::ofstream(root / "probes" / "a.cpp") << "#include \"reports/report.h\"\n";
  std::ofstream(root / "reports" / "b.h") << "#include <nlohmann/json.hpp>\n";
  std::ofstream(root / "scanner" / "c.cpp") << "#include \"probes/facts.h\"\n";
  const auto seen = forbidden_edges(root);
  fs::remove_all(root);
  EXPECT_EQ(seen, (std::set<std::string>{"probes/a.cpp: reports/report.h", "reports/b.h: nlohmann/json.hpp"}));
}

// Two types of one name in one namespace compile and link, and then the linker picks one set of their functions.
TEST(Layers, NoTwoHeadersNameATypeAlike) {
  std::map<std::string, std::string> first;
  std::set<std::string> twice;
  for (const auto& [folder, allowed] : may_include)
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOURCE_DIR) / folder)) {
      if (entry.path().extension() != ".h") continue;
      std::ifstream in(entry.path());
      std::string space;
      for (std::string line; std::getline(in, line);) {
        if (line.rfind("namespace ", 0) == 0) space = line;
        for (const std::string keyword : {"struct ", "class ", "enum class "}) {
          if (line.rfind(keyword, 0) != 0 || line.ends_with(";")) continue;
          const auto name =
              space + line.substr(keyword.size(), line.find_first_of(" :{<", keyword.size()) - keyword.size());
          const auto [at, fresh] = first.emplace(name, entry.path().string());
          if (!fresh && at->second != entry.path().string()) twice.insert(name);
        }
      }
    }
  EXPECT_EQ(twice, std::set<std::string>{});
}

TEST(Layers, NoFileIsLongerThanFourHundredLines) {
  std::set<std::string> longer;
  for (const auto& [folder, allowed] : may_include)
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(SOURCE_DIR) / folder)) {
      const auto ending = entry.path().extension();
      if (ending != ".h" && ending != ".cpp") continue;
      std::ifstream in(entry.path());
      int count = 0;
      for (std::string line; std::getline(in, line);) ++count;
      if (count > 400) longer.insert(fs::relative(entry.path(), SOURCE_DIR).string());
    }
  // Tables where the world is a table.
  EXPECT_EQ(longer, std::set<std::string>{"probes/tls/code_points.cpp"});
}

}  // namespace
}  // namespace kenshin
