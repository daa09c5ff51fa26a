#include "probes/host/dpkg_status.h"

#include <algorithm>

#include "probes/base/text.h"

namespace kenshin {

InstalledPackages parse_dpkg_status(std::string_view text) {
  InstalledPackages out;
  std::string_view name, status, version;
  const auto close = [&] {
    if (!name.empty() && status.ends_with(" installed")) out.insert_or_assign(std::string(name), std::string(version));
    name = status = version = {};
  };
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (trim(line).empty()) close();
    else if (line.starts_with("Package:")) name = trim(line.substr(8));
    else if (line.starts_with("Status:")) status = trim(line.substr(7));
    else if (line.starts_with("Version:")) version = trim(line.substr(8));
  }
  close();
  return out;
}

Result<InstalledPackages> installed_packages(const RootFiles& files) {
  const auto text = files.read("/var/lib/dpkg/status", std::size_t{64} << 20);
  if (!text) return text.error();
  InstalledPackages packages = parse_dpkg_status(*text);
  if (packages.empty()) return Error{Error::Kind::Failed, "/var/lib/dpkg/status: names no installed package"};
  return packages;
}

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// deb-version(7): "~" sorts before the end, letters before everything else that is not a letter.
int weight(std::string_view rest) {
  if (rest.empty() || is_digit(rest.front())) return 0;
  const char c = rest.front();
  if (c == '~') return -1;
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return static_cast<unsigned char>(c) + (letter ? 0 : 256);
}

std::string_view take_number(std::string_view& rest) {
  const auto zeros = std::min(rest.find_first_not_of('0'), rest.size());
  rest.remove_prefix(zeros);
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_digit);
  const std::string_view number = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
  rest.remove_prefix(number.size());
  return number;
}

}  // namespace

bool version_before(std::string_view a, std::string_view b) {
  while (!a.empty() || !b.empty()) {
    while ((!a.empty() && !is_digit(a.front())) || (!b.empty() && !is_digit(b.front()))) {
      if (weight(a) != weight(b)) return weight(a) < weight(b);
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
    const auto x = take_number(a), y = take_number(b);
    if (x.size() != y.size()) return x.size() < y.size();
    if (x != y) return x < y;
  }
  return false;
}

}  // namespace kenshin
