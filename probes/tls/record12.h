// Record protection of TLS 1.0 to 1.2, one direction of one connection: RFC 5246 6.2.3 and 6.3, RFC 2246 6.2.3, RFC
// 7366 (encrypt-then-MAC), RFC 5288 3 (GCM), RFC 7905 2 (ChaCha20). Beside sealing properly it seals what the caller
// built, for records no library would send.
#pragma once

#include "probes/certificate/openssl.h"
#include "probes/tls/flight.h"
#include "probes/tls/prf.h"

namespace kenshin {

struct DirectionKeys {
  Buffer mac, key, iv;
};
struct KeyBlock {
  DirectionKeys client, server;
};
KeyBlock key_block(const Suite12&, TlsVersion, Bytes master, const HelloRandoms&);

// A whole record, header and fragment.
Buffer record_of(std::uint8_t type, TlsVersion, Bytes fragment);

class Protection12 {
 public:
  Protection12(Suite12, TlsVersion, DirectionKeys, bool encrypt_then_mac);

  // A whole record with the content, at most 2^14 bytes of it.
  Buffer seal(std::uint8_t type, Bytes content);
  // The content; Malformed where the record is not authentic, without telling why.
  Result<Buffer> open(const Record&);

  // The MAC that the next record with this content must carry (not AEAD).
  Buffer mac(std::uint8_t type, Bytes content) const;
  // CBC alone: a whole record that decrypts to exactly these blocks, whatever they mean; and the blocks of one.
  Buffer seal_blocks(std::uint8_t type, Bytes blocks);
  // For who opens by blocks: `counted` ends the record that open_blocks began.
  Result<Buffer> open_blocks(const Record&);
  void counted() { ++sequence_; }

  const Suite12& suite() const { return suite_; }

 private:
  Buffer additional(std::uint8_t type, std::size_t size) const;
  Buffer nonce(Bytes explicit_part) const;
  Buffer aead_sealed(std::uint8_t type, Bytes content);
  Result<Buffer> aead_opened(const Record&);
  Result<Buffer> cbc_opened(const Record&);
  Buffer streamed(Bytes);
  Buffer padded(Buffer content) const;

  Suite12 suite_;
  TlsVersion version_;
  DirectionKeys keys_;  // iv: in TLS 1.0 the last block of the record before
  bool encrypt_then_mac_;
  std::uint64_t sequence_ = 0;
  OwnedCipher cipher_;
  OwnedCipherContext stream_;  // a stream cipher's state goes on over records
};

}  // namespace kenshin
