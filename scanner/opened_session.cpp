#include "scanner/opened_session.h"

#include <charconv>
#include <filesystem>

#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/net/budget.h"

namespace kenshin {

namespace {

Result<int> whole_number(std::string_view option, const std::string& text, int low, int high) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size() && value >= low && value <= high) return value;
  return Error{Error::Kind::Malformed, "--" + std::string(option) + " takes a whole number from " +
                                           std::to_string(low) + " to " + std::to_string(high) + ", not \"" +
                                           one_line(text, 40) + "\""};
}

}  // namespace

Result<OpenedSession> open_session(const Arguments& arguments) {
  OpenedSession out;
  out.session.now = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); };
  out.session.budget = std::make_shared<Budget>();
  if (arguments.has("timeout")) {
    const auto seconds = whole_number("timeout", arguments.value("timeout"), 1, 300);
    if (!seconds) return seconds.error();
    out.session.timeout = std::chrono::seconds(*seconds);
  }
  if (arguments.has("workers")) {
    const auto workers = whole_number("workers", arguments.value("workers"), 1, 1024);
    if (!workers) return workers.error();
    out.workers = static_cast<std::size_t>(*workers);
  }
  out.session.source_address = arguments.value("source");
  if (arguments.has("source") && !is_ip_literal(out.session.source_address))
    return Error{Error::Kind::Malformed, "--source takes an IP address of this machine, not \"" +
                                             one_line(out.session.source_address, 60) + "\""};
  out.session.trust_bundle = arguments.value("trust-bundle");
  if (arguments.has("trust-bundle"))
    if (const auto bundle = read_file(out.session.trust_bundle); !bundle) return bundle.error();
  return out;
}

}  // namespace kenshin
