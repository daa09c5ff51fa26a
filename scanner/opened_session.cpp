#include "scanner/opened_session.h"

#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <optional>
#include <thread>

#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/net/budget.h"
#include "probes/net/socket.h"
#include "probes/tls/client_identity.h"
#include "scanner/interrupt.h"

namespace kenshin {

namespace {

template <class Number>
Result<Number> number(const Arguments& arguments, std::string_view option, Number low, Number high) {
  const std::string text = arguments.value(option);
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size() && value >= low && value <= high) return value;
  return Error{Error::Kind::Malformed, "--" + std::string(option) + " takes a whole number from " +
                                           std::to_string(low) + " to " + std::to_string(high) + ", not \"" +
                                           one_line(text, 40) + "\""};
}

// "10" or "0.5".
Result<double> rate(const std::string& text) {
  const bool decimal = !text.empty() && text.size() < 12 && text.front() != '.' &&
                       text.find_first_not_of("0123456789.") == std::string::npos &&
                       std::count(text.begin(), text.end(), '.') <= 1;
  const double value = decimal ? std::strtod(text.c_str(), nullptr) : 0;  // of the C locale: no setlocale() anywhere
  if (value >= 0.01 && value <= 10000) return value;
  return Error{Error::Kind::Malformed,
               "--max-rate takes connections a second from 0.01 to 10000, not \"" + one_line(text, 40) + "\""};
}

Result<std::string> proxy(const std::string& text) {
  for (const std::string_view scheme : {"socks5://", "http://"}) {
    if (!text.starts_with(scheme)) continue;
    std::string_view rest = std::string_view(text).substr(scheme.size());
    if (const auto at = rest.rfind('@'); at != std::string_view::npos) rest.remove_prefix(at + 1);
    if (rest.ends_with('/')) rest.remove_suffix(1);
    if (rest.rfind(':') != std::string_view::npos && parse_target(TargetKind::Endpoint, rest)) return text;
  }
  return Error{Error::Kind::Malformed, "--proxy takes socks5://HOST:PORT or http://HOST:PORT"};  // it may hold a secret
}

Result<std::string> resolver(const std::string& text) {
  const auto server = parse_target(TargetKind::Endpoint, text);
  if (is_ip_literal(text) || (server && is_ip_literal(server->name))) return text;
  return Error{Error::Kind::Malformed, "--resolver takes ADDRESS or ADDRESS:PORT, not \"" + one_line(text, 60) + "\""};
}

Result<std::string> readable(const std::string& path) {
  const auto text = read_file(path);
  if (!text) return text.error();
  return path;
}

// One target holds up to 16 connections, and as many again are closing.
constexpr rlim_t descriptors_per_target = 32, descriptors_of_our_own = 64;

std::size_t affordable(std::size_t workers) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return workers;
  if (limit.rlim_cur < limit.rlim_max) {
    const rlimit raised{limit.rlim_max, limit.rlim_max};
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  if (limit.rlim_cur == RLIM_INFINITY) return workers;
  const rlim_t room = limit.rlim_cur > descriptors_of_our_own ? limit.rlim_cur - descriptors_of_our_own : 0;
  return static_cast<std::size_t>(std::clamp<rlim_t>(room / descriptors_per_target, 1, workers));
}

// Stores what `read` makes of the option where it was given.
template <class Read, class Into>
std::optional<Error> take(const Arguments& arguments, std::string_view option, Read read, Into& into) {
  if (!arguments.has(option)) return std::nullopt;
  auto value = read(arguments.value(option));
  if (!value) return value.error();
  into = static_cast<Into>(*value);
  return std::nullopt;
}

std::optional<Error> take_pace(const Arguments& arguments, OpenedSession& out) {
  const auto seconds = [&](const std::string&) { return number<int>(arguments, "timeout", 1, 300); };
  const auto workers = [&](const std::string&) { return number<std::size_t>(arguments, "workers", 1, 1024); };
  const auto seed = [&](const std::string&) {
    return number<std::uint64_t>(arguments, "seed", 0, std::numeric_limits<std::uint64_t>::max());
  };
  int timeout = 5;
  if (auto error = take(arguments, "timeout", seconds, timeout)) return error;
  out.session.timeout = std::chrono::seconds(timeout);
  if (auto error = take(arguments, "workers", workers, out.workers)) return error;
  if (auto error = take(arguments, "seed", seed, out.session.seed)) return error;
  if (auto error = take(arguments, "max-rate", rate, out.session.max_rate)) return error;
  out.session.gentle = arguments.has("gentle");
  out.workers = affordable(out.session.gentle && !arguments.has("workers") ? 4 : out.workers);
  return std::nullopt;
}

std::optional<Error> take_doors(const Arguments& arguments, Session& session) {
  session.source_address = arguments.value("source");
  if (arguments.has("source") && !is_ip_literal(session.source_address))
    return Error{Error::Kind::Malformed,
                 "--source takes an IP address of this machine, not \"" + one_line(session.source_address, 60) + "\""};
  if (auto error = take(arguments, "proxy", proxy, session.proxy)) return error;
  if (auto error = take(arguments, "resolver", resolver, session.resolver)) return error;
  if (auto error = take(arguments, "trust-bundle", readable, session.trust_bundle)) return error;
  if (auto error = take(arguments, "client-certificate", readable, session.client_certificate)) return error;
  if (auto error = take(arguments, "client-key", readable, session.client_key)) return error;
  if (session.client_certificate.empty() != session.client_key.empty())
    return Error{Error::Kind::Malformed, "--client-certificate and --client-key go together"};
  if (!session.client_certificate.empty())
    if (const auto identity = read_client_identity(session.client_certificate, session.client_key); !identity)
      return Error{identity.error().kind, "--client-certificate: " + identity.error().detail};
  session.authorized_by = one_line(trim(arguments.value("authorized-by")));
  if (arguments.has("authorized-by") && session.authorized_by.empty())
    return Error{Error::Kind::Malformed, "--authorized-by takes who allows it, and on what ground"};
  return std::nullopt;
}

// Of registries' answers: "$XDG_CACHE_HOME/kenshin/registry", or below ~/.cache; empty where neither is known.
std::string cache_folder() {
  const auto set = [](const char* name) -> std::string {
    const char* value = std::getenv(name);
    return value != nullptr && *value == '/' ? value : "";
  };
  if (const std::string caches = set("XDG_CACHE_HOME"); !caches.empty()) return caches + "/kenshin/registry";
  const std::string home = set("HOME");
  return home.empty() ? "" : home + "/.cache/kenshin/registry";
}

// Ctrl-C ends it soon.
bool wait_unless_interrupted(std::chrono::milliseconds time) {
  constexpr std::chrono::milliseconds slice{100};
  for (const Deadline end = deadline_in(time); !Interrupt::came();) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
    if (left <= std::chrono::milliseconds(0)) return true;
    std::this_thread::sleep_for(std::min(left, slice));
  }
  return false;
}

}  // namespace

Result<OpenedSession> open_session(const Arguments& arguments) {
  OpenedSession out;
  out.session.now = [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); };
  out.session.budget = std::make_shared<Budget>();
  out.session.registries.cache = cache_folder();
  out.session.registries.wait = wait_unless_interrupted;
  if (auto error = take_pace(arguments, out)) return *error;
  if (auto error = take_doors(arguments, out.session)) return *error;
  return out;
}

}  // namespace kenshin
