#include "reports/criteria/regions.h"

#include "probes/base/json_fields.h"
#include "probes/base/text.h"
#include "probes/tls/facts_fields.h"
#include "reports/criteria/words.h"

namespace kenshin {

template <class V>
void fields(V& v, RegionRow& f) {
  v("provider", f.provider);
  v("region", f.region);
  v("zone", f.zone);
  v("in_japan", f.in_japan);
  words::Word<Mark> mark{f.mark};
  v("mark", mark);
  f.mark = mark.value;
}
template <class V>
void fields(V& v, Regions& f) {
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("source", f.source);
  v("hard_limit_days", f.hard_limit_days);
  v("rows", f.rows);
}

const RegionRow* Regions::row_of(std::string_view provider, std::string_view region, std::string_view zone) const {
  for (const RegionRow& row : rows)
    if (row.provider == provider && matches_pattern(row.region, region) && matches_pattern(row.zone, zone)) return &row;
  return nullptr;
}

Result<Regions> load_regions(std::string_view text, std::string_view file_name) {
  auto read = from_json_text<Regions>(text, file_name);
  if (!read) return read;
  const auto refuse = [&](const std::string& what) {
    return Error{Error::Kind::Malformed, std::string(file_name) + ": " + what};
  };
  if (read->hard_limit_days < 1) return refuse("hard_limit_days is at least 1");
  for (const RegionRow& row : read->rows) {
    if (row.provider.empty() || row.region.empty() || row.zone.empty()) return refuse("a row that names no region");
    if (row.in_japan != Answer::Yes && row.in_japan != Answer::No)
      return refuse("in_japan of " + one_line(row.region, 60) + " is yes or no");
  }
  return read;
}

}  // namespace kenshin
