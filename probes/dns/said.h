// A resolver's answers as facts: what was asked, said in text that is safe to show.
#pragma once

#include <optional>
#include <vector>

#include "probes/dns/facts.h"
#include "probes/dns/resolver.h"

namespace kenshin {

// Records that cannot be read make the whole answer Unknown, "malformed": half of a set is no set.
DnsSaid said(const Result<DnsAnswer>&, DnsType);

// Both of them as one: Records where either has some; where one is not known and the other has none, Unknown.
DnsSaid either(const DnsSaid&, const DnsSaid&);

// The texts that begin with `start`, in any case. NoRecords where other texts alone are there.
DnsSaid texts_beginning(const DnsSaid& texts, std::string_view start);

// Why, where every question failed: then nothing was observed.
std::optional<Error> silence(const std::vector<Result<DnsAnswer>>&);

// Two questions for an address of the name.
std::vector<DnsQuestion> address_questions(const std::string& name);

}  // namespace kenshin
