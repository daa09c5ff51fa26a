#include "reports/formats/html_page.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <regex>
#include <set>
#include <sstream>

#include "probes/base/bytes.h"
#include "probes/base/text.h"
#include "reports/formats/escape.h"
#include "tests/reports/formats/sample_report.h"

namespace kenshin {
namespace {

constexpr Language languages[] = {Language::Ja, Language::En};

std::string page(const Report& report, Language language) {
  std::ostringstream out;
  write_html(report, sample::words(language), out);
  return out.str();
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::vector<std::string> all_matches(const std::string& text, const char* pattern) {
  const std::regex expression(pattern);
  std::vector<std::string> out;
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at)
    out.push_back((*at)[at->size() > 1 ? 1 : 0]);
  return out;
}

std::string body_of(const std::string& html) { return html.substr(html.find("<body>")); }

// Text of the page without tags, for what a reader sees.
std::string visible(const std::string& html) { return std::regex_replace(body_of(html), std::regex("<[^>]*>"), " "); }

TEST(ReportPage, IsWrittenWhereItCanBeLookedAt) {
  for (const Language language : languages) {
    const std::string name = language == Language::Ja ? "/sample-page.ja.html" : "/sample-page.en.html";
    std::ofstream out(BINARY_DIR + name, std::ios::binary);
    out << page(sample::report(), language);
    EXPECT_TRUE(out.good());
  }
}

TEST(ReportPage, CarriesEveryStateOfAnItemInWords) {
  for (const Language language : languages) {
    const std::string html = page(sample::report(), language);
    for (const char* name :
         {"met", "supported", "conditional", "attention", "not_met", "unknown", "not_applicable", "not_observed"}) {
      EXPECT_TRUE(has(html, "class=\"status " + std::string(name) + "\"")) << name;
      EXPECT_TRUE(has(html, html_escape(sample::wording(language)("verdict." + std::string(name))))) << name;
    }
  }
}

TEST(ReportPage, CarriesEveryFindingThatIsNotMerelyGood) {
  const std::string html = std::regex_replace(page(sample::report(), Language::Ja), std::regex("<wbr>"), "");
  for (const auto& finding : sample::findings()) {
    if (finding.force == Force::Note || finding.verdict == Verdict::Met || finding.verdict == Verdict::NotApplicable)
      continue;
    EXPECT_TRUE(has(html, sample::wording(Language::Ja)("reason." + finding.because.code, finding.because.parameters)))
        << finding.id;
    EXPECT_TRUE(has(html, target_text(finding.target))) << finding.id;
  }
}

TEST(ReportPage, KeepsTheDocumentsOwnWordsAndOrder) {
  const std::string html = page(sample::report(), Language::Ja);
  std::size_t before = html.find("id=\"checklist\"");
  for (const auto& item : sample::checklist().items) {
    const auto id = html.find("id=\"" + html_id("item-", item.id.text) + "\"", before);
    ASSERT_NE(id, std::string::npos) << item.id.text;
    const auto words = html.find(html_escape(item.text), id);
    ASSERT_NE(words, std::string::npos) << item.text;
    before = words;
  }
  for (const auto& heading : sample::checklist().headings) EXPECT_TRUE(has(html, heading.text)) << heading.text;
  EXPECT_TRUE(has(html, "※ 第三者の認証があるとよい"));
}

TEST(ReportPage, ShowsEveryCatalogueItemWhereNoDocumentWasGiven) {
  Report report = sample::report();
  report.checklist.reset();
  for (auto& answer : report.answers) answer.checklist_item = ItemAnswer::npos;
  const std::string html = page(report, Language::Ja);
  for (const auto& item : sample::catalogue().items) {
    EXPECT_TRUE(has(html, "id=\"" + html_id("item-", item.id.text) + "\"")) << item.id.text;
    EXPECT_TRUE(has(html, item.title.ja)) << item.id.text;
  }
  EXPECT_TRUE(has(html, sample::wording(Language::Ja)("page.no_checklist")));
}

TEST(ReportPage, SaysAConditionOnceWhereAHeadingAboveSaysIt) {
  Report report = sample::report();
  const auto said = [&] {
    return all_matches(page(report, Language::Ja), "<p class=\"condition\" lang=\"ja\">([^<]*)</p>");
  };
  EXPECT_EQ(said(), std::vector<std::string>{});
  report.checklist->items[2].condition = report.checklist->headings[6].text;  // depth 4, right above it
  EXPECT_EQ(said(), std::vector<std::string>{});
  report.checklist->items[3].condition = "離れた場所の場合";
  EXPECT_EQ(said(), std::vector<std::string>{"離れた場所の場合"});
}

TEST(ReportPage, LetsLongNamesBreakAfterALowLine) {
  Report report = sample::report();
  for (auto& finding : report.findings)
    for (auto& [name, value] : finding.because.parameters) value = "TLS_RSA";
  const std::string html = page(report, Language::Ja);
  EXPECT_TRUE(has(html, "TLS_<wbr>RSA"));
  EXPECT_FALSE(has(html, "TLS_RSA"));
}

TEST(ReportPage, SaysThatARowFitsNoItem) {
  EXPECT_TRUE(has(page(sample::report(), Language::Ja), "どの項目か照合できませんでした"));
}

TEST(ReportPage, PutsWhatFallsShortFirst) {
  const std::string html = page(sample::report(), Language::Ja);
  const auto actions = html.find("id=\"actions\"");
  EXPECT_LT(actions, html.find("id=\"checklist\""));
  const auto not_met = html.find("class=\"action not_met\"", actions);
  EXPECT_LT(not_met, html.find("class=\"action attention\"", actions));
  EXPECT_LT(html.find("class=\"action attention\"", actions), html.find("class=\"action unknown\"", actions));
}

TEST(ReportPage, HasARowForEachMachineWorstFirst) {
  Report report = sample::report();
  for (Finding& finding : report.findings)
    if (finding.target.name == "診察室PC" && finding.verdict == Verdict::Attention) finding.verdict = Verdict::NotMet;
  const std::string html = page(report, Language::Ja);
  const auto begin = html.find("<caption>" + sample::wording(Language::Ja)("page.hosts"));
  ASSERT_NE(begin, std::string::npos);
  const std::string table = html.substr(begin, html.find("</table>", begin) - begin);
  EXPECT_EQ(all_matches(table, "<th scope=\"row\" class=\"target\">([^<]*)</th>"),
            (std::vector<std::string>{"診察室PC", "受付PC-1", "検査室サーバー"}));
  EXPECT_EQ(all_matches(table, "class=\"status ([a-z_]*)\""),
            (std::vector<std::string>{"not_met", "attention", "met"}));
  EXPECT_TRUE(has(table, sample::wording(Language::Ja)("host.state.nothing")));
}

TEST(ReportPage, ShowsIpasGradeBesideTheItem) {
  EXPECT_TRUE(has(page(sample::report(), Language::Ja), "推奨セキュリティ型（TLS暗号設定ガイドライン 3.0.1）"));
  Report untold = sample::report();
  untold.grades.front().ipa.grade.reset();
  EXPECT_TRUE(has(page(untold, Language::Ja), "良くても推奨セキュリティ型"));
}

TEST(ReportPage, ShowsWhatToWriteBesideTheRemedy) {
  const std::string html = page(sample::report(), Language::Ja);
  EXPECT_TRUE(has(html, "<code>ssl_protocols TLSv1.3;</code>"));
  EXPECT_TRUE(has(html, "<code>SSLProtocol &lt;TLSv1.3&gt;</code>")) << "escaped like any text";
  EXPECT_FALSE(has(html, "never shown"));
}

// A website, for which everything is a mere note, stands before the consultation endpoint.
TEST(ReportPage, ShowsTheStrictestForceOfARowAndMarksTheCellsThatDiffer) {
  Report report = sample::report();
  report.findings.push_back(sample::finding("f17", "version", sample::endpoint("about.minatozaka.example:443"),
                                            Verdict::Attention, Force::Note, 20, {"sample-holds", {}}));
  std::swap(report.findings.front(), report.findings.back());
  report.answers.clear();
  const std::string html = page(report, Language::En);
  const Wording& words = sample::wording(Language::En);
  const auto from = html.find("<tr><th scope=\"row\">" + words("criterion.sample.version"), html.find("id=\"matrix\""));
  ASSERT_NE(from, std::string::npos);
  const std::string row = html.substr(from, html.find("</tr>", from) - from);
  const std::string head = row.substr(0, row.find("</th>"));
  EXPECT_FALSE(has(head, "<small>")) << head;
  const auto cells = all_matches(row, "<td>(.*?)</td>");
  ASSERT_EQ(cells.size(), 4U);
  EXPECT_TRUE(has(cells[0], "<small>" + words("page.force.note") + "</small>")) << cells[0];
  for (std::size_t i = 1; i < cells.size(); ++i) EXPECT_FALSE(has(cells[i], "<small>")) << cells[i];
}

TEST(ReportPage, MarksEveryContradiction) {
  const std::string html = page(sample::report(), Language::Ja);
  const std::string checklist =
      html.substr(html.find("id=\"checklist\""), html.find("id=\"matrix\"") - html.find("id=\"checklist\""));
  EXPECT_EQ(all_matches(checklist, "記入と点検結果が違います").size(), 3u);
  EXPECT_TRUE(has(html.substr(0, html.find("id=\"checklist\"")), "記入と点検結果が違います"));
}

TEST(ReportPage, ShowsDecisionsDocumentsAndWaivers) {
  const std::string html = page(sample::report(), Language::Ja);
  for (const char* words : {"院長 柴崎", "受付の PC は週末に更新", "サービス仕様の説明書", "ファイルが見つかりません",
                            "移管の手続き中", "期限つきで保留、2027年3月31日まで"})
    EXPECT_TRUE(has(html, words)) << words;
}

TEST(ReportPage, SaysWhatWasNotProbedAndWhatIsOpen) {
  const std::string html = page(sample::report(), Language::Ja);
  EXPECT_TRUE(has(html, "video.minatozaka.example:3478"));
  EXPECT_TRUE(has(html, "57項目"));
  EXPECT_TRUE(has(html, "更新を促す機能"));
  EXPECT_EQ(all_matches(html, "実施状況と、それが分かる書類").size(), 1U) << "said once above the list";
}

TEST(ReportPage, NamesEveryDataFileWithItsDay) {
  const std::string html = page(sample::report(), Language::Ja);
  EXPECT_TRUE(has(html, "2026-11-01"));
  EXPECT_TRUE(has(html, "2025-01-15"));
  EXPECT_TRUE(has(html, "2025年1月15日現在）が古くなっています"));
  EXPECT_TRUE(has(html, "原典未確認"));
}

TEST(ReportPage, SaysWhichDataIsEmpty) {
  const std::string html = page(sample::report(), Language::Ja);
  const auto row = html.find("<th scope=\"row\">certificate logs</th>");
  ASSERT_NE(row, std::string::npos);
  EXPECT_TRUE(has(html.substr(row, html.find("</tr>", row) - row), "空（これを使う点検は確認できませんでした）"));
  EXPECT_EQ(all_matches(html, "空（これを使う点検").size(), 1U) << "no other data is";
}

TEST(ReportPage, SaysThatARunWasCutShort) {
  Report report = sample::report();
  report.facts.finished.reset();
  EXPECT_TRUE(has(page(report, Language::Ja), "途中で終わっています"));
}

TEST(ReportPage, CertifiesNothing) {
  EXPECT_TRUE(has(page(sample::report(), Language::Ja), "認証・保証するものではありません"));
  EXPECT_TRUE(has(page(sample::report(), Language::En), "kenshin certifies nothing"));
}

TEST(ReportPage, HasAWordForEverythingItSays) {
  for (const Language language : languages) {
    const std::string html = visible(page(sample::report(), language));
    EXPECT_EQ(all_matches(html, R"(\[[a-z_]+\.[^\]\s]*\])"), std::vector<std::string>{});
    EXPECT_EQ(all_matches(html, R"(\{[a-z_]+\})"), std::vector<std::string>{});
  }
}

// The sample, and one endpoint more that falls short than there are targets to name.
Report with_many(std::size_t endpoints) {
  Report out = sample::report();
  const auto model = std::find_if(out.findings.begin(), out.findings.end(), [](const Finding& f) {
    return f.target.kind == TargetKind::Endpoint && f.verdict == Verdict::NotMet && f.force == Force::Must;
  });
  EXPECT_NE(model, out.findings.end());
  const auto number = static_cast<std::size_t>(model - out.findings.begin());
  const Finding copied = *model;
  for (std::size_t i = 0; i < endpoints; ++i) {
    Finding one = copied;
    one.target.name = "site" + std::to_string(i) + ".example.jp";
    for (auto& answer : out.answers)
      if (std::find(answer.findings.begin(), answer.findings.end(), number) != answer.findings.end())
        answer.findings.push_back(out.findings.size());
    out.findings.push_back(std::move(one));
  }
  return out;
}

TEST(ReportPage, OfManyTargetsSaysTheSumsAndNamesSome) {
  const std::string html = page(with_many(1000), Language::En);
  EXPECT_TRUE(has(html, sample::wording(Language::En)("page.more-in-result", {{"count", "989"}})));
  EXPECT_TRUE(has(html, "Below are the 40 of "));
  EXPECT_TRUE(has(html, "site999.example.jp")) << "what falls short is named with what to do about it";
  const std::string few = page(with_many(10), Language::En);
  EXPECT_FALSE(has(few, "Below are the 40 of "));
  EXPECT_FALSE(has(few, "result.json names them all"));
}

TEST(ReportPage, GrowsByLittleForATargetMore) {
  const std::size_t less = page(with_many(500), Language::Ja).size(), more = page(with_many(1500), Language::Ja).size();
  EXPECT_LT((more - less) / 1000, 100U) << "bytes for each finding of one more target";
}

TEST(ReportPage, AsksNobodyForAnything) {
  for (const Language language : languages) {
    const std::string html = page(sample::report(), language);
    EXPECT_EQ(all_matches(html, R"re((?:src|href|action|srcset|data)="([^#"][^"]*)")re"), std::vector<std::string>{});
    for (const char* forbidden :
         {"<script", "<link", "<img", "<iframe", "url(", "@import", "://", " style=", " onclick"})
      EXPECT_FALSE(has(html, forbidden)) << forbidden;
    EXPECT_TRUE(has(html, "default-src 'none'"));
  }
}

TEST(ReportPage, LetsInItsOwnStyleSheetAlone) {
  const std::string html = page(sample::report(), Language::Ja);
  const auto begin = html.find("<style>") + 7;
  const std::string css = html.substr(begin, html.find("</style>") - begin);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  std::size_t size = 0;
  ASSERT_EQ(EVP_Q_digest(nullptr, "SHA256", nullptr, css.data(), css.size(), digest.data(), &size), 1);
  EXPECT_TRUE(has(html, "style-src 'sha256-" + base64(Bytes(digest.data(), size)) + "'"));
}

TEST(ReportPage, ReadsWellWithoutEyes) {
  const std::string html = page(sample::report(), Language::Ja);
  EXPECT_TRUE(has(html, "<html lang=\"ja\">"));
  EXPECT_TRUE(has(page(sample::report(), Language::En), "<html lang=\"en\">"));
  EXPECT_EQ(all_matches(html, "<main[ >]").size(), 1u);
  EXPECT_EQ(all_matches(html, "<h1[ >]").size(), 1u);
  EXPECT_EQ(all_matches(html, "<table[ >]").size(), all_matches(html, "<caption>").size());
  for (const auto& th : all_matches(html, "<th[ >][^>]*>?")) EXPECT_TRUE(has(th, "scope=")) << th;
  EXPECT_TRUE(has(html, "class=\"skip\" href=\"#main\""));
}

TEST(ReportPage, LinksOnlyToWhatIsThere) {
  const std::string html = page(sample::report(), Language::Ja);
  const auto ids = all_matches(html, " id=\"([^\"]+)\"");
  const std::set<std::string> known(ids.begin(), ids.end());
  EXPECT_EQ(known.size(), ids.size()) << "an id stands twice";
  for (const auto& link : all_matches(html, "href=\"#([^\"]+)\"")) EXPECT_TRUE(known.contains(link)) << link;
  for (const auto& label : all_matches(html, "aria-labelledby=\"([^\"]+)\""))
    EXPECT_TRUE(known.contains(label)) << label;
}

TEST(ReportPage, IsTheSameTwice) {
  EXPECT_EQ(page(sample::report(), Language::Ja), page(sample::report(), Language::Ja));
}

// Puts `text` into every place that foreign text can reach.
Report filled_with(const std::string& text) {
  const Facts plain = sample::facts();
  Facts facts;
  for (Observation o : plain.all()) {
    if (o.fact) {
      if (auto* clinic = std::get_if<DeclaredClinic>(&*o.fact)) clinic->clinic_name = text;
      if (auto* d = std::get_if<DeclaredDecision>(&*o.fact))
        d->by = d->role = d->basis = d->comment = d->verdict = text;
      if (auto* d = std::get_if<DeclaredDocument>(&*o.fact)) d->title = d->version = d->problem = text;
      if (auto* w = std::get_if<DeclaredWaiver>(&*o.fact)) w->reason = w->approver = w->ticket = text;
    } else {
      o.fact = Error{Error::Kind::Malformed, text};
    }
    o.address = text;
    facts.add(std::move(o));
  }
  Report report = sample::report();
  facts.started = report.facts.started;
  facts.finished = report.facts.finished;
  report.saved = SavedFacts::of(facts);
  report.facts = std::move(facts);
  for (auto& answer : report.answers) {
    const auto point = [&]<class F>(std::vector<const F*>& list) {
      list.clear();
      for (const auto* o : report.facts.named(sample::clinic(), F::name))
        if (fact_of<F>(*o)->item == answer.id.text) list.push_back(fact_of<F>(*o));
    };
    point(answer.decisions);
    point(answer.documents);
    if (answer.waiver) answer.waiver = report.facts.one<DeclaredWaiver>(sample::clinic());
  }
  auto& checklist = *report.checklist;
  checklist.confirmed_by = text;
  for (auto& item : checklist.items) {
    item.text = item.printed = item.condition = text;
    for (auto& note : item.notes) note = text;
  }
  for (auto& heading : checklist.headings) heading.text = text;
  for (auto& finding : report.findings) {
    if (finding.target.kind == TargetKind::Host) finding.target.name += text;
    for (auto& [name, value] : finding.because.parameters) value = text;
  }
  for (auto& remark : checklist.diagnostics)
    for (auto& [name, value] : remark.parameters) value = text;
  for (auto& row : report.not_probed) row.what = text;
  for (auto& file : report.data) file.name = file.edition = file.source = text;
  for (auto& row : report.profile.rows) row.row = row.edition = row.source = text;
  return report;
}

std::string skeleton(const std::string& html) {
  std::string out;
  for (const auto& tag : all_matches(html, "<[^>]*>"))
    if (tag != "<wbr>") out += tag + "\n";
  return out;
}

TEST(ReportPage, KeepsItsShapeWhateverForeignTextSays) {
  const std::string hostile =
      "</style></td><script>alert(1)</script><img src=x onerror=alert(1)>\"' onmouseover=x "
      "\xE2\x80\xAE\x1B[2J\x01\xFF&lt;";
  for (const Language language : languages) {
    const std::string html = page(filled_with(hostile), language);
    EXPECT_EQ(skeleton(html), skeleton(page(filled_with("x"), language)));
    EXPECT_TRUE(has(html, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    EXPECT_TRUE(valid_utf8(html));
    for (const char32_t point : code_points(html))
      EXPECT_FALSE((point < 0x20 && point != U'\n') || point == 0x202E) << static_cast<unsigned>(point);
  }
}

}  // namespace
}  // namespace kenshin
