#include "probes/domain/baseline.h"

#include "probes/base/bytes.h"
#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/domain/baseline_fields.h"
#include "probes/domain/holder.h"

namespace kenshin {

namespace {

constexpr std::string_view schema = "kenshin.baseline/1";
constexpr std::size_t longest_salt = 64;  // bytes

struct BaselineTool {
  std::string name, version;
};
template <class V>
void fields(V& v, BaselineTool& f) {
  v("name", f.name);
  v("version", f.version);
}

struct BaselineShape {
  std::string schema;
  BaselineTool tool;
  Baseline baseline;
};
template <class V>
void fields(V& v, BaselineShape& f) {
  v("schema", f.schema);
  v("tool", f.tool);
  v("taken", f.baseline.taken);
  v("holder_salt", f.baseline.holder_salt);
  v("domains", f.baseline.domains);
}

bool is_hex(std::string_view text, std::size_t most_bytes) {
  const auto bytes = from_hex(text);
  return bytes && bytes->size() <= most_bytes && lower_ascii(text) == text;
}

std::optional<std::string> fault_of(const DeclaredBaseline& domain, const std::string& salt) {
  constexpr std::size_t digest = 32;
  if (!domain.holder_hash.empty()) {
    const std::string own = salt_of(domain.holder_hash);
    if (own.empty() || own != salt) return "holder_hash is not of this file's holder_salt";
    const auto hash = std::string_view(domain.holder_hash).substr(own.size() + 1);
    if (hash.size() != 2 * digest || !is_hex(hash, digest)) return "holder_hash holds no SHA-256";
  }
  for (const BaselineCertificate& it : domain.certificates) {
    if (!parse_target(TargetKind::Endpoint, it.endpoint)) return "not an endpoint: " + one_line(it.endpoint, 60);
    if (it.spki_sha256.size() != 2 * digest || !is_hex(it.spki_sha256, digest)) return "spki_sha256 is no SHA-256";
  }
  return std::nullopt;
}

}  // namespace

Result<Baseline> read_baseline(std::string_view text, std::string_view file_name) {
  auto shape = from_json_text<BaselineShape>(text, file_name);
  if (!shape) return shape.error();
  const auto malformed = [&](const std::string& pointer, const std::string& what) {
    return Error{Error::Kind::Malformed,
                 std::string(file_name) + ":" + std::to_string(line_of(text, pointer)) + ": " + what};
  };
  if (shape->schema != schema)
    return malformed("/schema", "schema is \"" + one_line(shape->schema, 60) + "\", expected " + std::string(schema));
  const Baseline& baseline = shape->baseline;
  if (!is_hex(baseline.holder_salt, longest_salt))
    return malformed("/holder_salt", "holder_salt is not in lower-case hex of at most 64 bytes");
  for (const auto& [name, domain] : baseline.domains) {
    const auto canonical = canonical_host(name);
    if (!canonical || *canonical != name || is_ip_literal(name))
      return malformed("/domains", "not a domain name in canonical form: " + one_line(name, 80));
    if (const auto fault = fault_of(domain, baseline.holder_salt))
      return malformed("/domains/" + name, one_line(name, 80) + ": " + *fault);
  }
  return std::move(shape->baseline);
}

std::string baseline_text(const Baseline& baseline, std::string_view tool_version) {
  const BaselineShape shape{std::string(schema), {"kenshin", std::string(tool_version)}, baseline};
  return json_of(shape).dump(2, ' ', false, nlohmann::detail::error_handler_t::replace) + "\n";
}

}  // namespace kenshin
