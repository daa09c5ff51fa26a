// What osquery's tables say of a machine, as host facts.
#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

#include "probes/base/bytes.h"
#include "probes/base/crypto.h"
#include "probes/base/text.h"
#include "probes/host/osquery.h"

namespace kenshin {

namespace {

std::optional<int> number(std::string_view digits) {
  int value{};
  digits = trim(digits);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

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
      if (const auto told = osquery_time(column(clock->front(), "unix_time"))) at = told;
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
    const auto taken = in_.snapshots.find(table);
    const bool old = taken != in_.snapshots.end() && at_ != Instant{} && taken->second + std::chrono::hours(24) < at_;
    return at == in_.tables.end() || old ? nullptr : &at->second;
  }
  template <class F>
  void add(Result<F> fact) {
    out_.push_back(observed<F>(target_, "", at_, 0, std::move(fact)));
  }
  static Error not_asked(std::string_view table) {
    return {Error::Kind::NotCollected, "osquery was not asked for " + std::string(table) + " at that time"};
  }

  void system(const OsqueryRow& row) {
    const std::string platform = lower_ascii(column(row, "platform")), name = column(row, "name");
    OsIdentity os;
    os.pretty = name;
    if (platform == "windows") {
      os.family = os.id = "windows";
      os.build = number(column(row, "build"));
      os.ubr = number(column(row, "revision"));
      server_ = name.find("Server") != std::string::npos;
      os.type = server_ ? "Server" : "Client";
      for (const auto& [word, id] :
           {std::pair("IoT Enterprise LTSC", "IoTEnterpriseS"), std::pair("LTSC", "EnterpriseS"),
            std::pair("LTSB", "EnterpriseS"), std::pair("Enterprise", "Enterprise"),
            std::pair("Pro Education", "ProfessionalEducation"), std::pair("Education", "Education"),
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
      const auto at = osquery_time(column(row, "date"));
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
      const std::string type = column(row, "type");
      if (type != "Antivirus" && type != "Firewall" && type != "Antispyware")
        return add<AntivirusProducts>(
            Error{Error::Kind::Failed, "windows_security_products: a type that is not known"});
      if (type != "Antivirus") continue;
      AntivirusProduct product;
      product.product = column(row, "name");
      product.evidence = {"wsc"};
      const std::string state = column(row, "state"), fresh = column(row, "signatures_up_to_date");
      if (state == "On") product.active = product.realtime = Answer::Yes;
      if (state == "Off" || state == "Snoozed" || state == "Expired") product.active = product.realtime = Answer::No;
      if (fresh == "1") product.signature_state = SignatureState::Current;
      if (fresh == "0") product.signature_state = SignatureState::Outdated;
      product.signature_basis = "wsc";
      for (const AntivirusProduct& told : out.products)
        if (told.product == product.product && !(told == product))
          return add<AntivirusProducts>(Error{Error::Kind::Failed, "one product is told in two ways"});
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
      const auto state = alf->empty() ? std::nullopt : number(column(alf->front(), "global_state"));
      // From macOS 15 on the table may be empty: that is no "off".
      if (!state) return add<HostFirewall>(Error{Error::Kind::Failed, "alf has no row"});
      if (alf->size() != 1 || *state < 0 || *state > 2)  // off, on for specific services, on for essential ones
        return add<HostFirewall>(Error{Error::Kind::Failed, "alf does not tell"});
      return answer(*state == 0 ? Answer::No : Answer::Yes, "alf");
    }
    if (const auto* center = rows("windows_security_center"); center && center->size() == 1 && family_ == "windows") {
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
      std::set<std::string> told;
      for (const auto& row : *volumes)
        if (const std::string vault = column(row, "filevault_status"); vault == "on" || vault == "off")
          told.insert(vault);
      if (told.size() == 1)
        return add<DiskEncryption>(DiskEncryption{
            {{VolumeRole::System, *told.begin() == "on" ? VolumeState::On : VolumeState::Off}}, "filevault"});
      return add<DiskEncryption>(Error{Error::Kind::Failed, "disk_encryption does not tell of FileVault"});
    }
    add<DiskEncryption>(not_asked(family_ == "windows" ? "bitlocker_info" : "disk_encryption"));
  }
  static VolumeState bitlocker(const OsqueryRow& row) {
    const std::string protection = column(row, "protection_status"), conversion = column(row, "conversion_status");
    if (column(row, "lock_status") == "1") return VolumeState::Locked;
    if (conversion == "2") return VolumeState::Encrypting;
    if (conversion == "3") return VolumeState::Decrypting;
    if (protection == "1" && conversion == "0") return VolumeState::Unknown;  // protected, and decrypted
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
      const auto port = number(column(row, "port"));
      const std::string protocol = column(row, "protocol"), address = column(row, "address");
      if (port == 0) continue;  // a socket without one, of this machine alone
      if (!port || *port < 1 || *port > 65535 || (protocol != "6" && protocol != "17"))
        return add<ListeningPorts>(Error{Error::Kind::Failed, "listening_ports: a row that is not understood"});
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
    constexpr std::size_t most = 500;
    if (out.ports.size() > most) return add<ListeningPorts>(Error{Error::Kind::Failed, "more than 500 ports"});
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

Result<std::vector<Observation>> host_facts_of(const OsqueryResults& results, std::string_view label) {
  return FactsOfResults(results, label).all();
}

}  // namespace kenshin
