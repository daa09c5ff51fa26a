#include "reports/criteria/distrust.h"

#include <algorithm>
#include <array>

#include "probes/base/json_fields.h"

namespace kenshin {

constexpr EnumNames<DistrustRule, 4> enum_names(DistrustRule) {
  return {{{DistrustRule::SctAfter, "sct_after"},
           {DistrustRule::NotBeforeAfter, "not_before_after"},
           {DistrustRule::NotBeforeBefore, "not_before_before"},
           {DistrustRule::All, "all"}}};
}

template <class V>
void fields(V& v, DistrustRow& f) {
  v("authority", f.authority);
  v("programmes", f.programmes);
  v.may("roots", f.roots);
  v.may("organisations", f.organisations);
  v.may("except", f.except);
  v("rule", f.rule);
  v("date", f.date);
  v("for_cause", f.for_cause);
  v("source", f.source);
  v("mark", f.mark);
}
template <class V>
void fields(V& v, Distrust& f) {
  v("edition", f.edition);
  v("as_of", f.as_of);
  v("source", f.source);
  v("rows", f.rows);
}

namespace {

template <class List>
bool among(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

std::string fault_of(const DistrustRow& row) {
  static constexpr std::array<std::string_view, 4> programmes{"mozilla", "chrome", "apple", "microsoft"};
  static constexpr std::array<std::string_view, 4> marks{"confirmed", "secondary", "recalled", "policy"};
  if (row.programmes.empty()) return "names no programme";
  for (const auto& programme : row.programmes)
    if (!among(programmes, programme)) return "names an unknown programme";
  if (row.roots.empty() == row.organisations.empty()) return "names either roots or organisations";
  for (const auto& root : row.roots)
    if (root.size() != 64 || root.find_first_not_of("0123456789abcdef") != std::string::npos)
      return "has a root that is no SHA-256";
  for (const auto& organisation : row.organisations)
    if (organisation.empty()) return "has an organisation without a name";
  if (row.rule != DistrustRule::All && !row.date) return "has a rule without its date";
  if (!among(marks, row.mark)) return "has no known mark";
  return {};
}

// The O attributes of an RFC 4514 text, unescaped as far as names of organisations go.
std::vector<std::string> organisations_of(std::string_view subject) {
  std::vector<std::string> out;
  std::string part;
  const auto keep = [&] {
    if (part.starts_with("O=")) out.push_back(part.substr(2));
    part.clear();
  };
  for (std::size_t i = 0; i < subject.size(); ++i) {
    if (subject[i] == '\\' && i + 1 < subject.size()) part += subject[++i];
    else if (subject[i] == ',' || subject[i] == '+') keep();
    else part += subject[i];
  }
  keep();
  return out;
}

bool belongs_to(std::string_view subject, const std::vector<std::string>& organisations) {
  for (const auto& own : organisations_of(subject))
    for (const auto& organisation : organisations)
      if (own.starts_with(organisation)) return true;
  return false;
}

// Of those a log is known to have signed, or the issuer put into the certificate: what a server sends beside it may be
// made up.
std::optional<Instant> earliest_timestamp(const CertificateChain& chain) {
  std::optional<Instant> out;
  for (const auto& timestamp : chain.timestamps) {
    const bool counts = timestamp.verified == Answer::Yes ||
                        (timestamp.verified == Answer::Unknown && timestamp.source == "certificate");
    if (counts && (!out || timestamp.at < *out)) out = timestamp.at;
  }
  return out;
}

Answer answer(bool is) { return is ? Answer::Yes : Answer::No; }

}  // namespace

Result<Distrust> load_distrust(std::string_view text, std::string_view file_name) {
  auto read = from_json_text<Distrust>(text, file_name);
  if (!read) return read;
  for (const auto& row : read->rows)
    if (const std::string fault = fault_of(row); !fault.empty())
      return Error{Error::Kind::Malformed, std::string(file_name) + ": " + one_line(row.authority, 80) + " " + fault};
  return read;
}

bool is_about(const DistrustRow& row, const Anchor& anchor) {
  return row.roots.empty() ? belongs_to(anchor.subject, row.organisations) : among(row.roots, anchor.sha256);
}

Answer is_distrusted(const DistrustRow& row, const CertificateChain& chain, const Anchor& anchor) {
  if (chain.certificates.empty() || !is_about(row, anchor)) return Answer::NotApplicable;
  for (std::size_t i = 1; i < chain.certificates.size(); ++i)
    if (belongs_to(chain.certificates[i].subject, row.except)) return Answer::No;
  const Instant issued = chain.certificates.front().not_before;
  switch (row.rule) {
    case DistrustRule::All: return Answer::Yes;
    case DistrustRule::NotBeforeAfter: return answer(issued > *row.date);
    case DistrustRule::NotBeforeBefore: return answer(issued < *row.date);
    case DistrustRule::SctAfter: break;
  }
  const auto stamped = earliest_timestamp(chain);
  return stamped ? answer(*stamped > *row.date) : Answer::Unknown;
}

}  // namespace kenshin
