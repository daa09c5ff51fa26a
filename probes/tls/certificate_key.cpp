#include "probes/tls/certificate_key.h"

#include <array>
#include <string_view>

#include "probes/certificate/message.h"
#include "probes/certificate/openssl.h"

namespace kenshin {

namespace {

struct Curve {
  std::string_view name;  // libcrypto's
  std::uint16_t group;
};
constexpr auto curves = std::to_array<Curve>({
    {"prime256v1", 0x0017},
    {"secp384r1", 0x0018},
    {"secp521r1", 0x0019},
    {"secp224r1", 0x0015},
    {"prime192v1", 0x0013},
    {"secp256k1", 0x0016},
    {"brainpoolP256r1", 0x001A},
    {"brainpoolP384r1", 0x001B},
    {"brainpoolP512r1", 0x001C},
});

std::vector<SchemeId> schemes(std::initializer_list<std::uint16_t> codes) {
  std::vector<SchemeId> out;
  for (const std::uint16_t code : codes) out.push_back(static_cast<SchemeId>(code));
  return out;
}

}  // namespace

CertificateKey certificate_key(Bytes der) {
  const unsigned char* at = der.data();
  const OwnedX509 certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  EVP_PKEY* key = certificate ? X509_get0_pubkey(certificate.get()) : nullptr;
  CertificateKey out;
  if (key != nullptr) {
    switch (EVP_PKEY_get_base_id(key)) {
      case EVP_PKEY_RSA: out.kind = CertificateKey::Kind::Rsa; break;
      case EVP_PKEY_RSA_PSS: out.kind = CertificateKey::Kind::RsaPss; break;
      case EVP_PKEY_ED25519: out.kind = CertificateKey::Kind::Ed25519; break;
      case EVP_PKEY_ED448: out.kind = CertificateKey::Kind::Ed448; break;
      case EVP_PKEY_EC: {
        out.kind = CertificateKey::Kind::Ecdsa;
        out.field_bits = EVP_PKEY_get_bits(key);
        std::array<char, 64> name{};
        std::size_t length = 0;
        if (EVP_PKEY_get_group_name(key, name.data(), name.size(), &length) != 1) break;
        for (const Curve& curve : curves)
          if (curve.name == std::string_view(name.data(), length)) out.curve = static_cast<GroupId>(curve.group);
        break;
      }
      default: break;
    }
  }
  ERR_clear_error();
  return out;
}

CertificateKey leaf_key(const Buffer* message) {
  if (message == nullptr) return {};
  const auto chain = parse_certificate_message(*message);
  return chain && !chain->empty() ? certificate_key(chain->front()) : CertificateKey{};
}

std::vector<SchemeId> likely_schemes(const CertificateKey& key, TlsVersion version) {
  const bool tls13 = version == TlsVersion::Tls13;
  switch (key.kind) {
    case CertificateKey::Kind::Rsa:
      if (tls13) return schemes({0x0804, 0x0805, 0x0806});
      return schemes({0x0804, 0x0401, 0x0805, 0x0501, 0x0806, 0x0601, 0x0301});
    case CertificateKey::Kind::RsaPss: return schemes({0x0809, 0x080A, 0x080B});
    case CertificateKey::Kind::Ecdsa:
      if (!tls13) return schemes({0x0403, 0x0503, 0x0603, 0x0303});
      // RFC 8446 4.2.3: the curve belongs to the scheme.
      return schemes({static_cast<std::uint16_t>(key.field_bits > 384   ? 0x0603
                                                 : key.field_bits > 256 ? 0x0503
                                                                        : 0x0403)});
    case CertificateKey::Kind::Ed25519: return schemes({0x0807});
    case CertificateKey::Kind::Ed448: return schemes({0x0808});
    case CertificateKey::Kind::Unknown: return schemes({0x0804, 0x0403});
  }
  return {};
}

}  // namespace kenshin
