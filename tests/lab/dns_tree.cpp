#include "tests/lab/dns_tree.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace kenshin::lab {

namespace {

std::string read(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string ran(const std::vector<std::string>& command) {
  Ran out = run(command);
  if (out.status != 0) throw std::runtime_error(command.front() + " failed");
  return out.output;
}

bool is_below(const std::string& child, const std::string& parent) {
  return parent == "." || child.ends_with("." + parent);
}

std::string with_origin(const std::string& name) { return name == "." ? "ns." : "ns." + name; }

}  // namespace

DnsTree::DnsTree(const std::vector<ZoneText>& zones) : port_(free_port()) {
  for (std::size_t i = 0; i < zones.size(); ++i) {
    const ZoneText& zone = zones[i];
    const std::string ns = with_origin(zone.name), glue = ns + " 300 IN A 127.0.0.1\n";
    std::string apex = zone.name + " 300 IN NS " + ns + "\n" + glue;
    if (!zone.servers.empty()) {
      apex.clear();
      for (const auto& line : zone.servers) apex += line + "\n";
    }
    std::string text = "$TTL 300\n$ORIGIN " + zone.name + "\n@ IN SOA " + ns + " host." + ns +
                       " 7 900 300 86400 300\n" + apex + zone.lines;
    for (std::size_t k = 0; k < i; ++k) {
      bool nearest = is_below(zones[k].name, zone.name);
      for (std::size_t between = k + 1; between < i; ++between)
        if (is_below(zones[k].name, zones[between].name)) nearest = false;
      if (nearest) text += delegates_[zones[k].name];
    }
    const std::string file = folder_.path("zone-" + std::to_string(i));
    write_file(file, text);
    delegates_[zone.name] += apex;  // with DS before it, where sign() made one
    files_[zone.name] = zone.signing == Signing::No ? file : sign(zone, file);
    if (zone.alter.empty()) continue;
    std::string altered = read(files_[zone.name]);
    const auto at = altered.find(zone.alter);
    if (at == std::string::npos) throw std::runtime_error("nothing to alter in " + zone.name);
    altered.replace(at, zone.alter.size(), zone.into);
    write_file(files_[zone.name], altered);
  }
}

std::string DnsTree::sign(const ZoneText& zone, const std::string& file) {
  const std::string folder = std::filesystem::path(file).parent_path();
  std::string key = ran({"dnssec-keygen", "-q", "-a", "ECDSAP256SHA256", "-f", "KSK", "-K", folder, zone.name});
  key.erase(key.find_last_not_of(" \n") + 1);
  std::vector<std::string> command = {
      "dnssec-signzone", "-S", "-z", "-q", "-K", folder, "-d", folder, "-o", zone.name, "-f", file + ".signed"};
  if (zone.signing == Signing::Expired)
    command.insert(command.end(), {"-P", "-s", "20200101000000", "-e", "20200201000000"});
  if (zone.signing == Signing::OptOut) command.insert(command.end(), {"-3", "-", "-A"});
  command.push_back(file);
  ran(command);
  const std::string public_key = read(folder + "/" + key + ".key");
  const std::string ds = ran({"dnssec-dsfromkey", "-2", folder + "/" + key + ".key"});
  delegates_[zone.name] = ds + delegates_[zone.name];
  if (zone.name == ".") {
    write_file(anchor(), ds);
    std::string digest = ds.substr(ds.find("IN DS ") + 6);  // "TAG ALGORITHM TYPE DIGEST"
    digest.erase(digest.find_last_not_of(" \n") + 1);
    const auto last = digest.find(' ', digest.find(' ', digest.find(' ') + 1) + 1);
    write_file(anchor_for_delv(),
               "trust-anchors { . static-ds " + digest.substr(0, last) + " \"" + digest.substr(last + 1) + "\"; };\n");
  }
  return file + ".signed";
}

void DnsTree::serve(const std::vector<std::string>& addresses, const std::vector<std::string>& zones) {
  const std::string number = std::to_string(servers_.size());
  const std::string run_folder = folder_.path("run-" + number);
  std::filesystem::create_directories(run_folder);
  std::string conf =
      "server:\n  rundir: " + run_folder + "\n  udp-workers: 1\n  tcp-workers: 1\n  background-workers: 1\n";
  for (const auto& address : addresses) conf += "  listen: " + address + "@" + std::to_string(port_) + "\n";
  conf += "database:\n  storage: " + run_folder + "\ntemplate:\n  - id: default\n    zonefile-sync: -1\n" +
          "    journal-content: none\nzone:\n";
  for (const auto& [name, file] : files_) {
    bool wanted = zones.empty();
    for (const auto& zone : zones) wanted = wanted || zone == name;
    if (wanted) conf += "  - domain: \"" + name + "\"\n    file: " + file + "\n";
  }
  write_file(run_folder + "/knot.conf", conf);
  servers_.push_back(std::make_unique<Process>(std::vector<std::string>{"knotd", "-c", run_folder + "/knot.conf"}));
  if (addresses.front() == "127.0.0.1") servers_.back()->wait_for_port(port_);
}

Session DnsTree::session() const {
  Session out;
  out.now = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); };
  out.resolver = resolver();
  out.trust_anchor = anchor();
  out.name_server_port = port_;
  return out;
}

SilentPort::SilentPort() : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(socket_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error("no UDP port");
  port_ = ntohs(address.sin_port);
}

SilentPort::~SilentPort() { close(socket_); }

std::vector<ZoneText> clinic_zones() {
  const std::string example =
      "@ IN A 192.0.2.10\n@ IN AAAA 2001:db8::10\n@ IN MX 20 mail2\n@ IN MX 10 mail\nmail IN A 192.0.2.25\n"
      "mail2 IN A 192.0.2.26\n@ IN TXT \"v=spf1 mx include:spf.example.or.jp -all\"\n@ IN TXT \"other=1\"\n"
      "_dmarc IN TXT \"v=DMARC1; \" \"p=reject\"\n_mta-sts IN TXT \"v=STSv1; id=1\"\n"
      "@ IN CAA 0 issue \"ca.example.net\"\n@ IN CAA 0 iodef \"mailto:sec@example.jp\"\n"
      "_25._tcp.mail IN TLSA 3 1 1 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n"
      "@ IN HTTPS 1 . alpn=h2\nwww IN CNAME example.jp.\ntele IN CNAME tele.example1.jp.\n"
      "gone IN CNAME nothing.example1.jp.\n";
  const std::string closed =
      "@ IN A 192.0.2.11\n@ IN MX 0 .\n@ IN TXT \"v=spf1 -all\"\n_dmarc IN TXT \"v=DMARC1; p=reject\"\n"
      "* IN CNAME hosting.example.or.jp.\ntele IN A 192.0.2.12\n";
  return {{"example.jp.", example},
          {"example1.jp.", closed, Signing::No},
          {"example2.jp.", "@ IN A 192.0.2.22\n", Signing::Good, "192.0.2.22", "192.0.2.23"},
          {"example3.jp.", "@ IN A 192.0.2.33\n", Signing::Expired},
          {"example.or.jp.", "spf IN TXT \"v=spf1 ip4:192.0.2.0/24 -all\"\nhosting IN A 192.0.2.44\n", Signing::No},
          {"jp.", "", Signing::OptOut},
          {".", ""}};
}

}  // namespace kenshin::lab
