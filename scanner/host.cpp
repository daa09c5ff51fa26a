// kenshin host: this machine's facts as kenshin.host-facts/1.
#include <array>

#include "probes/host/this_host.h"
#include "scanner/commands.h"

namespace kenshin {

namespace {
constexpr auto options = std::to_array<Option>({{"out,o", Takes::Value, "FILE"}, {"label", Takes::Value, "NAME"}});
}  // namespace

const std::span<const Option> host_options = options;

}  // namespace kenshin
