#include "reports/criteria/caa_issuers.h"

#include <algorithm>
#include <set>

#include "probes/base/json_fields.h"
#include "probes/base/text.h"
#include "reports/criteria/words.h"

namespace kenshin {

template <class V>
void fields(V& v, CaaIssuer& f) {
  v("organisations", f.organisations);
  v("domains", f.domains);
  words::Word<Mark> mark{f.mark};
  v("mark", mark);
  f.mark = mark.value;
}
template <class V>
void fields(V& v, CaaIssuers& f) {
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("source", f.source);
  v("rows", f.rows);
}

const CaaIssuer* CaaIssuers::of(std::string_view organisation) const {
  for (const CaaIssuer& row : rows)
    if (std::find(row.organisations.begin(), row.organisations.end(), organisation) != row.organisations.end())
      return &row;
  return nullptr;
}

Result<CaaIssuers> load_caa_issuers(std::string_view text, std::string_view file_name) {
  auto read = from_json_text<CaaIssuers>(text, file_name);
  if (!read) return read;
  const auto refuse = [&](const std::string& what) {
    return Error{Error::Kind::Malformed, std::string(file_name) + ": " + what};
  };
  std::set<std::string> named;
  for (CaaIssuer& row : read->rows) {
    if (row.organisations.empty() || row.domains.empty()) return refuse("a row without organisations or domains");
    for (const std::string& organisation : row.organisations)
      if (organisation.empty() || !named.insert(organisation).second)
        return refuse("\"" + one_line(organisation, 60) + "\" is empty or in two rows");
    for (std::string& domain : row.domains) domain = lower_ascii(domain);
  }
  return read;
}

}  // namespace kenshin
