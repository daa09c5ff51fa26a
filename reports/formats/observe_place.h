// Where an address stands, as rows of text for engineers (reports/formats/observe_text.h).
#pragma once

#include "probes/place/facts.h"
#include "reports/formats/text_rows.h"

namespace kenshin {

TextRows place_rows(const EndpointPlace&);

}  // namespace kenshin
