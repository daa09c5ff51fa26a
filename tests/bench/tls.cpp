// kenshin beside the scanners a user would pick instead, in one run against the same servers, near and 50 ms away: wall
// and CPU time, connections, and the suites each found. Prints a table in Markdown; nothing passes or fails.
//
//   bench_tls [--full]    --full: testssl.sh with all its tests, too (a minute and more for each row)
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string_view>

#include "probes/tls/code_points.h"
#include "tests/bench/delayed.h"
#include "tests/bench/spent.h"
#include "tests/lab/peers.h"

namespace {

using namespace kenshin;
using std::chrono::milliseconds;

using Found = std::set<std::pair<std::string, std::string>>;  // version, suite by its IANA name

std::string text_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string name_of(const std::string& hex) { return suite_name(static_cast<SuiteId>(std::stoul(hex, nullptr, 16))); }

// "TLSv1.2": {"suites": ["TLS_…", …], …
Found found_by_kenshin(const std::string& text) {
  Found out;
  const std::regex list(R"re("((?:TLSv|SSLv)[0-9.]+)"\s*:\s*\{\s*"suites"\s*:\s*\[([^\]]*)\])re"),
      one(R"re("([^"]+)")re");
  for (std::sregex_iterator at(text.begin(), text.end(), list), end; at != end; ++at) {
    const std::string suites = (*at)[2];
    for (std::sregex_iterator suite(suites.begin(), suites.end(), one); suite != end; ++suite)
      out.emplace((*at)[1], (*suite)[1]);
  }
  return out;
}

Found found_by_sslscan(const std::string& text) {
  Found out;
  const std::regex row(R"re(<cipher [^>]*sslversion="([^"]+)"[^>]*id="(0x[0-9A-Fa-f]+)")re");
  for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at)
    out.emplace((*at)[1], name_of((*at)[2]));
  return out;
}

Found found_by_nmap(const std::string& text) {
  Found out;
  std::string version;
  const std::regex heading(R"re(^\|[ _]+((?:TLSv|SSLv)[0-9.]+):)re"), row(R"re(^\|[ _]+(TLS_[A-Za-z0-9_]+) )re");
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_search(line, match, heading)) version = match[1];
    else if (std::regex_search(line, match, row))
      out.emplace(version, std::regex_replace(match[1].str(), std::regex("TLS_AKE_WITH_"), "TLS_"));
  }
  return out;
}

Found found_by_testssl(const std::string& text) {
  Found out;
  const std::regex row(R"re("id"\s*:\s*"cipher-(?:tls|ssl)([0-9_]+)_x([0-9a-fA-F]+)")re");
  for (std::sregex_iterator at(text.begin(), text.end(), row), end; at != end; ++at) {
    std::string version = (*at)[1];
    if (version == "1") version = "1.0";
    std::replace(version.begin(), version.end(), '_', '.');
    out.emplace("TLSv" + version, name_of((*at)[2]));
  }
  return out;
}

struct Tool {
  const char* name;
  std::vector<std::string> command;  // PORT and FILE are replaced
  Found (*found)(const std::string&);
  bool reads_file = false;  // FILE, rather than stdout
};

std::vector<Tool> tools(bool full) {
  std::vector<Tool> out{
      {"kenshin observe",
       {KENSHIN_PROGRAM, "observe", "--format", "json", std::string(lab::consult_name) + "@127.0.0.1:PORT"},
       found_by_kenshin},
      {"sslscan", {"sslscan", "--no-colour", "--show-sigs", "--xml=-", "127.0.0.1:PORT"}, found_by_sslscan},
      {"nmap ssl-enum-ciphers",
       {"nmap", "-Pn", "-n", "--script", "+ssl-enum-ciphers", "-p", "PORT", "127.0.0.1"},
       found_by_nmap},
      {"testssl.sh -p -E",
       {"testssl", "--warnings", "off", "--nodns", "none", "--color", "0", "-p", "-E", "--jsonfile", "FILE",
        "127.0.0.1:PORT"},
       found_by_testssl,
       true}};
  if (full)
    out.push_back({"testssl.sh, all",
                   {"testssl", "--warnings", "off", "--nodns", "none", "--color", "0", "-p", "-E", "-U", "-S", "-P",
                    "-f", "--jsonfile", "FILE", "127.0.0.1:PORT"},
                   found_by_testssl,
                   true});
  return out;
}

std::string filled(std::string argument, const std::string& port, const std::string& file) {
  for (const auto& [what, by] : {std::pair<std::string, std::string>{"PORT", port}, {"FILE", file}})
    if (const auto at = argument.find(what); at != std::string::npos) argument.replace(at, what.size(), by);
  return argument;
}

std::string difference(const Found& found, const Found& ours) {
  const auto lacks = [](const Found& all, const Found& some) {
    return std::count_if(all.begin(), all.end(), [&](const auto& suite) { return !some.contains(suite); });
  };
  const auto missing = lacks(ours, found), more = lacks(found, ours);
  std::string out = std::to_string(found.size());
  if (missing > 0) out += ", " + std::to_string(missing) + " missing";
  if (more > 0) out += ", " + std::to_string(more) + " more";
  return out;
}

void compare(const char* server, std::uint16_t port, milliseconds round_trip, bool full) {
  const lab::Folder folder;
  Found ours;
  double wall = 0, cpu = 0;
  for (const Tool& tool : tools(full)) {
    const lab::Server relay(round_trip.count() > 0 ? bench::delayed(port, round_trip) : lab::relay(port));
    const std::string file = folder.path("found.json"), output = folder.path("output");
    std::remove(file.c_str());
    std::vector<std::string> command;
    for (const auto& argument : tool.command) command.push_back(filled(argument, std::to_string(relay.port()), file));
    const Spent spent = spend(command, output);
    if (spent.status == 127) {
      std::printf("| %s | %lld | %s | not installed |\n", server, static_cast<long long>(round_trip.count()),
                  tool.name);
      continue;
    }
    const Found found = tool.found(text_of_file(tool.reads_file ? file : output));
    if (ours.empty()) ours = found, wall = spent.wall, cpu = spent.cpu;
    std::printf("| %s | %lld | %s | %.2f | %.1f | %.2f | %.1f | %d | %s |\n", server,
                static_cast<long long>(round_trip.count()), tool.name, spent.wall, spent.wall / wall, spent.cpu,
                spent.cpu / cpu, relay.connections(), difference(found, ours).c_str());
    std::fflush(stdout);
  }
}

}  // namespace

int main(int count, char** arguments) {
  const bool full = count > 1 && std::string_view(arguments[1]) == "--full";
  const lab::Pki rsa, ec(lab::KeyKind::EcP256);
  const std::string intermediate =
      "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
      "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
  const lab::Nginx modern(rsa, {"TLSv1.2 TLSv1.3", intermediate, ""}),
      modern_ec(ec, {"TLSv1.2 TLSv1.3", intermediate, ""});
  const lab::Nginx newest(rsa, {"TLSv1.3", "", ""});
  const lab::Nginx old(rsa, {"TLSv1 TLSv1.1 TLSv1.2 TLSv1.3", "ALL:COMPLEMENTOFALL:@SECLEVEL=0", ""});
  std::printf("| server | RTT ms | scanner | wall s | ratio | CPU s | ratio | connections | suites |\n");
  std::printf("|---|---|---|---|---|---|---|---|---|\n");
  for (const milliseconds round_trip : {milliseconds(0), milliseconds(50)}) {
    compare("nginx, intermediate, RSA", modern.port(), round_trip, full);
    compare("nginx, intermediate, ECDSA", modern_ec.port(), round_trip, false);
    compare("nginx, TLS 1.3 only", newest.port(), round_trip, false);
    compare("nginx, everything it has", old.port(), round_trip, false);
  }
  return 0;
}
