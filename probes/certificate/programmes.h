// The roots that Mozilla, Chrome, Apple and Microsoft hold for TLS servers, as listed in roots.json. A trust anchor is
// a name and a key (RFC 5280 6.1.1 d); no root certificate is reproduced.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "probes/base/bytes.h"
#include "probes/base/calendar.h"
#include "probes/base/data_files.h"
#include "probes/base/result.h"
#include "probes/certificate/openssl.h"

namespace kenshin {

struct ProgrammeEdition {
  std::string id;  // "mozilla", "chrome", "apple", "microsoft"
  Day as_of{};
};

struct ProgrammeRoot {
  std::string subject;  // RFC 4514 text of `name`
  std::string sha256;   // of the root certificate, hex
  Buffer name, key;     // DER Name and SubjectPublicKeyInfo
  std::string key_id;   // subjectKeyIdentifier, hex; empty: none
  std::string serial;   // hex
  Instant not_before{}, not_after{};
  std::vector<std::string> programmes;  // that hold it, in the order of Programmes::programmes
};

struct Programmes {
  std::string edition;
  Day as_of{};  // the oldest of the programmes' dates
  std::string mark, source;
  std::vector<ProgrammeEdition> programmes;
  std::vector<ProgrammeRoot> roots;
};

// Strict: Malformed, naming file and line, also for a root in no programme or one without SHA-256.
Result<Programmes> load_programmes(std::string_view text, std::string_view file_name);

Result<Programmes> read_programmes(const DataFiles&);

// Those of installed_data(), read once per process. A broken file is a broken install and throws.
const Programmes& shipped_programmes();
std::string shipped_programmes_sha256();  // of the file, hex

// The root of that SHA-256, or nullptr.
const ProgrammeRoot* programme_root(const Programmes&, std::string_view sha256);

OwnedName name_from_der(Bytes);  // nullptr where it is none

// A certificate that stands for name and key where libcrypto wants one; its signature means nothing. nullptr where name
// or key cannot be read.
OwnedX509 anchor_certificate(const ProgrammeRoot&);

}  // namespace kenshin
