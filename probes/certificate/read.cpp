#include "probes/certificate/read.h"

#include <arpa/inet.h>
#include <openssl/ec.h>

#include <algorithm>
#include <array>

#include "probes/base/crypto.h"
#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/certificate/keys.h"
#include "probes/certificate/uses.h"

namespace kenshin {

namespace {

std::string serial_text(X509& x509) {
  const OwnedBignum number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(&x509), nullptr));
  if (!number) return {};
  const OwnedText text(BN_bn2hex(number.get()));
  return text ? lower_ascii(text.get()) : std::string();
}

std::string curve_text(const EVP_PKEY& key) {
  std::array<char, 80> name{};
  if (EVP_PKEY_get_group_name(&key, name.data(), name.size(), nullptr) != 1) return "EC";
  const int nid = OBJ_txt2nid(name.data());
  const char* nist = nid == NID_undef ? nullptr : EC_curve_nid2nist(nid);
  return std::string("EC-") + (nist != nullptr ? nist : name.data());
}

std::string key_text(X509& x509) {
  const EVP_PKEY* key = X509_get0_pubkey(&x509);
  if (key == nullptr) return {};
  const std::string bits = std::to_string(EVP_PKEY_get_bits(key));
  switch (EVP_PKEY_get_base_id(key)) {
    case EVP_PKEY_RSA: return "RSA-" + bits;
    case EVP_PKEY_RSA_PSS: return "RSA-PSS-" + bits;
    case EVP_PKEY_DSA: return "DSA-" + bits;
    case EVP_PKEY_EC: return curve_text(*key);
    case EVP_PKEY_ED25519: return "Ed25519";
    case EVP_PKEY_ED448: return "Ed448";
    default: return one_line(OBJ_nid2sn(EVP_PKEY_get_base_id(key)), 40);
  }
}

std::string signature_text(X509& x509) {
  const X509_ALGOR* algorithm = nullptr;
  X509_get0_signature(nullptr, &algorithm, &x509);
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
  const int nid = OBJ_obj2nid(object);
  int hash = NID_undef;
  if (nid == NID_rsassaPss && X509_get_signature_info(&x509, &hash, nullptr, nullptr, nullptr) == 1 &&
      hash != NID_undef)
    return std::string(OBJ_nid2ln(nid)) + " with " + OBJ_nid2ln(hash);
  return nid == NID_undef ? oid_text(object) : OBJ_nid2ln(nid);
}

std::string spki_fingerprint(X509& x509) {
  unsigned char* der = nullptr;
  const int length = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(&x509), &der);
  const Owned<unsigned char, [](unsigned char* p) { OPENSSL_free(p); }> owned(der);
  if (length <= 0) return {};
  return sha256_hex({der, static_cast<std::size_t>(length)});
}

std::string ip_text(const ASN1_OCTET_STRING& address) {
  const Bytes bytes(ASN1_STRING_get0_data(&address), static_cast<std::size_t>(ASN1_STRING_length(&address)));
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool known = (bytes.size() == 4 && inet_ntop(AF_INET, bytes.data(), text.data(), text.size()) != nullptr) ||
                     (bytes.size() == 16 && inet_ntop(AF_INET6, bytes.data(), text.data(), text.size()) != nullptr);
  return known ? std::string(text.data()) : hex(bytes);
}

std::vector<std::string> alternative_names(X509& x509) {
  const OwnedNames names(static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&x509, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> out;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME& name = *sk_GENERAL_NAME_value(names.get(), i);
    if (name.type == GEN_DNS) {
      const auto* text = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name.d.dNSName));
      out.push_back(one_line({text, static_cast<std::size_t>(ASN1_STRING_length(name.d.dNSName))}));
    } else if (name.type == GEN_IPADD) {
      out.push_back(ip_text(*name.d.iPAddress));
    }
  }
  return out;
}

std::vector<std::string> policies(X509& x509) {
  const OwnedPolicies found(
      static_cast<CERTIFICATEPOLICIES*>(X509_get_ext_d2i(&x509, NID_certificate_policies, nullptr, nullptr)));
  std::vector<std::string> out;
  for (int i = 0; found && i < sk_POLICYINFO_num(found.get()); ++i)
    out.push_back(oid_text(sk_POLICYINFO_value(found.get(), i)->policyid));
  return out;
}

bool allows_servers(X509& x509) {
  const std::uint32_t flags = X509_get_extension_flags(&x509);
  if ((flags & EXFLAG_XKUSAGE) == 0) return true;
  return (X509_get_extended_key_usage(&x509) & (XKU_SSL_SERVER | XKU_ANYEKU)) != 0;
}

}  // namespace

Buffer der_of(const X509& x509) {
  unsigned char* out = nullptr;
  const int length = i2d_X509(&x509, &out);
  if (length <= 0) return {};
  const Owned<unsigned char, [](unsigned char* p) { OPENSSL_free(p); }> owned(out);
  return {out, out + length};
}

std::string certificate_sha256(const X509& x509) { return sha256_hex(der_of(x509)); }

Result<Instant> instant_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1)
    return Error{Error::Kind::Malformed, "a date cannot be read"};
  using namespace std::chrono;
  const Day day = year{parts.tm_year + 1900} / (parts.tm_mon + 1) / parts.tm_mday;
  return day + hours{parts.tm_hour} + minutes{parts.tm_min} + seconds{parts.tm_sec};
}

OwnedX509 x509_from_der(Bytes der) {
  const unsigned char* at = der.data();
  OwnedX509 x509(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  ERR_clear_error();
  if (x509 && at != der.data() + der.size()) x509.reset();
  return x509;
}

std::string name_text(const X509_NAME* name) {
  const OwnedBio out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  char* text = nullptr;
  const long length = BIO_get_mem_data(out.get(), &text);
  return one_line({text, static_cast<std::size_t>(std::max(length, 0L))}, 500);
}

Result<Certificate> read_certificate(X509& x509) {
  Certificate out;
  out.subject = name_text(X509_get_subject_name(&x509));
  out.issuer = name_text(X509_get_issuer_name(&x509));
  out.der = der_of(x509);
  out.sha256 = sha256_hex(out.der);
  out.serial = serial_text(x509);
  const auto from = instant_of(X509_get0_notBefore(&x509)), until = instant_of(X509_get0_notAfter(&x509));
  if (!from) return from.error();
  if (!until) return until.error();
  out.not_before = *from;
  out.not_after = *until;
  out.key = key_text(x509);
  if (out.key.empty()) return Error{Error::Kind::Malformed, "the public key cannot be read"};
  out.signature = signature_text(x509);
  out.names = alternative_names(x509);
  out.policies = policies(x509);
  out.is_ca = X509_check_ca(&x509) == 1;
  out.self_issued = X509_NAME_cmp(X509_get_subject_name(&x509), X509_get_issuer_name(&x509)) == 0;
  out.server_auth = allows_servers(x509);
  out.extended_key_usage = extended_key_usages(x509);
  out.key_usage = key_usages(x509);
  AskAt ask = ask_at(x509);
  out.ocsp_urls = std::move(ask.ocsp);
  out.ca_issuers_urls = std::move(ask.ca_issuers);
  out.crl_urls = std::move(ask.crl);
  out.must_staple = must_staple(x509);
  out.spki_sha256 = spki_fingerprint(x509);
  out.key_problems = key_problems(*X509_get0_pubkey(&x509), shipped_weak_keys());
  ERR_clear_error();
  return out;
}

bool is_for(X509& x509, const std::string& host) {
  if (is_ip_literal(host)) return X509_check_ip_asc(&x509, host.c_str(), 0) == 1;
  return X509_check_host(&x509, host.c_str(), host.size(),
                         X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) == 1;
}

}  // namespace kenshin
