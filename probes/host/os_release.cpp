#include "probes/host/os_release.h"

#include "probes/base/text.h"

namespace kenshin {

namespace {

// os-release(5): a value may stand in single or double quotes; in double quotes \ " $ ` are escaped with a backslash.
std::string unquoted(std::string_view value) {
  if (value.size() < 2 || (value.front() != '"' && value.front() != '\'') || value.back() != value.front())
    return one_line(value);
  const bool escapes = value.front() == '"';
  std::string out;
  value = value.substr(1, value.size() - 2);
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (escapes && value[i] == '\\' && i + 1 < value.size()) ++i;
    out += value[i];
  }
  return one_line(out);
}

}  // namespace

OsIdentity parse_os_release(std::string_view text) {
  OsIdentity out;
  out.family = "linux";
  out.id = "linux";
  for (const auto line : lines(text)) {
    const auto equals = line.find('=');
    if (equals == std::string_view::npos || line.starts_with('#')) continue;
    const std::string_view key = trim(line.substr(0, equals));
    const std::string value = unquoted(trim(line.substr(equals + 1)));
    if (key == "ID" && !value.empty()) out.id = value;
    if (key == "VERSION_ID") out.version = value;
    if (key == "PRETTY_NAME") out.pretty = value;
  }
  return out;
}

Result<OsIdentity> os_identity(const RootFiles& files) {
  auto text = files.read("/etc/os-release");
  if (!text && text.error().kind == Error::Kind::Absent) text = files.read("/usr/lib/os-release");
  if (!text) return text.error();
  OsIdentity identity = parse_os_release(*text);
  if (const auto release = files.read("/proc/sys/kernel/osrelease", 4096)) identity.kernel = one_line(trim(*release));
  return identity;
}

}  // namespace kenshin
