#include "scanner/questionnaire.h"

#include <algorithm>
#include <iterator>

#include <charconv>

#include "probes/base/text.h"
#include "probes/host/evidence_grade.h"
#include "scanner/toml_table.h"

namespace kenshin {

namespace {

// What people write where there is no product.
bool means_none(std::string_view product) {
  constexpr std::string_view words[] = {"none", "no",         "nothing",        "なし",   "無し", "無", "ない",
                                        "無い", "ありません", "入っていません", "未導入", "-",    "ー", "×"};
  return std::find(std::begin(words), std::end(words), lower_ascii(trim(product))) != std::end(words);
}

constexpr std::string_view schema_name = "kenshin.host-questionnaire/1";
constexpr std::array<std::pair<Answer, std::string_view>, 3> answers = {
    {{Answer::Yes, "yes"}, {Answer::No, "no"}, {Answer::Unknown, "unknown"}}};
enum class Family { Windows, Macos, Linux };
constexpr std::array<std::pair<Family, std::string_view>, 3> families = {
    {{Family::Windows, "windows"}, {Family::Macos, "macos"}, {Family::Linux, "linux"}}};
// The EditionID the machine itself would have told.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> editions = {
    {{"Core", "Home"}, {"Professional", "Pro"}, {"Enterprise", "Enterprise"}, {"Education", "Education"}}};

const Error not_answered{Error::Kind::NotCollected, "not answered in the questionnaire"};

std::optional<int> number(std::string_view digits) {
  int value{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size() || value < 0) return std::nullopt;
  return value;
}

// Noon in Japan.
Instant noon(Day day) { return Instant{day.time_since_epoch()} + std::chrono::hours(3); }

class Form {
 public:
  Form(std::string_view file_name, Instant now) : file_name_(file_name), now_(now) {}

  Result<std::vector<Observation>> read(std::string_view text) {
    const auto parsed = parse_toml(text, faults_);
    if (!parsed) return toml_error(file_name_, std::move(faults_));
    TomlTable root(*parsed, "", faults_);
    std::string schema;
    if (root.need_text("schema", schema) && schema != schema_name)
      root.fault("schema", "expected \"" + std::string(schema_name) + "\"; begin with kenshin host --questionnaire");
    head(root);
    tables(root);
    root.end();
    if (!faults_.empty()) return toml_error(file_name_, std::move(faults_));
    return std::move(out_);
  }

 private:
  using Section = void (Form::*)(TomlTable&);

  void head(TomlTable& root) {
    std::string label;
    Day on{};
    root.need_text("label", label);
    if (root.need_day("filled_on", on) && noon(on) > now_ + std::chrono::hours(24))
      root.fault("filled_on", "a day in the future; write the day the form was filled in");
    at_ = std::min(noon(on), now_);
    target_ = {TargetKind::Host, one_line(label, 100), 0};
    HostCollection collection;
    collection.collected_at = at_;
    collection.collector = questionnaire_collector;
    collection.collector_version = "1";
    collection.label = target_.name;
    add<HostCollection>(std::move(collection));
  }

  void tables(TomlTable& root) {
    const std::pair<std::string_view, Section> all[] = {{"os", &Form::os},
                                                        {"updates", &Form::updates},
                                                        {"antivirus", &Form::antivirus},
                                                        {"protection", &Form::protection},
                                                        {"accounts", &Form::accounts},
                                                        {"use", &Form::use}};
    for (const auto& [key, section] : all)
      if (auto table = root.table(key)) {
        (this->*section)(*table);
        table->end();
      }
  }

  template <class F>
  void add(Result<F> fact) {
    out_.push_back(observed<F>(target_, "", at_, 0, std::move(fact)));
  }
  template <class F>
  void add_or_blank(bool given, F fact) {
    if (given) add<F>(std::move(fact));
    else add<F>(not_answered);
  }

  Answer answer(TomlTable& t, std::string_view key) {
    Answer out = Answer::Unknown;
    t.one_of(key, answers, out);
    return out;
  }
  std::string word(TomlTable& t, std::string_view key) {
    std::string out;
    t.text(key, out);
    return one_line(trim(out), 100);
  }
  std::optional<int> count(TomlTable& t, std::string_view key) {
    const std::string text = word(t, key);
    const auto value = number(text);
    if (!text.empty() && !value) t.fault(key, "expected a whole number in quotes, such as \"3\", or \"\"");
    return value;
  }
  std::optional<Instant> day(TomlTable& t, std::string_view key) {
    std::optional<Day> on;
    if (t.is_blank(key)) return word(t, key), std::nullopt;
    t.day(key, on);
    if (on && noon(*on) > at_ + std::chrono::hours(24)) t.fault(key, "a day after the form was filled in");
    return on ? std::optional(std::min(noon(*on), at_)) : std::nullopt;
  }

  void os(TomlTable& t) {
    Family family = Family::Windows;
    t.one_of("family", families, family);
    OsIdentity out;
    out.family = families[static_cast<std::size_t>(family)].second;
    out.id = family == Family::Linux ? lower_ascii(word(t, "distribution")) : out.family;
    if (family != Family::Linux) word(t, "distribution");
    out.version = word(t, "version");
    const std::string build = word(t, "build"), edition = word(t, "edition");
    if (family != Family::Windows) return add_or_blank(!out.version.empty() && !out.id.empty(), out);
    out.version.clear();
    const auto parts = split(build, '.');
    out.build = number(parts[0]);
    if (parts.size() > 1) out.ubr = number(parts[1]);
    if (!build.empty() && (!out.build || parts.size() > 2 || (parts.size() == 2 && !out.ubr)))
      t.fault("build", "expected the number after \"OS build\", such as \"26200.7171\"");
    for (const auto& [id, name] : editions)
      if (lower_ascii(name) == lower_ascii(edition)) out.edition = id;
    if (!edition.empty() && out.edition.empty())
      t.fault("edition", "expected \"Home\", \"Pro\", \"Enterprise\" or \"Education\"");
    out.type = "Client";
    add_or_blank(out.build.has_value(), out);
  }

  void updates(TomlTable& t) {
    const Answer automatic = answer(t, "automatic"), restart = answer(t, "restart_waiting");
    const auto check = day(t, "last_check"), update = day(t, "last_update");
    const std::string basis(questionnaire_collector);
    add<UpdatesPending>(Error{Error::Kind::NotCollected, "nobody can tell this without a program that looks"});
    add_or_blank(check.has_value(), UpdatesLastCheck{check.value_or(at_), std::nullopt, basis});
    add_or_blank(update.has_value(), UpdatesLastOsUpdate{update.value_or(at_), "", basis});
    add_or_blank(automatic != Answer::Unknown,
                 UpdatesAuto{automatic == Answer::Yes ? "automatic" : "off", std::nullopt, false});
    add_or_blank(restart != Answer::Unknown, RebootRequired{restart == Answer::Yes, std::nullopt, basis});
  }

  void antivirus(TomlTable& t) {
    AntivirusProduct product;
    product.product = word(t, "product");
    product.evidence = {std::string(questionnaire_collector)};
    product.active = product.realtime = answer(t, "active");
    product.signature_at = day(t, "definitions_on");
    product.signature_basis = product.signature_at ? questionnaire_collector : std::string_view{};
    if (means_none(product.product)) add(Result<AntivirusProducts>(AntivirusProducts{}));
    else add_or_blank(!product.product.empty(), AntivirusProducts{{product}});
  }

  void protection(TomlTable& t) {
    const std::string basis(questionnaire_collector);
    const Answer wall = answer(t, "firewall"), disk = answer(t, "disk_encrypted"), lock = answer(t, "screen_lock");
    const Answer login = answer(t, "automatic_login"), clock = answer(t, "clock_synchronized");
    auto minutes = count(t, "screen_lock_minutes");
    if (minutes && *minutes > 10'000) t.fault("screen_lock_minutes", "expected minutes, at most \"10000\"");
    if (minutes) *minutes = std::min(*minutes, 10'000) * 60;
    add_or_blank(wall != Answer::Unknown, HostFirewall{{{FirewallScope::All, wall}}, basis});
    add_or_blank(
        disk != Answer::Unknown,
        DiskEncryption{{{VolumeRole::System, disk == Answer::Yes ? VolumeState::On : VolumeState::Off}}, basis});
    add_or_blank(lock != Answer::Unknown, ScreenLock{lock, minutes, Answer::Unknown, basis});
    add_or_blank(login != Answer::Unknown, AutomaticLogin{login, basis});
    add_or_blank(clock != Answer::Unknown, ClockSync{clock, basis});
  }

  void accounts(TomlTable& t) {
    LocalAccounts out;
    out.enabled = count(t, "people");
    out.privileged = count(t, "administrators");
    if (out.enabled && out.privileged && *out.privileged > *out.enabled)
      t.fault("administrators", "more administrators than accounts");
    add_or_blank(out.enabled || out.privileged, out);
  }

  void use(TomlTable& t) {
    const Answer client = answer(t, "ehr_client");
    add_or_blank(client != Answer::Unknown, OtherUse{client, std::nullopt});
  }

  std::string file_name_;
  Instant now_, at_{};
  Target target_;
  std::vector<TomlFault> faults_;
  std::vector<Observation> out_;
};

}  // namespace

Result<std::vector<Observation>> read_questionnaire(std::string_view text, std::string_view file_name, Instant now) {
  return Form(file_name, now).read(text);
}

}  // namespace kenshin
