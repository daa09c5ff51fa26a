// end-of-support.json: until when each operating system gets security updates.
#include "probes/base/json_fields.h"
#include "reports/criteria/profile.h"

namespace kenshin {

template <class V>
void fields(V& v, SupportCycle& f) {
  v("product", f.product);
  v("cycle", f.cycle);
  v("edition_class", f.edition_class);
  v.may("build", f.build);
  v("security_until", f.security_until);
  v.may("extended_until", f.extended_until);
  v.may("extended_for_everyone", f.extended_for_everyone);
  v.may("note", f.note);
}
template <class V>
void fields(V& v, EndOfSupport& f) {
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("source", f.source);
  v("hard_limit_days", f.hard_limit_days);
  v("cycles", f.cycles);
}

Result<EndOfSupport> load_end_of_support(std::string_view text, std::string_view file_name) {
  return from_json_text<EndOfSupport>(text, file_name);
}

}  // namespace kenshin
