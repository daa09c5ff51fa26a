#include "probes/host/osquery.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "probes/base/bytes.h"
#include "probes/base/crypto.h"
#include "probes/base/json_fields.h"
#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::array<std::string_view, 15> known_tables = {"os_version",
                                                           "system_info",
                                                           "osquery_info",
                                                           "time",
                                                           "windows_security_products",
                                                           "bitlocker_info",
                                                           "disk_encryption",
                                                           "deb_packages",
                                                           "rpm_packages",
                                                           "windows_update_history",
                                                           "patches",
                                                           "alf",
                                                           "screenlock",
                                                           "listening_ports",
                                                           "windows_security_center"};
constexpr std::size_t row_limit = 200'000, text_limit = 2000;

bool is_known(std::string_view table) {
  return std::find(known_tables.begin(), known_tables.end(), table) != known_tables.end();
}

// "pack/kenshin/os_version", "pack_kenshin_os_version", "os_version".
std::string_view table_named(std::string_view query) {
  std::string_view longest;
  for (const auto table : known_tables) {
    if (!query.ends_with(table) || table.size() < longest.size()) continue;
    const char before = query.size() > table.size() ? query[query.size() - table.size() - 1] : '/';
    if (before == '/' || before == '_' || before == '-') longest = table;
  }
  return longest;
}

std::string_view stem_of(std::string_view path) {
  path = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  return path.substr(0, path.find('.'));
}

template <class Number>
std::optional<Number> number(std::string_view digits) {
  Number value{};
  digits = trim(digits);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}
std::optional<Instant> epoch(std::string_view digits) {
  constexpr std::int64_t year_10000 = 253'402'300'800;
  const auto seconds = number<std::int64_t>(digits);
  if (!seconds || *seconds <= 0 || *seconds >= year_10000) return std::nullopt;
  return Instant{std::chrono::seconds{*seconds}};
}

class ResultsReader {
 public:
  ResultsReader(std::string_view file_name, OsqueryResults& out) : file_name_(file_name), out_(out) {}

  Result<Done> file(std::string_view text) {
    const auto whole = parse_json(text, file_name_);
    if (whole) value(*whole);
    else if (!logged(text)) return whole.error();
    if (fault_.empty()) return Done{};
    return Error{Error::Kind::Malformed, std::string(file_name_) + ": " + fault_};
  }

 private:
  void refuse(std::string what) {
    if (fault_.empty()) fault_ = std::move(what);
  }

  // One JSON object a line, as osqueryd logs them; false where the first line is none.
  bool logged(std::string_view text) {
    std::size_t line = 0;
    for (const auto one : lines(text)) {
      ++line;
      if (trim(one).empty()) continue;
      const auto parsed = parse_json(one, file_name_);
      if (!parsed && line == 1) return false;
      if (!parsed || !parsed->is_object()) refuse("line " + std::to_string(line) + " is no JSON object");
      else value(*parsed);
      if (!fault_.empty()) return true;
    }
    return line > 1;
  }

  void value(const Json& json) {
    if (json.is_array()) return rows(stem_of(file_name_), json);
    if (!json.is_object()) return refuse("neither rows nor tables of osquery");
    if (json.contains("snapshot") || json.contains("columns") || json.contains("diffResults"))
      return logged_result(json);
    if (json.contains("results")) return report(json);
    for (const auto& [table, content] : json.items()) {
      if (!is_known(table)) continue;
      if (!content.is_array()) return refuse(one_line(table, 60) + ": a list of rows is expected");
      rows(table, content);
    }
  }

  static std::string text_of(const Json& json, const char* key) {
    const auto at = json.find(key);
    if (at == json.end()) return {};
    if (at->is_string()) return at->get<std::string>();
    return at->is_number() ? at->dump() : std::string();
  }
  void time(std::optional<Instant> at) {
    if (at && (!out_.at || *at > *out_.at)) out_.at = at;
  }
  void machine(const std::string& name) {
    if (name.empty()) return;
    if (out_.host.empty()) out_.host = one_line(name, 100);
    else if (out_.host != one_line(name, 100))
      refuse("results of several machines (" + out_.host + ", " + one_line(name, 100) + "); import them one by one");
  }

  void logged_result(const Json& json) {
    const auto table = table_named(text_of(json, "name"));
    machine(text_of(json, "hostIdentifier"));
    time(epoch(text_of(json, "unixTime")));
    if (table.empty() || !fault_.empty()) return;
    if (json.contains("snapshot")) {
      out_.tables[std::string(table)].clear();
      return rows(table, json["snapshot"]);
    }
    if (!json.contains("columns")) return refuse("changes in batches are not read; log them one by one, or a snapshot");
    auto& kept = out_.tables[std::string(table)];
    const auto row = row_of(json["columns"]);
    if (!row) return;
    if (text_of(json, "action") == "removed") std::erase(kept, *row);
    else if (kept.size() < row_limit) kept.push_back(*row);
  }

  void report(const Json& json) {
    const std::string said = text_of(json, "query_name").empty() ? text_of(json, "name") : text_of(json, "query_name");
    const auto table = table_named(said.empty() ? stem_of(file_name_) : std::string_view(said));
    const auto& results = json["results"];
    if (!results.is_array()) return refuse("results: a list is expected");
    if (table.empty())
      return refuse("which table this is cannot be told; name the file after it, such as os_version.json");
    auto& kept = out_.tables[std::string(table)];
    for (const auto& result : results) {
      if (!result.is_object() || !result.contains("columns")) return refuse("results: rows with columns are expected");
      machine(text_of(result, "host_name").empty() ? text_of(result, "host_id") : text_of(result, "host_name"));
      if (const auto at = parse_instant(text_of(result, "last_fetched"))) time(*at);
      const auto row = row_of(result["columns"]);
      if (!row || !fault_.empty()) return;
      if (kept.size() < row_limit) kept.push_back(*row);
    }
  }

  void rows(std::string_view table, const Json& json) {
    if (!is_known(table))
      return refuse("which table this is cannot be told; name the file after it, such as os_version.json");
    if (!json.is_array()) return refuse(std::string(table) + ": a list of rows is expected");
    auto& kept = out_.tables[std::string(table)];
    for (const auto& element : json) {
      if (kept.size() == row_limit) return refuse(std::string(table) + ": more rows than any machine has");
      const auto row = row_of(element);
      if (!row) return;
      kept.push_back(*row);
    }
  }

  std::optional<OsqueryRow> row_of(const Json& json) {
    if (!json.is_object()) return refuse("a row is an object of columns"), std::nullopt;
    OsqueryRow out;
    for (const auto& [column, content] : json.items()) {
      if (!content.is_string() && !content.is_number() && !content.is_null())
        return refuse(one_line(column, 60) + ": a text or a number is expected"), std::nullopt;
      out[column] = one_line(content.is_null() ? "" : text_of(json, column.c_str()), text_limit);
    }
    return out;
  }

  std::string_view file_name_;
  OsqueryResults& out_;
  std::string fault_;
};

std::string column(const OsqueryRow& row, std::string_view name) {
  const auto at = row.find(name);
  return at == row.end() ? std::string() : at->second;
}

class FactsOfResults {
 public:
  FactsOfResults(const OsqueryResults& in, std::string_view label) : in_(in), label_(one_line(label, 100)) {}

  Result<std::vector<Observation>> all() {
    const auto* systems = rows("os_version");
    if (!systems || systems->size() != 1) return missing("one row of os_version", "SELECT * FROM os_version");
    auto at = in_.at;
    if (const auto* clock = rows("time"); clock && !clock->empty())
      if (const auto told = epoch(column(clock->front(), "unix_time"))) at = told;
    if (!at) return missing("the time of asking", "SELECT unix_time FROM time, saved as time.json");
    const auto* machine = rows("system_info");
    std::string uuid;
    if (machine && !machine->empty()) {
      uuid = column(machine->front(), "uuid");
      for (const auto name : {"computer_name", "hostname"})
        if (label_.empty()) label_ = column(machine->front(), name);
    }
    if (label_.empty()) label_ = in_.host;
    if (label_.empty()) return missing("a name of the machine", "SELECT * FROM system_info, or give --label NAME");
    at_ = *at;
    target_ = {TargetKind::Host, label_, 0};
    HostCollection collection;
    collection.collected_at = at_;
    collection.collector = "osquery";
    if (const auto* info = rows("osquery_info"); info && !info->empty())
      collection.collector_version = column(info->front(), "version");
    collection.label = label_;
    if (!uuid.empty()) collection.id = sha256_hex(bytes_of("kenshin.host-facts/1 host.id " + uuid));
    add<HostCollection>(std::move(collection));
    system(systems->front());
    updates();
    protection();
    return std::move(out_);
  }

 private:
  static Error missing(std::string_view what, std::string_view query) {
    return {Error::Kind::Malformed, "osquery's results lack " + std::string(what) + ": " + std::string(query)};
  }
  const std::vector<OsqueryRow>* rows(std::string_view table) const {
    const auto at = in_.tables.find(table);
    return at == in_.tables.end() ? nullptr : &at->second;
  }
  template <class F>
  void add(Result<F> fact) {
    out_.push_back(observed<F>(target_, "", at_, 0, std::move(fact)));
  }
  static Error not_asked(std::string_view table) {
    return {Error::Kind::NotCollected, "osquery was not asked for " + std::string(table)};
  }

  void system(const OsqueryRow& row) {
    const std::string platform = lower_ascii(column(row, "platform")), name = column(row, "name");
    OsIdentity os;
    os.pretty = name;
    if (platform == "windows") {
      os.family = os.id = "windows";
      os.build = number<int>(column(row, "build"));
      os.ubr = number<int>(column(row, "revision"));
      server_ = name.find("Server") != std::string::npos;
      os.type = server_ ? "Server" : "Client";
      for (const auto& [word, id] : {std::pair("Enterprise", "Enterprise"), std::pair("Education", "Education"),
                                     std::pair("Pro", "Professional"), std::pair("Home", "Core")})
        if (os.edition.empty() && !server_ && name.find(word) != std::string::npos) os.edition = id;
      if (!os.build || *os.build < 0 || os.ubr.value_or(0) < 0)
        return add<OsIdentity>(Error{Error::Kind::Failed, "os_version without a build"});
    } else if (platform == "darwin") {
      os.family = os.id = "macos";
      os.version = column(row, "version");
    } else {
      os.family = "linux";
      os.id = platform;
      os.version = column(row, "version").substr(0, column(row, "version").find(' '));
    }
    family_ = os.family;
    if (os.family != "windows" && (os.version.empty() || os.id.empty()))
      return add<OsIdentity>(Error{Error::Kind::Failed, "os_version without a version"});
    add<OsIdentity>(os);
  }

  void updates() {
    add<UpdatesPending>(Error{Error::Kind::Unsupported, "osquery does not know what waits to be installed"});
    if (family_ != "windows") return;
    const auto* history = rows("windows_update_history");
    if (!history) return add<UpdatesLastOsUpdate>(not_asked("windows_update_history"));
    if (history->empty())
      return add<UpdatesLastOsUpdate>(Error{Error::Kind::Failed, "windows_update_history is empty: it was deleted"});
    std::optional<UpdatesLastOsUpdate> last;
    for (const auto& row : *history) {
      const std::string title = column(row, "title");
      // Definitions and drivers stand in the same list. Titles are in the machine's language.
      const bool cumulative =
          title.find("Cumulative Update") != std::string::npos || title.find("累積更新プログラム") != std::string::npos;
      const bool succeeded = column(row, "operation") == "Installation" && column(row, "result_code") == "Succeeded";
      const auto at = epoch(column(row, "date"));
      if (!cumulative || !succeeded || !at || title.find(".NET") != std::string::npos) continue;
      if (last && last->at >= *at) continue;
      const auto kb = title.find("KB");
      const auto end = kb == std::string::npos ? kb : title.find_first_not_of("0123456789", kb + 2);
      last = UpdatesLastOsUpdate{*at, kb == std::string::npos ? "" : title.substr(kb, end - kb), "osquery_history"};
    }
    if (last) add<UpdatesLastOsUpdate>(*last);
    else add<UpdatesLastOsUpdate>(Error{Error::Kind::NotCollected, "the history names no cumulative update"});
  }

  void protection() {
    antivirus();
    firewall();
    disks();
    lock();
    ports();
  }

  void antivirus() {
    const auto* products = rows("windows_security_products");
    if (!products) return add<AntivirusProducts>(not_asked("windows_security_products"));
    if (server_ || family_ != "windows")
      return add<AntivirusProducts>(Error{Error::Kind::Unsupported, "Security Center exists on Windows clients alone"});
    if (products->empty())
      return add<AntivirusProducts>(Error{Error::Kind::Failed, "Security Center named no product of any kind"});
    AntivirusProducts out;
    for (const auto& row : *products) {
      if (column(row, "type") != "Antivirus") continue;
      AntivirusProduct product;
      product.product = column(row, "name");
      product.evidence = {"wsc"};
      const std::string state = column(row, "state"), fresh = column(row, "signatures_up_to_date");
      if (state == "On") product.active = product.realtime = Answer::Yes;
      if (state == "Off" || state == "Snoozed" || state == "Expired") product.active = product.realtime = Answer::No;
      if (fresh == "1") product.signature_state = SignatureState::Current;
      if (fresh == "0") product.signature_state = SignatureState::Outdated;
      product.signature_basis = "wsc";
      out.products.push_back(std::move(product));
    }
    if (out.products.empty()) return add<AntivirusProducts>(Error{Error::Kind::Absent, "Security Center names none"});
    add<AntivirusProducts>(std::move(out));
  }

  void firewall() {
    const auto answer = [&](Answer enabled, std::string_view basis) {
      add<HostFirewall>(HostFirewall{{{FirewallScope::All, enabled}}, std::string(basis)});
    };
    if (const auto* alf = rows("alf"); alf && family_ == "macos") {
      const auto state = alf->empty() ? std::nullopt : number<int>(column(alf->front(), "global_state"));
      // From macOS 15 on the table may be empty: that is no "off".
      if (!state) return add<HostFirewall>(Error{Error::Kind::Failed, "alf has no row"});
      return answer(*state == 0 ? Answer::No : Answer::Yes, "alf");
    }
    if (const auto* center = rows("windows_security_center"); center && !center->empty() && family_ == "windows") {
      const std::string state = column(center->front(), "firewall");
      if (state == "Good" || state == "Poor") return answer(state == "Good" ? Answer::Yes : Answer::No, "wsc");
    }
    add<HostFirewall>(not_asked(family_ == "macos" ? "alf" : "windows_security_center"));
  }

  void disks() {
    if (const auto* volumes = rows("bitlocker_info"); volumes && family_ == "windows") {
      if (volumes->empty())
        return add<DiskEncryption>(Error{Error::Kind::Denied, "bitlocker_info has no row: it needs an administrator"});
      DiskEncryption out{{}, "osquery"};
      for (const auto& row : *volumes)
        out.volumes.push_back(
            {column(row, "drive_letter") == "C:" ? VolumeRole::System : VolumeRole::Data, bitlocker(row)});
      return add<DiskEncryption>(std::move(out));
    }
    if (const auto* volumes = rows("disk_encryption"); volumes && family_ == "macos") {
      for (const auto& row : *volumes)
        if (const std::string vault = column(row, "filevault_status"); vault == "on" || vault == "off")
          return add<DiskEncryption>(
              DiskEncryption{{{VolumeRole::System, vault == "on" ? VolumeState::On : VolumeState::Off}}, "filevault"});
      return add<DiskEncryption>(Error{Error::Kind::Failed, "disk_encryption does not tell of FileVault"});
    }
    add<DiskEncryption>(not_asked(family_ == "windows" ? "bitlocker_info" : "disk_encryption"));
  }
  static VolumeState bitlocker(const OsqueryRow& row) {
    const std::string protection = column(row, "protection_status"), conversion = column(row, "conversion_status");
    if (column(row, "lock_status") == "1") return VolumeState::Locked;
    if (conversion == "2") return VolumeState::Encrypting;
    if (conversion == "3") return VolumeState::Decrypting;
    if (protection == "1") return VolumeState::On;
    if (protection == "0" && conversion == "1") return VolumeState::Suspended;
    return protection == "0" && conversion == "0" ? VolumeState::Off : VolumeState::Unknown;
  }

  void lock() {
    const auto* screens = rows("screenlock");
    if (!screens || screens->empty() || family_ != "macos") return add<ScreenLock>(not_asked("screenlock"));
    const bool enabled = column(screens->front(), "enabled") == "1";
    if (!enabled && column(screens->front(), "enabled") != "0")
      return add<ScreenLock>(Error{Error::Kind::Failed, "screenlock does not tell"});
    add<ScreenLock>(
        ScreenLock{enabled ? Answer::Yes : Answer::No, std::nullopt, enabled ? Answer::Yes : Answer::No, "osquery"});
  }

  void ports() {
    const auto* sockets = rows("listening_ports");
    if (!sockets) return add<ListeningPorts>(not_asked("listening_ports"));
    if (sockets->empty()) return add<ListeningPorts>(Error{Error::Kind::Failed, "listening_ports has no row"});
    ListeningPorts out;
    for (const auto& row : *sockets) {
      const auto port = number<int>(column(row, "port"));
      const std::string protocol = column(row, "protocol"), address = column(row, "address");
      if (!port || *port < 1 || *port > 65535 || (protocol != "6" && protocol != "17") || out.ports.size() == 500)
        continue;
      const bool local = address.starts_with("127.") || address == "::1";
      const bool own = address.starts_with("10.") || address.starts_with("192.168.") || address.starts_with("fe80:");
      const ListeningPort found{protocol == "6" ? PortProtocol::Tcp : PortProtocol::Udp, *port,
                                local ? ListeningScope::Loopback
                                : own ? ListeningScope::Private
                                      : ListeningScope::Any};
      const auto same = std::find_if(out.ports.begin(), out.ports.end(), [&](const ListeningPort& p) {
        return p.protocol == found.protocol && p.port == found.port;
      });
      if (same == out.ports.end()) out.ports.push_back(found);
      else same->scope = std::max(same->scope, found.scope);
    }
    add<ListeningPorts>(std::move(out));
  }

  const OsqueryResults& in_;
  std::string label_, family_;
  bool server_ = false;
  Instant at_{};
  Target target_;
  std::vector<Observation> out_;
};

}  // namespace

Result<Done> add_osquery_results(std::string_view text, std::string_view file_name, OsqueryResults& results) {
  return ResultsReader(file_name, results).file(text);
}

Result<std::vector<Observation>> host_facts_of(const OsqueryResults& results, std::string_view label) {
  return FactsOfResults(results, label).all();
}

}  // namespace kenshin
