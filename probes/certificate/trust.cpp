#include "probes/certificate/trust.h"

#include <openssl/pem.h>
#include <openssl/sha.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <mutex>

#include "probes/base/text.h"
#include "probes/certificate/read.h"

namespace kenshin {

namespace {

namespace fs = std::filesystem;

constexpr const char* system_bundle = "/etc/ssl/certs/ca-certificates.crt";
constexpr const char* local_folder = "/usr/local/share/ca-certificates";
constexpr std::size_t largest_bundle = 16 * 1024 * 1024;

std::string file_text(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string out;
  std::array<char, 65536> part{};
  while (in && out.size() <= largest_bundle) {
    in.read(part.data(), static_cast<std::streamsize>(part.size()));
    out.append(part.data(), static_cast<std::size_t>(in.gcount()));
  }
  return out;
}

std::vector<OwnedX509> pem_certificates(const std::string& text) {
  const OwnedBio in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  std::vector<OwnedX509> out;
  while (OwnedX509 next{PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)}) out.push_back(std::move(next));
  ERR_clear_error();
  return out;
}

std::string fingerprint(const X509& x509) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  X509_digest(&x509, EVP_sha256(), digest.data(), nullptr);
  return hex(digest);
}

// Debian's package version, where dpkg's status file says it.
std::string package_version() {
  std::ifstream in("/var/lib/dpkg/status");
  bool ours = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("Package: ")) ours = line == "Package: ca-certificates";
    if (ours && line.starts_with("Version: ")) return one_line(line.substr(9), 80);
  }
  return {};
}

std::set<std::string> local_anchors() {
  std::set<std::string> out;
  std::error_code ignored;
  for (fs::recursive_directory_iterator at(local_folder, ignored), end; at != end; at.increment(ignored)) {
    if (at->path().extension() != ".crt" || !at->is_regular_file(ignored)) continue;
    for (const auto& x509 : pem_certificates(file_text(at->path()))) out.insert(fingerprint(*x509));
  }
  return out;
}

std::optional<Day> day_of(const fs::path& path) {
  std::error_code error;
  const auto written = fs::last_write_time(path, error);
  if (error) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(std::chrono::file_clock::to_sys(written));
}

Result<std::shared_ptr<const TrustAnchors>> load(const std::string& bundle) {
  const fs::path path = bundle.empty() ? fs::path(system_bundle) : fs::path(bundle);
  auto out = std::make_shared<TrustAnchors>();
  out->store.reset(X509_STORE_new());
  out->description.kind = bundle.empty() ? StoreKind::System : StoreKind::Bundle;
  std::error_code ignored;
  if (bundle.empty() && !fs::exists(path, ignored)) {
    X509_STORE_set_default_paths(out->store.get());
    out->description.name = "OpenSSL's default store";
    return std::shared_ptr<const TrustAnchors>(std::move(out));
  }
  if (!fs::is_regular_file(path, ignored))
    return Error{Error::Kind::Absent, "no trust bundle " + one_line(path.string())};
  const std::string text = file_text(path);
  const auto certificates = text.size() > largest_bundle ? std::vector<OwnedX509>() : pem_certificates(text);
  if (certificates.empty())
    return Error{Error::Kind::Malformed, "no certificate in the trust bundle " + one_line(path.string())};
  for (const auto& x509 : certificates) X509_STORE_add_cert(out->store.get(), x509.get());
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  out->description.sha256 = hex(digest);
  out->description.as_of = day_of(path);
  const std::string version = bundle.empty() ? package_version() : std::string();
  out->description.name = bundle.empty() ? "ca-certificates" + (version.empty() ? "" : " " + version)
                                         : one_line(path.filename().string(), 120);
  if (bundle.empty()) out->local = local_anchors();
  return std::shared_ptr<const TrustAnchors>(std::move(out));
}

// What stopped the path, in the words of CertificateChain::problems.
std::string problem_of(int error, int depth) {
  switch (error) {
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT: return "self_signed";
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN: return "untrusted_root";
    // Without the issuer at hand, a missing intermediate and an unknown root look the same; a server that sends at
    // least one CA certificate most likely ends below a root.
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE: return depth == 0 ? "chain_incomplete" : "untrusted_root";
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE:
    case X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: return "bad_signature";
    case X509_V_ERR_INVALID_PURPOSE: return "not_for_servers";
    default: return "constraint";
  }
}

struct Verified {
  int error = X509_V_OK;
  int depth = 0;
  OwnedX509 last;  // of the path: the anchor, or where it broke off
};

Verified verify(const std::vector<OwnedX509>& chain, const TrustAnchors& anchors, std::optional<Instant> at) {
  const Owned<STACK_OF(X509), [](STACK_OF(X509) * stack) { sk_X509_free(stack); }> sent(sk_X509_new_null());
  for (const auto& x509 : chain) sk_X509_push(sent.get(), x509.get());
  const OwnedStoreContext context(X509_STORE_CTX_new());
  X509_STORE_CTX_init(context.get(), anchors.store.get(), chain.front().get(), sent.get());
  X509_VERIFY_PARAM* param = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER);
  if (at) X509_VERIFY_PARAM_set_time(param, at->time_since_epoch().count());
  else X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_NO_CHECK_TIME);
  // A certificate of the user's own bundle is an anchor, whether it is a root or not.
  if (anchors.description.kind == StoreKind::Bundle) X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);
  Verified out;
  if (X509_verify_cert(context.get()) != 1) out.error = X509_STORE_CTX_get_error(context.get());
  out.depth = X509_STORE_CTX_get_error_depth(context.get());
  const STACK_OF(X509)* built = X509_STORE_CTX_get0_chain(context.get());
  if (built != nullptr && sk_X509_num(built) > 0) {
    X509* last = sk_X509_value(built, sk_X509_num(built) - 1);
    X509_up_ref(last);
    out.last.reset(last);
  }
  ERR_clear_error();
  return out;
}

}  // namespace

Result<std::shared_ptr<const TrustAnchors>> trust_anchors(const std::string& bundle) {
  static std::mutex reading;
  static std::map<std::pair<std::string, fs::file_time_type>, std::shared_ptr<const TrustAnchors>> read;
  std::error_code ignored;
  const auto key = std::make_pair(bundle, fs::last_write_time(bundle.empty() ? system_bundle : bundle, ignored));
  const std::lock_guard lock(reading);
  if (const auto at = read.find(key); at != read.end()) return at->second;
  auto anchors = load(bundle);
  if (anchors) read[key] = *anchors;
  return anchors;
}

std::string trust_store_text(const TrustStore& store) {
  std::string details;
  if (store.as_of) details += to_text(*store.as_of);
  if (!store.sha256.empty()) details += (details.empty() ? "sha256 " : ", sha256 ") + store.sha256.substr(0, 16);
  return details.empty() ? store.name : store.name + " (" + details + ")";
}

void verify_chain(const std::vector<OwnedX509>& chain, const TrustAnchors& anchors, Instant now,
                  CertificateChain& out) {
  const Verified whenever = verify(chain, anchors, std::nullopt);
  out.trusted = whenever.error == X509_V_OK ? Answer::Yes : Answer::No;
  if (whenever.last && whenever.error == X509_V_OK) {
    out.anchor = name_text(X509_get_subject_name(whenever.last.get()));
    out.anchor_is_local = anchors.local.contains(fingerprint(*whenever.last));
  } else if (whenever.last) {
    out.anchor = name_text(X509_get_issuer_name(whenever.last.get()));
  }
  if (whenever.error != X509_V_OK) out.problems.push_back(problem_of(whenever.error, whenever.depth));
  const auto& leaf = out.certificates.front();
  const int today = out.trusted == Answer::Yes ? verify(chain, anchors, now).error : X509_V_OK;
  if (now > leaf.not_after || today == X509_V_ERR_CERT_HAS_EXPIRED) out.problems.emplace_back("expired");
  if (now < leaf.not_before || today == X509_V_ERR_CERT_NOT_YET_VALID) out.problems.emplace_back("not_yet_valid");
}

}  // namespace kenshin
