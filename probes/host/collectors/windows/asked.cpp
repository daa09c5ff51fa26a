#include "probes/host/collectors/windows/asked.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace kenshin::windows {

namespace {

// ERROR_ACCESS_DENIED, ERROR_PRIVILEGE_NOT_HELD, E_ACCESSDENIED, WBEM_E_ACCESS_DENIED
constexpr std::array<unsigned long, 4> you_may_not = {5, 1314, 0x80070005, 0x80041003};

}  // namespace

NoAnswer no_answer(std::string_view source, std::string_view at, unsigned long code) {
  char text[16];
  std::snprintf(text, sizeof text, "0x%08lx", code);
  const bool denied = std::find(you_may_not.begin(), you_may_not.end(), code) != you_may_not.end();
  return {denied ? Error::Kind::Denied : Error::Kind::Failed, std::string(source), std::string(at), text};
}

NoAnswer no_answer(Error::Kind kind, std::string_view source, std::string_view at) {
  return {kind, std::string(source), std::string(at), {}};
}

}  // namespace kenshin::windows
