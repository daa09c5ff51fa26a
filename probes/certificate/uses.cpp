#include "probes/certificate/uses.h"

#include <array>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::size_t most_urls = 16, longest_url = 1000;

std::string purpose_name(const ASN1_OBJECT* purpose) {
  switch (OBJ_obj2nid(purpose)) {
    case NID_server_auth: return "serverAuth";
    case NID_client_auth: return "clientAuth";
    case NID_code_sign: return "codeSigning";
    case NID_email_protect: return "emailProtection";
    case NID_time_stamp: return "timeStamping";
    case NID_OCSP_sign: return "OCSPSigning";
    case NID_anyExtendedKeyUsage: return "anyExtendedKeyUsage";
    default: return oid_text(purpose);
  }
}

void take_url(const GENERAL_NAME& name, std::vector<std::string>& into) {
  if (name.type != GEN_URI || into.size() == most_urls) return;
  const ASN1_IA5STRING* url = name.d.uniformResourceIdentifier;
  const auto* text = reinterpret_cast<const char*>(ASN1_STRING_get0_data(url));
  into.push_back(one_line({text, static_cast<std::size_t>(ASN1_STRING_length(url))}, longest_url));
}

}  // namespace

std::string oid_text(const ASN1_OBJECT* object) {
  std::array<char, 128> text{};
  OBJ_obj2txt(text.data(), static_cast<int>(text.size()), object, 1);
  return text.data();
}

std::vector<std::string> extended_key_usages(X509& x509) {
  const OwnedUsages usages(
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(&x509, NID_ext_key_usage, nullptr, nullptr)));
  std::vector<std::string> out;
  for (int i = 0; usages && i < sk_ASN1_OBJECT_num(usages.get()); ++i)
    out.push_back(purpose_name(sk_ASN1_OBJECT_value(usages.get(), i)));
  return out;
}

std::vector<std::string> key_usages(X509& x509) {
  static constexpr std::array<const char*, 9> names{"digitalSignature", "nonRepudiation", "keyEncipherment",
                                                    "dataEncipherment", "keyAgreement",   "keyCertSign",
                                                    "cRLSign",          "encipherOnly",   "decipherOnly"};
  const OwnedBits bits(static_cast<ASN1_BIT_STRING*>(X509_get_ext_d2i(&x509, NID_key_usage, nullptr, nullptr)));
  std::vector<std::string> out;
  for (std::size_t i = 0; bits && i < names.size(); ++i)
    if (ASN1_BIT_STRING_get_bit(bits.get(), static_cast<int>(i)) == 1) out.emplace_back(names[i]);
  return out;
}

AskAt ask_at(X509& x509) {
  AskAt out;
  const OwnedAccess access(
      static_cast<AUTHORITY_INFO_ACCESS*>(X509_get_ext_d2i(&x509, NID_info_access, nullptr, nullptr)));
  for (int i = 0; access && i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
    const ACCESS_DESCRIPTION& one = *sk_ACCESS_DESCRIPTION_value(access.get(), i);
    const int method = OBJ_obj2nid(one.method);
    if (method == NID_ad_OCSP) take_url(*one.location, out.ocsp);
    if (method == NID_ad_ca_issuers) take_url(*one.location, out.ca_issuers);
  }
  const OwnedCrlPoints points(
      static_cast<CRL_DIST_POINTS*>(X509_get_ext_d2i(&x509, NID_crl_distribution_points, nullptr, nullptr)));
  for (int i = 0; points && i < sk_DIST_POINT_num(points.get()); ++i) {
    const DIST_POINT_NAME* name = sk_DIST_POINT_value(points.get(), i)->distpoint;
    if (name == nullptr || name->type != 0) continue;  // fullName
    for (int j = 0; j < sk_GENERAL_NAME_num(name->name.fullname); ++j)
      take_url(*sk_GENERAL_NAME_value(name->name.fullname, j), out.crl);
  }
  return out;
}

bool must_staple(X509& x509) {
  constexpr long status_request = 5;
  const OwnedFeatures features(static_cast<TLS_FEATURE*>(X509_get_ext_d2i(&x509, NID_tlsfeature, nullptr, nullptr)));
  for (int i = 0; features && i < sk_ASN1_INTEGER_num(features.get()); ++i)
    if (ASN1_INTEGER_get(sk_ASN1_INTEGER_value(features.get(), i)) == status_request) return true;
  return false;
}

}  // namespace kenshin
