#include <stdexcept>

#include "probes/base/crypto.h"
#include "probes/base/data_files.h"
#include "reports/formats/html_sections.h"

namespace kenshin {

namespace {

// The one style sheet that the page's own policy lets in (CSP 3, 2.3.1 hash-source).
std::string hash_source(std::string_view css) { return "sha256-" + base64(sha256(bytes_of(css))); }

}  // namespace

void html_head(const std::string& title, bool for_search_engines, const Wording& words, HtmlOut& html) {
  const auto css = DataFiles{}.read("reports/formats/page.css");
  if (!css) throw std::runtime_error(css.error().detail);
  html << "<!DOCTYPE html>\n<html lang=\"" << (words.language() == Language::Ja ? std::string("ja") : std::string("en"))
       << "\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '"
       << hash_source(*css) << "'; base-uri 'none'; form-action 'none'\">\n"
       << "<meta name=\"referrer\" content=\"no-referrer\">\n";
  if (!for_search_engines) html << "<meta name=\"robots\" content=\"noindex\">\n";
  html << "<meta name=\"color-scheme\" content=\"light dark\">\n<title>" << title << "</title>\n<style>";
  html.markup(*css) << "</style>\n</head>\n";
}

}  // namespace kenshin
