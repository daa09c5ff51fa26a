// Signed certificate timestamps, in the certificate, the handshake or the staple, and the logs that sign them: RFC
// 6962.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/data_files.h"
#include "probes/certificate/facts.h"
#include "probes/certificate/openssl.h"

namespace kenshin {

// One log, as ct-logs.json lists it.
struct CtLog {
  std::string log_id;  // SHA-256 of `key`, hex
  Buffer key;          // DER SubjectPublicKeyInfo
  std::string description;
  std::string state;                // "usable", "qualified", "readonly", "retired", "rejected"
  std::optional<Instant> from, to;  // of the certificates' end it takes (temporal shard); nothing: no limit
};
struct CtLogs {
  std::string edition;
  std::optional<Day> as_of;
  std::string source, mark;
  std::vector<CtLog> logs;
};
// Strict: Malformed for an id that is not the key's, and for a state there is none of.
Result<CtLogs> load_ct_logs(std::string_view text, std::string_view file_name);
Result<CtLogs> read_ct_logs(const DataFiles&);
const CtLogs& shipped_ct_logs();  // without logs until data is given

struct CertificateTimestamp {
  SignedTimestamp shown;
  std::uint64_t milliseconds = 0;
  std::uint8_t hash = 0, algorithm = 0;  // RFC 5246 7.4.1.4.1
  Buffer log_id, extensions, signature;
};

// A SignedCertificateTimestampList (RFC 6962 3.3). Timestamps of another version, or of a time no calendar has, are
// left out, as 3.2 wants it.
Result<std::vector<CertificateTimestamp>> parse_timestamps(Bytes list, std::string_view source);

// The list within the certificate (RFC 6962 3.3), and within a stapled OCSP response for it; empty: none.
Buffer embedded_timestamps(X509&);
Buffer stapled_timestamps(Bytes ocsp_response);

// Whether a log of the list signed it for that certificate. Unknown: no such log, or for an embedded one no issuer.
Answer verify_timestamp(const CertificateTimestamp&, X509& leaf, X509* issuer, const CtLogs&);

// All of the three sources, verified, ascending by log and time.
std::vector<SignedTimestamp> all_timestamps(X509& leaf, X509* issuer, Bytes handshake, Bytes staple, const CtLogs&);

}  // namespace kenshin
