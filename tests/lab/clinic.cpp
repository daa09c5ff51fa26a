#include "tests/lab/clinic.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace kenshin::lab {

namespace {

std::string text_of_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string filled(std::string text, const std::vector<std::pair<std::string, std::string>>& values) {
  for (const auto& [name, value] : values)
    for (auto at = text.find("@" + name + "@"); at != std::string::npos; at = text.find("@" + name + "@"))
      text.replace(at, name.size() + 2, value);
  return text;
}

}  // namespace

Clinic::Clinic(const std::string& templates, const std::string& folder)
    : bundle_(std::filesystem::absolute(folder) / "bundle.pem"),
      good_(pki_, {"TLSv1.2 TLSv1.3", "ECDHE+AESGCM:ECDHE+CHACHA20", "ssl_prefer_server_ciphers on;"}),
      weak_(pki_, {"TLSv1 TLSv1.1 TLSv1.2 TLSv1.3", "ALL:@SECLEVEL=0", ""}),
      silent_(silent()),
      whois_(answers_line(text_of_file(templates + "/whois.txt"))) {
  write_file(bundle_, text_of_file(pki_.bundle()));
  write_file(folder + "/kenshin.toml",
             filled(text_of_file(templates + "/kenshin.toml.in"), {{"GOOD_PORT", std::to_string(good_port())},
                                                                   {"WEAK_PORT", std::to_string(weak_port())},
                                                                   {"SILENT_PORT", std::to_string(silent_port())},
                                                                   {"WHOIS_PORT", std::to_string(whois_port())},
                                                                   {"TRUST_BUNDLE", bundle_},
                                                                   {"FOLDER", std::filesystem::absolute(templates)}}));
}

}  // namespace kenshin::lab
