#include "reports/checklist/checklist_line.h"

#include <algorithm>
#include <array>
#include <optional>

#include "probes/base/text.h"

namespace kenshin {

namespace {

bool is_blank(char32_t c) {
  return c == U' ' || (c >= U'\t' && c <= U'\r') || c == 0x3000 || c == 0x00A0 || (c >= 0x2000 && c <= 0x200B) ||
         c == 0xFEFF || c == 0xFE0E || c == 0xFE0F;
}

// A mark's plain form: full-width ASCII and the many dashes. Other characters stay.
char32_t plain(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) return c - 0xFEE0;
  if ((c >= 0x2010 && c <= 0x2015) || c == 0x2212) return U'-';
  return is_blank(c) ? U' ' : c;
}

bool is_digit(char32_t c) { return c >= U'1' && c <= U'9'; }

class Cursor {
 public:
  explicit Cursor(std::u32string_view in) : in_(in) { skip_blanks(); }
  bool done() const { return at_ >= in_.size(); }
  char32_t peek(std::size_t ahead = 0) const { return at_ + ahead < in_.size() ? plain(in_[at_ + ahead]) : U'\0'; }
  char32_t as_printed() const { return done() ? U'\0' : in_[at_]; }
  void skip(std::size_t count = 1) { at_ = std::min(in_.size(), at_ + count); }
  bool skip_blanks() {
    const std::size_t from = at_;
    while (!done() && is_blank(in_[at_])) ++at_;
    return at_ > from;
  }
  bool take(std::u32string_view word) {
    for (std::size_t i = 0; i < word.size(); ++i)
      if (peek(i) != word[i]) return false;
    skip(word.size());
    return true;
  }
  std::u32string_view rest() const { return in_.substr(at_); }
  std::size_t at() const { return at_; }
  std::u32string_view since(std::size_t from) const { return in_.substr(from, at_ - from); }

 private:
  std::u32string_view in_;
  std::size_t at_ = 0;
};

std::u32string_view trimmed(std::u32string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

struct Box {
  char32_t glyph;
  Declared declared;
  bool sure;  // never a mere bullet
};
constexpr Box boxes[] = {
    {U'☑', Declared::Ticked, true},  {U'✅', Declared::Ticked, true},  {U'☒', Declared::Ticked, true},
    {U'✔', Declared::Ticked, false}, {U'✓', Declared::Ticked, false}, {U'■', Declared::Ticked, false},
    {U'◼', Declared::Ticked, false}, {U'☐', Declared::Empty, true},   {U'⬜', Declared::Empty, true},
    {U'□', Declared::Empty, false},  {U'◻', Declared::Empty, false},  {U'▢', Declared::Empty, false},
};

const Box* box_at(const Cursor& cursor) {
  const auto at = std::find_if(std::begin(boxes), std::end(boxes),
                               [&](const Box& box) { return box.glyph == cursor.as_printed(); });
  return at == std::end(boxes) ? nullptr : at;
}

// 該当なし, bare or in brackets, with what separates it from the text.
bool take_not_applicable(Cursor& cursor) {
  Cursor tried = cursor;
  constexpr std::u32string_view opening = U"([【「〔", closing = U")]】」〕";
  const auto bracket = opening.find(tried.peek());
  if (tried.done()) return false;
  if (bracket != opening.npos) tried.skip();
  if (!tried.take(U"該当なし") && !tried.take(U"該当無し") && !tried.take(U"非該当")) return false;
  if (bracket != opening.npos && !tried.take(closing.substr(bracket, 1))) return false;
  const bool apart =
      tried.skip_blanks() || tried.done() || tried.take(U":") || bracket != opening.npos || box_at(tried);
  if (!apart) return false;
  tried.skip_blanks();
  cursor = tried;
  return true;
}

struct Marks {
  Declared declared = Declared::None;
  std::string glyph;
  bool boxed = false, sure = false;
};

// Boxes with or without 該当なし, as many as stand in a row: "☑", "□ 該当なし", "□ ☑該当なし", "該当なし".
Marks take_marks(Cursor& cursor) {
  Marks out;
  bool ticked = false, ticked_not_applicable = false, not_applicable = false;
  int count = 0;
  for (; count < 3; ++count) {
    const Box* box = box_at(cursor);
    const bool bracketed = !box && cursor.peek() == U'[' && cursor.peek(2) == U']' &&
                           (cursor.peek(1) == U' ' || lower_ascii(utf8(std::u32string(1, cursor.peek(1)))) == "x");
    const std::size_t from = cursor.at();
    const bool tick = box ? box->declared == Declared::Ticked : bracketed && cursor.peek(1) != U' ';
    if (box) cursor.skip();
    if (bracketed) cursor.skip(3);
    if (box || bracketed) {
      if (out.glyph.empty()) out.glyph = utf8(cursor.since(from));
      out.boxed = true;
      out.sure = out.sure || bracketed || box->sure;
      cursor.skip_blanks();
    }
    const bool label = take_not_applicable(cursor);
    if (!box && !bracketed && !label) break;
    if (tick && label) ticked_not_applicable = true;
    else if (tick) ticked = true;
    else if (label) not_applicable = true;
  }
  if (ticked_not_applicable || (not_applicable && !ticked && count <= 1)) out.declared = Declared::NotApplicable;
  else if (ticked) out.declared = Declared::Ticked;
  else if (out.boxed) out.declared = Declared::Empty;
  out.sure = out.sure || out.declared == Declared::NotApplicable;
  return out;
}

struct Numeral {
  int value = 0;
  bool upper = false;
  std::string printed;
};

// A roman numeral in letters or in characters of its own, and what parts it from the text: a space, or nothing where
// the numeral cannot be a word.
std::optional<Numeral> take_numeral(Cursor& cursor, bool boxed) {
  Cursor tried = cursor;
  std::string letters;
  bool single = false, upper = false;
  while (letters.size() <= 8) {
    const char32_t c = tried.peek();
    if (c >= 0x2160 && c <= 0x217B && c != 0x216C && (c <= 0x216B || c >= 0x2170)) {
      single = true;
      upper = upper || c < 0x2170;
      letters += roman(static_cast<int>(c < 0x2170 ? c - 0x215F : c - 0x216F));
    } else if (c == U'i' || c == U'v' || c == U'x') letters += static_cast<char>(c);
    else if (c == U'I' || c == U'V' || c == U'X') letters += static_cast<char>(c + 32), upper = true;
    else break;
    tried.skip();
  }
  Numeral out;
  for (int value = 1; value < 40 && out.value == 0; ++value)
    if (roman(value) == letters) out.value = value;
  if (out.value == 0) return std::nullopt;
  out.upper = upper;
  out.printed = utf8(tried.since(cursor.at()));
  const bool stop = tried.take(U")") || tried.take(U".");
  const bool no_word = single || ((boxed || stop) && tried.peek() > 0x7F);
  if (!tried.skip_blanks() && !no_word) return std::nullopt;
  if (tried.done()) return std::nullopt;
  cursor = tried;
  return out;
}

// "xviii 1-2) …", "1. …", "(1) …", "1) …": a heading, or nothing.
std::optional<ChecklistLine> heading(std::u32string_view text) {
  ChecklistLine out;
  out.kind = LineKind::Heading;
  Cursor cursor(text);
  if (Cursor tried = cursor; const auto stray = take_numeral(tried, false))
    if (is_digit(tried.peek()) && tried.peek(1) == U'-') out.stray = stray->printed, cursor = tried;
  out.text = utf8(trimmed(cursor.rest()));
  if (cursor.take(U"(")) out.depth = 2;
  if (!is_digit(cursor.peek())) return std::nullopt;
  out.major = static_cast<int>(cursor.peek() - U'0');
  cursor.skip();
  if (out.depth == 2) {
    if (!cursor.take(U")")) return std::nullopt;
  } else if (cursor.take(U".")) out.depth = 1;
  else if (cursor.take(U")")) out.depth = 3;
  else if (cursor.take(U"-") && is_digit(cursor.peek())) {
    out.depth = 4;
    out.minor = static_cast<int>(cursor.peek() - U'0');
    cursor.skip();
    if (!cursor.take(U")")) return std::nullopt;
  } else return std::nullopt;
  const bool spaced = cursor.skip_blanks();
  const char32_t next = cursor.peek();
  if (cursor.done() || (!spaced && next < 0x80)) return std::nullopt;
  out.close = !spaced;
  const bool sentence = (next >= 0x3041 && next <= 0x3096) || out.text.ends_with("。");
  if (out.close && out.depth > 1 && sentence) return std::nullopt;  // "2-2)にあたる…。" is text
  return out;
}

bool is_label(std::u32string_view text) {
  const auto colon = text.find_first_of(U"：:。");
  return colon != text.npos && colon > 0 && colon <= 12 && text[colon] != U'。';
}

ChecklistLine row_or_text(std::u32string_view text) {
  ChecklistLine out;
  Cursor cursor(text);
  bool bullet = false;
  if (cursor.peek() == U'-' && cursor.peek(1) == U' ') cursor.skip(), cursor.skip_blanks(), bullet = true;
  const Marks marks = take_marks(cursor);
  const auto numeral = take_numeral(cursor, marks.boxed);
  const bool row = numeral || marks.sure;
  if (row || marks.boxed) {
    out.kind = row ? LineKind::Row : LineKind::MaybeRow;
    out.declared = marks.declared;
    out.glyph = marks.glyph;
    out.sure = marks.sure;
    if (numeral) {
      out.numeral = numeral->value, out.upper = numeral->upper, out.printed = numeral->printed;
      if (take_not_applicable(cursor)) out.declared = Declared::NotApplicable;
    }
    out.label = is_label(cursor.rest());
  } else if (cursor.peek() == U'※') out.kind = LineKind::Note;
  else if (bullet || cursor.peek() == U'・' || cursor.peek() == U'･' || cursor.peek() == U'●')
    out.kind = LineKind::Bullet;
  else if (Cursor link = cursor; (link.take(U"<"), link.take(U"http"))) out.kind = LineKind::Link;
  else if (cursor.take(U"確認日") || cursor.take(U"確認者")) {
    const char32_t next = cursor.peek();
    if (next == U':' || next == U' ' || next == U'\0') out.kind = LineKind::Stamp;
    cursor = Cursor(text);
  }
  out.text = utf8(trimmed(cursor.rest()));
  return out;
}

struct Brackets {
  char32_t open, close;
};
constexpr Brackets conditions[] = {{U'◀', U'▶'}, {U'«', U'»'}, {U'≪', U'≫'}, {U'《', U'》'}, {U'【', U'】'}};

// A condition at the line's begin or end and what is beside it; nothing where the line holds none.
struct Split {
  std::u32string_view before, condition, after;
};
std::optional<Split> split_condition(std::u32string_view text) {
  for (const auto& [open, close] : conditions) {
    const auto from = text.find(open);
    const auto to = from == text.npos ? text.npos : text.find(close, from);
    if (to == text.npos) continue;
    const Split out{trimmed(text.substr(0, from)), trimmed(text.substr(from + 1, to - from - 1)),
                    trimmed(text.substr(to + 1))};
    if (out.condition.empty()) continue;
    const bool alone = out.before.empty() && out.after.empty();
    if (open == U'【' ? alone && out.condition.find(U"場合") != text.npos
                      : alone || out.before.empty() || (out.after.empty() && out.before.size() > 8))
      return out;
  }
  return std::nullopt;
}

void read_piece(std::u32string_view text, std::size_t number, std::vector<ChecklistLine>& out) {
  auto found = heading(text);
  ChecklistLine line = found ? std::move(*found) : row_or_text(text);
  line.number = number;
  out.push_back(std::move(line));
}

}  // namespace

std::string roman(int value) {
  constexpr std::array<std::string_view, 10> ones = {"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"};
  std::string out(static_cast<std::size_t>(value / 10), 'x');
  return out.append(ones[static_cast<std::size_t>(value % 10)]);
}

std::vector<ChecklistLine> checklist_lines(std::string_view text) {
  std::vector<ChecklistLine> out;
  std::size_t number = 0;
  for (const auto printed : lines(text)) {
    ++number;
    if (trim(printed).empty()) continue;
    const std::u32string points = code_points(printed);
    const std::u32string_view all = trimmed(points);
    if (all.empty()) continue;
    const auto split = split_condition(all);
    if (!split) {
      read_piece(all, number, out);
      continue;
    }
    if (!split->before.empty()) read_piece(split->before, number, out);
    ChecklistLine condition;
    condition.number = number;
    condition.kind = LineKind::Condition;
    condition.text = utf8(split->condition);
    out.push_back(std::move(condition));
    if (!split->after.empty()) read_piece(split->after, number, out);
  }
  return out;
}

}  // namespace kenshin
