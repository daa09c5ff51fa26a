// Which entry of the update history is a cumulative update of the system itself. The date of "the last installation"
// counts definitions of Microsoft Defender, so that a PC whose system has not been updated for a year looks current.
// Titles come in the system's language; what tells them apart here does not, apart from the word for "cumulative".
#pragma once

#include <string>
#include <string_view>

namespace kenshin::windows {

enum class UpdateKind { Other, Cumulative, Definitions };

// By title and, where known, the ids of its categories.
UpdateKind kind_of_update(std::string_view title);
bool is_definitions_category(std::string_view category_id);
bool is_security_category(std::string_view category_id);  // security, critical, and update rollups

// "KB5066835", or empty.
std::string kb_of(std::string_view title);

// A package of component based servicing that is a cumulative update: its build and revision ("26100.6899"), or empty.
std::string rollup_version(std::string_view package_name);
// Whether the first of two such versions is the later one.
bool is_later_version(std::string_view, std::string_view);

}  // namespace kenshin::windows
