// Whatever a server sends: cut into records and messages at every split the first byte asks for, and read.
#include <algorithm>
#include <cstdlib>

#include "probes/tls/flight.h"
#include "probes/tls/server_hello.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kenshin;
  if (size == 0) return 0;
  const std::size_t step = 1 + data[0];
  const Bytes all(data + 1, size - 1);
  std::size_t read = 0;
  FlightReader flight;
  for (std::size_t at = 0; at < all.size(); at += step) {
    flight.push(all.subspan(at, std::min(step, all.size() - at)));
    while (const auto event = flight.next()) {
      const auto* message = std::get_if<HandshakeMessage>(&*event);
      if (message == nullptr) continue;
      read += 4 + message->body.size();
      const auto hello = parse_server_hello(message->body);
      if (hello && hello->retry && hello->version < TlsVersion::Tls13) std::abort();
    }
  }
  if (read > size) std::abort();
  return 0;
}
