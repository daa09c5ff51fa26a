// What a server answers to extensions, and blocks for premasters of any key size.
#include <algorithm>
#include <cstdlib>

#include "probes/tls/feature_questions.h"
#include "probes/tls/robot.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kenshin;
  const Bytes bytes(data, size);
  if (const auto protocol = chosen_protocol(bytes))
    if (protocol->empty() || protocol->find('\n') != std::string::npos) std::abort();
  const std::size_t key = 64 + (size > 0 ? data[0] : 0U);
  for (const Premaster premaster : all_premasters)
    if (premaster_block(premaster, key, TlsVersion::Tls12).size() != key) std::abort();
  return 0;
}
