// Extended Security Updates of Windows 10, version 22H2 (build 19045). Commercial: an activated licence of a known id
// (SoftwareLicensingProduct). Consumer: what the enrolment writes below the user's key, which is not documented.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "probes/host/facts.h"

namespace kenshin::windows {

// The year (1, 2, 3) that a licence id stands for; nothing for any other id.
std::optional<int> esu_year(std::string_view licence_id);

// The ids as a WQL condition: ID = '…' OR ID = '…'.
std::string esu_condition();

// Yes only where two things agree: the enrolment says so, and a revision is installed that came after the end of
// ordinary support. One alone is unknown; so is silence, because the key belongs to the user who enrolled.
Answer consumer_esu(std::optional<int> ubr, std::span<const int> eligibility_of_users);

// What can be asked of this Windows: 22H2 of Windows 10 has the programme, Windows 11 needs none, and of others
// (servers, older builds) the licences are not known here.
enum class EsuProgramme { NotKnown, NotNeeded, Windows10 };
EsuProgramme esu_programme(std::optional<int> build, std::string_view type);

}  // namespace kenshin::windows
