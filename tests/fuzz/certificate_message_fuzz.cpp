// A Certificate message and the certificates in it, read as far as a report goes. Trust is not asked: that is libcrypto
// alone.
#include <cstdlib>

#include "probes/certificate/message.h"
#include "probes/certificate/read.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace kenshin;
  const auto list = parse_certificate_message(Bytes(data, size));
  if (!list) return 0;
  for (const Buffer& der : *list) {
    if (der.empty()) std::abort();
    const OwnedX509 x509 = x509_from_der(der);
    if (!x509) continue;
    const auto read = read_certificate(*x509);
    is_for(*x509, "consult.example.jp");
    is_for(*x509, "192.0.2.1");
    if (read && read->subject.find('\n') != std::string::npos) std::abort();
  }
  return 0;
}
