#include "probes/place/ranges.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <stdexcept>

#include "probes/base/text.h"
#include "probes/place/facts_fields.h"

namespace kenshin {

namespace {

constexpr std::size_t largest_list = std::size_t{64} << 20;
constexpr std::size_t most_labels = 5000;
constexpr std::size_t longest_word = 80;

// The index of each label, in the order in which they come.
class Labels {
 public:
  explicit Labels(std::vector<RangeLabel>& all) : all_(all) {}
  std::uint32_t index(const RangeLabel& label) {
    const auto [at, fresh] = known_.emplace(label, static_cast<std::uint32_t>(all_.size()));
    if (fresh) all_.push_back(label);
    return at->second;
  }

 private:
  std::vector<RangeLabel>& all_;
  std::map<RangeLabel, std::uint32_t> known_;
};

bool is_word(std::string_view text) {
  return !text.empty() && text.size() <= longest_word && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_.*").find(c) != std::string_view::npos;
  });
}

// Of two labels for one and the same range.
RangeLabel either(const RangeLabel& a, const RangeLabel& b) {
  if (a.region == b.region) return a < b ? a : b;
  if (a.region == "*") return a;
  if (b.region == "*") return b;
  return {"*", "ambiguous"};
}

// Walks nested ranges from the left and keeps, for every address, the narrowest one open there.
class Flattening {
 public:
  explicit Flattening(RangeList& into) : into_(into), labels_(into.labels) {}

  Result<Done> run(const std::vector<SaidRange>& sorted) {
    for (const SaidRange& said : sorted) {
      while (!open_.empty() && open_.back()->range.last < said.range.first) close();
      if (!open_.empty()) {
        if (open_.back()->range.last < said.range.last)
          return Error{Error::Kind::Malformed,
                       to_text(open_.back()->range) + " and " + to_text(said.range) + " overlap"};
        if (from_ < said.range.first) keep({from_, previous(said.range.first)}, open_.back()->label);
      }
      open_.push_back(&said);
      from_ = said.range.first;
    }
    while (!open_.empty()) close();
    return Done{};
  }

 private:
  void close() {
    const SaidRange& said = *open_.back();
    open_.pop_back();
    if (!past_all_ && from_ <= said.range.last) keep({from_, said.range.last}, said.label);
    from_ = next(said.range.last);
    past_all_ = from_ == IpAddress{};
  }
  void keep(const IpRange& range, const RangeLabel& label) {
    const std::uint32_t index = labels_.index(label);
    auto& ranges = into_.ranges;
    if (!ranges.empty() && ranges.back().label == index && next(ranges.back().range.last) == range.first)
      ranges.back().range.last = range.last;
    else ranges.push_back({range, index});
  }

  RangeList& into_;
  Labels labels_;
  std::vector<const SaidRange*> open_;  // each within the one before
  IpAddress from_;                      // not yet kept
  bool past_all_ = false;               // there is no address left
};

// The lines of a file one after the other, for errors with their number.
class RangeLines {
 public:
  RangeLines(std::string_view text, std::string_view file) : rest_(text), file_(file) {}
  bool done() const { return rest_.empty(); }
  std::string_view take() {
    ++line_;
    const auto end = rest_.find('\n');
    const std::string_view out = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view{} : rest_.substr(end + 1);
    return out;
  }
  Error fault(std::string_view what) const {
    return {Error::Kind::Malformed, std::string(file_) + ":" + std::to_string(line_) + ": " + std::string(what)};
  }

 private:
  std::string_view rest_, file_;
  std::size_t line_ = 0;
};

constexpr std::string_view members[] = {"name", "kind", "edition", "as_of", "source", "mark", "rows"};

Result<std::size_t> read_head(RangeLines& in, RangeList& out) {
  if (in.take() != "kenshin-ranges/1") return in.fault("expected kenshin-ranges/1");
  std::map<std::string_view, std::string> head;
  for (const auto member : members) {
    const std::string_view line = in.take();
    if (!line.starts_with(member) || line.size() <= member.size() + 1 || line[member.size()] != '\t')
      return in.fault("expected " + std::string(member) + ", a tab and its value");
    const std::string_view value = line.substr(member.size() + 1);
    if (value != one_line(value, 400)) return in.fault("not a line of plain text");
    head[member] = value;
    if (member == "kind" && (!from_key(value, out.kind) || out.kind == PlaceSource::Geo))
      return in.fault("kind is cloud, front or delegated");
    if (member == "mark" && value != "confirmed" && value != "secondary" && value != "recalled" && value != "policy")
      return in.fault("not a known mark");
    if (member != "as_of" || value == "-") continue;
    const auto day = parse_day(value);
    if (!day) return in.fault("as_of is a day or \"-\"");
    out.as_of = *day;
  }
  out.name = head["name"];
  out.edition = head["edition"];
  out.source = head["source"];
  out.mark = head["mark"];
  std::size_t rows = 0;
  const std::string& text = head["rows"];
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), rows);
  if (error != std::errc{} || end != text.data() + text.size()) return in.fault("rows is a number");
  if ((rows > 0) != out.as_of.has_value()) return in.fault("a list has a date, an empty one has none");
  return rows;
}

}  // namespace

const LabelledRange* RangeList::find(const IpAddress& address) const {
  const auto behind = std::upper_bound(ranges.begin(), ranges.end(), address,
                                       [](const IpAddress& a, const LabelledRange& r) { return a < r.range.first; });
  if (behind == ranges.begin()) return nullptr;
  const LabelledRange& before = *(behind - 1);
  return address <= before.range.last ? &before : nullptr;
}

Result<Done> make_ranges(std::vector<SaidRange> said, RangeList& into) {
  std::stable_sort(said.begin(), said.end(), [](const SaidRange& a, const SaidRange& b) {
    return a.range.first != b.range.first ? a.range.first < b.range.first : b.range.last < a.range.last;
  });
  std::vector<SaidRange> apart;
  for (SaidRange& one : said) {
    if (!apart.empty() && apart.back().range == one.range) apart.back().label = either(apart.back().label, one.label);
    else apart.push_back(std::move(one));
  }
  into.labels.clear();
  into.ranges.clear();
  return Flattening(into).run(apart);
}

Result<RangeList> load_ranges(std::string_view text, std::string_view file_name) {
  RangeLines in(text, file_name);
  if (text.size() > largest_list) return in.fault("larger than 64 MiB");
  RangeList out;
  const auto rows = read_head(in, out);
  if (!rows) return rows.error();
  Labels labels(out.labels);
  while (!in.done()) {
    const auto columns = split(in.take(), '\t');
    if (columns.size() != 3 || !is_word(columns[1]) || !is_word(columns[2]))
      return in.fault("expected FIRST-LAST, a region or country, and a zone or \"-\"");
    const auto range = parse_ip_range(columns[0]);
    if (!range) return in.fault(range.error().detail);
    if (!out.ranges.empty() && range->first <= out.ranges.back().range.last)
      return in.fault("ranges ascend and lie apart");
    out.ranges.push_back(
        {*range, labels.index({std::string(columns[1]), columns[2] == "-" ? "" : std::string(columns[2])})});
    if (out.labels.size() > most_labels) return in.fault("more regions than there are");
  }
  if (out.ranges.size() != *rows)
    return in.fault(std::to_string(*rows) + " rows are said, " + std::to_string(out.ranges.size()) + " are there");
  return out;
}

std::string ranges_text(const RangeList& list) {
  std::string out = "kenshin-ranges/1\nname\t" + list.name + "\nkind\t" + to_key(list.kind) + "\nedition\t" +
                    list.edition + "\nas_of\t" + (list.as_of ? to_text(*list.as_of) : "-") + "\nsource\t" +
                    list.source + "\nmark\t" + list.mark + "\nrows\t" + std::to_string(list.ranges.size()) + "\n";
  for (const LabelledRange& row : list.ranges) {
    const RangeLabel& label = list.labels[row.label];
    out += to_text(row.range) + "\t" + label.region + "\t" + (label.zone.empty() ? "-" : label.zone) + "\n";
  }
  return out;
}

Result<std::vector<RangeFile>> read_ranges(const DataFiles& data) {
  std::vector<RangeFile> out;
  for (const std::string& path : data.list(ranges_folder)) {
    if (!path.ends_with(".ranges")) continue;
    const auto text = data.read(path);
    if (!text) return text.error();
    auto list = load_ranges(*text, path);
    if (!list) return list.error();
    out.push_back({path, std::move(*list)});
  }
  return out;
}

std::span<const RangeFile> shipped_ranges() {
  static const std::vector<RangeFile> shipped = [] {
    auto read = read_ranges(installed_data());
    if (!read) throw std::runtime_error(read.error().detail);
    return std::move(*read);
  }();
  return shipped;
}

}  // namespace kenshin
