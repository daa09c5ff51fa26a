#include "tests/lab/revocation.h"

#include <openssl/conf.h>
#include <openssl/ocsp.h>

#include <stdexcept>

namespace kenshin::lab {

namespace {

using OwnedTime = Owned<ASN1_TIME, ASN1_TIME_free>;

OwnedTime time_of(std::chrono::sys_seconds at) {
  return OwnedTime(ASN1_TIME_set(nullptr, at.time_since_epoch().count()));
}

OwnedTime generalised(const std::optional<std::chrono::sys_seconds>& at) {
  return at ? OwnedTime(ASN1_GENERALIZEDTIME_set(nullptr, at->time_since_epoch().count())) : nullptr;
}

template <class T, class Encode>
Buffer encoded(T* what, Encode encode) {
  unsigned char* der = nullptr;
  const int length = encode(what, &der);
  const Owned<unsigned char, [](unsigned char* p) { OPENSSL_free(p); }> owned(der);
  return {der, der + length};
}

}  // namespace

Buffer ocsp_response(const Identity& subject, const Identity& issuer, const Identity& signer, const OcspWish& wish) {
  const OwnedOcspBasic basic(OCSP_BASICRESP_new());
  const OwnedOcspId id(OCSP_cert_to_id(EVP_sha1(), subject.certificate.get(), issuer.certificate.get()));
  const int status = wish.unknown      ? V_OCSP_CERTSTATUS_UNKNOWN
                     : wish.revoked_at ? V_OCSP_CERTSTATUS_REVOKED
                                       : V_OCSP_CERTSTATUS_GOOD;
  const OwnedTime from = generalised(wish.this_update), until = generalised(wish.next_update),
                  revoked = generalised(wish.revoked_at);
  OCSP_basic_add1_status(basic.get(), id.get(), status, OCSP_REVOKED_STATUS_KEYCOMPROMISE, revoked.get(), from.get(),
                         until.get());
  OCSP_basic_sign(basic.get(), signer.certificate.get(), signer.key.get(), EVP_sha256(), nullptr, 0);
  const OwnedOcspResponse response(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
  return encoded(response.get(), i2d_OCSP_RESPONSE);
}

Buffer revocation_list(const Identity& issuer, const CrlWish& wish) {
  const OwnedCrl crl(X509_CRL_new());
  X509_CRL_set_version(crl.get(), X509_CRL_VERSION_2);
  X509_CRL_set_issuer_name(crl.get(), X509_get_subject_name(issuer.certificate.get()));
  X509_CRL_set1_lastUpdate(crl.get(), time_of(wish.this_update).get());
  if (wish.next_update) X509_CRL_set1_nextUpdate(crl.get(), time_of(*wish.next_update).get());
  for (const Identity* revoked : wish.revoked) {
    X509_REVOKED* entry = X509_REVOKED_new();
    X509_REVOKED_set_serialNumber(entry, X509_get_serialNumber(revoked->certificate.get()));
    X509_REVOKED_set_revocationDate(entry, time_of(wish.this_update).get());
    const Owned<ASN1_ENUMERATED, ASN1_ENUMERATED_free> reason(ASN1_ENUMERATED_new());
    ASN1_ENUMERATED_set(reason.get(), OCSP_REVOKED_STATUS_KEYCOMPROMISE);
    X509_REVOKED_add1_ext_i2d(entry, NID_crl_reason, reason.get(), 0, 0);
    X509_CRL_add0_revoked(crl.get(), entry);
  }
  const Owned<CONF, NCONF_free> no_file(NCONF_new(nullptr));
  for (const auto& [name, value] : wish.more) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer.certificate.get(), nullptr, nullptr, crl.get(), 0);
    X509V3_set_nconf(&context, no_file.get());
    const Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
        X509V3_EXT_nconf_nid(no_file.get(), &context, OBJ_sn2nid(name.c_str()), value.c_str()));
    if (!extension) throw std::runtime_error("no such extension: " + name);
    X509_CRL_add_ext(crl.get(), extension.get(), -1);
  }
  X509_CRL_sort(crl.get());
  X509_CRL_sign(crl.get(), issuer.key.get(), EVP_sha256());
  return encoded(crl.get(), i2d_X509_CRL);
}

Buffer http_answer(Bytes body) {
  const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n";
  Buffer out(head.begin(), head.end());
  out.insert(out.end(), body.begin(), body.end());
  return out;
}

}  // namespace kenshin::lab
