#include "probes/dns/said.h"

#include <algorithm>

#include "probes/base/text.h"

namespace kenshin {

namespace {

constexpr std::size_t longest_text = 2000;

Result<std::string> text_of_record(Bytes data, DnsType type) {
  const auto failed = [](const auto& parsed) -> Result<std::string> { return parsed.error(); };
  const auto numbers = [](std::initializer_list<int> all) {
    std::string out;
    for (const int number : all) out += std::to_string(number) + " ";
    return out;
  };
  switch (type) {
    case DnsType::A:
    case DnsType::Aaaa: return parse_address(data, type);
    case DnsType::Ns:
    case DnsType::Cname: return parse_name(data);
    case DnsType::Soa: {
      const auto soa = parse_soa(data);
      return soa ? soa->primary + " " + std::to_string(soa->serial) : failed(soa);
    }
    case DnsType::Mx: {
      const auto mx = parse_mx(data);
      return mx ? numbers({mx->preference}) + mx->host : failed(mx);
    }
    case DnsType::Txt: {
      const auto txt = parse_txt(data);
      return txt ? one_line(*txt, longest_text) : txt;
    }
    case DnsType::Srv: {
      const auto srv = parse_srv(data);
      return srv ? numbers({srv->priority, srv->weight, srv->port}) + srv->target : failed(srv);
    }
    case DnsType::Https: {
      const auto https = parse_https(data);
      return https ? numbers({https->priority}) + https->target : failed(https);
    }
    case DnsType::Tlsa: {
      const auto tlsa = parse_tlsa(data);
      return tlsa ? numbers({tlsa->usage, tlsa->selector, tlsa->matching}) + hex(tlsa->data) : failed(tlsa);
    }
    case DnsType::Ds: {
      const auto ds = parse_ds(data);
      return ds ? numbers({ds->key_tag, ds->algorithm, ds->digest_type}) + hex(ds->digest) : failed(ds);
    }
    case DnsType::Dnskey: {
      const auto key = parse_dnskey(data);
      return key ? numbers({key->flags, 3, key->algorithm}) + base64(key->key) : failed(key);
    }
    case DnsType::Caa: {
      const auto caa = parse_caa(data);
      return caa ? std::string(caa->critical ? "128 " : "0 ") + caa->tag + " " + one_line(caa->value, longest_text)
                 : failed(caa);
    }
    case DnsType::Rrsig: break;
  }
  return Error{Error::Kind::Unsupported, "not a type that is asked for"};
}

}  // namespace

DnsSaid said(const Result<DnsAnswer>& answer, DnsType type) {
  if (!answer)
    return {
        DnsFound::Unknown, false, std::string(error_name(answer.error().kind)) + ": " + answer.error().detail, {}, {}};
  DnsSaid out{answer->found, answer->secure, answer->because, {}, answer->aliases};
  for (const Buffer& data : answer->data) {
    auto text = text_of_record(data, type);
    if (!text)
      return {DnsFound::Unknown,
              false,
              "malformed: " + std::string(dns_type_name(type)) + " record: " + text.error().detail,
              {},
              {}};
    out.values.push_back(std::move(*text));
  }
  std::sort(out.values.begin(), out.values.end());
  return out;
}

std::optional<Error> silence(const std::vector<Result<DnsAnswer>>& answers) {
  if (answers.empty() || std::any_of(answers.begin(), answers.end(), [](const auto& answer) { return bool(answer); }))
    return std::nullopt;
  return answers.front().error();
}

DnsSaid either(const DnsSaid& one, const DnsSaid& other) {
  if (one.found == DnsFound::Bogus) return one;
  if (other.found == DnsFound::Bogus) return other;
  if (one.found == DnsFound::Unknown || other.found == DnsFound::Records) {
    if (one.found != DnsFound::Records) return other.found == DnsFound::Records ? other : one;
    DnsSaid both = one;
    both.secure = one.secure && other.secure;
    both.values.insert(both.values.end(), other.values.begin(), other.values.end());
    return both;
  }
  return one.found == DnsFound::Records ? one : other.found == DnsFound::Unknown ? other : one;
}

DnsSaid texts_beginning(const DnsSaid& texts, std::string_view start) {
  DnsSaid out = texts;
  const auto begins = [&](const std::string& text) { return lower_ascii(text.substr(0, start.size())) == start; };
  std::erase_if(out.values, [&](const std::string& text) { return !begins(text); });
  if (out.found == DnsFound::Records && out.values.empty()) out.found = DnsFound::NoRecords;
  return out;
}

std::vector<DnsQuestion> address_questions(const std::string& name) {
  return {{name, DnsType::A}, {name, DnsType::Aaaa}};
}

}  // namespace kenshin
