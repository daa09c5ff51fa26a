// OCSP responses and revocation lists for tests, made with libcrypto, right or wrong in one way.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tests/lab/pki.h"

namespace kenshin::lab {

struct OcspWish {
  std::chrono::sys_seconds this_update;
  std::optional<std::chrono::sys_seconds> next_update;
  std::optional<std::chrono::sys_seconds> revoked_at;  // by keyCompromise; nothing: good
  bool unknown = false;
};
// About `subject` of `issuer`, signed by `signer`, who sends its certificate along.
Buffer ocsp_response(const Identity& subject, const Identity& issuer, const Identity& signer, const OcspWish&);

struct CrlWish {
  std::chrono::sys_seconds this_update;
  std::optional<std::chrono::sys_seconds> next_update;
  std::vector<const Identity*> revoked;                   // at this_update, by keyCompromise
  std::vector<std::pair<std::string, std::string>> more;  // extensions: {"issuingDistributionPoint", "onlyCA:TRUE"}
};
Buffer revocation_list(const Identity& issuer, const CrlWish&);

// An HTTP answer of status 200 with that body.
Buffer http_answer(Bytes body);

}  // namespace kenshin::lab
