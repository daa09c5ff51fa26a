// One connection to an endpoint address for a dialogue of several steps: bytes out, flight events in, all before one
// deadline and within a bound of memory.
#pragma once

#include <atomic>

#include "probes/net/budget.h"
#include "probes/net/socket.h"
#include "probes/tls/flight.h"

namespace kenshin {

constexpr std::size_t largest_conversation = 16 * 1024 * 1024;

class Line {
 public:
  // `received` counts the bytes of all lines of a conversation, which are bounded, too; it outlives the line.
  Line(Budget::Lease lease, Socket socket, Deadline deadline, std::atomic<std::size_t>* received = nullptr)
      : lease_(std::move(lease)), socket_(std::move(socket)), deadline_(deadline), received_(received) {}

  Result<Done> send(Bytes bytes) { return socket_.send(bytes, deadline_); }
  // The next event in clear. Errors of the connection: Closed, Reset, Timeout; Malformed for an endless answer.
  Result<FlightEvent> next();
  // The next whole record, for who reads beyond the clear text: none that next() has taken apart.
  Result<Record> record();
  // Whatever bytes come next, for what has no records (SSL 2.0). Not to be mixed with the others.
  Result<Buffer> bytes();

  bool answered() const { return total_ > 0; }  // something has come
  Deadline deadline() const { return deadline_; }
  void wait_until(Deadline deadline) { deadline_ = deadline; }  // a step of its own within the dialogue

 private:
  Result<Done> more();

  Budget::Lease lease_;
  Socket socket_;
  Deadline deadline_;
  FlightReader flight_;
  std::size_t total_ = 0;
  std::atomic<std::size_t>* received_;
};

}  // namespace kenshin
