// A report made by hand for the formats' tests: every verdict, every state of an item, a contradiction, a roll-up, a
// waiver, decisions, documents, an unmatched row, things not probed. Its criteria and reasons have sentences of their
// own (data/reports/formats/wording/sample.*.json), so that the tests stand without those of the real criteria.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "reports/formats/formats.h"

namespace kenshin::sample {

using namespace std::chrono_literals;

inline const DataFiles& data_files() {
  static const DataFiles files(SOURCE_DIR "/tests/reports/formats/data");
  return files;
}
inline const Wording& wording(Language language) {
  const auto load = [](Language l) {
    const auto loaded = Wording::load(data_files(), l);
    if (!loaded) throw std::runtime_error(loaded.error().detail);
    return *loaded;
  };
  static const Wording ja = load(Language::Ja), en = load(Language::En);
  return language == Language::Ja ? ja : en;
}
inline Words words(Language language) { return {wording(Language::Ja), wording(Language::En), language}; }

inline Day day(std::string_view text) { return *parse_day(text); }
inline Instant instant(std::string_view text) { return *parse_instant(text); }

inline Target endpoint(std::string_view text) { return *parse_target(TargetKind::Endpoint, text); }
inline Target clinic() { return {TargetKind::Clinic, "", 0}; }

inline void observe(Facts& facts, Target target, std::string address, std::string name, Result<Fact> fact) {
  facts.add({{},
             std::move(target),
             std::move(address),
             std::move(name),
             instant("2026-11-22T05:00:00Z"),
             3,
             std::move(fact)});
}
template <class F>
void declare(Facts& facts, Target target, F fact) {
  observe(facts, std::move(target), "", std::string(F::name), Fact(std::move(fact)));
}

inline Facts facts() {
  Facts out;
  out.tool_version = "0.1.0";
  out.started = instant("2026-11-22T05:00:00Z");
  out.finished = instant("2026-11-22T05:00:09Z");
  DeclaredClinic declared;
  declared.clinic_name = "みなと坂こどもクリニック";
  declared.public_url = "https://www.minatozaka.example/";
  declare(out, clinic(), declared);
  declare(out, clinic(), Vantage{Answer::No, std::nullopt, "ca-certificates 20230311"});
  declare(out, endpoint("tele.minatozaka.example:443"),
          DeclaredEndpoint{Role::Consult, Owner::Vendor, "", std::nullopt});
  declare(out, endpoint("old.minatozaka.example:443"),
          DeclaredEndpoint{Role::Consult, Owner::Vendor, "", std::nullopt});
  declare(out, endpoint("www.minatozaka.example:443"),
          DeclaredEndpoint{Role::Website, Owner::Clinic, "", std::nullopt});
  TlsVersions versions;
  versions.versions[TlsVersion::Tls10] = {Answer::Yes, "server_hello"};
  versions.versions[TlsVersion::Ssl3] = {Answer::Unknown, "reset, the control hello failed, too"};
  observe(out, endpoint("old.minatozaka.example:443"), "192.0.2.7", "tls.versions", Fact(versions));
  observe(out, endpoint("silent.minatozaka.example:443"), "192.0.2.9", "tls.versions",
          Error{Error::Kind::Timeout, "5000 ms"});
  DeclaredDecision decision{
      "2.5.1-1.v",       "supported",      "院長 柴崎", "院長", "更新の記録を見た", "受付の PC は週末に更新",
      day("2026-11-20"), day("2027-05-31")};
  declare(out, clinic(), decision);
  DeclaredDocument document{
      "2.5.2-1.i", "サービス仕様の説明書", "第3版", day("2026-04-01"), day("2027-03-31"), "spec.pdf", "ab12", ""};
  declare(out, clinic(), document);
  DeclaredDocument lost{"2.5.2-1.i", "契約書", "", std::nullopt, std::nullopt, "contract.pdf", "", "missing"};
  declare(out, clinic(), lost);
  declare(out, clinic(),
          DeclaredWaiver{"2.5.2-1.xiv", "*", "移管の手続き中", "事務長 高井", "T-12", day("2026-10-01"),
                         day("2027-03-31")});
  return out;
}

inline Finding finding(std::string id, std::string criterion, Target target, Verdict verdict, Force force, int rank,
                       Reason because, std::vector<ObservationId> evidence = {}) {
  Finding out;
  out.id = std::move(id);
  out.criterion = {"sample." + criterion};
  out.target = std::move(target);
  out.verdict = verdict;
  out.force = force;
  out.rank = rank;
  out.because = std::move(because);
  out.evidence = std::move(evidence);
  out.row = "S-" + criterion;
  out.mark = Mark::Secondary;
  return out;
}

inline std::vector<Finding> findings() {
  const Target old = endpoint("old.minatozaka.example:443"), good = endpoint("tele.minatozaka.example:443");
  const Target silent = endpoint("silent.minatozaka.example:443"), site = endpoint("www.minatozaka.example:443");
  const Target name{TargetKind::Domain, "minatozaka.example", 0}, desk{TargetKind::Host, "受付PC-1", 0},
      room{TargetKind::Host, "診察室PC", 0};
  const Reason holds{"sample-holds", {}};
  return {
      finding("f1", "version", good, Verdict::Met, Force::Must, 20, holds),
      finding("f2", "suites", good, Verdict::Conditional, Force::Must, 21,
              {"sample-tls12", {{"reason", "事業者の機器更新待ち（2027年1月）"}}}),
      finding("f3", "version", old, Verdict::NotMet, Force::Must, 20,
              {"sample-old-version", {{"versions", "TLS 1.0, TLS 1.1"}}}, {{"o6"}}),
      finding("f4", "suites", old, Verdict::NotMet, Force::Must, 21,
              {"sample-old-version", {{"versions", "TLS_RSA_WITH_AES_128_CBC_SHA"}}}, {{"o6"}}),
      finding("f5", "version", silent, Verdict::Unknown, Force::Must, 20, {"sample-no-answer", {{"seconds", "5"}}},
              {{"o7"}}),
      finding("f6", "suites", silent, Verdict::Unknown, Force::Must, 21, {"sample-no-answer", {{"seconds", "5"}}},
              {{"o7"}}),
      finding("f7", "certificate", site, Verdict::Attention, Force::Should, 30, {"sample-days-left", {{"days", "12"}}}),
      finding("f8", "trusted", good, Verdict::Met, Force::Must, 31,
              {"sample-issuer", {{"issuer", "Example Trust CA"}}}),
      finding("f9", "lock", name, Verdict::NotMet, Force::Must, 10, holds),
      finding("f10", "expiry", name, Verdict::Attention, Force::Must, 11, {"sample-days-left", {{"days", "30"}}}),
      finding("f11", "os", desk, Verdict::Met, Force::Must, 40, holds),
      finding("f12", "updates", desk, Verdict::Attention, Force::Must, 41,
              {"sample-pending", {{"count", "3"}, {"days", "14"}}}),
      finding("f13", "updates", room, Verdict::Attention, Force::Must, 41,
              {"sample-pending", {{"count", "9"}, {"days", "21"}}}),
      finding("f14", "antivirus", room, Verdict::Met, Force::Must, 42, holds),
      finding("f15", "notes", site, Verdict::NotMet, Force::Note, 90, holds),
      finding("f16", "antivirus", {TargetKind::Host, "検査室サーバー", 0}, Verdict::NotApplicable, Force::Must, 42,
              {"sample-not-here", {}}),
  };
}

inline CatalogueItem item(std::string id, AnsweredBy by, Charge charge, std::string ja, std::string en,
                          std::string condition = "", bool optional = false) {
  CatalogueItem out;
  out.id = {std::move(id)};
  out.answered_by = by;
  out.charge = charge;
  out.title = {std::move(ja), std::move(en)};
  out.condition = std::move(condition);
  out.optional = optional;
  return out;
}

inline Catalogue catalogue() {
  Catalogue out;
  out.edition = "sample-1";
  out.title = {"見本のチェックリスト", "Sample checklist"};
  out.valid_from = day("2026-04-01");
  out.as_of = day("2026-11-01");
  out.source = "our own sample";
  using enum AnsweredBy;
  out.items = {
      item("1.1.i", Person, Charge::Clinic, "患者との合意", "Consent of the patient"),
      item("1.2.ix", Person, Charge::Clinic, "禁煙外来", "Smoking cessation", "smoking_cessation"),
      item("2.5.1-1.v", MachineAndPerson, Charge::Clinic, "OS とソフトの更新", "Updates of system and software"),
      item("2.5.1-1.vi", MachineAndPerson, Charge::Clinic, "ウイルス対策", "Antivirus"),
      item("2.5.1-1.ix", MachineAndPerson, Charge::Clinic, "事業者の対策の確認", "The vendor's measures are checked"),
      item("2.5.2.i", MachineAndPerson, Charge::Vendor, "事業者の対策の全体", "The vendor's measures as a whole"),
      item("2.5.2-1.i", Person, Charge::Vendor, "仕様の説明", "Description of the service"),
      item("2.5.2-1.xi", MachineAndPerson, Charge::Vendor, "更新を促す機能", "Prompts for updates"),
      item("2.5.2-1.xii", Machine, Charge::Vendor, "証明書と暗号化", "Certificate and encryption"),
      item("2.5.2-1.xiii", MachineAndPerson, Charge::Vendor, "モニタリングの情報", "Monitoring data"),
      item("2.5.2-1.xiv", MachineAndPerson, Charge::WebAgency, "ドメイン名の管理", "Care for the domain name"),
      item("2.5.2-2.i", MachineAndPerson, Charge::Vendor, "保存場所", "Where data is stored",
           "affects_medical_information_system"),
      item("3.1.i", Person, Charge::Clinic, "医師の研修", "Training of the doctor"),
      item("2.5.2-1.opt-mfa", Person, Charge::Vendor, "多要素認証", "Multi-factor authentication", "", true)};
  return out;
}

inline ChecklistItem row(std::string id, std::string printed, std::size_t line, Declared declared, std::string text) {
  ChecklistItem out;
  out.matched = !id.starts_with('~');
  out.id = {std::move(id)};
  out.printed = std::move(printed);
  out.line = line;
  out.declared = declared;
  out.text = std::move(text);
  return out;
}

inline Checklist checklist() {
  Checklist out;
  out.edition = "sample-1";
  out.confirmed_on = day("2026-06-01");
  out.confirmed_by = "柴崎 千鶴";
  out.items = {
      row("1.1.i", "i", 12, Declared::None, "オンラインで診ることについて、あらかじめ患者と話し合い、納得を得ている。"),
      row("1.2.ix", "ix", 20, Declared::NotApplicable,
          "禁煙の治療をオンラインで行うときは、健診などで病気の見落としがないことを確かめている。"),
      row("2.5.1-1.v", "v", 30, Declared::Ticked, "診療に使う端末の OS とソフトを、届いた更新から順に新しくしている。"),
      row("2.5.1-1.vi", "vi", 33, Declared::Empty,
          "必要な端末にはウイルス対策ソフトを入れ、動いていることを見ている。"),
      row("2.5.1-1.ix", "ix", 36, Declared::Ticked,
          "使うシステムが、このあとの事業者向けの項目を満たすことを確かめている。"),
      row("2.5.2.i", "i", 41, Declared::Ticked, "事業者は、下の項目すべてについて対策をとっている。"),
      row("2.5.2-1.i", "i", 45, Declared::Ticked, "事業者は、サービスの仕組みと責任の分け方を書面で説明している。"),
      row("2.5.2-1.xi", "xi", 50, Declared::None, "事業者の製品は、端末の更新やウイルス対策を利用者に促す。"),
      row("2.5.2-1.xii", "xii", 53, Declared::None, "通信は、信頼できる認証局の証明書と新しい TLS で暗号化している。"),
      row("2.5.2-1.xiii", "xiii", 56, Declared::Ticked, "見守りで集めた情報を、決めた場所に安全にためている。"),
      row("2.5.2-1.xiv", "xiv", 59, Declared::Ticked,
          "使っているドメイン名が、知らないうちに他人の手に渡らないよう管理している。"),
      row("2.5.2-2.i", "i", 64, Declared::None, "診療の記録をためる機械は、国内の法律が届く場所にある。"),
      row("~L68", "ii", 68, Declared::Ticked, "この行は、どの項目とも違う文で書かれている。"),
      row("3.1.i", "i", 73, Declared::Ticked, "医師は、オンライン診療の研修を終えている。")};
  out.items[1].condition = "禁煙外来のある医療機関";
  out.items[8].notes = {"※ 第三者の認証があるとよい"};
  out.items[8].third_party_preferred = true;
  out.headings = {{10, 1, "1. 診療のすすめ方"},
                  {11, 2, "(1) 患者との話し合い"},
                  {18, 2, "(2) どんな診療に使うか"},
                  {19, 5, "禁煙外来のある医療機関"},
                  {27, 1, "2. 体制"},
                  {28, 2, "(5) 情報の守り方"},
                  {29, 4, "1-1) 医療機関の基本"},
                  {40, 3, "2) 事業者の対策"},
                  {44, 4, "2-1) 事業者の基本"},
                  {63, 4, "2-2) 医療情報システムへの影響"},
                  {71, 1, "3. そのほか"},
                  {72, 2, "(1) 学び"}};
  out.diagnostics = {{71, "sample-oddity", {{"from", "xiv"}, {"to", "xvi"}}}};
  return out;
}

inline ItemAnswer answer(std::string id, std::size_t row, Declared declared, Observed observed, Agreement agreement,
                         std::vector<std::size_t> findings = {}, std::vector<ItemId> because_of = {}) {
  ItemAnswer out;
  out.id = {std::move(id)};
  out.checklist_item = row;
  out.declared = declared;
  out.observed = observed;
  out.agreement = agreement;
  out.findings = std::move(findings);
  out.because_of = std::move(because_of);
  return out;
}

inline std::vector<ItemAnswer> answers() {
  using enum Agreement;
  return {
      answer("1.1.i", 0, Declared::None, Observed::NotObserved, NotDeclared),
      answer("1.2.ix", 1, Declared::NotApplicable, Observed::NotApplicable, NotDeclared),
      answer("2.5.1-1.v", 2, Declared::Ticked, Observed::Attention, Open, {12, 11, 10}),
      answer("2.5.1-1.vi", 3, Declared::Empty, Observed::Supported, NotDeclared, {13, 15}),
      answer("2.5.1-1.ix", 4, Declared::Ticked, Observed::NotMet, Contradicts, {}, {{"2.5.2-1.xii"}, {"2.5.2-1.xiv"}}),
      answer("2.5.2.i", 5, Declared::Ticked, Observed::NotMet, Contradicts, {}, {{"2.5.2-1.xii"}, {"2.5.2-1.xiv"}}),
      answer("2.5.2-1.i", 6, Declared::Ticked, Observed::NotObserved, Open),
      answer("2.5.2-1.xi", 7, Declared::None, Observed::Unknown, NotDeclared, {4}),
      answer("2.5.2-1.xii", 8, Declared::None, Observed::NotMet, NotDeclared, {2, 3, 4, 5, 1, 0, 7}),
      answer("2.5.2-1.xiii", 9, Declared::Ticked, Observed::Met, Agrees, {7}),
      answer("2.5.2-1.xiv", 10, Declared::Ticked, Observed::NotMet, Contradicts, {8, 9}),
      answer("2.5.2-2.i", 11, Declared::None, Observed::Conditional, NotDeclared, {1}),
      answer("3.1.i", 13, Declared::Ticked, Observed::NotObserved, Open),
      answer("2.5.2-1.opt-mfa", ItemAnswer::npos, Declared::None, Observed::NotObserved, NotDeclared)};
}

inline Profile profile() {
  Profile out;
  out.id = "checklist-2026";
  out.edition = "2026-11";
  out.title_ja = "チェックリストのことばどおり";
  out.title_en = "The checklist's own words";
  out.as_of = day("2026-11-01");
  out.source = "our own sample";
  const auto add = [&](std::string name, Force force, Mark mark) {
    out.rows.push_back({{"sample." + name}, "S-" + name, force, std::nullopt, 1, "3.0.1", "指針の本文", mark});
  };
  add("version", Force::Must, Mark::Confirmed);
  add("suites", Force::Must, Mark::Secondary);
  add("lock", Force::Must, Mark::Recalled);
  add("updates", Force::Must, Mark::Policy);
  out.suites.edition = "3.0.1";
  out.support.edition = "2026-11";
  return out;
}

inline std::vector<ItemGrade> grades() {
  IpaGrade grade;
  grade.grade = grade.at_most = SuiteGrade::Recommended;
  grade.edition = "3.0.1";
  grade.held_back_by = {{"sample.suites"}};
  return {{{"2.5.2-1.xii"}, grade}};
}

inline ConfigurationLines configuration() {
  ConfigurationLines out;
  out.edition = "sample-1";
  out.as_of = day("2026-11-01");
  out.source = "our own sample";
  out.marks = {{"nginx", Mark::Confirmed}, {"apache", Mark::Recalled}};
  out.advice = {{{"sample.version"}, "", {{"nginx", "ssl_protocols TLSv1.3;"}, {"apache", "SSLProtocol <TLSv1.3>"}}},
                {{"sample.version"}, "sample-other", {{"nginx", "never shown"}}}};
  return out;
}

// Pointers of the answers point into the report's own facts: move it, do not copy it.
inline Report report() {
  Report out{facts(), profile(), catalogue(), checklist(), day("2026-11-22"), findings(), answers(),
             {},      {},        {},          grades(),    configuration(),   {}};
  out.saved = SavedFacts::of(facts());
  for (auto& it : out.answers) {
    for (const auto* o : out.facts.named(clinic(), DeclaredDecision::name))
      if (const auto* d = fact_of<DeclaredDecision>(*o); d->item == it.id.text) it.decisions.push_back(d);
    for (const auto* o : out.facts.named(clinic(), DeclaredDocument::name))
      if (const auto* d = fact_of<DeclaredDocument>(*o); d->item == it.id.text) it.documents.push_back(d);
    for (const auto* o : out.facts.named(clinic(), DeclaredWaiver::name))
      if (const auto* w = fact_of<DeclaredWaiver>(*o); w->item == it.id.text) it.waiver = w;
    if (it.id.text == "2.5.2-1.xiii") it.probed_only = true;
  }
  out.not_probed = {{"video.minatozaka.example:3478", {"sample-outside", {}}}, {"2001:db8::7", {"sample-outside", {}}}};
  out.coverage = {8, 57, {{"2.5.2-1.opt-mfa"}, {"2.5.2-1.xi"}, {"2.5.1-1.vi"}, {"2.5.2-1.xiv"}}};
  out.data = {{"checklist-2026", "2026-11", day("2026-11-01"), "厚生労働省の公表資料", false},
              {"end-of-support", "2025-01", day("2025-01-15"), "各製品の公表資料", true},
              {"certificate logs", "none", std::nullopt, "no list is shipped", false, true}};
  return out;
}

}  // namespace kenshin::sample
