#include "probes/host/clamav.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <ctime>
#include <system_error>

#include "probes/base/text.h"
#include "probes/host/processes.h"

namespace kenshin {

namespace {

template <class Number>
std::optional<Number> number(std::string_view digits) {
  Number value{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size() || value < 0) return std::nullopt;
  return value;
}

Error malformed(std::string_view what, std::string_view text) {
  return {Error::Kind::Malformed, std::string(what) + ": " + one_line(text, 80)};
}

// asctime(3): "Sun Nov 22 17:43:19 2026", or with a day of one digit padded by a space.
std::optional<Instant> local_asctime(std::string_view text) {
  constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::vector<std::string_view> words;
  for (const auto word : split(trim(text), ' '))
    if (!word.empty()) words.push_back(word);
  if (words.size() != 5) return std::nullopt;
  const auto month = std::find(months.begin(), months.end(), words[1]);
  const auto clock = split(words[3], ':');
  const auto day = number<int>(words[2]), year = number<int>(words[4]);
  if (month == months.end() || clock.size() != 3 || !day || !year || *day < 1 || *day > 31 || *year < 1970 ||
      *year > 9999)
    return std::nullopt;
  const auto h = number<int>(clock[0]), m = number<int>(clock[1]), s = number<int>(clock[2]);
  if (!h || !m || !s || *h > 23 || *m > 59 || *s > 60) return std::nullopt;
  std::tm parts{};
  parts.tm_year = *year - 1900;
  parts.tm_mon = static_cast<int>(month - months.begin());
  parts.tm_mday = *day, parts.tm_hour = *h, parts.tm_min = *m, parts.tm_sec = *s, parts.tm_isdst = -1;
  const std::time_t seconds = std::mktime(&parts);
  if (seconds == -1) return std::nullopt;
  return Instant{std::chrono::seconds{seconds}};
}

}  // namespace

Result<ClamavDatabase> parse_clamav_header(std::string_view head) {
  const auto parts = split(trim(head.substr(0, 512)), ':');
  if (parts.size() < 9 || parts[0] != "ClamAV-VDB") return malformed("not a ClamAV database", head.substr(0, 80));
  const auto version = number<int>(parts[2]);
  const auto epoch = number<std::int64_t>(parts[8]);
  constexpr std::int64_t year_10000 = 253'402'300'800;
  if (!version || !epoch || *epoch == 0 || *epoch >= year_10000)
    return malformed("a ClamAV database without version or date", head.substr(0, 80));
  return ClamavDatabase{*version, Instant{std::chrono::seconds{*epoch}}};
}

Result<ClamdVersion> parse_clamd_version(std::string_view answer) {
  const auto parts = split(trim(answer), '/');
  if (!parts[0].starts_with("ClamAV ")) return malformed("not an answer of clamd", answer);
  ClamdVersion out{one_line(trim(parts[0].substr(7)), 60), std::nullopt};
  if (parts.size() != 3) return out;
  const auto version = number<int>(parts[1]);
  const auto built = local_asctime(parts[2]);
  if (version && built) out.database = ClamavDatabase{*version, *built};
  return out;
}

ClamdConf parse_clamd_conf(std::string_view text) {
  ClamdConf out;
  for (const auto whole : lines(text)) {
    const std::string_view line = trim(whole);
    const auto blank = line.find_first_of(" \t");
    if (line.starts_with('#') || blank == std::string_view::npos) continue;
    const std::string_view name = line.substr(0, blank), value = trim(line.substr(blank));
    if (name == "LocalSocket") out.local_socket = value;
    else if (name == "DatabaseDirectory") out.database_directory = value;
    else if (name == "OnAccessIncludePath" || name == "OnAccessMountPath") out.on_access_paths = true;
  }
  return out;
}

namespace {

struct Descriptor {
  int number = -1;
  explicit Descriptor(int n) : number(n) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number >= 0) ::close(number);
  }
};

Error socket_error(int code) {
  using Kind = Error::Kind;
  const auto kind = code == ENOENT || code == ENOTDIR       ? Kind::Absent
                    : code == EACCES || code == EPERM       ? Kind::Denied
                    : code == ECONNREFUSED                  ? Kind::Refused
                    : code == EAGAIN || code == EINPROGRESS ? Kind::Timeout
                    : code == ECONNRESET || code == EPIPE   ? Kind::Reset
                                                            : Kind::Failed;
  return {kind, "clamd: " + std::generic_category().message(code)};
}

}  // namespace

Result<std::string> ask_clamd(const std::string& socket_path, std::string_view question,
                              std::chrono::milliseconds timeout) {
  constexpr std::size_t answer_limit = 4096;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (socket_path.empty() || socket_path.size() >= sizeof address.sun_path)
    return Error{Error::Kind::Failed, "clamd: the name of its socket is too long or empty"};
  std::memcpy(address.sun_path, socket_path.data(), socket_path.size());
  const Descriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (socket.number < 0) return socket_error(errno);
  if (::connect(socket.number, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    return socket_error(errno);
  // clamd(8): a command in "z" form begins with z and both sides end with a zero byte.
  const std::string command = "z" + std::string(question) + std::string(1, '\0');
  const ssize_t sent = ::send(socket.number, command.data(), command.size(), MSG_NOSIGNAL);
  if (sent < 0) return socket_error(errno);
  if (static_cast<std::size_t>(sent) != command.size()) return socket_error(EAGAIN);

  const auto end = std::chrono::steady_clock::now() + timeout;
  std::string answer;
  std::array<char, 512> chunk{};
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now()).count();
    pollfd wait{socket.number, POLLIN, 0};
    if (left <= 0 || ::poll(&wait, 1, static_cast<int>(left)) == 0) return socket_error(EAGAIN);
    const ssize_t got = ::recv(socket.number, chunk.data(), chunk.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (got < 0) return socket_error(errno);
    answer.append(chunk.data(), static_cast<std::size_t>(got));
    if (const auto zero = answer.find('\0'); zero != std::string::npos) return answer.substr(0, zero);
    if (got == 0) return Error{Error::Kind::Closed, "clamd: closed before its answer ended"};
    if (answer.size() > answer_limit) return Error{Error::Kind::Malformed, "clamd: an answer without end"};
  }
}

namespace {

bool has(const InstalledPackages& packages, std::string_view name) { return packages.find(name) != packages.end(); }

// The daily database, from the newest of its spellings.
std::optional<ClamavDatabase> daily_database(const RootFiles& files, const std::string& folder) {
  std::optional<ClamavDatabase> newest;
  for (const auto name : {"/daily.cvd", "/daily.cld", "/daily.cud"}) {
    const auto head = files.head(folder + name, 512);
    if (!head) continue;
    const auto database = parse_clamav_header(*head);
    if (database && (!newest || database->built > newest->built)) newest = *database;
  }
  return newest;
}

void note_signatures(AntivirusProduct& product, const std::optional<ClamavDatabase>& database, std::string_view basis) {
  if (!database) return;
  product.signature_at = database->built;
  product.signature_basis = basis;
}

}  // namespace

Result<AntivirusProducts> antivirus_products(const RootFiles& files, const InstalledPackages& packages,
                                             std::chrono::milliseconds timeout) {
  const bool daemon = has(packages, "clamav-daemon");
  if (!daemon && !has(packages, "clamav"))
    return Error{Error::Kind::NotCollected,
                 "none of the products that are known here is installed or runs; others may be there"};
  AntivirusProduct clamav;
  clamav.id = "clamav";
  clamav.product = "ClamAV";
  clamav.evidence = {"package"};

  const auto text = files.read("/etc/clamav/clamd.conf");
  if (!text && text.error().kind != Error::Kind::Absent) return text.error();
  const ClamdConf conf = parse_clamd_conf(text ? *text : std::string_view{});
  note_signatures(clamav, daily_database(files, conf.database_directory), "database_header");
  if (!daemon || conf.local_socket.empty()) return AntivirusProducts{{std::move(clamav)}};

  const std::string socket = files.place(conf.local_socket);
  const auto pong = ask_clamd(socket, "PING", timeout);
  if (pong && *pong == "PONG") {
    clamav.active = Answer::Yes;
    clamav.evidence.emplace_back("socket");
    const auto answer = ask_clamd(socket, "VERSION", timeout);
    const auto version = answer ? parse_clamd_version(*answer) : Result<ClamdVersion>(answer.error());
    clamav.signature_at.reset();  // what counts is what the engine has loaded
    clamav.signature_basis.clear();
    if (version) note_signatures(clamav, version->database, "clamd");
  } else if (!pong && (pong.error().kind == Error::Kind::Absent || pong.error().kind == Error::Kind::Refused)) {
    clamav.active = Answer::No;
  }
  const Answer watcher = running_processes(files).runs({"clamonacc"});
  if (watcher == Answer::Yes) clamav.evidence.emplace_back("process");
  if (clamav.active == Answer::No || watcher == Answer::No || (text && !conf.on_access_paths))
    clamav.realtime = Answer::No;
  else if (clamav.active == Answer::Yes && watcher == Answer::Yes && conf.on_access_paths)
    clamav.realtime = Answer::Yes;
  return AntivirusProducts{{std::move(clamav)}};
}

}  // namespace kenshin
