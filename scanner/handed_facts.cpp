#include "scanner/handed_facts.h"

#include "probes/base/signature.h"
#include "probes/host/host_facts.h"
#include "scanner/questionnaire.h"

namespace kenshin {

namespace {

constexpr std::size_t signature_limit = 4096, key_limit = 65536;

// The fingerprint of the key, empty where none was demanded.
std::variant<std::string, int> signer(const std::string& text, const std::string& path, const FactsRequest& request,
                                      const Program& program) {
  if (request.public_key_file.empty()) return std::string();
  const auto key = read_file(request.public_key_file, key_limit);
  if (!key) return program.fail(exit_code_of(key.error()), "cli.cannot-read", {{"what", key.error().detail}});
  const auto signature = read_file(path + ".sig", signature_limit);
  if (!signature) return program.fail(exit_codes::data, "cli.facts-unsigned", {{"what", path}});
  const auto verified = verify_detached(text, *signature, *key);
  if (verified) return *verified;
  if (verified.error().kind == Error::Kind::Denied)
    return program.fail(exit_codes::data, "cli.facts-altered", {{"what", path}, {"key", request.public_key_file}});
  return program.fail(exit_codes::data, "cli.error",
                      {{"what", request.public_key_file + ": " + verified.error().detail}});
}

}  // namespace

std::variant<std::vector<Observation>, int> read_handed_facts(const std::string& text, const std::string& path,
                                                              const FactsRequest& request, Instant now,
                                                              const Program& program) {
  auto key = signer(text, path, request, program);
  if (const int* code = std::get_if<int>(&key)) return *code;
  auto read = path.ends_with(".toml") ? read_questionnaire(text, path, now) : read_host_facts(text, path);
  if (!read) return program.fail(exit_codes::data, "cli.error", {{"what", read.error().detail}});
  if (is_dated_ahead(*read, now))
    return program.fail(exit_codes::data, "cli.host-future", {{"what", path}, {"at", to_text(read->front().at)}});
  auto& collection = std::get<HostCollection>(*read->front().fact);
  if (!request.nonce.empty() && collection.nonce != request.nonce)
    return program.fail(exit_codes::data,
                        collection.nonce.empty() ? "cli.facts-without-nonce" : "cli.facts-other-nonce",
                        {{"what", path}, {"nonce", request.nonce}});
  collection.signed_by = std::get<std::string>(key);
  return std::move(*read);
}

std::optional<int> refuse_old_answer(const std::vector<Observation>& facts, const std::string& path,
                                     const HostRules& rules, Instant now, const Program& program) {
  const Day on = day_in_japan(facts.front().at);
  const auto days = (day_in_japan(now) - on).count();
  if (days <= rules.facts_old_days) return std::nullopt;
  return program.fail(exit_codes::data, "cli.facts-old",
                      {{"what", path},
                       {"on", to_text(on)},
                       {"days", std::to_string(days)},
                       {"limit", std::to_string(rules.facts_old_days)}});
}

}  // namespace kenshin
