// Owners for what libcrypto and libssl hand out. Everything of theirs is held by one of these.
#pragma once

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/ocsp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace kenshin {

template <auto release>
struct Release {
  template <class T>
  void operator()(T* held) const {
    release(held);
  }
};
template <class T, auto release>
using Owned = std::unique_ptr<T, Release<release>>;

inline void free_text(char* text) { OPENSSL_free(text); }

using OwnedX509 = Owned<X509, X509_free>;
using OwnedStore = Owned<X509_STORE, X509_STORE_free>;
using OwnedStoreContext = Owned<X509_STORE_CTX, X509_STORE_CTX_free>;
using OwnedBio = Owned<BIO, BIO_free_all>;
using OwnedBignum = Owned<BIGNUM, BN_free>;
using OwnedName = Owned<X509_NAME, X509_NAME_free>;
using OwnedKey = Owned<EVP_PKEY, EVP_PKEY_free>;
using OwnedKeyContext = Owned<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
using OwnedDigestContext = Owned<EVP_MD_CTX, EVP_MD_CTX_free>;
using OwnedBignumContext = Owned<BN_CTX, BN_CTX_free>;
using OwnedCipher = Owned<EVP_CIPHER, EVP_CIPHER_free>;
using OwnedCipherContext = Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;
using OwnedKdf = Owned<EVP_KDF, EVP_KDF_free>;
using OwnedKdfContext = Owned<EVP_KDF_CTX, EVP_KDF_CTX_free>;
using OwnedNames = Owned<GENERAL_NAMES, GENERAL_NAMES_free>;
using OwnedPolicies = Owned<CERTIFICATEPOLICIES, CERTIFICATEPOLICIES_free>;
using OwnedOctets = Owned<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>;
using OwnedOcspResponse = Owned<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using OwnedOcspBasic = Owned<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using OwnedOcspRequest = Owned<OCSP_REQUEST, OCSP_REQUEST_free>;
using OwnedOcspId = Owned<OCSP_CERTID, OCSP_CERTID_free>;
using OwnedCrl = Owned<X509_CRL, X509_CRL_free>;
using OwnedCrlScope = Owned<ISSUING_DIST_POINT, ISSUING_DIST_POINT_free>;
using OwnedUsages = Owned<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;
using OwnedBits = Owned<ASN1_BIT_STRING, ASN1_BIT_STRING_free>;
using OwnedAccess = Owned<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free>;
using OwnedCrlPoints = Owned<CRL_DIST_POINTS, CRL_DIST_POINTS_free>;
using OwnedFeatures = Owned<TLS_FEATURE, TLS_FEATURE_free>;
using OwnedText = Owned<char, free_text>;
using OwnedSslContext = Owned<SSL_CTX, SSL_CTX_free>;
using OwnedSsl = Owned<SSL, SSL_free>;

}  // namespace kenshin
