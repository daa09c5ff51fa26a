#include "probes/domain/certificate_search.h"

#include <algorithm>
#include <set>
#include <utility>

#include "probes/base/foreign_json_fields.h"
#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/domain/public_suffix.h"

namespace kenshin {

namespace {

constexpr std::size_t most_rows = 5000, most_names = 10, longest_id = 40;

Error malformed(std::string_view who, const std::string& what) {
  return {Error::Kind::Malformed, std::string(who) + ": " + what};
}

// {"code": "rate_limited", "message": "..."} of Cert Spotter.
Error error_object(std::string_view who, const Json& answer) {
  const std::string code = text_member(answer, "code");
  if (code == "rate_limited") return {Error::Kind::RateLimited, std::string(who) + ": " + code};
  return malformed(who, code.empty() ? "it is no list" : "it says " + one_line(code, 60));
}

Result<Json> rows_of(std::string_view json, std::string_view who) {
  auto read = parse_json(json, who);
  if (!read) return read.error();
  if (!read->is_array()) return error_object(who, *read);
  if (read->size() > most_rows) return malformed(who, "more than " + std::to_string(most_rows) + " rows");
  return std::move(*read);
}

// In lower case without a final dot; empty where it is no name of the DNS (a mail address, an IP address).
std::string dns_name(std::string_view text) {
  const bool wildcard = text.starts_with("*.");
  const auto host = canonical_host(wildcard ? text.substr(2) : text);
  if (!host || is_ip_literal(*host)) return {};
  return (wildcard ? "*." : "") + *host;
}

enum class Whose { Domain, Others, Nobody };

// Whose the names are; nobody's where none of them is a name.
Whose take_names(const std::vector<std::string_view>& texts, std::string_view domain, IssuedCertificate& into) {
  Whose whose = Whose::Nobody;
  std::set<std::string> seen;
  for (const auto text : texts) {
    std::string name = dns_name(text);
    const bool is_other_name = text.find('@') != std::string_view::npos || is_ip_literal(std::string(text));
    if (whose == Whose::Nobody && (is_other_name || !name.empty())) whose = Whose::Others;
    if (name.empty() || !seen.insert(name).second) continue;
    if (is_at_or_below(name.starts_with("*.") ? std::string_view(name).substr(2) : name, domain)) whose = Whose::Domain;
    if (into.names.size() < most_names) into.names.push_back(std::move(name));
    else ++into.more_names;
  }
  return whose;
}

bool take_dates(const Json& row, const char* zone, IssuedCertificate& into) {
  const auto from = parse_instant(text_member(row, "not_before") + zone);
  const auto until = parse_instant(text_member(row, "not_after") + zone);
  if (!from || !until) return false;
  into.not_before = *from;
  into.not_after = *until;
  return true;
}

// "O=Example Trust" of "C=XX, O=Example Trust, CN=R1": attributes part at commas that are neither escaped nor quoted.
std::vector<std::string> attributes(std::string_view name) {
  std::vector<std::string> out(1);
  bool quoted = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (c == '\\' && i + 1 < name.size()) out.back() += name[++i];
    else if (c == '"') quoted = !quoted;
    else if ((c == ',' || c == '+') && !quoted) out.emplace_back();
    else out.back() += c;
  }
  return out;
}

}  // namespace

std::string certspotter_question(std::string_view base, std::string_view domain, std::string_view after) {
  return std::string(base) + "v1/issuances?domain=" + std::string(domain) +
         "&include_subdomains=true&expand=dns_names&expand=issuer" +
         (after.empty() ? "" : "&after=" + std::string(after));
}

std::string crtsh_question(std::string_view base, std::string_view domain) {
  return std::string(base) + "?q=" + std::string(domain) + "&output=json&exclude=expired&deduplicate=Y";
}

Result<CertificatePage> parse_certspotter(std::string_view json, std::string_view domain) {
  constexpr std::string_view who = "Cert Spotter";
  const auto rows = rows_of(json, who);
  if (!rows) return rows.error();
  CertificatePage out;
  for (const Json& row : *rows) {
    const Json *names = member(row, "dns_names"), *issuer = member(row, "issuer");
    const std::string id = text_member(row, "id");
    const bool is_id = !id.empty() && id.size() <= longest_id && id.find_first_not_of("0123456789") == id.npos;
    IssuedCertificate certificate;
    certificate.issuer = issuer != nullptr ? one_line(text_member(*issuer, "name"), 200) : std::string();
    if (!is_id || certificate.issuer.empty() || names == nullptr || !names->is_array() ||
        !take_dates(row, "", certificate))
      return malformed(who, "an issuance lacks its id, issuer, dates or names");
    out.last_id = id;
    std::vector<std::string_view> texts;
    for (const Json& name : *names)
      if (name.is_string()) texts.emplace_back(name.get_ref<const std::string&>());
    const Whose whose = take_names(texts, domain, certificate);
    if (whose == Whose::Nobody) return malformed(who, "an issuance without a name");
    if (whose == Whose::Domain) out.certificates.push_back(std::move(certificate));
  }
  return out;
}

Result<CertificatePage> parse_crtsh(std::string_view json, std::string_view domain) {
  constexpr std::string_view who = "crt.sh";
  const auto rows = rows_of(json, who);
  if (!rows) return rows.error();
  CertificatePage out;
  std::set<std::pair<std::string, std::string>> seen;  // a certificate and its precertificate share the serial number
  for (const Json& row : *rows) {
    const std::string names = text_member(row, "name_value"), serial = text_member(row, "serial_number");
    IssuedCertificate certificate;
    certificate.issuer = one_line(text_member(row, "issuer_name"), 200);
    if (certificate.issuer.empty() || names.empty() || !take_dates(row, "Z", certificate))
      return malformed(who, "a row lacks its issuer, dates or names");
    if (!serial.empty() && !seen.emplace(certificate.issuer, serial).second) continue;
    const Whose whose = take_names(split(names, '\n'), domain, certificate);
    if (whose == Whose::Nobody) return malformed(who, "a row without a name");
    if (whose == Whose::Domain) out.certificates.push_back(std::move(certificate));
  }
  return out;
}

std::string organisation_of(std::string_view distinguished_name) {
  for (const std::string& attribute : attributes(distinguished_name)) {
    const auto text = trim(attribute);
    if (text.starts_with("O=") && !trim(text.substr(2)).empty()) return std::string(trim(text.substr(2)));
  }
  return std::string(trim(distinguished_name));
}

}  // namespace kenshin
