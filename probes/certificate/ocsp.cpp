// RFC 6960.
#include <openssl/ocsp.h>

#include "probes/base/text.h"
#include "probes/certificate/read.h"
#include "probes/certificate/revocation_answers.h"

namespace kenshin {

namespace {

constexpr std::chrono::minutes clocks_differ{5};
constexpr std::chrono::days fresh_without_end{10};  // TLS BR 4.9.10: answers live at most ten days

RevocationAnswer unknown(std::string because) {
  RevocationAnswer out;
  out.because = std::move(because);
  return out;
}

// The issuer alone is trusted here, as the name and key it is.
bool is_signed(OCSP_BASICRESP& basic, X509& issuer, Instant now) {
  const OwnedStore store(X509_STORE_new());
  X509_STORE_add_cert(store.get(), &issuer);
  X509_VERIFY_PARAM* param = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_time(param, now.time_since_epoch().count());
  const Owned<STACK_OF(X509), [](STACK_OF(X509) * stack) { sk_X509_free(stack); }> known(sk_X509_new_null());
  sk_X509_push(known.get(), &issuer);
  const bool out = OCSP_basic_verify(&basic, known.get(), store.get(), 0) == 1;
  ERR_clear_error();
  return out;
}

// Responders may name a certificate by any hash.
OCSP_SINGLERESP* answer_for(OCSP_BASICRESP& basic, X509& subject, X509& issuer) {
  for (const EVP_MD* hash : {EVP_sha1(), EVP_sha256(), EVP_sha384(), EVP_sha512()}) {
    const OwnedOcspId id(OCSP_cert_to_id(hash, &subject, &issuer));
    const int at = id ? OCSP_resp_find(&basic, id.get(), -1) : -1;
    if (at >= 0) return OCSP_resp_get0(&basic, at);
  }
  return nullptr;
}

std::optional<Instant> when(const ASN1_GENERALIZEDTIME* time) {
  const auto read = instant_of(time);
  return read ? std::optional(*read) : std::nullopt;
}

}  // namespace

Buffer ocsp_request(X509& subject, X509& issuer) {
  const OwnedOcspRequest request(OCSP_REQUEST_new());
  OwnedOcspId id(OCSP_cert_to_id(EVP_sha1(), &subject, &issuer));
  if (!request || !id || OCSP_request_add0_id(request.get(), id.get()) == nullptr) return {};
  static_cast<void>(id.release());
  unsigned char* der = nullptr;
  const int length = i2d_OCSP_REQUEST(request.get(), &der);
  const Owned<unsigned char, [](unsigned char* p) { OPENSSL_free(p); }> owned(der);
  return length > 0 ? Buffer(der, der + length) : Buffer();
}

RevocationAnswer read_ocsp(Bytes response, X509& subject, X509& issuer, Instant now) {
  const unsigned char* at = response.data();
  const OwnedOcspResponse read(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(response.size())));
  ERR_clear_error();
  if (!read || at != response.data() + response.size()) return unknown("malformed");
  const int status = OCSP_response_status(read.get());
  if (status != OCSP_RESPONSE_STATUS_SUCCESSFUL)
    return unknown(std::string("responder says ") + OCSP_response_status_str(status));
  const OwnedOcspBasic basic(OCSP_response_get1_basic(read.get()));
  if (!basic) return ERR_clear_error(), unknown("malformed");
  OCSP_SINGLERESP* single = answer_for(*basic, subject, issuer);
  if (single == nullptr) return unknown("other certificate");
  if (!is_signed(*basic, issuer, now)) return unknown("signature");
  int reason = -1;
  ASN1_GENERALIZEDTIME *revoked = nullptr, *this_update = nullptr, *next_update = nullptr;
  const int standing = OCSP_single_get0_status(single, &reason, &revoked, &this_update, &next_update);
  RevocationAnswer out;
  out.this_update = when(this_update);
  if (next_update != nullptr) out.next_update = when(next_update);
  if (!out.this_update || (next_update != nullptr && !out.next_update)) return unknown("malformed");
  const Instant end = out.next_update ? *out.next_update : Instant(*out.this_update + fresh_without_end);
  if (now + clocks_differ < *out.this_update) return out.because = "not yet valid", out;
  if (now > end) return out.because = "expired", out;
  if (standing == V_OCSP_CERTSTATUS_GOOD) {
    out.standing = Standing::Good;
    out.because = "good";
  } else if (standing == V_OCSP_CERTSTATUS_REVOKED) {
    out.standing = Standing::Revoked;
    out.revoked_at = when(revoked);
    out.because = reason >= 0 ? std::string("revoked, ") + OCSP_crl_reason_str(reason) : "revoked";
  } else {
    out.because = "unknown to the responder";
  }
  return out;
}

}  // namespace kenshin
