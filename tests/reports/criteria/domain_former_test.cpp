// Domains no longer in use, and what domains and endpoints tell side by side (item 2.5.2-1.xiv).
#include <gtest/gtest.h>

#include "case.h"
#include "probes/certificate/facts.h"

namespace kenshin {

namespace {

Registration registration() {
  Registration out;
  out.registered = Answer::Yes;
  out.server = "whois.example";
  out.kind = RegistrationKind::General;
  out.state = {"active"};
  out.state_text = "Active";
  out.created = day("2010-04-01");
  out.expires = day("2027-04-30");
  out.locks = {"AgentChangeLocked", "DomainTransferLocked"};
  out.name_servers = {"ns1.example.com"};
  return out;
}

template <class Change>
World former(const char* intent, Change change) {
  World world = domain();
  world.target.name = "former.example.jp";
  DeclaredFormerDomain declared;
  declared.intent = intent;
  declared.last_used = day("2020-02-29");
  Registration seen = registration();
  change(seen);
  return world.sees(declared).sees(seen);
}
World former(const char* intent) {
  return former(intent, [](Registration&) {});
}

World delegated(World world) {
  DomainDelegation seen;
  seen.delegated = DnsFound::Records;
  return world.sees(seen);
}

void add_held(std::vector<Case>& out) {
  const char* held = "domain.former.held";
  out.push_back(former("keep").says(held, Verdict::Met, "former-held"));
  out.push_back(former("").says(held, Verdict::Met, "former-held"));
  out.push_back(former("released").says(held, Verdict::NotApplicable, "former-released"));
  out.push_back(former("keep", [](Registration& r) {
                  r.registered = Answer::No;
                }).says(held, Verdict::NotMet, "former-not-held"));
  out.push_back(delegated(former("keep", [](Registration& r) {
                  r.registered = Answer::No;
                })).says(held, Verdict::Attention, "in-dns-not-registered"));
  out.push_back(former("keep", [](Registration& r) {
                  r.registered = Answer::Unknown;
                }).says(held, Verdict::Unknown, "registration-undecided"));
  out.push_back(
      former("keep", [](Registration& r) { r.state.clear(); }).says(held, Verdict::Unknown, "state-not-shown"));
  out.push_back(former("keep", [](Registration& r) {
                  r.state = {"redemption period"};
                }).says(held, Verdict::NotMet, "former-lapsing"));
  const auto suspended = [](Registration& r) { r.state = {"suspended"}, r.expires = day("2026-11-30"); };
  out.push_back(former("keep", suspended).says(held, Verdict::NotMet, "former-lapsing-until"));
  out.push_back(former("keep", suspended).judged_on("2026-12-01").says(held, Verdict::NotMet, "former-lapsing"));
  out.push_back(former("keep", [](Registration& r) {
                  r.state = {"to be suspended"};
                }).says(held, Verdict::Attention, "former-state-odd"));
  out.push_back(
      former("keep", [](Registration& r) { r.locks.clear(); }).says(held, Verdict::Attention, "former-unlocked"));
}

void add_reused(std::vector<Case>& out) {
  const char* reused = "domain.former.reused";
  const auto anew = [](const char* intent, HolderCompared holder, const char* created = "2026-01-05") {
    return former(intent, [&](Registration& r) { r.created = day(created), r.holder_compared = holder; });
  };
  out.push_back(former("released").says(reused, Verdict::Met, "former-not-reused"));
  out.push_back(former("released", [](Registration& r) {
                  r.registered = Answer::No;
                }).says(reused, Verdict::NotMet, "former-free"));
  out.push_back(delegated(former("released", [](Registration& r) {
                  r.registered = Answer::No;
                })).says(reused, Verdict::Attention, "in-dns-not-registered"));
  out.push_back(former("keep", [](Registration& r) {
                  r.registered = Answer::No;
                }).says(reused, Verdict::NotApplicable, "no-registration"));
  out.push_back(former("released", [](Registration& r) {
                  r.registered = Answer::Unknown;
                }).says(reused, Verdict::Unknown, "registration-undecided"));
  out.push_back(former("released", [](Registration& r) {
                  r.state = {"pending delete"};
                }).says(reused, Verdict::NotMet, "former-lapsed"));
  out.push_back(former("released", [](Registration& r) {
                  r.state = {"suspended"}, r.expires = day("2026-11-30");
                }).says(reused, Verdict::NotMet, "former-lapsed-until"));
  out.push_back(anew("released", HolderCompared::Other).says(reused, Verdict::NotMet, "former-reused"));
  out.push_back(anew("keep", HolderCompared::Other).says(reused, Verdict::NotMet, "former-reused"));
  out.push_back(anew("released", HolderCompared::Same).says(reused, Verdict::Met, "former-ours-again"));
  out.push_back(anew("released", HolderCompared::Unknown).says(reused, Verdict::Attention, "former-registered-anew"));
  // A day of slack after the last use, over the end of a leap February.
  out.push_back(
      anew("released", HolderCompared::Unknown, "2020-03-01").says(reused, Verdict::Met, "former-not-reused"));
  out.push_back(anew("released", HolderCompared::Unknown, "2020-03-02")
                    .says(reused, Verdict::Attention, "former-registered-anew"));
  out.push_back(
      anew("keep", HolderCompared::Other, "2010-04-01").says(reused, Verdict::Attention, "former-holder-other"));
  out.push_back(former("released", [](Registration& r) {
                  r.created.reset();
                }).says(reused, Verdict::Unknown, "created-not-shown"));
  World lent = domain();
  lent.target.name = "clinic.vercel.app";
  lent.sees(DeclaredFormerDomain{day("2020-02-29"), "released"}).sees(registration());
  out.push_back(lent.says(reused, Verdict::Attention, "former-on-platform"));
  World undated = domain();
  undated.sees(DeclaredFormerDomain{std::nullopt, "released"}).sees(registration());
  out.push_back(undated.says(reused, Verdict::Unknown, "last-use-not-declared"));
  World accepted = former(
      "keep", [](Registration& r) { r.created = day("2026-01-05"), r.holder_hash = "00:" + std::string(64, 'b'); });
  DeclaredBaseline before;
  before.holder_hash = "00:" + std::string(64, 'a');
  out.push_back(accepted.sees(before).says(reused, Verdict::NotMet, "former-reused"));
}

void add_listed(std::vector<Case>& out) {
  const char* listed = "domain.former.listed";
  const auto clinic = [](Answer answer) {
    DeclaredClinic declared;
    declared.former_domains_listed = answer;
    return World{{TargetKind::Clinic, "", 0}, {}}.sees(declared);
  };
  out.push_back(clinic(Answer::Yes).says(listed, Verdict::Met, "former-listed"));
  out.push_back(clinic(Answer::No).says(listed, Verdict::Attention, "former-not-listed"));
  out.push_back(clinic(Answer::Unknown).says(listed, Verdict::Unknown, "former-never-asked"));
  out.push_back(World{{TargetKind::Clinic, "", 0}, {}}.says(listed, Verdict::Unknown, "never-observed"));
}

CertificateChain chain_since(const char* not_before) {
  CertificateChain out;
  out.certificates.emplace_back();
  out.certificates.front().not_before = noon(not_before);
  out.trusted = out.name_matches = Answer::Yes;
  return out;
}

World with_endpoint(World world, CertificateChain chain) {
  world.facts.add(observed<CertificateChain>({TargetKind::Endpoint, "tele.example.jp", 443}, "192.0.2.1", world.at, 1,
                                             std::move(chain)));
  return world;
}

World registered_on(const char* created) {
  Registration seen = registration();
  seen.created = day(created);
  return domain().sees(seen);
}

void add_older(std::vector<Case>& out) {
  const char* older = "domain.certificate_older";
  const auto beside = [](const char* created, const char* since) {
    return with_endpoint(registered_on(created), chain_since(since));
  };
  out.push_back(beside("2026-09-01", "2026-10-01").says(older, Verdict::Met, "certificate-newer"));
  out.push_back(beside("2026-09-01", "2026-08-31").says(older, Verdict::Met, "certificate-newer"));
  out.push_back(beside("2026-09-01", "2026-08-30").says(older, Verdict::Attention, "certificate-older"));
  DeclaredDomain approving;
  approving.approved_changes = {{day("2026-09-01"), "to the new corporation"}};
  out.push_back(
      beside("2026-09-01", "2026-08-01").sees(approving).says(older, Verdict::Met, "certificate-older-approved"));
  CertificateChain stamped = chain_since("2026-10-01");
  stamped.timestamps = {{"aa", noon("2026-08-01"), "certificate", Answer::Yes}};
  out.push_back(
      with_endpoint(registered_on("2026-09-01"), stamped).says(older, Verdict::Attention, "certificate-older"));
  stamped.timestamps.front().verified = Answer::Unknown;
  out.push_back(with_endpoint(registered_on("2026-09-01"), stamped).says(older, Verdict::Met, "certificate-newer"));
  CertificateChain strange = chain_since("2026-08-01");
  strange.name_matches = Answer::No;  // a certificate of somebody else's name says nothing of this one
  out.push_back(
      with_endpoint(registered_on("2026-09-01"), strange).says(older, Verdict::Unknown, "certificate-below-not-seen"));
  out.push_back(registered_on("2026-09-01").says(older, Verdict::NotApplicable, "no-certificate-below"));
  out.push_back(domain().says(older, Verdict::Unknown, "never-observed"));
}

// A former domain beside the one in use.
World beside_own(HolderCompared holder, std::vector<std::string> servers, const char* intent = "released") {
  World world = former(intent, [&](Registration& r) {
    r.created = day("2026-01-05"), r.holder_compared = holder, r.name_servers = servers;
  });
  world.facts.add(observed<Registration>({TargetKind::Domain, "example.jp", 0}, "", world.at, 1, registration()));
  return world;
}

void add_reused_beside_own(std::vector<Case>& out) {
  const char* reused = "domain.former.reused";
  out.push_back(
      beside_own(HolderCompared::Unknown, {"ns.example.net"}).says(reused, Verdict::NotMet, "former-reused-elsewhere"));
  out.push_back(beside_own(HolderCompared::Unknown, {"ns1.example.com"})
                    .says(reused, Verdict::Attention, "former-registered-anew"));
  out.push_back(beside_own(HolderCompared::Unknown, {"ns.example.net"}, "keep")
                    .says(reused, Verdict::Attention, "former-registered-anew"));
}

}  // namespace

std::vector<Case> former_domain_cases() {
  std::vector<Case> out;
  add_held(out);
  add_reused(out);
  add_reused_beside_own(out);
  add_listed(out);
  add_older(out);
  return out;
}

TEST(FormerDomains, AreWhatTheCasesTell) {
  for (const Case& it : former_domain_cases()) expect_as_told(it);
}

TEST(FormerDomains, GetTheirOwnRowsAndNoOthers) {
  const World world = beside_own(HolderCompared::Unknown, {"ns.example.net"});
  int rows = 0;
  for (const Finding& finding : judge(world.facts, world.profile, world.on)) {
    if (finding.target.kind != TargetKind::Domain) continue;
    const bool is_former = finding.target.name == "former.example.jp";
    EXPECT_EQ(finding.criterion.text.starts_with("domain.former."), is_former) << finding.criterion.text;
    rows += is_former;
  }
  EXPECT_EQ(rows, 3);
}

TEST(FormerDomains, OwnedAgainByHolderAreNotReusedWhateverTheirServers) {
  const World world = beside_own(HolderCompared::Same, {"ns.example.net"});
  for (const Finding& finding : judge(world.facts, world.profile, world.on))
    if (finding.criterion.text == "domain.former.reused") {
      EXPECT_EQ(finding.because.code, "former-ours-again");
    }
}

TEST(FormerDomains, InOtherHandsLeadEveryOtherRow) {
  const Profile& profile = profile_of("checklist-2026");
  const int rank = profile.row_of({"domain.former.reused"})->rank;
  for (const ProfileRow& row : profile.rows)
    if (row.criterion.text != "domain.former.reused") {
      EXPECT_LT(rank, row.rank) << row.criterion.text;
    }
}

}  // namespace kenshin
