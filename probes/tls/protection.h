// TLS 1.3 records under encryption, one direction: RFC 8446 5.2, 5.3, 7.2, 7.3.
#pragma once

#include "probes/tls/flight.h"
#include "probes/tls/key_schedule.h"

namespace kenshin {

class Protection {
 public:
  Protection(const Suite13&, Buffer traffic_secret);

  // A whole record that holds `content` of that type, of at most 2^14 bytes.
  Buffer seal(std::uint8_t type, Bytes content);
  // The record's content with its inner type. Malformed where it is not authentic or holds nothing.
  Result<Record> open(const Record&);
  // After a KeyUpdate.
  void update();

 private:
  void take_keys();
  Buffer nonce();  // of the next record

  Suite13 suite_;
  Buffer secret_, key_, iv_;
  std::uint64_t records_ = 0;
};

}  // namespace kenshin
