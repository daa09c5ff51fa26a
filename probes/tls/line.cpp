#include "probes/tls/line.h"

#include <array>

namespace kenshin {

namespace {

constexpr std::size_t largest_flight = 1024 * 1024;

}  // namespace

Result<Buffer> Line::bytes() {
  std::array<std::uint8_t, 16384> buffer{};
  const auto got = socket_.receive(buffer, deadline_);
  if (!got) return got.error();
  if (*got == 0) return Error{Error::Kind::Closed, "closed without an answer"};
  if ((total_ += *got) > largest_flight) return Error{Error::Kind::Malformed, "an endless answer"};
  if (received_ != nullptr && (*received_ += *got) > largest_conversation)
    return Error{Error::Kind::Malformed, "endless answers"};
  return Buffer(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
}

Result<Done> Line::more() {
  const auto got = bytes();
  if (!got) return got.error();
  flight_.push(*got);
  return Done{};
}

Result<FlightEvent> Line::next() {
  for (;;) {
    if (auto event = flight_.next()) return std::move(*event);
    if (const auto got = more(); !got)
      return answered() ? Error{got.error().kind, "after the answer began"} : got.error();
  }
}

Result<Record> Line::record() {
  for (;;) {
    auto record = flight_.records().next();
    if (!record) return record.error();
    if (*record) return std::move(**record);
    if (const auto got = more(); !got) return got.error();
  }
}

}  // namespace kenshin
