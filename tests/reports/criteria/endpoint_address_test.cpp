// A cloud's address that may be another customer's by now: asked only where certificate and page both speak of others.
#include <gtest/gtest.h>

#include "case.h"

namespace kenshin {

namespace {

constexpr const char* id = "endpoint.address_held";
constexpr const char* address = "198.51.100.1";

EndpointPlace in(PlaceSource kind, AddressScope scope = AddressScope::Public) {
  EndpointPlace out;
  out.scope = scope;
  out.consulted = {{kind, "Example Cloud", "1", day("2026-11-20")}};
  out.said = {{kind, "Example Cloud", "198.51.100.0-198.51.100.255", "jp-1", "", ""}};
  return out;
}

World at_cloud() { return endpoint().sees(in(PlaceSource::Cloud), address); }

World shows(std::vector<std::string> names, Answer matches = Answer::No) {
  CertificateChain chain;
  chain.certificates.emplace_back();
  chain.certificates.front().names = std::move(names);
  chain.name_matches = matches;
  return at_cloud().sees(std::move(chain), address);
}

World sends(World world, const char* location) {
  HttpSecure page;
  page.status = 301;
  if (*location != '\0') page.headers["location"] = location;
  return world.sees(std::move(page), address);
}

World sends_plainly(World world, const char* location) {
  HttpPlain page;
  page.location = location;
  return world.sees(std::move(page), address);
}

}  // namespace

std::vector<Case> address_cases() {
  std::vector<Case> out;
  const World others = shows({"shop.example.com", "*.example.com"});
  out.push_back(sends(others, "https://www.example.com/").says(id, Verdict::Attention, "address-may-be-anothers"));
  out.push_back(
      sends_plainly(others, "http://shop.example.com:8080/x").says(id, Verdict::Attention, "address-may-be-anothers"));
  for (const char* ours : {"https://tele.example.jp/login", "/login", "https://www.example.jp", "https://", ""})
    out.push_back(sends(others, ours).says(id, Verdict::Unknown, "address-holder-untold"));
  out.push_back(others.says(id, Verdict::Unknown, "address-holder-untold"));
  out.push_back(sends(shows({}), "https://www.example.com/").says(id, Verdict::Unknown, "address-holder-untold"));
  out.push_back(sends(shows({"tele.example.jp"}, Answer::Yes), "https://www.example.com/")
                    .says(id, Verdict::Met, "certificate-names-endpoint"));
  out.push_back(sends(shows({"old.example.jp", "www.example.com"}), "https://www.example.com/")
                    .says(id, Verdict::Met, "certificate-names-endpoint"));
  out.push_back(at_cloud()
                    .fails<CertificateChain>(Error::Kind::Timeout, address)
                    .says(id, Verdict::Unknown, "could-not-observe"));
  out.push_back(at_cloud().says(id, Verdict::Unknown, "never-observed"));
  out.push_back(endpoint()
                    .sees(in(PlaceSource::Cloud, AddressScope::Private), address)
                    .says(id, Verdict::NotApplicable, "place-not-public"));
  EndpointPlace elsewhere = in(PlaceSource::Cloud);
  elsewhere.said.clear();
  out.push_back(endpoint().sees(elsewhere, address).says(id, Verdict::NotApplicable, "address-in-no-cloud"));
  out.push_back(endpoint().sees(in(PlaceSource::Geo), address).says(id, Verdict::Unknown, "place-no-data"));
  return out;
}

TEST(AddressCriteria, SayWhatTheCasesTell) {
  for (const Case& it : address_cases()) expect_as_told(it);
}

}  // namespace kenshin
