// What is said of resumed connections, client certificates and HTTP.
#include <gtest/gtest.h>

#include "case.h"
#include "reports/criteria/hsts.h"

namespace kenshin {

namespace {

constexpr auto yes = Answer::Yes;
constexpr auto no = Answer::No;
constexpr auto unknown = Answer::Unknown;
constexpr auto senseless = Answer::NotApplicable;

World declared_as(Role role) {
  DeclaredEndpoint declared;
  declared.role = role;
  return endpoint().sees(declared);
}

void add_sessions(std::vector<Case>& out) {
  const auto resuming = [](Answer with, Answer without) {
    TlsSessions sessions;
    sessions.psk_dhe_ke = {with, "closed"};
    sessions.psk_ke = {without, "closed"};
    return endpoint().sees(sessions);
  };
  const char* resumption = "tls.session.resumption";
  out.push_back(resuming(yes, no).says(resumption, Verdict::Met, "resumption-keeps-secrecy"));
  out.push_back(resuming(no, no).says(resumption, Verdict::Met, "resumption-keeps-secrecy"));
  out.push_back(resuming(yes, yes).says(resumption, Verdict::Met, "resumption-as-client-asks"));
  out.push_back(resuming(no, yes).says(resumption, Verdict::Attention, "resumption-without-secrecy"));
  out.push_back(resuming(unknown, yes).says(resumption, Verdict::Unknown, "resumption-undecided"));
  out.push_back(resuming(yes, unknown).says(resumption, Verdict::Unknown, "resumption-undecided"));
  out.push_back(resuming(senseless, senseless).says(resumption, Verdict::NotApplicable, "no-tls13-resumption"));

  const auto early = [](Answer accepted) {
    TlsSessions sessions;
    sessions.early_data = {accepted, "closed"};
    sessions.max_early_data = 16384;
    return endpoint().sees(sessions);
  };
  const char* early_data = "tls.session.early_data";
  out.push_back(early(no).says(early_data, Verdict::Met, "early-data-refused"));
  out.push_back(early(yes).says(early_data, Verdict::Attention, "early-data-accepted"));
  out.push_back(early(unknown).says(early_data, Verdict::Unknown, "early-data-undecided"));
  out.push_back(early(senseless).says(early_data, Verdict::NotApplicable, "no-tls13-resumption"));

  const auto asked = [](Answer affects, Answer requested, Answer required) {
    World world = endpoint();
    DeclaredClinic clinic;
    clinic.affects_medical_information_system = affects;
    world.facts.add(observed<DeclaredClinic>({TargetKind::Clinic, "", 0}, "", world.at, 0, clinic));
    TlsClientCertificate seen;
    seen.requested = {requested, "closed"};
    seen.required = {required, "closed"};
    return world.sees(seen);
  };
  const char* client = "tls.client_certificate";
  out.push_back(asked(yes, yes, yes).says(client, Verdict::Met, "client-certificate-required"));
  out.push_back(asked(yes, yes, no).says(client, Verdict::Attention, "client-certificate-optional"));
  out.push_back(asked(yes, no, no).says(client, Verdict::Attention, "client-certificate-not-asked"));
  out.push_back(asked(yes, yes, unknown).says(client, Verdict::Unknown, "client-certificate-undecided"));
  out.push_back(asked(no, no, no).says(client, Verdict::NotApplicable, "no-medical-information-system"));
  out.push_back(asked(unknown, no, no).says(client, Verdict::Unknown, "medical-information-system-undeclared"));
}

void add_plain(std::vector<Case>& out) {
  const char* plain = "http.plain";
  const auto answers = [](World world, Answer answer, int status, const char* location,
                          std::optional<std::size_t> body_size = std::nullopt) {
    HttpPlain seen;
    seen.answers = {answer, "closed"};
    seen.status = status;
    seen.location = location;
    seen.body_size = body_size;
    return world.sees(seen);
  };
  out.push_back(answers(endpoint(), no, 0, "").says(plain, Verdict::Met, "plain-http-closed"));
  out.push_back(
      answers(endpoint(), yes, 301, "HTTPS://tele.example.jp/").says(plain, Verdict::Met, "plain-http-redirects"));
  out.push_back(answers(endpoint(), yes, 302, "/login").says(plain, Verdict::Attention, "plain-http-leads-elsewhere"));
  out.push_back(answers(endpoint(), yes, 404, "").says(plain, Verdict::Met, "plain-http-serves-nothing"));
  for (const char* location :
       {"https://tele.example.jp", "https://tele.example.jp:8443/a?b=c d", "https://[2001:db8::1]/"})
    out.push_back(answers(endpoint(), yes, 301, location).says(plain, Verdict::Met, "plain-http-redirects"));
  for (const char* location : {"https://", "https:// ", "https:///login", "https://:443/", "https://?a", "https://#a",
                               "http://tele.example.jp/", "https:tele.example.jp", ""})
    out.push_back(
        answers(endpoint(), yes, 301, location).says(plain, Verdict::Attention, "plain-http-leads-elsewhere"));
  for (const int status : {403, 407, 408, 421, 425, 429, 503})
    out.push_back(answers(endpoint(), yes, status, "").says(plain, Verdict::Unknown, "plain-http-undecided"));
  for (const Role role : {Role::Consult, Role::Login})
    out.push_back(answers(declared_as(role), yes, 200, "").says(plain, Verdict::NotMet, "plain-http-serves"));
  for (const int status : {200, 204, 205})
    out.push_back(answers(declared_as(Role::Consult), yes, status, "", 0)
                      .says(plain, Verdict::Attention, "plain-http-answers-empty"));
  out.push_back(answers(declared_as(Role::Consult), yes, 200, "", 1).says(plain, Verdict::NotMet, "plain-http-serves"));
  out.push_back(
      answers(declared_as(Role::Api), yes, 200, "").says(plain, Verdict::Attention, "plain-http-serves-something"));
  out.push_back(answers(endpoint(), yes, 401, "").says(plain, Verdict::Attention, "plain-http-serves-something"));
  out.push_back(answers(endpoint(), yes, 0, "").says(plain, Verdict::Unknown, "plain-http-undecided"));
  out.push_back(answers(endpoint(), unknown, 0, "").says(plain, Verdict::Unknown, "plain-http-undecided"));
  out.push_back(
      answers(endpoint(), senseless, 0, "").says(plain, Verdict::NotApplicable, "plain-http-out-of-question"));
}

void add_pages(std::vector<Case>& out) {
  const auto with = [](const char* header, const char* value) {
    HttpSecure seen;
    seen.status = 200;
    if (*header) seen.headers[header] = value;
    return endpoint().sees(seen);
  };
  const char* hsts = "http.hsts";
  const char* header = "strict-transport-security";
  out.push_back(with(header, "max-age=31536000; includeSubDomains").says(hsts, Verdict::Met, "hsts-set"));
  out.push_back(with(header, "max-age=86400").says(hsts, Verdict::Attention, "hsts-short"));
  out.push_back(with(header, "max-age=soon").says(hsts, Verdict::Attention, "hsts-unreadable"));
  out.push_back(with("", "").says(hsts, Verdict::Attention, "hsts-missing"));
  out.push_back(endpoint().fails<HttpSecure>(Error::Kind::Timeout).says(hsts, Verdict::Unknown, "could-not-observe"));

  const auto setting = [](std::vector<Cookie> cookies) {
    HttpSecure seen;
    seen.cookies = std::move(cookies);
    return endpoint().sees(seen);
  };
  const char* cookies = "http.cookies";
  out.push_back(setting({{"session", true, true, "Lax"}}).says(cookies, Verdict::Met, "cookies-secure"));
  out.push_back(setting({{"session", true, true, ""}, {"lang", false, false, ""}})
                    .says(cookies, Verdict::Attention, "cookies-not-secure"));
  out.push_back(setting({}).says(cookies, Verdict::NotApplicable, "no-cookies"));
  out.push_back(endpoint().says(cookies, Verdict::Unknown, "never-observed"));

  const char* cache = "http.page_cache";
  out.push_back(with("cache-control", "private, No-Store").says(cache, Verdict::Met, "page-not-stored"));
  out.push_back(with("cache-control", "max-age=600").says(cache, Verdict::Attention, "page-may-be-stored"));
  out.push_back(endpoint().says(cache, Verdict::Unknown, "never-observed"));
}

}  // namespace

std::vector<Case> transport_cases() {
  std::vector<Case> out;
  add_sessions(out);
  add_plain(out);
  add_pages(out);
  return out;
}

TEST(TransportCriteria, SayWhatTheCasesTell) {
  for (const Case& it : transport_cases()) expect_as_told(it);
}

TEST(Hsts, IsReadByItsGrammar) {
  using std::chrono::seconds;
  EXPECT_EQ(hsts_max_age("max-age=10"), seconds(10));
  EXPECT_EQ(hsts_max_age(" includeSubDomains ; Max-Age = \"10\" ;; preload"), seconds(10));
  EXPECT_EQ(hsts_max_age("max-age=0"), seconds(0));
  EXPECT_EQ(hsts_max_age("max-age=99999999999999999999999"), seconds(3'155'760'000));
  for (const char* bad : {"", "includeSubDomains", "max-age", "max-age=", "max-age=-1", "max-age=1; max-age=1",
                          "max-age=1.5", "max-age=\"", "max-age=0x10"})
    EXPECT_FALSE(hsts_max_age(bad)) << bad;
  EXPECT_FALSE(hsts_max_age("max-age=1" + std::string(5000, ';')));
}

}  // namespace kenshin
