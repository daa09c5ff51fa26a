#include "probes/certificate/trust.h"

#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "probes/base/crypto.h"
#include "probes/base/text.h"
#include "probes/certificate/paths.h"
#include "probes/certificate/read.h"

namespace kenshin {

namespace {

namespace fs = std::filesystem;

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

// The certificate alone: OpenSSL's "TRUSTED CERTIFICATE" has more behind it.
Buffer first_object(Bytes der) {
  const unsigned char* at = der.data();
  long length = 0;
  int tag = 0, of_class = 0;
  if ((ASN1_get_object(&at, &length, &tag, &of_class, static_cast<long>(der.size())) & 0x80) != 0) return {};
  return {der.data(), at + length};
}

// Their DER; reading hundreds of certificates takes far longer than hashing them.
std::vector<Buffer> pem_certificates(const std::string& text) {
  const OwnedBio in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  std::vector<Buffer> out;
  unsigned char* der = nullptr;
  long length = 0;
  while (PEM_bytes_read_bio(&der, &length, nullptr, PEM_STRING_X509, in.get(), nullptr, nullptr) == 1) {
    const Owned<unsigned char, [](unsigned char* p) { OPENSSL_free(p); }> owned(der);
    out.push_back(first_object({der, static_cast<std::size_t>(length)}));
  }
  ERR_clear_error();
  return out;
}

std::set<std::string> fingerprints_below(const std::string& folder) {
  std::set<std::string> out;
  std::error_code ignored;
  for (fs::recursive_directory_iterator at(folder, ignored), end; at != end; at.increment(ignored)) {
    if (at->path().extension() != ".crt" || !at->is_regular_file(ignored)) continue;
    for (const auto& der : pem_certificates(file_text(at->path()))) out.insert(sha256_hex(der));
  }
  return out;
}

std::optional<Day> day_of(const fs::path& path) {
  std::error_code error;
  const auto written = fs::last_write_time(path, error);
  if (error) return std::nullopt;
  return std::chrono::floor<std::chrono::days>(std::chrono::file_clock::to_sys(written));
}

void add(TrustAnchors& anchors, const Buffer& der) {
  OwnedX509 x509 = x509_from_der(der);
  if (!x509) return;
  Anchor root{name_text(X509_get_subject_name(x509.get())), sha256_hex(der)};
  anchors.add(std::move(x509), std::move(root));
}

std::shared_ptr<TrustAnchors> programme_anchors() {
  const Programmes& programmes = shipped_programmes();
  auto out = std::make_shared<TrustAnchors>();
  out->description.kind = StoreKind::Programmes;
  out->description.name = "Mozilla, Chrome, Apple, Microsoft " + one_line(programmes.edition, 40);
  out->description.sha256 = shipped_programmes_sha256();
  out->description.as_of = programmes.as_of;
  for (const auto& root : programmes.roots) out->add(root);
  return out;
}

Result<std::shared_ptr<const TrustAnchors>> load(const std::string& bundle) {
  if (bundle.empty()) return std::shared_ptr<const TrustAnchors>(programme_anchors());
  const fs::path path(bundle);
  std::error_code ignored;
  if (!fs::is_regular_file(path, ignored))
    return Error{Error::Kind::Absent, "no trust bundle " + one_line(path.string())};
  const std::string text = file_text(path);
  auto out = std::make_shared<TrustAnchors>();
  if (text.size() <= largest_bundle)
    for (const auto& der : pem_certificates(text)) add(*out, der);
  if (out->anchors.empty())
    return Error{Error::Kind::Malformed, "no certificate in the trust bundle " + one_line(path.string())};
  out->description = {StoreKind::Bundle, one_line(path.filename().string(), 120), sha256_hex(bytes_of(text)),
                      day_of(path)};
  return std::shared_ptr<const TrustAnchors>(std::move(out));
}

// What stopped a path whose signatures are right, in the words of CertificateChain::problems.
std::string problem_of(int error) {
  switch (error) {
    case X509_V_ERR_CERT_SIGNATURE_FAILURE: return "bad_signature";
    case X509_V_ERR_INVALID_PURPOSE: return "not_for_servers";
    default: return "constraint";
  }
}

using Borrowed = Owned<STACK_OF(X509), [](STACK_OF(X509) * stack) { sk_X509_free(stack); }>;

// libcrypto's word on one path whose signatures are known to be right: X509_V_OK or what it stumbled over.
int verify(const std::vector<OwnedX509>& chain, const CertificatePath& path, const TrustAnchors& anchors,
           std::optional<Instant> at) {
  const Borrowed between(sk_X509_new_null()), trusted(sk_X509_new_null());
  for (std::size_t i = 1; i < path.sent.size(); ++i) sk_X509_push(between.get(), chain[path.sent[i]].get());
  sk_X509_push(trusted.get(), anchors.anchors[path.anchor].x509());
  const OwnedStoreContext context(X509_STORE_CTX_new());
  X509_STORE_CTX_init(context.get(), nullptr, chain.front().get(), between.get());
  X509_STORE_CTX_set0_trusted_stack(context.get(), trusted.get());
  X509_VERIFY_PARAM* param = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_purpose(param, X509_PURPOSE_SSL_SERVER);
  X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN);  // an anchor is one, root or not
  if (at) X509_VERIFY_PARAM_set_time(param, at->time_since_epoch().count());
  else X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_NO_CHECK_TIME);
  const int out = X509_verify_cert(context.get()) == 1 ? X509_V_OK : X509_STORE_CTX_get_error(context.get());
  ERR_clear_error();
  return out;
}

struct Verified {
  Paths paths;
  std::vector<const CertificatePath*> valid;  // of `paths`, whatever the dates
  int error = X509_V_OK;                      // of the first that is not
};

Verified verify_all(const std::vector<OwnedX509>& chain, const TrustAnchors& anchors) {
  Verified out;
  out.paths = find_paths(chain, anchors);
  for (const auto& path : out.paths.found) {
    const int error = verify(chain, path, anchors, std::nullopt);
    if (error == X509_V_OK) out.valid.push_back(&path);
    else if (out.error == X509_V_OK) out.error = error;
  }
  return out;
}

// Without any anchor: where the chain breaks off.
void tell_the_break(const std::vector<OwnedX509>& chain, const Paths& paths, CertificateChain& out) {
  const std::size_t last = paths.dead_end.value_or(0);
  const X509* end = chain[last].get();
  out.anchor = name_text(X509_get_issuer_name(end));
  const bool own_issuer = X509_NAME_cmp(X509_get_subject_name(end), X509_get_issuer_name(end)) == 0;
  // Without the issuer at hand, a missing intermediate and an unknown root look the same; a server that sends at least
  // one CA certificate most likely ends below a root.
  if (own_issuer) out.problems.emplace_back(last == 0 ? "self_signed" : "untrusted_root");
  else if (paths.forged) out.problems.emplace_back("bad_signature");
  else out.problems.emplace_back(last == 0 ? "chain_incomplete" : "untrusted_root");
}

void tell_the_anchors(const Verified& verified, const TrustAnchors& anchors, CertificateChain& out) {
  for (const auto* path : verified.valid) out.anchors.push_back(anchors.anchors[path->anchor].root);
  std::sort(out.anchors.begin(), out.anchors.end(),
            [](const Anchor& a, const Anchor& b) { return a.sha256 < b.sha256; });
  out.anchors.erase(std::unique(out.anchors.begin(), out.anchors.end()), out.anchors.end());
  out.anchor = anchors.anchors[verified.valid.front()->anchor].root.subject;
}

// Keeps the paths whose dates hold today, where there are any: what leads nowhere else by an expired cross-certificate
// is no other path. The first date that does not hold, where there are none.
int keep_current(const std::vector<OwnedX509>& chain, Verified& verified, const TrustAnchors& anchors, Instant now) {
  int first = X509_V_OK;
  std::vector<const CertificatePath*> current;
  for (const auto* path : verified.valid) {
    const int error = verify(chain, *path, anchors, now);
    if (error == X509_V_OK) current.push_back(path);
    else if (first == X509_V_OK) first = error;
  }
  if (current.empty()) return first;
  verified.valid = std::move(current);
  return X509_V_OK;
}

}  // namespace

TrustAnchor::TrustAnchor(OwnedX509 x509, Anchor anchor) : root(std::move(anchor)), made_(std::make_shared<StandIn>()) {
  made_->x509 = std::move(x509);
}

TrustAnchor::TrustAnchor(const ProgrammeRoot& of)
    : root{of.subject, of.sha256}, of_(&of), made_(std::make_shared<StandIn>()) {}

X509* TrustAnchor::x509() const {
  if (of_ != nullptr) std::call_once(made_->once, [this] { made_->x509 = anchor_certificate(*of_); });
  return made_->x509.get();
}

void TrustAnchors::add(OwnedX509 x509, Anchor root) {
  by_name.emplace(X509_NAME_hash(X509_get_subject_name(x509.get())), anchors.size());
  anchors.emplace_back(std::move(x509), std::move(root));
}

void TrustAnchors::add(const ProgrammeRoot& root) {
  const OwnedName name = name_from_der(root.name);
  if (!name) return;
  by_name.emplace(X509_NAME_hash(name.get()), anchors.size());
  anchors.emplace_back(root);
}

std::vector<std::size_t> TrustAnchors::named(const X509_NAME* name) const {
  std::vector<std::size_t> out;
  const auto [from, to] = by_name.equal_range(X509_NAME_hash(name));
  for (auto at = from; at != to; ++at) {
    const X509* x509 = anchors[at->second].x509();
    if (x509 != nullptr && X509_NAME_cmp(X509_get_subject_name(x509), name) == 0) out.push_back(at->second);
  }
  return out;
}

Result<std::shared_ptr<const TrustAnchors>> trust_anchors(const std::string& bundle) {
  static std::mutex reading;
  static std::map<std::pair<std::string, fs::file_time_type>, std::shared_ptr<const TrustAnchors>> read;
  std::error_code ignored;
  const auto key = std::make_pair(bundle, bundle.empty() ? fs::file_time_type() : fs::last_write_time(bundle, ignored));
  const std::lock_guard lock(reading);
  if (const auto at = read.find(key); at != read.end()) return at->second;
  auto anchors = load(bundle);
  if (anchors) read[key] = *anchors;
  return anchors;
}

TrustAnchors local_anchors(const SystemStore& system) {
  TrustAnchors out;
  out.description.name = "this machine";
  const auto known = fingerprints_below(system.distribution);
  const auto take = [&](const fs::path& path) {
    const std::string text = file_text(path);
    if (text.size() > largest_bundle) return;
    for (const auto& der : pem_certificates(text)) {
      const std::string sha256 = sha256_hex(der);
      if (!known.contains(sha256) && programme_root(shipped_programmes(), sha256) == nullptr) add(out, der);
    }
  };
  std::error_code ignored;
  if (fs::is_regular_file(system.bundle, ignored)) take(system.bundle);
  for (fs::recursive_directory_iterator at(system.added, ignored), end; at != end; at.increment(ignored))
    if (at->path().extension() == ".crt" && at->is_regular_file(ignored)) take(at->path());
  return out;
}

const TrustAnchors& local_anchors() {
  static const TrustAnchors here = local_anchors(SystemStore());
  return here;
}

std::string trust_store_text(const TrustStore& store) {
  std::string details;
  if (store.as_of) details += to_text(*store.as_of);
  if (!store.sha256.empty()) details += (details.empty() ? "sha256 " : ", sha256 ") + store.sha256.substr(0, 16);
  return details.empty() ? store.name : store.name + " (" + details + ")";
}

void verify_chain(const std::vector<OwnedX509>& chain, const TrustAnchors& anchors,
                  const std::function<const TrustAnchors&()>& local, Instant now, CertificateChain& out) {
  Verified verified = verify_all(chain, anchors);
  const bool cut_off = verified.paths.cut_off;
  out.trusted = !verified.valid.empty() ? Answer::Yes : cut_off ? Answer::Unknown : Answer::No;
  int today = X509_V_OK;
  if (!verified.valid.empty()) {
    today = keep_current(chain, verified, anchors, now);
    tell_the_anchors(verified, anchors, out);
  } else if (cut_off) {
    out.problems.emplace_back("too_complex");
  } else if (!verified.paths.found.empty()) {
    out.anchor = anchors.anchors[verified.paths.found.front().anchor].root.subject;
    out.problems.push_back(problem_of(verified.error));
  } else {
    tell_the_break(chain, verified.paths, out);
  }
  if (verified.paths.found.empty() && anchors.description.kind == StoreKind::Programmes) {
    const Verified here = verify_all(chain, local());
    out.anchor_is_local = !here.valid.empty();
    if (out.anchor_is_local) {
      out.trusted = Answer::Unknown;
      tell_the_anchors(here, local(), out);
    }
  }
  const auto& leaf = out.certificates.front();
  if (now > leaf.not_after || today == X509_V_ERR_CERT_HAS_EXPIRED) out.problems.emplace_back("expired");
  if (now < leaf.not_before || today == X509_V_ERR_CERT_NOT_YET_VALID) out.problems.emplace_back("not_yet_valid");
}

}  // namespace kenshin
