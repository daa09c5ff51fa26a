// A hundred signed domains, all DNS questions kenshin asks of each, beside delv asking the same types one by one: wall
// and CPU time, and how many domains each found signed and sound. Prints a table in Markdown; nothing passes or fails.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string_view>

#include "tests/bench/spent.h"
#include "tests/lab/dns_tree.h"

namespace {

using namespace kenshin;

constexpr int domains = 100;

std::string domain(int number) { return "example" + std::to_string(number) + ".jp"; }

std::vector<lab::ZoneText> zones() {
  std::vector<lab::ZoneText> out;
  for (int i = 0; i < domains; ++i)
    out.push_back({domain(i) + ".",
                   "@ IN A 192.0.2.10\n@ IN MX 10 mail\nmail IN A 192.0.2.25\n@ IN TXT \"v=spf1 mx -all\"\n"
                   "_dmarc IN TXT \"v=DMARC1; p=reject\"\n@ IN CAA 0 issue \"ca.example\"\n"});
  out.push_back({"jp.", ""});
  out.push_back({".", ""});
  return out;
}

std::size_t count(const std::string& path, std::string_view what) {
  std::ifstream in(path, std::ios::binary);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  std::size_t out = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++out;
  return out;
}

void row(const char* tool, const Spent& spent, std::size_t sound) {
  std::printf("| %s | %.2f | %.2f | %zu of %d |\n", tool, spent.wall, spent.cpu, sound, domains);
  std::fflush(stdout);
}

}  // namespace

int main() {
  lab::DnsTree tree(zones());
  tree.serve({"127.0.0.1"});
  const lab::Folder folder;
  lab::write_file(folder.path("k.toml"), "[sources]\nwhois = \"127.0.0.1:1\"\nresolver = \"" + tree.resolver() +
                                             "\"\ntrust_anchor = \"" + tree.anchor() + "\"\n");
  std::vector<std::string> kenshin = {KENSHIN_PROGRAM, "domain", "--config", folder.path("k.toml"), "--format", "json"};
  std::string names;
  for (int i = 0; i < domains; ++i) {
    kenshin.push_back(domain(i));
    names += domain(i) + " ";
  }
  const std::string delv = "for d in " + names +
                           "; do for t in SOA NS A AAAA MX TXT DNSKEY DS HTTPS CAA; do echo $d $t; done; done | "
                           "xargs -P 2 -n 2 delv @127.0.0.1 -p " +
                           std::to_string(tree.port()) + " -a " + tree.anchor_for_delv() + " +root=.";
  std::printf("| tool | wall s | CPU s | signed and sound |\n|---|---|---|---|\n");
  const Spent ours = spend(kenshin, folder.path("ours"));
  row("kenshin domain", ours, count(folder.path("ours"), "\"state\": \"secure\""));
  const Spent theirs = spend({"sh", "-c", delv}, folder.path("theirs"));
  row("delv, ten questions a domain", theirs, count(folder.path("theirs"), "\tIN\tSOA\tns."));
  return 0;
}
