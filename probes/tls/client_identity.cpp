#include "probes/tls/client_identity.h"

#include <openssl/pem.h>

#include <utility>

#include "probes/certificate/read.h"

namespace kenshin {

namespace {

constexpr std::size_t most_certificates = 16;

int no_passphrase(char*, int, int, void*) { return 0; }

Error malformed(const std::string& what, const std::string& file) {
  ERR_clear_error();
  return {Error::Kind::Malformed, what + ": " + file};
}

}  // namespace

Result<ClientIdentity> read_client_identity(const std::string& certificate_file, const std::string& key_file) {
  const OwnedBio certificates(BIO_new_file(certificate_file.c_str(), "r")), keys(BIO_new_file(key_file.c_str(), "r"));
  ERR_clear_error();
  if (!certificates || !keys)
    return Error{Error::Kind::Absent, "cannot be read: " + (certificates ? key_file : certificate_file)};
  ClientIdentity out;
  OwnedX509 own;
  while (out.chain.size() < most_certificates) {
    OwnedX509 next(PEM_read_bio_X509(certificates.get(), nullptr, no_passphrase, nullptr));
    if (!next) break;
    out.chain.push_back(der_of(*next));
    if (!own) own = std::move(next);
  }
  if (!own) return malformed("no certificate", certificate_file);
  out.key.reset(PEM_read_bio_PrivateKey(keys.get(), nullptr, no_passphrase, nullptr));
  if (!out.key) return malformed("no key without a passphrase", key_file);
  if (X509_check_private_key(own.get(), out.key.get()) != 1)
    return malformed("the key is another certificate's", key_file);
  ERR_clear_error();
  return out;
}

}  // namespace kenshin
