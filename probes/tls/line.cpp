#include "probes/tls/line.h"

#include <array>

namespace kenshin {

namespace {

constexpr std::size_t largest_flight = 1024 * 1024;

}  // namespace

Result<Done> Line::more() {
  std::array<std::uint8_t, 16384> buffer{};
  const auto got = socket_.receive(buffer, deadline_);
  if (!got) return got.error();
  if (*got == 0) return Error{Error::Kind::Closed, "closed without an answer"};
  if ((total_ += *got) > largest_flight) return Error{Error::Kind::Malformed, "an endless answer"};
  const Bytes bytes = Bytes(buffer).first(*got);
  if (by_record_) records_.push(bytes);
  else flight_.push(bytes);
  return Done{};
}

Result<FlightEvent> Line::next() {
  for (;;) {
    if (auto event = flight_.next()) return std::move(*event);
    if (const auto got = more(); !got) return got.error();
  }
}

Result<Record> Line::record() {
  by_record_ = true;
  for (;;) {
    auto record = records_.next();
    if (!record) return record.error();
    if (*record) return std::move(**record);
    if (const auto got = more(); !got) return got.error();
  }
}

}  // namespace kenshin
