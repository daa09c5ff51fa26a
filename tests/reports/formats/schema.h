// As much of JSON Schema draft-07 as docs/schema/ uses: type, const, enum, pattern, minimum, maximum, minLength,
// properties, required, additionalProperties, propertyNames, items, anyOf, oneOf, allOf, if/then/else, $ref to
// definitions. An unknown keyword throws, so that no rule is skipped in silence.
#pragma once

#include <regex>
#include <set>
#include <stdexcept>
#include <string>

#include "probes/base/json_fields.h"

namespace kenshin {

class Schema {
 public:
  explicit Schema(Json root) : root_(std::move(root)) {}

  // "" where the value fits, else the first place where it does not.
  std::string fault(const Json& value) const { return check(root_, value, ""); }
  std::string fault(const Json& value, const std::string& definition) const {
    return check(root_.at("definitions").at(definition), value, "");
  }

 private:
  static bool has_type(const Json& rule, const Json& value) {
    if (rule.is_array())
      return std::any_of(rule.begin(), rule.end(), [&](const Json& one) { return has_type(one, value); });
    const auto type = rule.get<std::string>();
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_number_integer();
    if (type == "boolean") return value.is_boolean();
    if (type == "null") return value.is_null();
    throw std::logic_error("schema type " + type);
  }

  std::string check(const Json& schema, const Json& value, const std::string& at) const {
    static const std::set<std::string> ignored = {"$schema",     "$id",  "title", "description",
                                                  "definitions", "then", "else",  "format"};
    for (const auto& [keyword, rule] : schema.items()) {
      if (ignored.contains(keyword)) continue;
      if (std::string fault = check(keyword, rule, schema, value, at); !fault.empty()) return fault;
    }
    return {};
  }

  std::string check(const std::string& keyword, const Json& rule, const Json& schema, const Json& value,
                    const std::string& at) const {
    const auto wrong = [&] { return at + ": " + keyword + " " + rule.dump() + ", not " + value.dump().substr(0, 80); };
    if (keyword == "$ref") return check(root_.at("definitions").at(rule.get<std::string>().substr(14)), value, at);
    if (keyword == "type") return has_type(rule, value) ? "" : wrong();
    if (keyword == "const") return value == rule ? "" : wrong();
    if (keyword == "enum") return std::find(rule.begin(), rule.end(), value) != rule.end() ? "" : wrong();
    if (keyword == "pattern")
      return std::regex_match(value.get<std::string>(), std::regex(rule.get<std::string>())) ? "" : wrong();
    if (keyword == "minimum") return !value.is_number() || value.get<double>() >= rule.get<double>() ? "" : wrong();
    if (keyword == "maximum") return !value.is_number() || value.get<double>() <= rule.get<double>() ? "" : wrong();
    if (keyword == "minLength")
      return !value.is_string() || value.get<std::string>().size() >= rule.get<std::size_t>() ? "" : wrong();
    if (keyword == "required") {
      for (const auto& key : rule)
        if (!value.contains(key.get<std::string>())) return wrong();
      return {};
    }
    if (keyword == "properties") return properties(rule, value, at);
    if (keyword == "additionalProperties") return extra(rule, schema, value, at);
    if (keyword == "propertyNames") {
      for (const auto& [key, member] : value.items())
        if (std::string fault = check(rule, Json(key), at + "/" + key); !fault.empty()) return fault;
      return extra(Json::object(), schema, value, at);
    }
    if (keyword == "items") {
      for (std::size_t i = 0; i < value.size(); ++i)
        if (std::string fault = check(rule, value[i], at + "/" + std::to_string(i)); !fault.empty()) return fault;
      return {};
    }
    if (keyword == "allOf") {
      for (const auto& part : rule)
        if (std::string fault = check(part, value, at); !fault.empty()) return fault;
      return {};
    }
    if (keyword == "anyOf" || keyword == "oneOf") {
      std::size_t fits = 0;
      for (const auto& part : rule) fits += check(part, value, at).empty();
      return fits == 1 || (fits > 1 && keyword == "anyOf") ? "" : wrong();
    }
    if (keyword == "if") {
      const bool fits = check(rule, value, at).empty();
      const auto rest = schema.find(fits ? "then" : "else");
      return rest == schema.end() ? "" : check(*rest, value, at);
    }
    throw std::logic_error("schema keyword " + keyword);
  }

  std::string properties(const Json& rule, const Json& value, const std::string& at) const {
    for (const auto& [key, member] : rule.items())
      if (value.contains(key))
        if (std::string fault = check(member, value[key], at + "/" + key); !fault.empty()) return fault;
    return {};
  }
  std::string extra(const Json& rule, const Json& schema, const Json& value, const std::string& at) const {
    for (const auto& [key, member] : value.items()) {
      if (schema.contains("properties") && schema["properties"].contains(key)) continue;
      if (rule.is_boolean() && !rule.get<bool>()) return at + "/" + key + ": not in the schema";
      if (rule.is_object())
        if (std::string fault = check(rule, member, at + "/" + key); !fault.empty()) return fault;
    }
    return {};
  }

  Json root_;
};

}  // namespace kenshin
