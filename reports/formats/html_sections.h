// The sections of the report page, in its order. Each writes one <section> with its heading and decides nothing.
#pragma once

#include "reports/formats/actions.h"
#include "reports/formats/formats.h"
#include "reports/formats/html_out.h"
#include "reports/formats/phrases.h"

namespace kenshin {

enum class Readers { Both, ClinicAlone, AssessorAlone };

struct Section {
  std::string_view id;  // fragment; heading: wording key "page.ID"
  void (*write)(const Report&, const Wording&, HtmlOut&);
  Readers readers = Readers::Both;
};

// <head> with the page's style sheet and its policy. What is not for search engines says so.
void html_head(const std::string& title, bool for_search_engines, const Wording&, HtmlOut&);

void html_actions(const Report&, const Wording&, HtmlOut&);    // what needs action, worst first
void html_changes(const Report&, const Wording&, HtmlOut&);    // since the last result, and the trend
void html_checklist(const Report&, const Wording&, HtmlOut&);  // the whole checklist, 当院の記入 beside 点検結果
void html_matrix(const Report&, const Wording&, HtmlOut&);     // targets × checks, the machines before them
void html_hosts(const Report&, const Wording&, HtmlOut&);      // a row for each machine, inside the former
void html_not_probed(const Report&, const Wording&, HtmlOut&);  // where the scan did not look
void html_coverage(const Report&, const Wording&, HtmlOut&);    // section 2's items, the open ones as questions
void html_editions(const Report&, const Wording&, HtmlOut&);    // what the verdicts rest on, with its day
void html_evidence(const Report&, const Wording&, HtmlOut&);    // the observations that findings name
void html_glossary(const Report&, const Wording&, HtmlOut&);

// The assessor's own: every finding with what decided it, every observation with its values, what people held back, and
// how to check all of it.
void html_findings(const Report&, const Wording&, HtmlOut&);
void html_observations(const Report&, const Wording&, HtmlOut&);
void html_waivers(const Report&, const Wording&, HtmlOut&);
void html_verification(const Report&, const Wording&, HtmlOut&);

// A long name such as that of a cipher suite may break after a "_".
void html_breakable(std::string_view, HtmlOut&);
// "× 基準に届いていません" as a status: symbol for the eye, word for everyone.
void html_status(Observed, std::string_view words, HtmlOut&);
// Links to the observations a finding rests on: "o17 o18".
void html_evidence_links(const Finding&, HtmlOut&);

}  // namespace kenshin
