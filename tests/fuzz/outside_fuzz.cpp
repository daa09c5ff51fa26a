// Answers of searches over certificate logs and of the web archive: whatever comes, what is kept is small, of the
// domain, in order, and of no person.
#include <algorithm>
#include <cstdlib>

#include "probes/domain/archive_search.h"
#include "probes/domain/certificate_search.h"
#include "probes/domain/public_suffix.h"

namespace {

using namespace kenshin;

bool is_of(const IssuedCertificate& it, std::string_view domain) {
  return it.more_names > 0 || std::any_of(it.names.begin(), it.names.end(), [&](std::string_view name) {
           return is_at_or_below(name.starts_with("*.") ? name.substr(2) : name, domain);
         });
}

void look_at(const Result<CertificatePage>& page) {
  if (!page && page.error().detail.empty()) std::abort();
  if (!page) return;
  if (page->last_id.find_first_not_of("0123456789") != std::string::npos) std::abort();
  for (const IssuedCertificate& it : page->certificates) {
    if (it.issuer.empty() || it.names.size() > 10 || it.more_names < 0 || !is_of(it, "example.jp")) std::abort();
    for (const std::string& name : it.names)
      if (name.find('@') != std::string::npos) std::abort();
    if (organisation_of(it.issuer).size() > it.issuer.size()) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  look_at(parse_certspotter(text, "example.jp"));
  look_at(parse_crtsh(text, "example.jp"));
  const auto archived = parse_archive(text);
  if (!archived && archived.error().detail.empty()) std::abort();
  if (archived && (archived->pages.size() > 500 || archived->pages.empty() != !archived->first)) std::abort();
  organisation_of(text);
  return 0;
}
