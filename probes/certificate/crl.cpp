// RFC 5280 5 and 6.3.
#include <algorithm>
#include <mutex>

#include "probes/certificate/read.h"
#include "probes/certificate/revocation_answers.h"
#include "probes/certificate/uses.h"

namespace kenshin {

namespace {

constexpr std::chrono::minutes clocks_differ{5};

RevocationAnswer unknown(std::string because) {
  RevocationAnswer out;
  out.because = std::move(because);
  return out;
}

bool has_unknown_critical(const X509_CRL& crl) {
  for (int i = 0; i < X509_CRL_get_ext_count(&crl); ++i) {
    X509_EXTENSION* extension = X509_CRL_get_ext(&crl, i);
    const int nid = OBJ_obj2nid(X509_EXTENSION_get_object(extension));
    if (X509_EXTENSION_get_critical(extension) != 0 && nid != NID_issuing_distribution_point) return true;
  }
  return false;
}

bool names_one_of(const DIST_POINT_NAME& point, const std::vector<std::string>& urls) {
  if (point.type != 0) return false;
  for (int i = 0; i < sk_GENERAL_NAME_num(point.name.fullname); ++i) {
    const GENERAL_NAME& name = *sk_GENERAL_NAME_value(point.name.fullname, i);
    if (name.type != GEN_URI) continue;
    const ASN1_IA5STRING* url = name.d.uniformResourceIdentifier;
    const std::string_view text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(url)),
                                static_cast<std::size_t>(ASN1_STRING_length(url)));
    if (std::find(urls.begin(), urls.end(), text) != urls.end()) return true;
  }
  return false;
}

// RFC 5280 6.3.3 b 2: a list for other certificates says nothing of this one.
bool covers(const X509_CRL& crl, X509& subject) {
  int found = 0;
  const OwnedCrlScope scope(
      static_cast<ISSUING_DIST_POINT*>(X509_CRL_get_ext_d2i(&crl, NID_issuing_distribution_point, &found, nullptr)));
  if (!scope) return found == -1;
  const bool is_ca = X509_check_ca(&subject) == 1;
  if (scope->indirectCRL > 0 || scope->onlysomereasons != nullptr || scope->onlyattr > 0) return false;
  if ((scope->onlyuser > 0 && is_ca) || (scope->onlyCA > 0 && !is_ca)) return false;
  return scope->distpoint == nullptr || names_one_of(*scope->distpoint, ask_at(subject).crl);
}

std::string reason_of(const X509_REVOKED& entry) {
  const Owned<ASN1_ENUMERATED, ASN1_ENUMERATED_free> reason(
      static_cast<ASN1_ENUMERATED*>(X509_REVOKED_get_ext_d2i(&entry, NID_crl_reason, nullptr, nullptr)));
  if (!reason) return "revoked";
  return std::string("revoked, ") + OCSP_crl_reason_str(ASN1_ENUMERATED_get(reason.get()));
}

}  // namespace

RevocationAnswer read_crl(Bytes der, X509& subject, X509& issuer, Instant now) {
  // A list of ten megabytes takes ten times that when it is read: one at a time.
  static std::mutex reading;
  const std::lock_guard lock(reading);
  const unsigned char* at = der.data();
  const OwnedCrl crl(d2i_X509_CRL(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (!crl || at != der.data() + der.size()) return unknown("malformed");
  if (X509_NAME_cmp(X509_CRL_get_issuer(crl.get()), X509_get_subject_name(&issuer)) != 0)
    return unknown("other issuer");
  EVP_PKEY* key = X509_get0_pubkey(&issuer);
  const bool is_signed = key != nullptr && X509_CRL_verify(crl.get(), key) == 1;
  ERR_clear_error();
  if (!is_signed) return unknown("signature");
  RevocationAnswer out;
  const auto from = instant_of(X509_CRL_get0_lastUpdate(crl.get()));
  if (!from) return unknown("malformed");
  out.this_update = *from;
  if (X509_CRL_get0_nextUpdate(crl.get()) != nullptr) {
    const auto until = instant_of(X509_CRL_get0_nextUpdate(crl.get()));
    if (!until) return unknown("malformed");
    out.next_update = *until;
  }
  if (X509_CRL_get_ext_by_NID(crl.get(), NID_delta_crl, -1) >= 0) return out.because = "delta", out;
  if (has_unknown_critical(*crl)) return out.because = "critical extension", out;
  if (!covers(*crl, subject)) return out.because = "scope", out;
  if (now + clocks_differ < *out.this_update) return out.because = "not yet valid", out;
  if (!out.next_update) return out.because = "no nextUpdate", out;  // RFC 5280 5.1.2.5
  if (now > *out.next_update) return out.because = "expired", out;
  X509_REVOKED* entry = nullptr;
  if (X509_CRL_get0_by_serial(crl.get(), &entry, X509_get0_serialNumber(&subject)) == 1) {
    out.standing = Standing::Revoked;
    out.because = reason_of(*entry);
    if (const auto revoked = instant_of(X509_REVOKED_get0_revocationDate(entry))) out.revoked_at = *revoked;
  } else {
    out.standing = Standing::Good;
    out.because = "good";
  }
  return out;
}

}  // namespace kenshin
