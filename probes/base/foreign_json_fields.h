// Members of JSON that others wrote, of which only some matter: what is not there, or has another type, is nothing.
// Include only in .cpp files.
#pragma once

#include <string>

#include "probes/base/json_fields.h"

namespace kenshin {

// nullptr where it is no object or has no such member.
inline const Json* member(const Json& object, const char* key) {
  if (!object.is_object()) return nullptr;
  const auto at = object.find(key);
  return at == object.end() ? nullptr : &*at;
}

// Empty where it is no text.
inline std::string text_member(const Json& object, const char* key) {
  const Json* at = member(object, key);
  return at != nullptr && at->is_string() ? at->get<std::string>() : std::string();
}

}  // namespace kenshin
