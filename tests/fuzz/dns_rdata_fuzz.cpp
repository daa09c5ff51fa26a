// Record data of every type we ask for. The first two bytes name the type.
#include <cstdlib>

#include "probes/dns/records.h"
#include "probes/dns/said.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  using namespace kenshin;
  if (size < 2) return 0;
  const auto type = static_cast<DnsType>(bytes[0] << 8 | bytes[1]);
  const Bytes data(bytes + 2, size - 2);
  DnsAnswer answer;
  answer.found = DnsFound::Records;
  answer.data.emplace_back(data.begin(), data.end());
  const DnsSaid text = said(answer, type);
  if (text.found != DnsFound::Records && (!text.values.empty() || text.because.empty())) std::abort();
  if (text.found == DnsFound::Records && text.values.size() != 1) std::abort();
  if (const auto name = parse_name(data)) {  // what is read as a name is written as the same name
    const auto again = dns_name_bytes(*name);
    if (!again || again->size() != data.size() || *parse_name(*again) != *name) std::abort();
  }
  if (const auto signature = parse_rrsig(data); signature && signature->signer.empty()) std::abort();
  if (const auto soa = parse_soa(data); soa && data.size() < 22) std::abort();
  return 0;
}
