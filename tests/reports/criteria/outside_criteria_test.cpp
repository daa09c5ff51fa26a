// What is said of outside sources' words: a question to a person at most, and nothing where nobody was asked.
#include <gtest/gtest.h>

#include <algorithm>

#include "case.h"

namespace kenshin {

namespace {

Registration registered(const char* created = "2026-02-01", RegistrationKind kind = RegistrationKind::Gtld) {
  Registration out;
  out.registered = Answer::Yes;
  out.kind = kind;
  out.created = day(created);
  return out;
}
IssuedCertificate issued(const char* from, const char* until = "2027-01-31", const char* by = "O=Example Trust") {
  return {by, noon(from), noon(until), {"example.jp", "www.example.jp"}, 0};
}
IssuedCertificates found(std::vector<IssuedCertificate> certificates, const char* because = "") {
  return {"certspotter", "https://search.example/", because, std::move(certificates)};
}
World with(IssuedCertificates seen, Registration registration = registered()) {
  return domain().sees(std::move(registration)).sees(std::move(seen));
}
DeclaredDomain approved(const char* on) {
  DeclaredDomain out;
  out.approved_changes = {{day(on), "a new holder"}};
  return out;
}

void add_before(std::vector<Case>& out) {
  const char* id = "domain.certificates_before";
  const auto jp = registered("2026-02-01", RegistrationKind::General);
  out.push_back(with(found({issued("2026-02-01")})).says(id, Verdict::Met, "no-certificate-before"));
  out.push_back(with(found({})).says(id, Verdict::Met, "no-certificate-before"));
  out.push_back(with(found({issued("2026-01-31")})).says(id, Verdict::Met, "no-certificate-before"));  // slack
  out.push_back(with(found({issued("2026-01-30")})).says(id, Verdict::Attention, "certificates-before"));
  out.push_back(with(found({issued("2026-01-30", "2026-11-22")})).says(id, Verdict::Attention, "certificates-before"));
  out.push_back(with(found({issued("2026-01-30", "2026-11-21")})).says(id, Verdict::Met, "no-certificate-before"));
  out.push_back(with(found({issued("2026-01-30")}), jp).says(id, Verdict::Attention, "certificates-before"));
  out.push_back(with(found({issued("2026-01-30")}), jp)
                    .sees(approved("2026-02-20"))
                    .says(id, Verdict::Met, "certificates-before-approved"));
  out.push_back(with(found({issued("2026-01-30")}), jp)
                    .sees(approved("2026-06-01"))
                    .says(id, Verdict::Attention, "certificates-before"));
  out.push_back(with(found({issued("2026-01-30")}))
                    .sees(approved("2026-02-20"))
                    .says(id, Verdict::Attention, "certificates-before"));
  out.push_back(with(found({issued("2026-03-01")}, "rate_limited: later"))
                    .says(id, Verdict::Unknown, "certificates-not-all-seen"));
  out.push_back(with(found({issued("2026-01-30")}, "rate_limited: later"), jp)
                    .sees(approved("2026-02-20"))
                    .says(id, Verdict::Unknown, "certificates-not-all-seen"));
  out.push_back(
      with(found({issued("2026-01-30")}, "rate_limited: later")).says(id, Verdict::Attention, "certificates-before"));
  Registration dateless = registered();
  dateless.created.reset();
  out.push_back(with(found({issued("2026-01-30")}), dateless).says(id, Verdict::Unknown, "created-not-shown"));
  out.push_back(domain().sees(found({})).says(id, Verdict::Unknown, "created-not-shown"));
  Registration none = registered();
  none.registered = Answer::No;
  out.push_back(with(found({}), none).says(id, Verdict::NotApplicable, "no-registration"));
  out.push_back(domain().sees(registered()).says(id, Verdict::NotApplicable, "certificate-search-off"));
  out.push_back(
      domain().fails<Registration>(Error::Kind::Timeout).says(id, Verdict::NotApplicable, "certificate-search-off"));
  out.push_back(domain().says(id, Verdict::Unknown, "never-observed"));
  out.push_back(domain()
                    .sees(registered())
                    .fails<IssuedCertificates>(Error::Kind::RateLimited)
                    .says(id, Verdict::Unknown, "could-not-observe"));
}

void add_issuer(std::vector<Case>& out) {
  const char* id = "domain.new_issuer";
  const auto since = [](IssuedCertificates seen, std::vector<std::string> issuers = {},
                        std::vector<BaselineCertificate> certificates = {}) {
    DeclaredBaseline before;
    before.taken = noon("2026-06-01");
    before.issuers = std::move(issuers);
    before.certificates = std::move(certificates);
    return with(std::move(seen)).sees(std::move(before));
  };
  const auto old = issued("2026-05-01"), renewed = issued("2026-07-01");
  const auto other = issued("2026-07-01", "2027-01-31", "C=XX, O=Other Trust, CN=R1");
  out.push_back(since(found({old, renewed})).says(id, Verdict::Met, "no-new-issuer"));
  out.push_back(since(found({})).says(id, Verdict::Met, "no-new-issuer"));
  out.push_back(since(found({old, other})).says(id, Verdict::Attention, "new-issuer"));
  out.push_back(since(found({old, other}), {"Other Trust"}).says(id, Verdict::Met, "no-new-issuer"));
  out.push_back(since(found({old, other}), {}, {{"example.jp:443", std::string(64, 'a'), "CN=R9,O=Other Trust,C=XX"}})
                    .says(id, Verdict::Met, "no-new-issuer"));
  out.push_back(
      since(found({old, renewed}, "more than 10 pages")).says(id, Verdict::Unknown, "certificates-not-all-seen"));
  out.push_back(since(found({old, other}, "more than 10 pages")).says(id, Verdict::Attention, "new-issuer"));
  out.push_back(with(found({renewed})).says(id, Verdict::Unknown, "no-baseline-to-compare"));
  out.push_back(domain().sees(registered()).says(id, Verdict::NotApplicable, "certificate-search-off"));
  out.push_back(
      domain().fails<IssuedCertificates>(Error::Kind::Timeout).says(id, Verdict::Unknown, "could-not-observe"));
}

void add_lookalikes(std::vector<Case>& out) {
  const char* id = "domain.lookalikes";
  const auto seen = [](std::vector<Lookalike> live, std::vector<std::string> untold = {}) {
    return domain().sees(registered()).sees(DomainLookalikes{40, std::move(live), 0, std::move(untold)});
  };
  const Lookalike mute{"exampl.jp", DnsFound::Records, DnsFound::NoRecords};
  const Lookalike mailing{"exmaple.jp", DnsFound::Records, DnsFound::Records};
  out.push_back(seen({}).says(id, Verdict::Met, "no-lookalike"));
  out.push_back(seen({mute}).says(id, Verdict::Met, "lookalikes-without-mail"));
  out.push_back(seen({mailing, mute}).says(id, Verdict::Attention, "lookalikes-with-mail"));
  out.push_back(seen({mailing}, {"exampel.jp (timeout)"}).says(id, Verdict::Attention, "lookalikes-with-mail"));
  out.push_back(seen({mute}, {"exampel.jp (timeout)"}).says(id, Verdict::Unknown, "lookalikes-untold"));
  out.push_back(domain().sees(registered()).says(id, Verdict::NotApplicable, "lookalikes-off"));
}

void add_archive(std::vector<Case>& out) {
  const char* id = "domain.former.archive";
  const auto former = [](std::vector<ArchivedPage> pages, const char* last_used = "2023-03-31") {
    DeclaredFormerDomain declared;
    if (*last_used != '\0') declared.last_used = day(last_used);
    ArchivedPages seen;
    seen.server = "https://archive.example/";
    if (!pages.empty()) seen.first = pages.front().at, seen.last = pages.back().at;
    seen.pages = std::move(pages);
    return domain().sees(registered()).sees(declared).sees(seen);
  };
  const ArchivedPage ours{noon("2020-01-01"), 200, "A"}, again{noon("2024-01-01"), 200, "A"};
  const ArchivedPage anew{noon("2024-01-01"), 200, "B"}, gone{noon("2024-01-01"), 404, "C"};
  const ArchivedPage elsewhere{noon("2024-01-01"), 301, "D"};
  out.push_back(former({}).says(id, Verdict::Met, "archive-empty"));
  out.push_back(former({ours}).says(id, Verdict::Met, "archive-unchanged"));
  out.push_back(former({ours, again}).says(id, Verdict::Met, "archive-unchanged"));
  out.push_back(former({ours, gone}).says(id, Verdict::Met, "archive-unchanged"));
  out.push_back(former({ours, anew}).says(id, Verdict::Unknown, "archive-changed"));
  out.push_back(former({ours, elsewhere}).says(id, Verdict::Unknown, "archive-changed"));
  out.push_back(former({ours, anew}, "").says(id, Verdict::Unknown, "archive-without-last-use"));
  out.push_back(domain().sees(registered()).says(id, Verdict::NotApplicable, "archive-off"));
  out.push_back(domain().fails<ArchivedPages>(Error::Kind::Denied).says(id, Verdict::Unknown, "could-not-observe"));
}

}  // namespace

std::vector<Case> outside_cases() {
  std::vector<Case> out;
  add_before(out);
  add_issuer(out);
  add_lookalikes(out);
  add_archive(out);
  return out;
}

TEST(OutsideCriteria, SayWhatTheCasesTell) {
  for (const Case& it : outside_cases()) expect_as_told(it);
}

TEST(OutsideCriteria, NameWhatTheyFound) {
  std::vector<IssuedCertificate> many(6, issued("2026-01-30"));
  many[0].names = {"a.example.jp", "b.example.jp", "c.example.jp", "d.example.jp"};
  many[0].more_names = 5;
  const Case it = with(found(many)).says("domain.certificates_before", Verdict::Attention, "certificates-before");
  const Judgement judgement = judgement_of(it);
  const auto named = std::find_if(judgement.because.parameters.begin(), judgement.because.parameters.end(),
                                  [](const auto& parameter) { return parameter.first == "certificates"; });
  ASSERT_NE(named, judgement.because.parameters.end());
  EXPECT_TRUE(named->second.starts_with(
      "Example Trust: a.example.jp, b.example.jp, c.example.jp (+6) (2026-01-30 – 2027-01-31)"))
      << named->second;
  EXPECT_TRUE(named->second.ends_with("(+2)")) << "four at most";
}

TEST(OutsideCriteria, SpeakOfFormerDomainsByTheArchiveAlone) {
  World world = domain().sees(registered()).sees(DeclaredFormerDomain{}).sees(found({})).sees(ArchivedPages{});
  for (const Finding& finding : judge(world.facts, world.profile, world.on))
    EXPECT_TRUE(finding.criterion.text.starts_with("domain.former.")) << finding.criterion.text;
}

}  // namespace kenshin
