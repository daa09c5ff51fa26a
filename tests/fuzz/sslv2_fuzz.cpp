// Whatever answers an SSL 2.0 hello: cut at every length, and what is a message read as a SERVER-HELLO.
#include <cstdlib>

#include "probes/tls/sslv2.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kenshin;
  const Bytes all(data, size);
  const auto whole = first_sslv2_message(all);
  if (!whole || !*whole) return 0;
  if ((*whole)->size() + 2 > size) std::abort();
  const auto hello = parse_sslv2_server_hello(**whole);
  if (!hello) return 0;
  if (3 * hello->kinds.size() + hello->certificate.size() > (*whole)->size()) std::abort();
  for (std::size_t length = 0; length < size; ++length) {
    const auto part = first_sslv2_message(all.first(length));
    if (part && *part && **part != **whole) std::abort();
  }
  return 0;
}
