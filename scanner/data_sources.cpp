#include "scanner/data_sources.h"

#include "probes/base/json_fields.h"

namespace kenshin {

template <class V>
void fields(V& v, DataSource& f) {
  v("name", f.name);
  v("url", f.url);
  v.may("provider", f.provider);
  v("source", f.source);
  v("mark", f.mark);
}
template <class V>
void fields(V& v, DataSources& f) {
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("source", f.source);
  v("mark", f.mark);
  v("rows", f.rows);
}

Result<DataSources> load_data_sources(std::string_view text, std::string_view file_name) {
  auto read = from_json_text<DataSources>(text, file_name);
  if (!read) return read;
  const auto refuse = [&](const std::string& what) {
    return Error{Error::Kind::Malformed, std::string(file_name) + ": " + what};
  };
  for (const DataSource& row : read->rows) {
    if (!row.url.starts_with("https://")) return refuse("an address that is not https: " + one_line(row.url, 120));
    if (row.name.empty() || row.source.empty()) return refuse("an address without a name or source");
    if (row.mark != "confirmed" && row.mark != "secondary" && row.mark != "recalled" && row.mark != "policy")
      return refuse("no known mark: " + one_line(row.mark, 40));
  }
  if (!read->rows.empty() && !read->as_of) return refuse("addresses without a date");
  return read;
}

}  // namespace kenshin
