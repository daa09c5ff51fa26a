// Identifiers that cannot be taken for one another.
#pragma once

#include <compare>
#include <string>

namespace kenshin {

template <class Tag>
struct Id {
  std::string text;
  friend auto operator<=>(const Id&, const Id&) = default;
};

using ObservationId = Id<struct ObservationTag>;  // "o17", unique within one facts file
using CriterionId = Id<struct CriterionTag>;      // "tls.version.floor"; never carries a severity
using ItemId = Id<struct ItemTag>;                // "2.5.2-1.xii", a row of the ministry's checklist

}  // namespace kenshin
