// Whatever a name server sends: bounded, and never an answer to a question nobody asked.
#include <cstdlib>

#include "probes/dns/message.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kenshin;
  const Bytes all(bytes, size);
  const auto message = parse_dns_message(all);
  if (!message) return 0;
  if (!dns_name_bytes(message->question.name)) std::abort();
  const std::size_t records = message->answer.size() + message->authority.size() + message->additional.size();
  if (records * 11 + 17 > size) std::abort();  // a record takes eleven bytes at the least
  for (const auto* section : {&message->answer, &message->authority, &message->additional})
    for (const DnsRecord& record : *section)
      if (!dns_name_bytes(record.name) || record.data.size() > 65535 + 2 * 255) std::abort();
  if (answers(*message, message->question, static_cast<std::uint16_t>(message->id + 1))) std::abort();
  if (answers(*message, message->question, message->id) != message->is_answer) std::abort();
  return 0;
}
