#include "reports/checklist/checklist_rows.h"

#include <algorithm>
#include <array>

#include "probes/base/text.h"
#include "reports/checklist/checklist_numerals.h"

namespace kenshin {

namespace {

constexpr std::size_t most_rows = 1000;
constexpr std::size_t most_doubts = 500;       // lines that may be rows, compared before they are all taken for text
constexpr std::size_t longest_wording = 6000;  // bytes of such a line and those after it
constexpr std::size_t most_lines = 400;
constexpr std::size_t longest_whole = 60000;  // bytes of a row that its fingerprint is taken of

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return text.ends_with(end); });
}

bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Japanese needs nothing between joined lines, Latin words a space.
void append(std::string& text, std::string_view more) {
  if (!text.empty() && !more.empty() && is_word(text.back()) && is_word(more.front())) text += ' ';
  text += more;
}

bool is_only_not_applicable(std::string_view text) {
  if (text.size() > 60) return false;
  std::string bare;
  for (const char32_t c : code_points(nfkc(text)))
    if (std::u32string_view(U" ()[]【】「」〔〕※→⇒・-:。").find(c) == std::u32string_view::npos)
      bare += utf8(std::u32string(1, c));
  return bare == "該当なし" || bare == "該当無し" || bare == "非該当";
}

bool ends_not_applicable(std::string_view text) {
  return ends_with_any(text,
                       {"（該当なし）", "(該当なし)", "【該当なし】", "[該当なし]", "〔該当なし〕", "：該当なし"});
}

// Where a note begins inside a line: a ※ that is no reference in brackets.
std::size_t find_note(std::string_view text, std::size_t from) {
  for (auto at = text.find("※", from); at != std::string_view::npos; at = text.find("※", at + 1))
    if (!ends_with_any(text.substr(0, at), {"（", "("})) return at;
  return std::string_view::npos;
}

// The length of the sentence that a third party's certification is preferred, at the head of a note; 0: another note.
// It stands below many items and says nothing of which one it is.
std::size_t third_party_sentence(std::string_view note) {
  constexpr std::string_view wish = "望ましい";
  constexpr std::size_t longest = 90;
  const auto end = note.find(wish);
  if (end == note.npos || end > longest || note.substr(0, end).find("第三者") == note.npos) return 0;
  return end + wish.size() + (note.substr(end + wish.size()).starts_with("。") ? std::string_view("。").size() : 0);
}

// 【…】 at the head of a row's text.
std::string own_condition(std::string_view text) {
  constexpr std::pair<std::string_view, std::string_view> brackets[] = {
      {"【", "】"}, {"◀", "▶"}, {"«", "»"}, {"≪", "≫"}, {"《", "》"}};
  for (const auto& [open, close] : brackets) {
    const auto end = text.find(close);
    if (text.starts_with(open) && end != text.npos) return std::string(text.substr(open.size(), end - open.size()));
  }
  return {};
}

struct Place {  // below which headings; 0: none
  int section = 0, part = 0, chapter = 0, group = 0, subgroup = 0;

  std::string path() const {
    if (section == 0) return {};
    std::string out = std::to_string(section) + "." + std::to_string(part);
    if (group != 0) return out + "." + std::to_string(group) + "-" + std::to_string(subgroup);
    return chapter == 0 ? out : out + "." + std::to_string(chapter);
  }
};

class RowReader {
 public:
  RowReader(std::span<const ChecklistLine> lines, const Recognises& recognises)
      : lines_(lines), recognises_(recognises) {}

  Result<ChecklistRows> read() {
    for (at_ = 0; at_ < lines_.size(); ++at_) {
      step(lines_[at_]);
      if (out_.rows.size() > most_rows)
        return Error{Error::Kind::Malformed, "more than " + std::to_string(most_rows) + " rows: not a checklist"};
      before_ = &lines_[at_];
    }
    for (auto& row : out_.rows) finish(row.item);
    propose_ids(out_);
    std::stable_sort(out_.diagnostics.begin(), out_.diagnostics.end(),
                     [](const auto& a, const auto& b) { return a.line < b.line; });
    return std::move(out_);
  }

 private:
  void step(const ChecklistLine& line) {
    switch (line.kind) {
      case LineKind::Heading: return heading(line);
      case LineKind::Condition:
        out_.headings.push_back({line.number, 5, one_line(line.text)});
        condition_ = line.text;
        open_ = false;
        return;
      case LineKind::Stamp: open_ = false; return;
      case LineKind::Row: return row(line);
      case LineKind::MaybeRow: return maybe_row(line);
      default:
        if (before_ && (before_->kind == LineKind::Condition || before_->kind == LineKind::Heading) &&
            line.kind == LineKind::Text)
          return maybe_row(line);
        return more(line);
    }
  }

  void heading(ChecklistLine line) {
    int depth = line.depth;
    if (depth == 3 && line.major >= 2 && place_.chapter != line.major - 1 && place_.part == line.major - 1) {
      depth = 2;
      remark(line.number, "heading-form",
             {{"printed", std::to_string(line.major) + ")"}, {"meant", "(" + std::to_string(line.major) + ")"}});
    }
    int& counter = depth == 1   ? place_.section
                   : depth == 2 ? place_.part
                   : depth == 3 ? place_.chapter
                                : place_.subgroup;
    const int last = depth == 4 && line.major != place_.group ? 0 : counter;
    const int now = depth == 4 ? line.minor : line.major;
    if (now != last + 1 && (line.close || now <= last)) return more(line);  // "(3)に示す", or a list inside a row
    if (now > last + 1)
      remark(line.number, "heading-jump", {{"printed", std::to_string(now)}, {"expected", std::to_string(last + 1)}});
    if (!line.stray.empty())
      remark(line.number, "stray-numeral", {{"printed", line.stray}, {"heading", one_line(line.text, 60)}});
    if (depth == 1) place_ = {line.major};
    else if (depth == 2) place_ = {place_.section, line.major};
    else if (depth == 3) place_ = {place_.section, place_.part, line.major};
    else place_.group = line.major, place_.subgroup = line.minor;
    for (std::size_t d = static_cast<std::size_t>(depth); d < above_.size(); ++d) above_[d].clear();
    if (line.text.find("場合") != std::string::npos) above_[static_cast<std::size_t>(depth)] = line.text;
    out_.headings.push_back({line.number, depth, one_line(line.text)});
    condition_.clear();
    open_ = false;
    last_numeral_ = nested_ = 0;
  }

  void row(const ChecklistLine& line) {
    if (line.text.empty()) {  // a box alone: the row's that follows; 該当なし alone: the row's above
      if (line.declared == Declared::NotApplicable && open_) out_.rows.back().item.declared = line.declared;
      else lone_box_ = &line;
      return;
    }
    if (is_inside(line)) {
      nested_ = line.numeral;
      return more(line);
    }
    start(line);
  }

  // A numeral that is no row of its own: an example inside the row above, or a stray letter.
  bool is_inside(const ChecklistLine& line) {
    if (!open_ || line.numeral == 0 || line.sure) return false;
    const bool again = line.numeral == 1 && last_numeral_ >= 1;
    const bool follows = nested_ > 0 && line.numeral > nested_;
    const bool next = nested_ > 0 && line.numeral == nested_ + 1;
    const bool bare = line.glyph.empty();
    if (bare && line.label && (again || next)) return true;
    if (bare && again && before_ && ends_with_any(before_->text, {"：", ":"})) return true;
    const bool in_turn = line.numeral == last_numeral_ + 1;
    const bool nearly = line.numeral == last_numeral_ || line.numeral == last_numeral_ + 2;
    if (in_turn && !follows) return bare && line.label && recognised(false) == Recognised::GoesOn;
    const Recognised words = recognised(false);
    return nearly && !again && !follows ? words == Recognised::GoesOn : words != Recognised::Begins;
  }

  // ✓ and the like before text: a tick where the text is the wording of an item without a numeral, else a bullet.
  void maybe_row(const ChecklistLine& line) {
    if (recognised(true) == Recognised::Begins) return start(line);
    ChecklistLine bullet = line;
    if (!line.glyph.empty()) bullet.text = line.glyph + " " + line.text;
    more(bullet);
  }

  // What the words of the row that would begin here are.
  Recognised recognised(bool unnumbered) {
    if (doubts_ == most_doubts) return Recognised::Nothing;
    ++doubts_;
    std::string out = lines_[at_].text;
    const std::size_t end = std::min(lines_.size(), at_ + most_lines);
    for (std::size_t i = at_ + 1; i < end && out.size() < longest_wording; ++i) {
      const auto kind = lines_[i].kind;
      if (kind == LineKind::Row || kind == LineKind::Heading || kind == LineKind::Condition || kind == LineKind::Stamp)
        break;
      append(out, lines_[i].text);
    }
    const std::string_view before = open_ ? std::string_view(out_.rows.back().whole) : std::string_view();
    return recognises_(before.substr(0, longest_wording), out, unnumbered);
  }

  void start(const ChecklistLine& line) {
    if (place_.section != 0 && place_.path() == std::to_string(place_.section) + ".0") {
      remark(line.number, "heading-missing", {{"heading", "(1)"}});
      place_.part = 1;
    }
    ChecklistRow& row = out_.rows.emplace_back();
    row.path = place_.path();
    row.numeral = line.numeral;
    row.upper = line.upper;
    row.glyph = line.glyph;
    ChecklistItem& item = row.item;
    item.line = line.number;
    item.printed = line.printed;
    item.declared = line.declared;
    if (lone_box_ && line.glyph.empty()) row.glyph = lone_box_->glyph, item.declared = lone_box_->declared;
    item.condition = own_condition(line.text);
    if (item.condition.empty()) item.condition = condition_;
    for (auto above = above_.rbegin(); item.condition.empty() && above != above_.rend(); ++above)
      item.condition = *above;
    open_ = true;
    lone_box_ = nullptr;
    nested_ = 0;
    if (line.numeral != 0) last_numeral_ = line.numeral;
    more(line);
    item.notes.insert(item.notes.begin(), notes_before_.begin(), notes_before_.end());
    notes_before_.clear();
  }

  // A line that belongs to the open row: its text, or a note of it. Without an open row, a note waits for the next one
  // and text goes on with the heading.
  void more(const ChecklistLine& line) {
    std::string text = line.text;
    if (line.kind == LineKind::Row && nested_ > 0) text = line.printed + " " + text;
    if (!open_) {
      if (line.kind == LineKind::Note) notes_before_.push_back(text);
      else if (before_ && before_->kind == LineKind::Heading && !out_.headings.empty())
        out_.headings.back().text += one_line(text);
      return;
    }
    ChecklistRow& row = out_.rows.back();
    if (is_only_not_applicable(text) || ends_not_applicable(text)) row.item.declared = Declared::NotApplicable;
    const std::size_t note = find_note(text, 0);
    const std::string_view body = std::string_view(text).substr(0, note);
    if (!body.empty()) say(row, note_is_open(line) ? row.item.notes.back() : row.item.text, body);
    for (std::size_t from = note; from != std::string::npos;) {
      const std::size_t next = find_note(text, from + 1);
      add_note(row, trim(std::string_view(text).substr(from, next - from)));
      from = next;
    }
  }

  static void say(ChecklistRow& row, std::string& where, std::string_view words) {
    append(where, words);
    if (row.whole.size() < longest_whole) append(row.whole, words);
  }

  static void add_note(ChecklistRow& row, std::string_view note) {
    const std::size_t preferred = third_party_sentence(note);
    if (preferred == 0) return say(row, row.item.notes.emplace_back(), note);
    row.item.third_party_preferred = true;
    row.item.notes.emplace_back(note.substr(0, preferred));
    if (const auto rest = trim(note.substr(preferred)); !rest.empty()) say(row, row.item.text, rest);
  }

  // A note that broke off at the line's end goes on with the next text.
  bool note_is_open(const ChecklistLine& line) const {
    const auto& notes = out_.rows.back().item.notes;
    if (!before_ || before_->kind != LineKind::Note || notes.empty()) return false;
    if (line.kind == LineKind::Link) return true;
    return line.kind == LineKind::Text && !ends_with_any(notes.back(), {"。", "）", ")", "」", ">", "望ましい"});
  }

  static void finish(ChecklistItem& item) {
    constexpr std::size_t longest = 20000;
    item.text = one_line(trim(item.text), longest);
    item.condition = one_line(item.condition);
    for (auto& note : item.notes) note = one_line(note, longest);
  }

  void remark(std::size_t line, std::string code, std::vector<std::pair<std::string, std::string>> parameters) {
    out_.diagnostics.push_back({line, std::move(code), std::move(parameters)});
  }

  std::span<const ChecklistLine> lines_;
  const Recognises& recognises_;
  std::size_t at_ = 0, doubts_ = 0;
  const ChecklistLine* before_ = nullptr;  // the line above
  const ChecklistLine* lone_box_ = nullptr;
  Place place_;
  std::array<std::string, 5> above_;  // by depth: headings that are conditions
  std::string condition_;
  std::vector<std::string> notes_before_;
  bool open_ = false;     // a row that takes more lines
  int last_numeral_ = 0;  // as printed, in this list
  int nested_ = 0;        // the last example's numeral
  ChecklistRows out_;
};

}  // namespace

Result<ChecklistRows> checklist_rows(std::span<const ChecklistLine> lines, const Recognises& recognises) {
  return RowReader(lines, recognises).read();
}

}  // namespace kenshin
