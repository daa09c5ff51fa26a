// kenshin.toml and target lists: every input ends in a value or an error that names the file.
#include <cstdlib>

#include "scanner/config.h"
#include "scanner/target_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  const kenshin::Day today = *kenshin::parse_day("2026-11-22");
  const auto config = kenshin::read_config(text, "kenshin.toml", today);
  if (config) static_cast<void>(kenshin::lint_config(*config, {}, today));
  else if (!config.error().detail.starts_with("kenshin.toml:")) std::abort();
  const auto targets = kenshin::read_targets(text, "targets.txt");
  if (!targets && !targets.error().detail.starts_with("targets.txt:")) std::abort();
  return 0;
}
