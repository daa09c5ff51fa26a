#include "probes/certificate/timestamps.h"

#include <openssl/ocsp.h>

#include <algorithm>
#include <tuple>

#include "probes/base/crypto.h"
#include "probes/tls/server_messages.h"

namespace kenshin {

namespace {

constexpr std::size_t most_timestamps = 64;
constexpr std::uint8_t sha256_hash = 4, rsa = 1, ecdsa = 3;

OwnedOctets octets_in(const X509_EXTENSION* extension) {
  if (extension == nullptr) return nullptr;
  const ASN1_OCTET_STRING* value = X509_EXTENSION_get_data(const_cast<X509_EXTENSION*>(extension));
  const unsigned char* at = ASN1_STRING_get0_data(value);
  OwnedOctets out(d2i_ASN1_OCTET_STRING(nullptr, &at, ASN1_STRING_length(value)));
  ERR_clear_error();
  return out;
}

Buffer bytes_in(const X509_EXTENSION* extension) {
  const OwnedOctets octets = octets_in(extension);
  if (!octets) return {};
  const unsigned char* from = ASN1_STRING_get0_data(octets.get());
  return {from, from + ASN1_STRING_length(octets.get())};
}

template <class T, class Encode>
Buffer encoded(T* what, Encode encode) {
  unsigned char* der = nullptr;
  const int length = encode(what, &der);
  const Owned<unsigned char, [](unsigned char* p) { OPENSSL_free(p); }> owned(der);
  return length > 0 ? Buffer(der, der + length) : Buffer();
}

// RFC 6962 3.2: the TBSCertificate without the list of timestamps.
Buffer precertificate(X509& leaf) {
  const OwnedX509 copy(X509_dup(&leaf));
  if (!copy) return {};
  const int at = X509_get_ext_by_NID(copy.get(), NID_ct_precert_scts, -1);
  if (at < 0) return {};
  const Owned<X509_EXTENSION, X509_EXTENSION_free> taken(X509_delete_ext(copy.get(), at));
  return encoded(copy.get(), i2d_re_X509_tbs);
}

Buffer issuer_key_hash(X509& issuer) {
  const Buffer key =
      encoded(X509_get_X509_PUBKEY(&issuer), [](auto* k, unsigned char** to) { return i2d_X509_PUBKEY(k, to); });
  return sha256(key);
}

// RFC 6962 3.2: what a log signs.
Buffer signed_part(const CertificateTimestamp& timestamp, X509& leaf, X509* issuer) {
  const bool embedded = timestamp.shown.source == "certificate";
  if (embedded && issuer == nullptr) return {};
  const Buffer entry = embedded ? precertificate(leaf) : encoded(&leaf, i2d_X509);
  if (entry.empty()) return {};
  Writer out;
  out.u8(0);  // v1
  out.u8(0);  // certificate_timestamp
  out.u32(static_cast<std::uint32_t>(timestamp.milliseconds >> 32));
  out.u32(static_cast<std::uint32_t>(timestamp.milliseconds));
  out.u16(embedded ? 1 : 0);
  if (embedded) out.put(issuer_key_hash(*issuer));
  out.vec24([&](Writer& body) { body.put(entry); });
  out.vec16([&](Writer& body) { body.put(timestamp.extensions); });
  return out.take();
}

Result<CertificateTimestamp> parse_one(Bytes bytes) {
  Reader in(bytes);
  CertificateTimestamp out;
  const Bytes log = in.take(SHA256_DIGEST_LENGTH);
  out.log_id.assign(log.begin(), log.end());
  const std::uint64_t high = in.u32();
  out.milliseconds = high << 32 | in.u32();
  const Bytes extensions = in.vec16().rest();
  out.extensions.assign(extensions.begin(), extensions.end());
  out.hash = in.u8();
  out.algorithm = in.u8();
  const Bytes signature = in.vec16().rest();
  out.signature.assign(signature.begin(), signature.end());
  return in.finish(std::move(out));
}

void take(Bytes list, std::string_view source, X509& leaf, X509* issuer, const CtLogs& logs,
          std::vector<SignedTimestamp>& into) {
  if (list.empty()) return;
  auto read = parse_timestamps(list, source);
  if (!read) return;
  for (auto& timestamp : *read) {
    timestamp.shown.verified = verify_timestamp(timestamp, leaf, issuer, logs);
    into.push_back(std::move(timestamp.shown));
  }
}

}  // namespace

Result<std::vector<CertificateTimestamp>> parse_timestamps(Bytes list, std::string_view source) {
  constexpr std::uint64_t end_of_calendar = 253'402'300'800'000;  // the year 10000
  const auto each = parse_timestamp_list(list);
  if (!each) return each.error();
  if (each->size() > most_timestamps) return Error{Error::Kind::Malformed, "too many timestamps"};
  std::vector<CertificateTimestamp> out;
  for (const Buffer& one : *each) {
    if (one.front() != 0) continue;  // v1
    auto read = parse_one(Bytes(one).subspan(1));
    if (!read) return read.error();
    if (read->milliseconds >= end_of_calendar) continue;
    read->shown.log_id = hex(read->log_id);
    read->shown.at = Instant(std::chrono::seconds(read->milliseconds / 1000));
    read->shown.source = source;
    out.push_back(std::move(*read));
  }
  return out;
}

Buffer embedded_timestamps(X509& x509) {
  const int at = X509_get_ext_by_NID(&x509, NID_ct_precert_scts, -1);
  return at < 0 ? Buffer() : bytes_in(X509_get_ext(&x509, at));
}

Buffer stapled_timestamps(Bytes response) {
  const unsigned char* at = response.data();
  const OwnedOcspResponse read(d2i_OCSP_RESPONSE(nullptr, &at, static_cast<long>(response.size())));
  const OwnedOcspBasic basic(read ? OCSP_response_get1_basic(read.get()) : nullptr);
  ERR_clear_error();
  for (int i = 0; basic && i < OCSP_resp_count(basic.get()); ++i) {
    OCSP_SINGLERESP* single = OCSP_resp_get0(basic.get(), i);
    const int found = OCSP_SINGLERESP_get_ext_by_NID(single, NID_ct_cert_scts, -1);
    if (found >= 0) return bytes_in(OCSP_SINGLERESP_get_ext(single, found));
  }
  return {};
}

Answer verify_timestamp(const CertificateTimestamp& timestamp, X509& leaf, X509* issuer, const CtLogs& logs) {
  const auto log = std::find_if(logs.logs.begin(), logs.logs.end(),
                                [&](const CtLog& one) { return one.log_id == timestamp.shown.log_id; });
  if (log == logs.logs.end()) return Answer::Unknown;
  const Buffer message = signed_part(timestamp, leaf, issuer);
  if (message.empty()) return Answer::Unknown;
  const unsigned char* at = log->key.data();
  const OwnedKey key(d2i_PUBKEY(nullptr, &at, static_cast<long>(log->key.size())));
  const int kind = key ? EVP_PKEY_get_base_id(key.get()) : EVP_PKEY_NONE;
  const bool fits = timestamp.hash == sha256_hash && ((kind == EVP_PKEY_EC && timestamp.algorithm == ecdsa) ||
                                                      (kind == EVP_PKEY_RSA && timestamp.algorithm == rsa));
  if (!fits) return ERR_clear_error(), Answer::No;
  const OwnedDigestContext context(EVP_MD_CTX_new());
  const bool right = EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
                     EVP_DigestVerify(context.get(), timestamp.signature.data(), timestamp.signature.size(),
                                      message.data(), message.size()) == 1;
  ERR_clear_error();
  return right ? Answer::Yes : Answer::No;
}

std::vector<SignedTimestamp> all_timestamps(X509& leaf, X509* issuer, Bytes handshake, Bytes staple,
                                            const CtLogs& logs) {
  std::vector<SignedTimestamp> out;
  take(embedded_timestamps(leaf), "certificate", leaf, issuer, logs, out);
  take(handshake, "handshake", leaf, issuer, logs, out);
  if (!staple.empty()) take(stapled_timestamps(staple), "staple", leaf, issuer, logs, out);
  std::sort(out.begin(), out.end(), [](const SignedTimestamp& a, const SignedTimestamp& b) {
    return std::tie(a.log_id, a.at, a.source) < std::tie(b.log_id, b.at, b.source);
  });
  return out;
}

}  // namespace kenshin
