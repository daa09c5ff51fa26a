#include "probes/place/foreign_ranges.h"

#include <algorithm>
#include <charconv>

#include "probes/base/foreign_json_fields.h"
#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::size_t largest_file = std::size_t{64} << 20;
constexpr std::size_t most_ranges = 2'000'000;

// What went wrong first ends the reading.
class ForeignReading {
 public:
  explicit ForeignReading(const ForeignRanges& in) : in_(in) {}

  Error fault(const std::string& what) const {
    return {Error::Kind::Malformed, one_line(in_.file_name, 200) + ": " + what};
  }
  bool add(std::string_view prefix, RangeLabel label) {
    const auto range = parse_prefix(prefix);
    if (!range) return trouble(range.error().detail);
    return add(*range, std::move(label));
  }
  bool add(const IpRange& range, RangeLabel label) {
    if (said_.size() >= most_ranges) return trouble("more ranges than anybody has");
    if (!is_name(label.region) || (!label.zone.empty() && !is_name(label.zone)))
      return trouble("not the name of a region: " + one_line(label.region + " " + label.zone, 80));
    said_.push_back({range, std::move(label)});
    return true;
  }
  bool trouble(std::string what) { return trouble_ = std::move(what), false; }

  Result<RangeList> finish(RangeList list) {
    if (!trouble_.empty()) return fault(trouble_);
    if (said_.empty()) return fault("no ranges");
    if (!list.as_of) return fault("of which day it is, is not said in it: say it with --as-of DAY");
    if (list.edition.empty()) list.edition = to_text(*list.as_of);
    list.edition = one_line(list.edition, 80);
    list.source = in_.source;
    list.mark = "confirmed";
    if (const auto made = make_ranges(std::move(said_), list); !made) return fault(made.error().detail);
    return list;
  }

 private:
  static bool is_name(std::string_view text) {
    return !text.empty() && text.size() <= 80 && std::all_of(text.begin(), text.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
             c == '.' || c == '*';
    });
  }

  const ForeignRanges& in_;
  std::vector<SaidRange> said_;
  std::string trouble_;
};

// A member that is text; empty where it is not there or something else.
const Json* array_at(const Json& in, const char* key) {
  const Json* at = member(in, key);
  return at != nullptr && at->is_array() ? at : nullptr;
}

// The day a time stamp begins with: "2026-11-20-21-43-03", "2026-11-20T12:04:50.12".
std::optional<Day> day_in(const std::string& text) {
  const auto day = parse_day(std::string_view(text).substr(0, 10));
  return day ? std::optional(*day) : std::nullopt;
}

// "20261120".
std::optional<Day> packed_day(std::string_view text) {
  if (text.size() != 8) return std::nullopt;
  const std::string dashed =
      std::string(text.substr(0, 4)) + "-" + std::string(text.substr(4, 2)) + "-" + std::string(text.substr(6));
  const auto day = parse_day(dashed);
  return day ? std::optional(*day) : std::nullopt;
}

// Services that answer from wherever the caller is near, whatever region their range stands under.
bool is_everywhere(std::string_view region, std::string_view service) {
  return region == "GLOBAL" || service.starts_with("CLOUDFRONT") || service == "GLOBALACCELERATOR" ||
         service == "ROUTE53";
}

Result<RangeList> read_aws(const Json& in, ForeignReading& reading) {
  RangeList out;
  out.name = "AWS";
  out.edition = text_member(in, "syncToken");
  out.as_of = day_in(text_member(in, "createDate"));
  const auto rows = [&](const char* list, const char* prefix) {
    const Json* all = array_at(in, list);
    if (all == nullptr) return reading.trouble(std::string("no ") + list);
    for (const Json& row : *all) {
      const std::string region = text_member(row, "region"), service = text_member(row, "service");
      const bool everywhere = is_everywhere(region, service);
      const RangeLabel label =
          everywhere ? RangeLabel{"*", service} : RangeLabel{region, text_member(row, "network_border_group")};
      if (!reading.add(text_member(row, prefix), label)) return false;
    }
    return true;
  };
  if (rows("prefixes", "ip_prefix")) rows("ipv6_prefixes", "ipv6_prefix");
  return reading.finish(std::move(out));
}

Result<RangeList> read_google(const Json& in, ForeignReading& reading) {
  RangeList out;
  out.name = "Google";
  out.edition = text_member(in, "syncToken");
  out.as_of = day_in(text_member(in, "creationTime"));
  if (const Json* all = array_at(in, "prefixes"))
    for (const Json& row : *all) {
      const std::string v4 = text_member(row, "ipv4Prefix"), scope = text_member(row, "scope");
      if (!reading.add(v4.empty() ? text_member(row, "ipv6Prefix") : v4, {scope == "global" ? "*" : scope, ""})) break;
    }
  return reading.finish(std::move(out));
}

// Of the tags, those of a region ("AzureCloud.japaneast") and of Front Door, which answers from everywhere.
Result<RangeList> read_azure(const Json& in, ForeignReading& reading, std::optional<Day> as_of) {
  RangeList out;
  out.name = "Azure";
  if (const auto at = in.find("changeNumber"); at != in.end() && at->is_number_integer())
    out.edition = std::to_string(at->get<std::int64_t>());
  out.as_of = as_of;
  constexpr std::string_view of_region = "AzureCloud.", of_front = "AzureFrontDoor.";
  if (const Json* all = array_at(in, "values"))
    for (const Json& tag : *all) {
      const std::string name = text_member(tag, "name");
      const bool front = name.starts_with(of_front);
      if (!front && !name.starts_with(of_region)) continue;
      const auto properties = tag.find("properties");
      const Json* prefixes = properties == tag.end() ? nullptr : array_at(*properties, "addressPrefixes");
      if (prefixes == nullptr) return reading.fault(one_line(name, 80) + " has no addressPrefixes");
      const RangeLabel label = front ? RangeLabel{"*", name} : RangeLabel{name.substr(of_region.size()), ""};
      for (const Json& prefix : *prefixes)
        if (!reading.add(prefix.is_string() ? prefix.get<std::string>() : std::string(), label))
          return reading.finish(std::move(out));
    }
  return reading.finish(std::move(out));
}

Result<RangeList> read_oracle(const Json& in, ForeignReading& reading) {
  RangeList out;
  out.name = "Oracle";
  out.edition = text_member(in, "last_updated_timestamp");
  out.as_of = day_in(out.edition);
  if (const Json* all = array_at(in, "regions"))
    for (const Json& region : *all) {
      const Json* cidrs = array_at(region, "cidrs");
      if (cidrs == nullptr) return reading.fault("a region without cidrs");
      for (const Json& cidr : *cidrs)
        if (!reading.add(text_member(cidr, "cidr"), {text_member(region, "region"), ""}))
          return reading.finish(std::move(out));
    }
  return reading.finish(std::move(out));
}

std::optional<std::uint64_t> count_in(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string registry_name_of(std::string_view word) {
  if (word == "ripencc") return "RIPE";
  for (const char* known : {"AFRINIC", "APNIC", "ARIN", "LACNIC"})
    if (lower_ascii(known) == word) return known;
  return {};
}

bool is_country(std::string_view text) {
  return text.size() == 2 && text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
}

// "VERSION|REGISTRY|SERIAL|RECORDS|FIRST|LAST|OFFSET", then "REGISTRY|CC|TYPE|START|VALUE|DATE|STATUS[|ID]".
Result<RangeList> read_delegated(const ForeignRanges& in, ForeignReading& reading) {
  RangeList out;
  out.kind = PlaceSource::Delegated;
  std::uint64_t records = 0, seen = 0;
  for (const std::string_view line : lines(in.text)) {
    if (line.empty() || line.front() == '#') continue;
    const auto columns = split(line, '|');
    if (out.name.empty()) {
      const auto said = columns.size() == 7 && columns[0].starts_with("2") ? count_in(columns[3]) : std::nullopt;
      out.name = said ? registry_name_of(columns[1]) : std::string();
      if (out.name.empty()) return reading.fault("not the head of a delegated-extended file of the five registries");
      out.edition = one_line(columns[2], 40);
      out.as_of = packed_day(columns[5]);
      records = *said;
      continue;
    }
    if (columns.size() >= 6 && columns.back() == "summary") continue;
    if (columns.size() < 7) return reading.fault("a row with too few columns: " + one_line(line, 80));
    ++seen;
    const bool held = columns[6] == "allocated" || columns[6] == "assigned";
    if (!held || !is_country(columns[1]) || columns[1] == "ZZ" || columns[2] == "asn") continue;
    const bool v6 = columns[2] == "ipv6";
    const auto count = count_in(columns[4]);
    if (!v6 && columns[2] != "ipv4") return reading.fault("neither ipv4, ipv6 nor asn: " + one_line(line, 80));
    const auto range = v6 ? parse_prefix(std::string(columns[3]) + "/" + std::string(columns[4]))
                          : ipv4_run(columns[3], count.value_or(0));
    if (!range) return reading.fault(range.error().detail);
    if (!reading.add(*range, {std::string(columns[1]), ""})) break;
  }
  if (seen < records)
    return reading.fault("cut short: " + std::to_string(records) + " records are said, " + std::to_string(seen) +
                         " are there");
  return reading.finish(std::move(out));
}

Result<RangeList> read_plain(const ForeignRanges& in, ForeignReading& reading) {
  RangeList out;
  out.kind = PlaceSource::Front;
  out.name = one_line(trim(in.provider), 60);
  if (out.name.empty()) return reading.fault("whose ranges these are, is not said in it: say it with --provider NAME");
  out.as_of = in.as_of;
  for (const std::string_view line : lines(in.text)) {
    const std::string_view prefix = trim(line.substr(0, line.find('#')));
    if (!prefix.empty() && !reading.add(prefix, {"*", ""})) break;
  }
  return reading.finish(std::move(out));
}

}  // namespace

std::optional<RangeFormat> range_format_of(std::string_view text) {
  const std::string_view begin = trim(text.substr(0, 4096));
  if (begin.starts_with("{")) {
    const std::string_view head = text.substr(0, std::size_t{64} << 10);
    const auto has = [&](std::string_view member) { return head.find(member) != std::string_view::npos; };
    if (has("\"ip_prefix\"") && has("\"createDate\"")) return RangeFormat::Aws;
    if (has("\"creationTime\"") && (has("\"ipv4Prefix\"") || has("\"ipv6Prefix\""))) return RangeFormat::Google;
    if (has("\"changeNumber\"") && has("\"values\"")) return RangeFormat::Azure;
    if (has("\"last_updated_timestamp\"") && has("\"cidrs\"")) return RangeFormat::Oracle;
    return std::nullopt;
  }
  std::string_view first;
  for (const std::string_view line : lines(begin)) {
    first = trim(line.substr(0, line.find('#')));
    if (!first.empty()) break;
  }
  if (first.starts_with("2") && std::count(first.begin(), first.end(), '|') == 6) return RangeFormat::Delegated;
  if (parse_prefix(first)) return RangeFormat::Plain;
  return std::nullopt;
}

Result<RangeList> read_foreign_ranges(RangeFormat format, const ForeignRanges& in) {
  ForeignReading reading(in);
  if (in.text.size() > largest_file) return reading.fault("larger than 64 MiB");
  if (format == RangeFormat::Delegated) return read_delegated(in, reading);
  if (format == RangeFormat::Plain) return read_plain(in, reading);
  const auto json = parse_json(in.text, one_line(in.file_name, 200));
  if (!json) return json.error();
  if (!json->is_object()) return reading.fault("expected an object");
  switch (format) {
    case RangeFormat::Aws: return read_aws(*json, reading);
    case RangeFormat::Google: return read_google(*json, reading);
    case RangeFormat::Azure: return read_azure(*json, reading, in.as_of);
    default: return read_oracle(*json, reading);
  }
}

std::string ranges_path(const RangeList& list) {
  std::string name;
  for (const char c : lower_ascii(list.name)) name += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-';
  if (list.name == "RIPE") name = "ripencc";
  return std::string(ranges_folder) + (list.kind == PlaceSource::Front ? "front-" : "") + name + ".ranges";
}

}  // namespace kenshin
