#include "probes/certificate/programmes.h"

#include <algorithm>
#include <stdexcept>

#include "probes/base/crypto.h"
#include "probes/base/data_files.h"
#include "probes/base/json_fields.h"

namespace kenshin {

namespace {

constexpr std::string_view roots_file = "probes/certificate/roots.json";
constexpr std::size_t most_roots = 5000;

bool is_hex(std::string_view text, std::size_t length) {
  return text.size() == length && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// Signs all stand-ins; nobody verifies what it signed.
EVP_PKEY* stand_in_key() {
  static const OwnedKey key(EVP_EC_gen("P-256"));
  return key.get();
}

OwnedKey key_from_der(Bytes der) {
  const unsigned char* at = der.data();
  OwnedKey out(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  if (out && at != der.data() + der.size()) out.reset();
  return out;
}

std::string shipped_text() {
  auto text = installed_data().read(roots_file);
  if (!text) throw std::runtime_error(text.error().detail);
  return std::move(*text);
}

bool may_issue(X509* x509) {
  const Owned<X509_EXTENSION, X509_EXTENSION_free> extension(
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "critical,CA:TRUE"));
  return extension && X509_add_ext(x509, extension.get(), -1) == 1;
}

}  // namespace

template <class V>
void fields(V& v, ProgrammeEdition& f) {
  v("id", f.id);
  v("as_of", f.as_of);
}
template <class V>
void fields(V& v, ProgrammeRoot& f) {
  v("subject", f.subject);
  v("sha256", f.sha256);
  v("name", f.name);
  v("key", f.key);
  v("key_id", f.key_id);
  v("serial", f.serial);
  v("not_before", f.not_before);
  v("not_after", f.not_after);
  v("programmes", f.programmes);
}
template <class V>
void fields(V& v, Programmes& f) {
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("mark", f.mark);
  v("source", f.source);
  v("programmes", f.programmes);
  v("roots", f.roots);
}

Result<Programmes> load_programmes(std::string_view text, std::string_view file_name) {
  auto read = from_json_text<Programmes>(text, file_name);
  if (!read) return read;
  const auto refuse = [&](std::string_view what) {
    return Error{Error::Kind::Malformed, std::string(file_name) + ": " + std::string(what)};
  };
  if (read->roots.empty()) return refuse("no roots");
  if (read->roots.size() > most_roots) return refuse("too many roots");
  for (const auto& root : read->roots) {
    if (!is_hex(root.sha256, 64)) return refuse("a root without SHA-256");
    if (root.programmes.empty()) return refuse("root " + root.sha256 + " is in no programme");
    for (const auto& programme : root.programmes)
      if (std::none_of(read->programmes.begin(), read->programmes.end(),
                       [&](const ProgrammeEdition& edition) { return edition.id == programme; }))
        return refuse("unknown programme of root " + root.sha256);
  }
  return read;
}

Result<Programmes> read_programmes(const DataFiles& data) {
  const auto text = data.read(roots_file);
  if (!text) return text.error();
  return load_programmes(*text, roots_file);
}

std::string shipped_programmes_sha256() { return sha256_hex(bytes_of(shipped_text())); }

const Programmes& shipped_programmes() {
  static const Programmes shipped = [] {
    auto read = read_programmes(installed_data());
    if (!read) throw std::runtime_error(read.error().detail);
    return std::move(*read);
  }();
  return shipped;
}

const ProgrammeRoot* programme_root(const Programmes& programmes, std::string_view sha256) {
  for (const auto& root : programmes.roots)
    if (root.sha256 == sha256) return &root;
  return nullptr;
}

OwnedName name_from_der(Bytes der) {
  const unsigned char* at = der.data();
  OwnedName out(d2i_X509_NAME(nullptr, &at, static_cast<long>(der.size())));
  if (out && at != der.data() + der.size()) out.reset();
  return out;
}

OwnedX509 anchor_certificate(const ProgrammeRoot& root) {
  const OwnedName name = name_from_der(root.name);
  const OwnedKey key = key_from_der(root.key);
  BIGNUM* number = nullptr;
  const bool numbered = BN_hex2bn(&number, root.serial.c_str()) > 0;
  const OwnedBignum serial(number);
  OwnedX509 out(X509_new());
  if (!name || !key || !numbered || !out) {
    ERR_clear_error();
    return nullptr;
  }
  X509_set_version(out.get(), X509_VERSION_3);
  // RFC 5280 4.2.1.1: an authority key identifier may name its issuer by name and serial number.
  BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(out.get()));
  ASN1_TIME_set(X509_getm_notBefore(out.get()), root.not_before.time_since_epoch().count());
  ASN1_TIME_set(X509_getm_notAfter(out.get()), root.not_after.time_since_epoch().count());
  X509_set_subject_name(out.get(), name.get());
  X509_set_issuer_name(out.get(), name.get());
  X509_set_pubkey(out.get(), key.get());
  if (!may_issue(out.get()) || X509_sign(out.get(), stand_in_key(), EVP_sha256()) <= 0) out.reset();
  ERR_clear_error();
  return out;
}

}  // namespace kenshin
