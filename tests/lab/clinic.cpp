#include "tests/lab/clinic.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
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

// The files tell of the days around 2026-11-22; every date in them moves with the calendar, so that they never age.
std::string moved_to_today(const std::string& text) {
  const auto moved = floor<std::chrono::days>(real_now()) - *parse_day("2026-11-22");
  const std::regex date("(20[0-9][0-9])([-/])([0-9][0-9])[-/]([0-9][0-9])");
  std::string out;
  auto rest = text.begin();
  for (std::sregex_iterator at(text.begin(), text.end(), date), end; at != end; ++at) {
    out.append(rest, (*at)[0].first);
    const auto day = parse_day((*at)[1].str() + "-" + (*at)[3].str() + "-" + (*at)[4].str());
    std::string shown = day ? to_text(*day + moved) : (*at)[0].str();
    std::replace(shown.begin(), shown.end(), '-', (*at)[2].str()[0]);
    out += shown;
    rest = (*at)[0].second;
  }
  return out.append(rest, text.end());
}

}  // namespace

Clinic::Clinic(const std::string& templates, const std::string& folder)
    : bundle_(std::filesystem::absolute(folder) / "bundle.pem"),
      good_(pki_, {"TLSv1.2 TLSv1.3", "ECDHE+AESGCM:ECDHE+CHACHA20", "ssl_prefer_server_ciphers on;"}),
      weak_(pki_, {"TLSv1 TLSv1.1 TLSv1.2 TLSv1.3", "ALL:@SECLEVEL=0", ""}),
      silent_(silent()),
      whois_(answers_line(moved_to_today(text_of_file(templates + "/whois.txt")))) {
  write_file(bundle_, text_of_file(pki_.bundle()));
  for (const auto* name : {"reception.json", "consultation.json", "server.json"})
    write_file(folder + "/" + name, moved_to_today(text_of_file(templates + "/" + name)));
  for (const auto* name : {"checklist.txt", "memorandum.txt"})
    write_file(folder + "/" + name, text_of_file(templates + "/" + name));
  write_file(folder + "/kenshin.toml", filled(moved_to_today(text_of_file(templates + "/kenshin.toml.in")),
                                              {{"GOOD_PORT", std::to_string(good_port())},
                                               {"WEAK_PORT", std::to_string(weak_port())},
                                               {"SILENT_PORT", std::to_string(silent_port())},
                                               {"WHOIS_PORT", std::to_string(whois_port())},
                                               {"DNS_PORT", std::to_string(names_.port())},
                                               {"TRUST_BUNDLE", bundle_},
                                               {"FOLDER", std::filesystem::absolute(folder)}}));
}

}  // namespace kenshin::lab
