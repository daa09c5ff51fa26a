// Suite lists, end-of-support data and configuration lines as a user may give them in the place of ours (--data DIR):
// any bytes are read or refused with a reason.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "reports/criteria/configuration_lines.h"
#include "reports/criteria/profile.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const auto lists = kenshin::load_suite_lists(text, "input");
  if (!lists && lists.error().detail.empty()) std::abort();
  const auto support = kenshin::load_end_of_support(text, "input");
  if (!support && support.error().detail.empty()) std::abort();
  const auto lines = kenshin::load_configuration_lines(text, "input");
  if (!lines && lines.error().detail.empty()) std::abort();
  return 0;
}
