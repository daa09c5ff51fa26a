// Our side of a key agreement, by libcrypto: RFC 8446 4.2.8, 7.4.
#pragma once

#include "probes/certificate/openssl.h"
#include "probes/tls/facts.h"

namespace kenshin {

class OwnShare {
 public:
  // A fresh pair; Unsupported for a group libcrypto has no exchange of ours for.
  static Result<OwnShare> generate(GroupId);

  GroupId group() const { return group_; }
  Bytes public_value() const { return public_; }  // KeyShareEntry.key_exchange
  // The shared secret; Malformed where the other side's value is none of the group.
  Result<Buffer> agree(Bytes other) const;

 private:
  OwnShare(GroupId group, OwnedKey key, Buffer value)
      : group_(group), key_(std::move(key)), public_(std::move(value)) {}

  GroupId group_;
  OwnedKey key_;
  Buffer public_;
};

}  // namespace kenshin
