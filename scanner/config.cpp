#include "scanner/config.h"

#include <filesystem>
#include <map>

#include "probes/base/bytes.h"
#include "probes/base/text.h"
#include "scanner/config_sources.h"
#include "scanner/toml_table.h"

namespace kenshin {

namespace {

using std::chrono::days;

constexpr std::size_t longest_file = 1024 * 1024;
constexpr days longest_accepted{180};

template <class E, std::size_t N>
using Names = std::array<std::pair<E, std::string_view>, N>;

constexpr Names<Role, 7> service_roles = {{{Role::Consult, "consult"},
                                           {Role::Login, "login"},
                                           {Role::Api, "api"},
                                           {Role::Media, "media"},
                                           {Role::Website, "website"},
                                           {Role::Mail, "mail"},
                                           {Role::Data, "data"}}};
constexpr Names<Role, 2> host_roles = {{{Role::Terminal, "terminal"}, {Role::Server, "server"}}};
constexpr Names<Owner, 3> owners = {
    {{Owner::Clinic, "clinic"}, {Owner::Vendor, "vendor"}, {Owner::GeneralService, "general_service"}}};
constexpr Names<Owner, 2> host_owners = {{{Owner::Clinic, "clinic"}, {Owner::Vendor, "vendor"}}};
constexpr Names<SystemKind, 2> system_kinds = {
    {{SystemKind::Dedicated, "dedicated"}, {SystemKind::GeneralPurpose, "general_purpose"}}};
constexpr Names<Answer, 3> answers = {{{Answer::Yes, "yes"}, {Answer::No, "no"}, {Answer::Unknown, "unknown"}}};
constexpr Names<std::string_view, 2> intents = {{{"keep", "keep"}, {"released", "released"}}};
constexpr Names<std::string_view, 5> verdicts = {{{"met", "met"},
                                                  {"conditional", "conditional"},
                                                  {"attention", "attention"},
                                                  {"not_met", "not_met"},
                                                  {"not_applicable", "not_applicable"}}};
constexpr Names<std::string_view, 1> accepted_states = {{{"updates", "updates"}}};

template <std::size_t N>
void word(TomlTable& table, std::string_view key, const Names<std::string_view, N>& names, std::string& value) {
  std::string_view read;
  if (table.one_of(key, names, read)) value = read;
}

bool all_in(std::string_view text, std::string_view characters) {
  return !text.empty() && text.find_first_not_of(characters) == std::string_view::npos;
}

// "2.5.2-1.xii", "1.4.u1", "2.5.2-1.opt-mfa": sections, then a roman numeral, an unnumbered row or an optional one.
bool is_item_id(std::string_view text) {
  const auto dot = text.rfind('.');
  if (dot == std::string_view::npos || text.size() > 60) return false;
  const auto row = text.substr(dot + 1);
  const bool named = all_in(row, "ivxlc") || (row.starts_with('u') && all_in(row.substr(1), "0123456789")) ||
                     (row.starts_with("opt-") && all_in(row.substr(4), "abcdefghijklmnopqrstuvwxyz0123456789-"));
  const auto sections = text.substr(0, dot);
  bool after_digit = false;
  for (const char c : sections) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (!after_digit || (c != '.' && c != '-'))) return false;
    after_digit = digit;
  }
  return named && after_digit;
}

constexpr std::string_view item_form = "not an item's id; they look like \"2.5.2-1.xii\"";

void item(TomlTable& table, std::string& value) {
  if (table.need_text("item", value) && !is_item_id(value)) table.fault("item", std::string(item_form));
}

void domain_name(TomlTable& table, std::string& value) {
  std::string typed;
  if (!table.need_text("name", typed)) return;
  const auto host = canonical_host(typed);
  if (!host) table.fault("name", host.error().detail);
  else if (is_ip_literal(*host)) table.fault("name", "a domain name is expected, not an address");
  else value = *host;
}

// "yes", "no", "unknown"; or true and false.
void yes_or_no(TomlTable& table, std::string_view key, Answer& value) {
  if (!table.holds_flag(key)) return void(table.one_of(key, answers, value));
  bool yes = false;
  table.flag(key, yes);
  value = yes ? Answer::Yes : Answer::No;
}

class ConfigReader {
 public:
  ConfigReader(std::string_view file_name, Day today, std::vector<TomlFault>& faults) : today_(today), faults_(faults) {
    config_.file_name = file_name;
  }

  Config read(const toml::table& file) {
    TomlTable root(file, "", faults_);
    one(root, "clinic", &ConfigReader::clinic);
    one(root, "checklist", &ConfigReader::checklist);
    one(root, "system", &ConfigReader::system);
    many(root, "endpoint", &ConfigReader::endpoint);
    many(root, "domain", &ConfigReader::domain);
    config_.former_domains_declared = root.has("former_domain");
    config_.clinic.former_domains_listed = config_.former_domains_declared ? Answer::Yes : Answer::No;
    many(root, "former_domain", &ConfigReader::former_domain);
    many(root, "host", &ConfigReader::host);
    many(root, "decision", &ConfigReader::decision);
    many(root, "document", &ConfigReader::document);
    many(root, "waiver", &ConfigReader::waiver);
    many(root, "accepted", &ConfigReader::accepted);
    one(root, "authorization", &ConfigReader::authorization);
    one(root, "sources", &ConfigReader::sources);
    root.end();
    return std::move(config_);
  }

 private:
  using Part = void (ConfigReader::*)(TomlTable&);

  void one(TomlTable& root, std::string_view key, Part part) {
    auto table = root.table(key);
    if (!table) return;
    (this->*part)(*table);
    table->end();
  }
  void many(TomlTable& root, std::string_view key, Part part) {
    for (auto& table : root.tables(key)) {
      (this->*part)(table);
      table.end();
    }
  }

  std::filesystem::path folder() const { return std::filesystem::path(config_.file_name).parent_path(); }
  std::string beside(const std::string& path) const { return (folder() / path).string(); }

  void sources(TomlTable& t) { config_.sources = read_sources(t, folder()); }

  void clinic(TomlTable& t) {
    t.text("name", config_.clinic.clinic_name);
    t.text("public_url", config_.clinic.public_url);
  }

  void checklist(TomlTable& t) {
    std::string file;
    if (t.text("file", file)) config_.checklist_file = beside(file);
    t.text("profile", config_.profile);
    t.texts("not_applicable", config_.clinic.not_applicable);
    for (const auto& id : config_.clinic.not_applicable)
      if (!is_item_id(id)) t.fault("not_applicable", "\"" + one_line(id, 60) + "\" is " + std::string(item_form));
  }

  void system(TomlTable& t) {
    t.one_of("kind", system_kinds, config_.clinic.system);
    yes_or_no(t, "affects_medical_information_system", config_.clinic.affects_medical_information_system);
    t.text("media_out_of_band", config_.clinic.media_out_of_band);
    auto complete = t.table("inventory_complete");
    if (!complete) return;
    PersonOnDay declared{};
    const bool named = complete->need_text("by", declared.by);
    const bool dated = complete->need_day("on", declared.on);
    if (dated) not_ahead(*complete, "on", declared.on);
    if (dated && named) config_.clinic.inventory_complete = declared;
    complete->end();
  }

  void endpoint(TomlTable& t) {
    ConfigEndpoint out;
    out.line = t.line();
    std::string url, address, plain;
    if (t.need_text("url", url)) {
      const auto asked = parse_endpoint(url);
      if (asked) out.asked = *asked;
      else t.fault("url", asked.error().detail);
    }
    if (t.text("address", address)) {
      const auto literal = lower_ascii(address);
      if (!is_ip_literal(literal))
        t.fault("address", "an IP address without a port is expected; the port stands in url");
      else if (!out.asked.address.empty() && out.asked.address != literal)
        t.fault("address", "url already names the address " + out.asked.address);
      else out.asked.address = literal;
    }
    t.one_of("role", service_roles, out.declared.role);
    t.one_of("owner", owners, out.declared.owner);
    t.text("tls12_reason", out.declared.tls12_reason);
    if (t.text("plain_http", plain)) {
      const auto parsed = parse_plain_http(plain);
      if (parsed) out.asked.plain_http = out.declared.plain_http = *parsed;
      else t.fault("plain_http", parsed.error().detail);
    }
    if (auto place = t.table("located_in")) {
      LocatedIn declared{};
      const bool placed = place->need_text("country", declared.country);
      const bool named = place->need_text("by", declared.by);
      const bool dated = place->need_day("on", declared.on);
      if (dated) not_ahead(*place, "on", declared.on);
      if (dated && placed && named) out.declared.located_in = declared;
      place->end();
    }
    const auto [begin, end] = endpoints_of_.equal_range(out.asked.target);
    for (auto at = begin; at != end; ++at) {
      const auto& other = config_.endpoints[at->second];
      const bool twice = other.asked.address == out.asked.address;
      if (!twice && other.declared == out.declared) continue;
      t.fault("url", twice ? stands_in(other.line)
                           : "the same endpoint at another address is declared otherwise in line " +
                                 std::to_string(other.line));
      break;
    }
    if (!out.asked.target.name.empty()) endpoints_of_.emplace(out.asked.target, config_.endpoints.size());
    config_.endpoints.push_back(std::move(out));
  }

  // Of what has happened: a day ahead would explain everything until then.
  void not_ahead(TomlTable& t, std::string_view key, Day day) const {
    if (day > today_) t.fault(key, "it lies ahead; today is " + to_text(today_));
  }

  void domain(TomlTable& t) {
    ConfigDomain out;
    out.line = t.line();
    domain_name(t, out.domain);
    if (t.day("in_service_since", out.declared.in_service_since))
      not_ahead(t, "in_service_since", *out.declared.in_service_since);
    t.one_of("role", service_roles, out.declared.role);
    t.one_of("owner", owners, out.declared.owner);
    t.text("holder", out.declared.holder);
    if (out.declared.holder.empty() && out.declared.owner != Owner::Vendor)
      out.declared.holder = config_.clinic.clinic_name;
    t.text("registrar", out.declared.registrar);
    yes_or_no(t, "auto_renew", out.declared.auto_renew);
    yes_or_no(t, "mail", out.declared.mail);
    for (auto& change : t.tables("approved_changes")) {
      ApprovedChange declared{};
      const bool dated = change.need_day("on", declared.on);
      if (dated) not_ahead(change, "on", declared.on);
      if (change.need_text("what", declared.what) && dated) out.declared.approved_changes.push_back(declared);
      change.end();
    }
    for (const auto& other : config_.domains)
      if (other.domain == out.domain && !out.domain.empty()) t.fault("name", stands_in(other.line));
    config_.domains.push_back(std::move(out));
  }

  void former_domain(TomlTable& t) {
    ConfigFormerDomain out;
    out.line = t.line();
    domain_name(t, out.domain);
    if (t.day("last_used", out.declared.last_used)) not_ahead(t, "last_used", *out.declared.last_used);
    word(t, "intent", intents, out.declared.intent);
    for (const auto& other : config_.former_domains)
      if (other.domain == out.domain && !out.domain.empty()) t.fault("name", stands_in(other.line));
    for (const auto& other : config_.domains)
      if (other.domain == out.domain && !out.domain.empty())
        t.fault("name", "it is declared as still in use in line " + std::to_string(other.line));
    config_.former_domains.push_back(std::move(out));
  }

  void host(TomlTable& t) {
    ConfigHost out;
    out.line = t.line();
    bool is_this = false;
    const bool this_right = t.flag("this", is_this) || !t.has("this");
    std::string facts;
    if (t.text("facts", facts)) out.facts_file = beside(facts);
    if (std::string key; t.text("signed_by", key)) out.public_key_file = beside(key);
    t.text("nonce", out.nonce);
    for (const auto key : {"signed_by", "nonce"})
      if (is_this && t.has(key)) t.fault(key, "of a file of facts alone; this machine is looked at by the scan itself");
    if (this_right && is_this == t.has("facts")) t.fault("facts", "either facts = \"FILE\" or this = true is needed");
    out.label = is_this ? "this host" : std::filesystem::path(facts).stem().string();
    if (t.text("label", out.label) && (trim(out.label).empty() || one_line(out.label, 100) != out.label))
      t.fault("label", "a name of one line, at most 100 characters, is expected");
    t.one_of("role", host_roles, out.declared.role);
    t.one_of("owner", host_owners, out.declared.owner);
    for (const auto& other : config_.hosts)
      if (other.label == out.label)
        t.fault("label",
                "\"" + one_line(out.label, 60) + "\": " + stands_in(other.line) + "; give each host its label");
    config_.hosts.push_back(std::move(out));
  }

  void decision(TomlTable& t) {
    ConfigDecision out;
    out.line = t.line();
    auto& d = out.declared;
    item(t, d.item);
    if (t.has("verdict")) word(t, "verdict", verdicts, d.verdict);
    else t.need_text("verdict", d.verdict);
    t.need_text("by", d.by);
    t.text("role", d.role);
    if (t.need_day("on", d.on)) not_ahead(t, "on", d.on);
    t.text("basis", d.basis);
    t.text("comment", d.comment);
    if (t.day("review_by", d.review_by) && d.review_by < d.on) t.fault("review_by", "it lies before the decision");
    config_.decisions.push_back(std::move(out));
  }

  void document(TomlTable& t) {
    ConfigDocument out;
    out.line = t.line();
    auto& d = out.declared;
    item(t, d.item);
    t.need_text("title", d.title);
    t.text("version", d.version);
    if (t.day("date", d.date)) not_ahead(t, "date", *d.date);
    if (t.day("valid_until", d.valid_until) && d.date && *d.valid_until < *d.date)
      t.fault("valid_until", "it lies before the document's date");
    std::string file;
    if (t.text("file", file)) {
      out.path = beside(file);
      d.file = std::filesystem::path(file).filename().string();
      if (d.file.empty()) t.fault("file", "a file's name is expected");
    }
    if (t.text("sha256", d.sha256)) {
      d.sha256 = lower_ascii(d.sha256);
      const auto bytes = from_hex(d.sha256);
      if (!bytes || bytes->size() != 32)
        t.fault("sha256", "64 hexadecimal digits are expected, as sha256sum prints them");
    }
    if (!t.has("file") && !t.has("sha256")) t.fault("file", "either file or sha256 is needed");
    config_.documents.push_back(std::move(out));
  }

  void waiver(TomlTable& t) {
    ConfigWaiver out;
    out.line = t.line();
    auto& w = out.declared;
    item(t, w.item);
    t.text("target", w.target);
    t.need_text("reason", w.reason);
    t.need_text("approver", w.approver);
    t.text("ticket", w.ticket);
    const bool begun = t.need_day("created", w.created);
    if (t.need_day("expires", w.expires) && begun) {
      if (w.expires < w.created) t.fault("expires", "it lies before created");
      else if (w.expires > a_year_after(w.created))
        t.fault("expires", "a waiver lasts one year at most, here until " + to_text(a_year_after(w.created)));
    }
    config_.waivers.push_back(std::move(out));
  }

  void accepted(TomlTable& t) {
    ConfigAccepted out;
    out.line = t.line();
    auto& a = out.declared;
    t.need_text("host", out.host);
    if (t.has("what")) word(t, "what", accepted_states, a.what);
    else t.need_text("what", a.what);
    t.need_text("reason", a.reason);
    t.need_text("owner", a.owner);
    if (t.need_day("expires", a.expires) && a.expires > today_ + longest_accepted)
      t.fault("expires", "180 days at most, from today until " + to_text(today_ + longest_accepted));
    config_.accepted.push_back(std::move(out));
  }

  void authorization(TomlTable& t) {
    Authorization out{};
    out.line = t.line();
    t.need_text("owner", out.owner);
    t.need_text("basis", out.basis);
    const bool begun = t.need_day("from", out.from);
    if (t.need_day("to", out.to) && begun && out.to < out.from) t.fault("to", "it lies before from");
    config_.authorization = std::move(out);
  }

  static Day a_year_after(Day day) {
    using namespace std::chrono;
    const year_month_day next = year_month_day{day} + years{1};
    return next.ok() ? Day{next} : Day{next.year() / next.month() / last};
  }
  static std::string stands_in(std::size_t line) { return "this already stands in line " + std::to_string(line); }

  Config config_;
  std::multimap<Target, std::size_t> endpoints_of_;  // index into config_.endpoints
  Day today_;
  std::vector<TomlFault>& faults_;
};

}  // namespace

Result<Config> read_config(std::string_view text, std::string_view file_name, Day today) {
  if (text.size() > longest_file) return Error{Error::Kind::Malformed, std::string(file_name) + ": larger than 1 MiB"};
  std::vector<TomlFault> faults;
  const auto file = parse_toml(text, faults);
  if (!file) return toml_error(file_name, faults);
  Config config = ConfigReader(file_name, today, faults).read(*file);
  if (!faults.empty()) return toml_error(file_name, faults);
  return config;
}

}  // namespace kenshin
