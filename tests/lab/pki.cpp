#include "tests/lab/pki.h"

#include <openssl/conf.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include <stdexcept>

namespace kenshin::lab {

namespace {

template <class T>
T require(T made) {
  if (!made) throw std::runtime_error("libcrypto failed");
  return made;
}

std::string text_of_bio(BIO* bio) {
  char* text = nullptr;
  const long length = BIO_get_mem_data(bio, &text);
  return {text, static_cast<std::size_t>(length)};
}

void set_name(X509_NAME* name, const std::string& common) {
  const auto add = [&](const char* field, const std::string& value) {
    X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value.data()),
                               static_cast<int>(value.size()), -1, 0);
  };
  add("C", "JP");
  add("O", "Example Clinic");
  add("CN", common);
}

void add_extension(X509* to, X509* issuer, int nid, const std::string& value) {
  const Owned<CONF, NCONF_free> no_file(require(NCONF_new(nullptr)));  // policies want one, even without a section
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, to, nullptr, nullptr, 0);
  X509V3_set_nconf(&context, no_file.get());
  const Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
      require(X509V3_EXT_nconf_nid(no_file.get(), &context, nid, value.c_str())));
  X509_add_ext(to, extension.get(), -1);
}

}  // namespace

Buffer Identity::der() const {
  unsigned char* out = nullptr;
  const int length = i2d_X509(certificate.get(), &out);
  const Owned<unsigned char, [](unsigned char* p) { OPENSSL_free(p); }> owned(out);
  return {out, out + length};
}

std::string Identity::pem() const {
  const OwnedBio out(BIO_new(BIO_s_mem()));
  PEM_write_bio_X509(out.get(), certificate.get());
  return text_of_bio(out.get());
}

std::string Identity::key_pem() const {
  const OwnedBio out(BIO_new(BIO_s_mem()));
  PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  return text_of_bio(out.get());
}

CertificateWish server_wish(std::chrono::sys_seconds now, std::vector<std::string> names) {
  CertificateWish out;
  out.names = std::move(names);
  out.not_before = now - std::chrono::days(30);
  out.not_after = now + std::chrono::days(60);
  return out;
}

CertificateWish authority_wish(std::chrono::sys_seconds now, std::string subject) {
  CertificateWish out;
  out.subject = std::move(subject);
  out.is_ca = true;
  out.not_before = now - std::chrono::days(365);
  out.not_after = now + std::chrono::days(3650);
  return out;
}

OwnedKey made_key(KeyKind kind) {
  switch (kind) {
    case KeyKind::Rsa2048: return OwnedKey(require(EVP_RSA_gen(2048)));
    case KeyKind::EcP256: return OwnedKey(require(EVP_EC_gen("P-256")));
    case KeyKind::Ed25519: return OwnedKey(require(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519")));
    case KeyKind::RsaPss2048: break;
  }
  const OwnedKeyContext context(require(EVP_PKEY_CTX_new_from_name(nullptr, "RSA-PSS", nullptr)));
  EVP_PKEY_keygen_init(context.get());
  EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), 2048);
  EVP_PKEY* made = nullptr;
  EVP_PKEY_generate(context.get(), &made);
  return OwnedKey(require(made));
}

Identity issue(const CertificateWish& wish, const Identity* issuer) {
  return issue_for(made_key(wish.key), wish, issuer);
}

Identity issue_for(OwnedKey key, const CertificateWish& wish, const Identity* issuer) {
  Identity out;
  out.key = std::move(key);
  out.certificate.reset(require(X509_new()));
  X509* x509 = out.certificate.get();
  X509_set_version(x509, X509_VERSION_3);
  const OwnedBignum serial(BN_new());
  BN_rand(serial.get(), 120, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY);
  BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(x509));
  ASN1_TIME_set(X509_getm_notBefore(x509), wish.not_before.time_since_epoch().count());
  ASN1_TIME_set(X509_getm_notAfter(x509), wish.not_after.time_since_epoch().count());
  set_name(X509_get_subject_name(x509), wish.subject);
  X509* signer = issuer != nullptr ? issuer->certificate.get() : x509;
  X509_set_issuer_name(x509, X509_get_subject_name(signer));
  X509_set_pubkey(x509, out.key.get());
  add_extension(x509, signer, NID_basic_constraints, wish.is_ca ? "critical,CA:TRUE" : "critical,CA:FALSE");
  const std::string usual = wish.is_ca ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature,keyEncipherment";
  add_extension(x509, signer, NID_key_usage, wish.key_usage.empty() ? usual : wish.key_usage);
  add_extension(x509, signer, NID_subject_key_identifier, "hash");
  if (!wish.extended_key_usage.empty()) add_extension(x509, signer, NID_ext_key_usage, wish.extended_key_usage);
  if (!wish.policies.empty()) add_extension(x509, signer, NID_certificate_policies, wish.policies);
  for (const auto& [name, value] : wish.more) add_extension(x509, signer, OBJ_sn2nid(name.c_str()), value);
  std::string names;
  for (const auto& name : wish.names) names += (names.empty() ? "" : ",") + name;
  if (!names.empty()) add_extension(x509, signer, NID_subject_alt_name, names);
  EVP_PKEY* signing = issuer != nullptr ? issuer->key.get() : out.key.get();
  X509_sign(x509, signing, EVP_PKEY_get_base_id(signing) == EVP_PKEY_ED25519 ? nullptr : EVP_sha256());
  return out;
}

}  // namespace kenshin::lab
