// Timestamps, OCSP responses and revocation lists as a server or anybody on the way may send them. The first byte says
// which of them it is; nothing without a right signature is good or revoked.
#include <cstdint>
#include <cstdlib>

#include "probes/certificate/read.h"
#include "probes/certificate/revocation_answers.h"
#include "probes/certificate/timestamps.h"

namespace {

using namespace kenshin;

OwnedX509 certificate(const char* name, X509* issuer) {
  static const OwnedKey key(EVP_EC_gen("P-256"));
  OwnedX509 out(X509_new());
  X509_set_version(out.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(out.get()), issuer == nullptr ? 1 : 2);
  X509_gmtime_adj(X509_getm_notBefore(out.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(out.get()), 3600);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(out.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name), -1, -1, 0);
  X509_set_issuer_name(out.get(), X509_get_subject_name(issuer == nullptr ? out.get() : issuer));
  X509_set_pubkey(out.get(), key.get());
  X509_sign(out.get(), key.get(), EVP_sha256());
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const OwnedX509 issuer = certificate("Root", nullptr), leaf = certificate("Leaf", issuer.get());
  if (size == 0) return 0;
  const Bytes bytes = Bytes(data, size).subspan(1);
  const Instant now{std::chrono::seconds{1'800'000'000}};
  const auto check = [](const RevocationAnswer& answer) {
    if (answer.standing != Standing::Unknown || answer.because.empty()) std::abort();
  };
  if (data[0] % 3 == 0) check(read_ocsp(bytes, *leaf, *issuer, now));
  if (data[0] % 3 == 1) check(read_crl(bytes, *leaf, *issuer, now));
  if (data[0] % 3 == 2) {
    const auto parsed = parse_timestamps(bytes, "handshake");
    if (!parsed && parsed.error().detail.empty()) std::abort();
    for (const auto& one : all_timestamps(*leaf, issuer.get(), bytes, bytes, shipped_ct_logs()))
      if (one.verified != Answer::Unknown) std::abort();
  }
  return 0;
}
