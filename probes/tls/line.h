// One connection to an endpoint address for a dialogue of several steps: bytes out, flight events in, all before one
// deadline and within a bound of memory.
#pragma once

#include "probes/net/budget.h"
#include "probes/net/socket.h"
#include "probes/tls/flight.h"

namespace kenshin {

class Line {
 public:
  Line(Budget::Lease lease, Socket socket, Deadline deadline)
      : lease_(std::move(lease)), socket_(std::move(socket)), deadline_(deadline) {}

  Result<Done> send(Bytes bytes) { return socket_.send(bytes, deadline_); }
  // The next event in clear. Errors of the connection: Closed, Reset, Timeout; Malformed for an endless answer.
  Result<FlightEvent> next();
  // The next whole record, for who reads beyond the clear text. Not to be mixed with next().
  Result<Record> record();

  Deadline deadline() const { return deadline_; }
  void wait_until(Deadline deadline) { deadline_ = deadline; }  // a step of its own within the dialogue

 private:
  Result<Done> more();

  Budget::Lease lease_;
  Socket socket_;
  Deadline deadline_;
  FlightReader flight_;
  RecordReader records_;
  std::size_t total_ = 0;
  bool by_record_ = false;
};

}  // namespace kenshin
