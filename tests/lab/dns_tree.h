// A DNS of our own on loopback, down from the root: zones signed by BIND's tools, served by Knot.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "probes/session.h"
#include "tests/lab/process.h"

namespace kenshin::lab {

enum class Signing { No, Good, OptOut, Expired };

struct ZoneText {
  std::string name;   // "example.jp.", "." for the root
  std::string lines;  // without SOA and apex NS: these are added, the name server is ns.NAME at 127.0.0.1
  Signing signing = Signing::Good;
  std::string alter = {}, into = {};      // replaced after signing: what is signed no longer stands
  std::vector<std::string> servers = {};  // apex NS lines instead of our own
};

class DnsTree {
 public:
  // Children before their parents: their DS and NS records go into these. The last is the root.
  explicit DnsTree(const std::vector<ZoneText>& zones);

  // Serves those zones (empty: all) at these addresses of the loopback network, until the tree goes.
  void serve(const std::vector<std::string>& addresses, const std::vector<std::string>& zones = {});

  std::uint16_t port() const { return port_; }
  std::string resolver() const { return "127.0.0.1:" + std::to_string(port_); }
  std::string anchor() const { return folder_.path("root.key"); }  // for trust_anchor
  std::string anchor_for_delv() const { return folder_.path("delv.conf"); }
  Session session() const;  // forwards all to 127.0.0.1, trusts this root alone

 private:
  std::string sign(const ZoneText&, const std::string& file);

  Folder folder_;
  std::uint16_t port_;
  std::map<std::string, std::string> files_;      // by zone
  std::map<std::string, std::string> delegates_;  // lines for the parent, by child zone
  std::vector<std::unique_ptr<Process>> servers_;
};

// A UDP port of 127.0.0.1 that takes everything and says nothing.
class SilentPort {
 public:
  SilentPort();
  ~SilentPort();
  SilentPort(const SilentPort&) = delete;
  SilentPort& operator=(const SilentPort&) = delete;
  std::uint16_t port() const { return port_; }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

// example.jp signed as it should be with everything in it, example1.jp unsigned without mail, example2.jp altered after
// signing, example3.jp expired, below jp with opt-out and a root.
std::vector<ZoneText> clinic_zones();

}  // namespace kenshin::lab
