// The JSON of probes/dns/facts.h.
// Include only in .cpp files.
#pragma once

#include "probes/dns/facts.h"
#include "probes/tls/facts_fields.h"

namespace kenshin {

constexpr EnumNames<DnsFound, 5> enum_names(DnsFound) {
  return {{{DnsFound::Unknown, "unknown"},
           {DnsFound::Records, "records"},
           {DnsFound::NoRecords, "no_records"},
           {DnsFound::NoName, "no_such_name"},
           {DnsFound::Bogus, "bogus"}}};
}
constexpr EnumNames<DnssecState, 4> enum_names(DnssecState) {
  return {{{DnssecState::Unknown, "unknown"},
           {DnssecState::Insecure, "insecure"},
           {DnssecState::Secure, "secure"},
           {DnssecState::Bogus, "bogus"}}};
}

template <class V>
void fields(V& v, DnsSaid& f) {
  v("found", f.found);
  v("secure", f.secure);
  v("because", f.because);
  v("values", f.values);
  v("aliases", f.aliases);
}

template <class V>
void fields(V& v, DsRecord& f) {
  v("key_tag", f.key_tag);
  v("algorithm", f.algorithm);
  v("digest_type", f.digest_type);
  v("digest", f.digest);
}

template <class V>
void fields(V& v, DomainDnssec& f) {
  v("state", f.state);
  v("because", f.because);
  v("ds_question", f.ds_said);
  v("ds", f.ds);
  v("key_algorithms", f.key_algorithms);
  v("signed_until", f.signed_until);
}

template <class V>
void fields(V& v, CaaRecord& f) {
  v("critical", f.critical);
  v("tag", f.tag);
  v("value", f.value);
}

template <class V>
void fields(V& v, CaaSet& f) {
  v("name", f.name);
  v("found_at", f.found_at);
  v("found", f.found);
  v("because", f.because);
  v("records", f.records);
}

template <class V>
void fields(V& v, DomainMail& f) {
  v("mx", f.mx);
  v("spf", f.spf);
  v("dmarc", f.dmarc);
  v("mta_sts", f.mta_sts);
  v("tlsa", f.tlsa);
}

template <class V>
void fields(V& v, DomainDns& f) {
  v("through", f.through);
  v("dnssec", f.dnssec);
  v("name_servers", f.name_servers);
  v("addresses", f.addresses);
  v("https", f.https);
  v("wildcard", f.wildcard);
  v("mail", f.mail);
  v("caa", f.caa);
}

template <class V>
void fields(V& v, NameServerSeen& f) {
  v("name", f.name);
  v("address", f.address);
  v("resolves", f.resolves);
  v("authoritative", f.authoritative);
  v("serial", f.serial);
  v("name_servers", f.name_servers);
  v("because", f.because);
}

template <class V>
void fields(V& v, DomainDelegation& f) {
  v("zone", f.zone);
  v("parent", f.parent);
  v("delegated", f.delegated);
  v("because", f.because);
  v("name_servers", f.name_servers);
  v("servers", f.servers);
}

}  // namespace kenshin
