#include "probes/net/fetch_url.h"

#include <arpa/inet.h>
#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/net/budget.h"
#include "probes/net/proxy.h"

namespace kenshin {

namespace {

constexpr std::size_t largest_head = 64 * 1024;

using Handle = std::unique_ptr<CURL, decltype([](CURL* handle) { curl_easy_cleanup(handle); })>;
using List = std::unique_ptr<curl_slist, decltype([](curl_slist* list) { curl_slist_free_all(list); })>;
using Url = std::unique_ptr<CURLU, decltype([](CURLU* url) { curl_url_cleanup(url); })>;

struct Fetching {
  const UrlRequest& request;
  HttpReply reply;
  std::size_t head = 0;
  bool denied = false;  // an address was not to be asked
  bool any_address = false;
};

void append(List& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(list.release());
  list.reset(longer);
}

std::string address_text(const curl_sockaddr& to) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (to.family == AF_INET) {
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(&to.addr);
    inet_ntop(AF_INET, &v4->sin_addr, text.data(), text.size());
  } else if (to.family == AF_INET6) {
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&to.addr);
    inet_ntop(AF_INET6, &v6->sin6_addr, text.data(), text.size());
  }
  return text.data();
}

// Also what this system takes for itself: 0.0.0.0, ::, and IPv4 inside IPv6.
bool is_of_this_network(const std::string& address) {
  return address.empty() || is_loopback_or_private(address) || address.starts_with("0.") || address == "::" ||
         address.starts_with("::ffff:") || address.starts_with("64:ff9b:");
}

// The last word on whom we talk to, after every resolution and redirect.
curl_socket_t open_socket(void* into, curlsocktype, curl_sockaddr* to) {
  auto& fetching = *static_cast<Fetching*>(into);
  const std::string address = address_text(*to);
  const bool allowed = fetching.any_address || address == fetching.request.address || !is_of_this_network(address);
  if (!allowed) {
    fetching.denied = true;
    return CURL_SOCKET_BAD;
  }
  fetching.reply.address = address;
  return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

std::size_t take_header(const char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& fetching = *static_cast<Fetching*>(into);
  const std::string_view line(bytes, size * count);
  if ((fetching.head += line.size()) > largest_head) return 0;
  if (line.starts_with("HTTP/")) fetching.reply.headers.clear();
  const auto colon = line.find(':');
  if (line.starts_with("HTTP/") || colon == std::string_view::npos) return line.size();
  fetching.reply.headers.emplace_back(lower_ascii(trim(line.substr(0, colon))),
                                      std::string(trim(line.substr(colon + 1))));
  return line.size();
}

std::size_t take_body(const char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& fetching = *static_cast<Fetching*>(into);
  const Bytes part = bytes_of({bytes, size * count});
  Buffer& body = fetching.reply.body;
  const std::size_t taken = std::min(part.size(), fetching.request.max_size - body.size());
  body.insert(body.end(), part.begin(), part.begin() + static_cast<std::ptrdiff_t>(taken));
  if (taken == part.size()) return taken;
  fetching.reply.truncated = true;
  return 0;
}

Error error_of(CURL* handle, CURLcode code, const Fetching& fetching, const char* detail) {
  long number = 0, status = 0;
  curl_easy_getinfo(handle, CURLINFO_OS_ERRNO, &number);
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &status);
  const auto kind = [&] {
    switch (code) {
      case CURLE_OPERATION_TIMEDOUT: return Error::Kind::Timeout;
      case CURLE_COULDNT_RESOLVE_HOST: return Error::Kind::Absent;
      case CURLE_COULDNT_RESOLVE_PROXY:
      case CURLE_PROXY: return Error::Kind::Unreachable;
      case CURLE_COULDNT_CONNECT:
        if (fetching.denied) return Error::Kind::Denied;
        return number == EHOSTUNREACH || number == ENETUNREACH ? Error::Kind::Unreachable : Error::Kind::Refused;
      case CURLE_UNSUPPORTED_PROTOCOL:  // what answers without a status line is so called, too
        return status == 0 && !fetching.reply.address.empty() ? Error::Kind::Malformed : Error::Kind::Denied;
      case CURLE_PEER_FAILED_VERIFICATION:
      case CURLE_SSL_CACERT_BADFILE: return fetching.request.verify ? Error::Kind::NotTls : Error::Kind::Malformed;
      case CURLE_GOT_NOTHING: return Error::Kind::Closed;
      case CURLE_RECV_ERROR:
      case CURLE_SEND_ERROR: return Error::Kind::Reset;
      case CURLE_INTERFACE_FAILED: return Error::Kind::Unreachable;
      default: return Error::Kind::Malformed;
    }
  }();
  if (kind == Error::Kind::Denied && fetching.denied) return {kind, "an address of this network is not asked"};
  return {kind, one_line(*detail != 0 ? detail : curl_easy_strerror(code), 160)};
}

// "HOST:PORT:ADDRESS:PORT" with empty ports: the URL's host alone, so that a redirect elsewhere goes there.
std::string connect_to(const std::string& host, const std::string& address) {
  const auto in_brackets = [](const std::string& name) {
    return name.find(':') == std::string::npos ? name : "[" + name + "]";
  };
  return in_brackets(host) + "::" + in_brackets(address) + ":";
}

template <class T>
void set(CURL* handle, CURLoption option, T value) {
  if (curl_easy_setopt(handle, option, value) != CURLE_OK) throw std::runtime_error("libcurl lacks an option");
}

void set_trust(CURL* handle, const UrlRequest& request) {
  set(handle, CURLOPT_SSL_VERIFYPEER, 1L);
  set(handle, CURLOPT_SSL_VERIFYHOST, 2L);
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!request.ca_file.empty()) set(handle, CURLOPT_CAINFO, request.ca_file.c_str());
}

void set_transport(CURL* handle, const UrlRequest& request, const Session& session) {
  const char* schemes = request.http_only ? "http" : request.https_only ? "https" : "http,https";
  const long wait = static_cast<long>(session.timeout.count());
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_TIMEOUT_MS, wait);
  set(handle, CURLOPT_CONNECTTIMEOUT_MS, wait);
  set(handle, CURLOPT_PROTOCOLS_STR, schemes);
  set(handle, CURLOPT_PROXY, session.proxy.c_str());  // an empty one switches the environment's off
  set(handle, CURLOPT_NOPROXY, "");
  if (!session.source_address.empty()) set(handle, CURLOPT_INTERFACE, ("host!" + session.source_address).c_str());
  set(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  if (request.verify) return set_trust(handle, request);
  // What is old or unverified is still to be read.
  set(handle, CURLOPT_SSL_VERIFYPEER, 0L);
  set(handle, CURLOPT_SSL_VERIFYHOST, 0L);
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_0));
  set(handle, CURLOPT_SSL_CIPHER_LIST, "DEFAULT:@SECLEVEL=0");
  if (request.address.empty() || session.client_certificate.empty()) return;
  set(handle, CURLOPT_SSLCERT, session.client_certificate.c_str());
  set(handle, CURLOPT_SSLKEY, session.client_key.c_str());
}

void set_question(CURL* handle, const UrlRequest& request, List& headers) {
  if (request.method == "HEAD") set(handle, CURLOPT_NOBODY, 1L);
  else set(handle, CURLOPT_CUSTOMREQUEST, request.method.c_str());
  if (!request.body.empty()) {
    set(handle, CURLOPT_POSTFIELDS, reinterpret_cast<const char*>(request.body.data()));
    set(handle, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    append(headers, "Expect:");
    append(headers, "Content-Type:" + (request.content_type.empty() ? "" : " " + request.content_type));
  }
  for (const auto& line : request.headers) append(headers, line);
  set(handle, CURLOPT_HTTPHEADER, headers.get());
  set(handle, CURLOPT_USERAGENT, "kenshin/" KENSHIN_VERSION);
}

// libcurl's own reading of the host, so that there are no two opinions.
std::string host_of(const std::string& url) {
  const Url parsed(curl_url());
  char* host = nullptr;
  if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK ||
      curl_url_get(parsed.get(), CURLUPART_HOST, &host, 0) != CURLUE_OK)
    return {};
  std::string out(host);
  curl_free(host);
  if (out.starts_with('[') && out.ends_with(']')) out = out.substr(1, out.size() - 2);
  return out;
}

// The proxy's name is looked up once for the process, not by libcurl for every fetch.
std::optional<Error> set_proxy_address(CURL* handle, const Session& session, List& known) {
  if (session.proxy.empty()) return std::nullopt;
  const auto proxy = parse_proxy(session.proxy);
  if (!proxy) return proxy.error();
  if (is_ip_literal(proxy->host)) return std::nullopt;
  const auto address = address_of_proxy(*proxy, session);
  if (!address) return address.error();
  const std::string literal = address->find(':') == std::string::npos ? *address : "[" + *address + "]";
  append(known, proxy->host + ":" + std::to_string(proxy->port) + ":" + literal);
  set(handle, CURLOPT_RESOLVE, known.get());
  return std::nullopt;
}

// Behind a proxy of the user's own choice, the address that is connected to is the proxy's: only the name can be
// judged.
bool is_named_of_this_network(const std::string& host) {
  std::string name = lower_ascii(host);
  if (name.ends_with('.')) name.pop_back();
  if (is_ip_literal(name)) return is_of_this_network(name);
  return name == "localhost" || name.ends_with(".localhost");  // RFC 6761 6.3
}

struct Fetched {
  HttpReply reply;
  std::string leads_to;  // of a redirect
};

Result<Fetched> fetch_once(const UrlRequest& request, const std::string& host, const Session& session) {
  const Handle handle(curl_easy_init());
  if (!handle) return Error{Error::Kind::Failed, "libcurl: no handle"};
  Fetching fetching{request, {}, 0, false, request.allow_private || !session.proxy.empty()};
  List headers, addresses, known;
  std::array<char, CURL_ERROR_SIZE> detail{};
  set(handle.get(), CURLOPT_ERRORBUFFER, detail.data());
  set(handle.get(), CURLOPT_URL, request.url.c_str());
  set_transport(handle.get(), request, session);
  if (auto error = set_proxy_address(handle.get(), session, known)) return *error;
  set_question(handle.get(), request, headers);
  if (!request.address.empty()) {
    append(addresses, connect_to(host, request.address));
    set(handle.get(), CURLOPT_CONNECT_TO, addresses.get());
  }
  set(handle.get(), CURLOPT_OPENSOCKETFUNCTION, open_socket);
  set(handle.get(), CURLOPT_OPENSOCKETDATA, static_cast<void*>(&fetching));
  set(handle.get(), CURLOPT_HEADERFUNCTION, take_header);
  set(handle.get(), CURLOPT_HEADERDATA, static_cast<void*>(&fetching));
  set(handle.get(), CURLOPT_WRITEFUNCTION, take_body);
  set(handle.get(), CURLOPT_WRITEDATA, static_cast<void*>(&fetching));
  const auto lease = request.address.empty() ? std::nullopt : lease_of(session, request.address);
  const CURLcode done = curl_easy_perform(handle.get());
  if (done != CURLE_OK && !fetching.reply.truncated) return error_of(handle.get(), done, fetching, detail.data());
  long status = 0;
  const char *url = nullptr, *next = nullptr;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(handle.get(), CURLINFO_EFFECTIVE_URL, &url);
  curl_easy_getinfo(handle.get(), CURLINFO_REDIRECT_URL, &next);
  fetching.reply.status = static_cast<int>(status);
  fetching.reply.url = url != nullptr ? url : request.url;
  return Fetched{std::move(fetching.reply), next != nullptr ? next : ""};
}

}  // namespace

const std::string* HttpReply::header(std::string_view name) const {
  for (const auto& [known, value] : headers)
    if (known == name) return &value;
  return nullptr;
}

// Redirects are followed by hand: each is judged before it is asked, which libcurl would not do behind a proxy.
Result<HttpReply> fetch_url(const UrlRequest& request, const Session& session) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const Deadline deadline = deadline_in(session.timeout);
  const std::string first_host = host_of(request.url);
  if (first_host.empty()) return Error{Error::Kind::Malformed, "no URL: " + one_line(request.url, 120)};
  UrlRequest hop = request;
  Session left = session;
  for (int followed = 0;; ++followed) {
    const std::string host = host_of(hop.url);
    if (host.empty()) return Error{Error::Kind::Denied, "a redirect to " + one_line(hop.url, 120)};
    hop.address = host == first_host ? request.address : std::string();
    if (is_named_of_this_network(host) && !hop.allow_private && hop.address.empty())
      return Error{Error::Kind::Denied, "an address of this network is not asked"};
    auto fetched = fetch_once(hop, host, left);
    if (!fetched) return fetched.error();
    if (request.follow == 0 || fetched->leads_to.empty()) return std::move(fetched->reply);
    if (followed == request.follow) return Error{Error::Kind::Malformed, "too many redirects"};
    hop.url = fetched->leads_to;
    left.timeout = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    if (left.timeout.count() <= 0) return Error{Error::Kind::Timeout, "redirects took all the time"};
  }
}

}  // namespace kenshin
