// Where an address of an endpoint stands, as far as lists on this computer say: nobody is asked. What each list says
// stands apart, with its edition; nothing is concluded here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/base/calendar.h"
#include "probes/place/ip_range.h"

namespace kenshin {

// Cloud: a provider's own list of its ranges and regions. Front: a network that answers from many places at once.
// Delegated: whom a regional Internet registry gave the range (the holder's country). Geo: a country database.
enum class PlaceSource { Cloud, Front, Delegated, Geo };

struct PlaceList {  // one that was looked into
  PlaceSource kind = PlaceSource::Cloud;
  std::string list;  // "AWS"
  std::string edition;
  std::optional<Day> as_of;
  friend bool operator==(const PlaceList&, const PlaceList&) = default;
};

struct PlaceSaid {
  PlaceSource kind = PlaceSource::Cloud;
  std::string list;     // the list's name: for a cloud or a front, the provider
  std::string within;   // the range that was found, "FIRST-LAST"; empty for Geo
  std::string region;   // of a cloud: "ap-northeast-1"; "*": in no one place
  std::string zone;     // where the provider divides a region ("network border group") or names the service
  std::string country;  // ISO 3166-1, of Delegated and Geo
  friend bool operator==(const PlaceSaid&, const PlaceSaid&) = default;
};

struct EndpointPlace {
  static constexpr std::string_view name = "endpoint.place";
  AddressScope scope = AddressScope::Special;
  std::vector<PlaceList> consulted;  // those that hold anything
  std::vector<PlaceSaid> said;       // in the order of `consulted`
  friend bool operator==(const EndpointPlace&, const EndpointPlace&) = default;
};

}  // namespace kenshin
