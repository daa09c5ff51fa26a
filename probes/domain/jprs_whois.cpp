#include "probes/domain/jprs_whois.h"

#include <algorithm>
#include <array>
#include <string>

#include "probes/base/target.h"
#include "probes/base/text.h"
#include "probes/domain/public_suffix.h"
#include "probes/domain/refusal_words.h"

namespace kenshin {

namespace {

enum class Field { Name, Holder, NameServer, SigningKey, Created, Expires, State, Lock, Updated, Other };

struct Label {
  std::string_view text;
  Field field;
};
constexpr std::array labels = {
    Label{"Domain Name", Field::Name},
    Label{"ドメイン名", Field::Name},
    Label{"Registrant", Field::Holder},
    Label{"登録者名", Field::Holder},
    Label{"Organization", Field::Holder},
    Label{"組織名", Field::Holder},
    Label{"Name Server", Field::NameServer},
    Label{"ネームサーバ", Field::NameServer},
    Label{"Signing Key", Field::SigningKey},
    Label{"署名鍵", Field::SigningKey},
    Label{"Created on", Field::Created},
    Label{"Registered Date", Field::Created},
    Label{"登録年月日", Field::Created},
    Label{"Expires on", Field::Expires},
    Label{"有効期限", Field::Expires},
    Label{"Status", Field::State},
    Label{"State", Field::State},
    Label{"状態", Field::State},
    Label{"Lock Status", Field::Lock},
    Label{"ロック状態", Field::Lock},
    Label{"Last Updated", Field::Updated},
    Label{"Last Update", Field::Updated},
    Label{"最終更新", Field::Updated},
};

struct State {
  std::string_view word;  // as answered, lower case
  std::string_view rdap;  // RDAP's spelling where RFC 8056 has one
  bool dated_by_expiry = false;
};
constexpr std::array states = {
    State{"active", "active"},
    State{"connected", "active", true},
    State{"registered", "registered without name servers", true},
    State{"to be suspended", "to be suspended"},
    State{"suspended", "suspended"},
    State{"to be deleted", "to be deleted"},
    State{"deleted", "deleted"},
    State{"reserved", "reserved"},
    State{"advance-registered", "provisional"},
    State{"renamed", "renamed"},
    State{"user-reserved", "user reserved"},
    State{"negotiated", "negotiated"},
};

// Words of which one stands in each line of the notice that follows "No match!!": what else may be asked there.
constexpr std::array<std::string_view, 8> notice_words = {"jprs",        "jpnic",      "apnic",        "whois",
                                                          "domain name", "ドメイン名", "sponsored by", "detail"};

Error malformed(std::string detail) { return {Error::Kind::Malformed, "WHOIS answer: " + std::move(detail)}; }

struct Line {
  Field field = Field::Other;
  std::string_view value;
};

// "[Label]   value", with a letter before it for organisational names: "p. [Name Server]   ns1.example.jp".
std::optional<Line> labelled(std::string_view line) {
  if (line.size() > 3 && line[0] >= 'a' && line[0] <= 'z' && line.substr(1).starts_with(". ")) line.remove_prefix(3);
  const auto close = line.find(']');
  if (!line.starts_with('[') || close == std::string_view::npos) return std::nullopt;
  const auto label = line.substr(1, close - 1);
  const auto known = std::find_if(labels.begin(), labels.end(), [&](const Label& l) { return l.text == label; });
  return Line{known == labels.end() ? Field::Other : known->field, trim(line.substr(close + 1))};
}

// "2027/04/30", the way JPRS writes days.
Result<Day> jprs_day(std::string_view text) {
  std::string dashed(text);
  std::replace(dashed.begin(), dashed.end(), '/', '-');
  const auto day = parse_day(dashed);
  return text.find('-') == std::string_view::npos && day ? day : malformed("not a date: " + one_line(text, 40));
}

// "2026/05/01 01:05:07 (JST)".
Result<Instant> jprs_instant(std::string_view text) {
  constexpr std::string_view zone = " (JST)";
  const auto day = jprs_day(text.substr(0, std::min<std::size_t>(10, text.size())));
  if (!day || !text.ends_with(zone) || text.size() < 11 + zone.size())
    return malformed("not a time in Japan: " + one_line(text, 40));
  const auto clock = text.substr(11, text.size() - 11 - zone.size());
  return parse_instant(to_text(*day) + "T" + std::string(clock) + "+09:00");
}

class Record {
 public:
  explicit Record(std::string_view name) : name_(name) {
    seen_.registered = Answer::Yes;
    seen_.source = "whois";
    seen_.kind = registration_kind(name);
  }

  Result<Done> take(const Line& line) {
    const bool once = line.field == Field::Created || line.field == Field::Expires || line.field == Field::State ||
                      line.field == Field::Updated;
    if (once && std::exchange(taken_[static_cast<std::size_t>(line.field)], true))
      return malformed("a field that stands once stands twice");
    switch (line.field) {
      case Field::Name: return take_name(line.value);
      case Field::State: return take_state(line.value);
      case Field::Created: return take_day(line.value, seen_.created);
      case Field::Expires: return take_day(line.value, seen_.expires);
      case Field::Updated: return take_updated(line.value);
      case Field::SigningKey: seen_.is_signed |= !line.value.empty(); return Done{};
      case Field::Lock:
        if (!line.value.empty()) seen_.locks.push_back(one_line(line.value, 60));
        return Done{};
      case Field::NameServer:
        if (!line.value.empty()) seen_.name_servers.push_back(server_name(line.value));
        return Done{};
      case Field::Holder:
        if (!line.value.empty() && holders_.size() < 4) holders_.push_back(one_line(line.value, 200));
        return Done{};
      case Field::Other: return Done{};
    }
    return Done{};
  }

  // The rest of a name that was too long for its line.
  void lengthen_holder(std::string_view value) {
    if (!holders_.empty() && holders_.back().size() < 400) holders_.back() += " " + one_line(value, 200);
  }

  Result<JprsAnswer> whole() {
    if (!named_) return malformed("no domain name in it");
    if (seen_.state.empty()) return malformed("no state in it");
    if (!taken_[static_cast<std::size_t>(Field::Updated)]) return malformed("it ends before the last update");
    const std::string& state = seen_.state.front();
    const bool is_held = state == "active" || state == "registered without name servers" ||
                         state == "to be suspended" || state == "to be deleted" || state == "provisional";
    if (!is_held) holders_.clear();  // it then reads "Suspended Domain Name" or the like
    if (state == "suspended" && seen_.expires) {
      seen_.state_text += " (" + to_text(*seen_.expires) + ")";  // the end of the hold, not of the registration
      seen_.expires.reset();
    }
    return JprsAnswer{std::move(seen_), std::move(holders_)};
  }

 private:
  Result<Done> take_name(std::string_view value) {
    const auto host = canonical_host(value);
    if (!host || *host != name_)
      return malformed("it speaks of " + one_line(value, 80) + ", asked was " + one_line(name_, 80));
    named_ = true;
    return Done{};
  }
  Result<Done> take_state(std::string_view value) {
    if (value.empty()) return malformed("no state in it");
    seen_.state_text = one_line(value, 80);
    const auto open = value.find('(');
    const std::string word = lower_ascii(trim(value.substr(0, open)));
    const auto known = std::find_if(states.begin(), states.end(), [&](const State& s) { return s.word == word; });
    seen_.state.emplace_back(known == states.end() ? "unknown state" : known->rdap);
    const auto close = value.find(')');
    if (known == states.end() || !known->dated_by_expiry || open == std::string_view::npos || close < open)
      return Done{};
    return take_day(trim(value.substr(open + 1, close - open - 1)), seen_.expires);
  }
  Result<Done> take_day(std::string_view value, std::optional<Day>& day) {
    if (value.empty()) return Done{};  // names older than 1993 and reserved ones have no date
    const auto parsed = jprs_day(value);
    if (!parsed) return parsed.error();
    day = *parsed;
    return Done{};
  }
  Result<Done> take_updated(std::string_view value) {
    if (value.empty()) return Done{};
    const auto parsed = jprs_instant(value);
    if (!parsed) return parsed.error();
    seen_.updated = *parsed;
    return Done{};
  }
  static std::string server_name(std::string_view value) {
    std::string name = lower_ascii(one_line(value.substr(0, value.find_first_of(" \t")), 253));
    if (name.ends_with('.')) name.pop_back();
    return name;
  }

  std::string_view name_;
  Registration seen_;
  std::vector<std::string> holders_;
  bool named_ = false;
  std::array<bool, static_cast<std::size_t>(Field::Other)> taken_{};
};

Error no_record(std::string_view said) {
  if (has_refusal_words(said)) return {Error::Kind::RateLimited, "WHOIS answer: " + one_line(said, 120)};
  return malformed(said.empty() ? "nothing in it" : "neither a record nor \"No match!!\": " + one_line(said, 120));
}

// A blank line, "No match!!" itself, or one of the registry's notice.
bool may_follow_no_match(std::string_view line) {
  const std::string words = lower_ascii(trim(line));
  if (words.empty() || words == "no match!!") return true;
  for (const std::string_view no_notice : {"<", "error", "エラー"})
    if (words.find(no_notice) != std::string::npos) return false;
  return std::any_of(notice_words.begin(), notice_words.end(),
                     [&](std::string_view word) { return words.find(word) != std::string::npos; });
}

}  // namespace

Result<JprsAnswer> parse_jprs_and_holder(std::string_view answer, std::string_view name) {
  Record record(name);
  bool in_record = false, no_match = false, in_contact = false, labelled_outside = false, banner_refuses = false;
  Line last;
  std::string said;  // what stands outside banner and record, without labelled lines: these may name a person
  for (const auto line : lines(answer)) {
    if (line.starts_with("[ ")) {  // the banner
      banner_refuses = banner_refuses || has_refusal_words(line);
      continue;
    }
    if (line.starts_with("Contact Information:")) in_contact = true;
    if (trim(line) == "No match!!") {
      if (trim(said).empty() && !in_record && !labelled_outside) no_match = true;  // the first thing that is said
      else return malformed("\"No match!!\" after something else: " + one_line(said, 120));
    }
    if (line.starts_with("Domain Information:")) {
      if (in_record) return malformed("two records in it");
      in_record = true;
      continue;
    }
    if (in_contact) continue;  // never kept
    if (!in_record) {
      labelled_outside = labelled_outside || labelled(trim(line));
      if (!labelled_outside && said.size() < 1000) said += std::string(trim(line)) + " ";
      if (no_match && !may_follow_no_match(line)) return malformed("other words after \"No match!!\"");
      continue;
    }
    const bool continued = line.starts_with(' ') || line.starts_with('\t');
    const auto read = continued ? std::optional<Line>{} : labelled(line);
    if (read) last = *read;
    if (continued && last.field == Field::Holder) record.lengthen_holder(trim(line));
    const bool repeats = continued && (last.field == Field::SigningKey || last.field == Field::Lock);
    const auto taken = repeats ? record.take({last.field, trim(line)}) : read ? record.take(*read) : Done{};
    if (!taken) return taken.error();
  }
  if (in_record && no_match) return malformed("a record and \"No match!!\" in one");
  if (in_record) return record.whole();
  if (labelled_outside) return malformed("lines of a record outside of one");
  if (const auto other = no_record(trim(said)); !no_match || other.kind == Error::Kind::RateLimited) return other;
  if (banner_refuses) return Error{Error::Kind::RateLimited, "WHOIS answer: \"No match!!\" with a notice of refusal"};
  JprsAnswer free;
  free.record.registered = Answer::No;
  free.record.source = "whois";
  free.record.kind = registration_kind(name);
  return free;
}

Result<Registration> parse_jprs(std::string_view answer, std::string_view name) {
  auto said = parse_jprs_and_holder(answer, name);
  if (!said) return said.error();
  return std::move(said->record);
}

}  // namespace kenshin
