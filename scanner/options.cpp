#include "scanner/options.h"

#include <algorithm>
#include <boost/program_options.hpp>

#include "probes/base/text.h"

namespace kenshin {

namespace po = boost::program_options;

namespace {

std::string_view long_name(const Option& option) { return option.name.substr(0, option.name.find(',')); }

po::options_description description(std::span<const Option> options) {
  po::options_description out;
  for (const auto& option : options) {
    const std::string name(option.name);
    if (option.takes == Takes::Nothing) out.add_options()(name.c_str(), "");
    else out.add_options()(name.c_str(), po::value<std::vector<std::string>>()->composing(), "");
  }
  return out;
}

Error usage(std::string detail) { return {Error::Kind::Malformed, std::move(detail)}; }

}  // namespace

std::string Arguments::value(std::string_view option, std::string_view otherwise) const {
  const auto at = values_.find(option);
  return at == values_.end() || at->second.empty() ? std::string(otherwise) : at->second.back();
}

std::vector<std::string> Arguments::values(std::string_view option) const {
  const auto at = values_.find(option);
  return at == values_.end() ? std::vector<std::string>{} : at->second;
}

Result<Arguments> parse_arguments(std::span<const Option> options, const std::vector<std::string>& words) {
  using style = po::command_line_style::style_t;
  constexpr int plain = style::allow_long | style::long_allow_adjacent | style::long_allow_next | style::allow_short |
                        style::short_allow_next | style::short_allow_adjacent | style::allow_dash_for_short;
  Arguments out;
  try {
    const auto known = description(options);
    const auto parsed = po::command_line_parser(words).options(known).style(plain).allow_unregistered().run();
    for (const auto& word : parsed.options) {
      if (word.position_key >= 0) {
        out.positional.insert(out.positional.end(), word.value.begin(), word.value.end());
        continue;
      }
      const auto row = std::find_if(options.begin(), options.end(),
                                    [&](const Option& o) { return long_name(o) == word.string_key; });
      if (word.unregistered || row == options.end()) {
        std::vector<std::string_view> names;
        for (const auto& option : options) names.push_back(long_name(option));
        const auto meant = nearest(word.string_key, names);
        const std::string typed = word.original_tokens.empty() ? word.string_key : word.original_tokens.front();
        return usage("unknown option " + one_line(typed, 80) +
                     (meant.empty() ? "" : "; did you mean --" + std::string(meant) + "?"));
      }
      auto& values = out.values_[word.string_key];
      if (row->takes == Takes::Value && !values.empty()) return usage("--" + word.string_key + " is given twice");
      values.insert(values.end(), word.value.begin(), word.value.end());
    }
  } catch (const po::error& error) {
    return usage(one_line(error.what(), 200));
  }
  return out;
}

std::string options_help(std::span<const Option> options, const Wording& say) {
  std::string out;
  for (const auto& option : options) {
    std::string left = "  --" + std::string(long_name(option));
    if (const auto comma = option.name.find(','); comma != std::string_view::npos)
      left = "  -" + std::string(option.name.substr(comma + 1)) + ", --" + std::string(long_name(option));
    if (option.takes != Takes::Nothing) left += " " + std::string(option.value_name);
    constexpr std::size_t column = 30;
    const auto width = display_width(left);
    left += width + 2 > column ? "\n" + std::string(column, ' ') : std::string(column - width, ' ');
    out += left + say("cli.option." + std::string(long_name(option))) + "\n";
  }
  return out;
}

}  // namespace kenshin
