// Where the scan did not look, which items still wait for an answer, and the words a reader may not know.
#include <array>

#include "reports/formats/html_sections.h"

namespace kenshin {

void html_not_probed(const Report& report, const Wording& words, HtmlOut& html) {
  if (report.not_probed.empty()) {
    html << "<p>" << words("page.not_probed.nothing") << "</p>\n";
    return;
  }
  html << "<p>" << words("page.not_probed.lead") << "</p>\n<table>\n<caption>" << words("page.not-probed")
       << "</caption>\n<thead><tr><th scope=\"col\">" << words("column.what") << "</th><th scope=\"col\">"
       << words("column.why") << "</th></tr></thead>\n<tbody>\n";
  for (const auto& row : report.not_probed)
    html << "<tr><th scope=\"row\" class=\"target\">" << row.what << "</th><td>" << not_probed_words(row, words)
         << "</td></tr>\n";
  html << "</tbody></table>\n";
}

void html_coverage(const Report& report, const Wording& words, HtmlOut& html) {
  const Coverage& coverage = report.coverage;
  html << "<p>"
       << words("page.coverage.lead", {{"answered", std::to_string(coverage.answered)},
                                       {"of", std::to_string(coverage.of)},
                                       {"open", std::to_string(coverage.open.size())}})
       << "</p>\n";
  for (const Charge charge : {Charge::Clinic, Charge::Vendor, Charge::WebAgency}) {
    bool open = false;
    for (const auto& id : coverage.open) {
      const CatalogueItem* item = report.catalogue.find(id);
      if ((item ? item->charge : Charge::Clinic) != charge) continue;
      if (!open)
        html << "<h3>" << words("page.coverage.questions", {{"who", charge_words(charge, words)}}) << "</h3>\n<p>"
             << words("question." + std::string(charge_name(charge)) + ".lead") << "</p>\n<ul class=\"open\">\n";
      open = true;
      html << "<li><a href=\"#";
      html.markup(html_id("item-", id.text))
          << "\">" << id.text << "</a> " << (item ? in_language(item->title, words) : id.text) << "</li>\n";
    }
    if (open) html << "</ul>\n";
  }
}

void html_glossary(const Report&, const Wording& words, HtmlOut& html) {
  constexpr std::array<std::string_view, 15> terms = {
      "declared", "observed", "probed_only",  "supported", "unknown",   "contradicts", "waived",  "symbols",
      "advice",   "tls",      "cipher_suite", "hsts",      "ipa_grade", "certificate", "registry"};
  html << "<dl class=\"glossary\">\n";
  for (const auto term : terms) {
    const std::string key = "glossary." + std::string(term);
    html << "<div><dt>" << words(key) << "</dt><dd>" << words(key + ".text") << "</dd></div>\n";
  }
  html << "</dl>\n";
}

}  // namespace kenshin
