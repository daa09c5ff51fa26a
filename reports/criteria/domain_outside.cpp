// Document: checklist (2026), item 2.5.2-1.xiv. What outside sources tell is a question to a person, never a breach: a
// certificate from before the registration (RFC 6962 logs) means that a former holder may hold its key still; one by a
// new issuer, that somebody else may control the name; a look-alike may take mail that was meant for the clinic. They
// are asked only where the configuration says so.
#include <algorithm>
#include <set>

#include "probes/base/text.h"
#include "probes/domain/certificate_search.h"
#include "reports/criteria/domain_registration.h"
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

constexpr std::chrono::days slack{1};  // a registry's day may be another than Japan's, authorities date back by hours
constexpr std::size_t most_shown = 4;

// Nobody asked: what was looked at instead is the registration.
template <class F>
std::optional<Judgement> unless_asked(const Question& question, const char* code) {
  const auto registration = question.facts.of<Registration>(question.target);
  if (!question.facts.of<F>(question.target).empty() || registration.empty()) return std::nullopt;
  Judgement out = judged(Verdict::NotApplicable, code);
  if (const auto platform = platform_of(question.target))
    out = judged(Verdict::NotApplicable, "platform-registration", {{"platform", *platform}});
  for (const Observation* seen : registration) out.evidence.push_back(seen->id);
  return out;
}

std::string shown(const IssuedCertificate& it) {
  const std::size_t rest = it.names.size() > 3 ? it.names.size() - 3 : 0;
  std::vector<std::string> names(it.names.begin(), it.names.end() - static_cast<std::ptrdiff_t>(rest));
  const int left_out = static_cast<int>(rest) + it.more_names;
  return organisation_of(it.issuer) + ": " + join(names, ", ") +
         (left_out > 0 ? " (+" + std::to_string(left_out) + ")" : "") + " (" + to_text(day_in_japan(it.not_before)) +
         " – " + to_text(day_in_japan(it.not_after)) + ")";
}

Judgement all_seen_or(const IssuedCertificates& seen, Judgement met) {
  if (seen.because.empty()) return met;
  return judged(Verdict::Unknown, "certificates-not-all-seen", {{"source", seen.server}, {"why", seen.because}});
}

Judgement before_of(const Question& question, const IssuedCertificates& seen) {
  const auto* registration = question.facts.one<Registration>(question.target);
  if (!registration) return judged(Verdict::Unknown, "created-not-shown");
  if (auto why = unless_held_by_the_operator(question, *registration)) return *why;
  if (!registration->created) return judged(Verdict::Unknown, "created-not-shown");
  const Day created = *registration->created;
  std::vector<std::string> older;
  for (const IssuedCertificate& it : seen.certificates)
    if (day_in_japan(it.not_before) + slack < created && day_in_japan(it.not_after) >= question.on)
      older.push_back(shown(it));
  const Parameters told = {{"source", seen.server},
                           {"created", to_text(created)},
                           {"certificates", list_text(older, most_shown)},
                           {"count", std::to_string(older.size())}};
  if (older.empty()) return all_seen_or(seen, judged(Verdict::Met, "no-certificate-before", told));
  // Elsewhere a new holder keeps the day of registration: an older certificate means that the name was free between.
  const bool explained = registration->kind != RegistrationKind::Gtld && change_was_approved_around(question, created);
  return explained ? all_seen_or(seen, judged(Verdict::Met, "certificates-before-approved", told))
                   : judged(Verdict::Attention, "certificates-before", told);
}

// Organisations: an authority changes the certificates it signs with as it likes.
std::set<std::string> known_issuers(const DeclaredBaseline& before, const IssuedCertificates& seen) {
  std::set<std::string> out(before.issuers.begin(), before.issuers.end());
  for (const BaselineCertificate& it : before.certificates) out.insert(organisation_of(it.issuer));
  for (const IssuedCertificate& it : seen.certificates)
    if (it.not_before <= before.taken) out.insert(organisation_of(it.issuer));
  return out;
}

Judgement issuer_of(const Question& question, const IssuedCertificates& seen) {
  if (const auto platform = platform_of(question.target))
    return judged(Verdict::NotApplicable, "platform-registration", {{"platform", *platform}});
  const auto* before = question.facts.one<DeclaredBaseline>(question.target);
  if (!before) return judged(Verdict::Unknown, "no-baseline-to-compare");
  const auto known = known_issuers(*before, seen);
  std::vector<std::string> others;
  for (const IssuedCertificate& it : seen.certificates)
    if (!known.contains(organisation_of(it.issuer))) others.push_back(shown(it));
  const Parameters told = {{"source", seen.server},
                           {"taken", to_text(day_in_japan(before->taken))},
                           {"certificates", list_text(others, most_shown)}};
  return others.empty() ? all_seen_or(seen, judged(Verdict::Met, "no-new-issuer", told))
                        : judged(Verdict::Attention, "new-issuer", told);
}

Judgement lookalikes_of(const DomainLookalikes& seen) {
  std::vector<std::string> with_mail, others;
  for (const Lookalike& it : seen.live) (it.mail == DnsFound::Records ? with_mail : others).push_back(it.name);
  const std::string asked = std::to_string(seen.asked);
  constexpr std::size_t most_names = 20;
  if (!with_mail.empty())
    return judged(Verdict::Attention, "lookalikes-with-mail", {{"names", list_text(with_mail, most_names)}});
  if (!seen.untold.empty())
    return judged(Verdict::Unknown, "lookalikes-untold", {{"names", list_text(seen.untold, most_shown)}});
  if (others.empty()) return judged(Verdict::Met, "no-lookalike", {{"asked", asked}});
  return judged(Verdict::Met, "lookalikes-without-mail", {{"asked", asked}, {"names", list_text(others, most_names)}});
}

// Contents that came after the last day of use and were never seen before it. Whose they are, no archive tells.
bool has_new_contents(const ArchivedPages& seen, Day last_used) {
  std::set<std::string> before;
  for (const ArchivedPage& page : seen.pages)
    if (day_in_japan(page.at) <= last_used) before.insert(page.digest);
  return std::any_of(seen.pages.begin(), seen.pages.end(), [&](const ArchivedPage& page) {
    const bool shows = page.status >= 200 && page.status < 400;
    return shows && !before.contains(page.digest);
  });
}

Judgement archive_of(const Question& question, const ArchivedPages& seen) {
  if (!seen.first || !seen.last) return judged(Verdict::Met, "archive-empty", {{"source", seen.server}});
  const auto* former = question.facts.one<DeclaredFormerDomain>(question.target);
  const auto last_used = former ? former->last_used : std::nullopt;
  const Parameters told = {{"source", seen.server},
                           {"first", to_text(day_in_japan(*seen.first))},
                           {"last", to_text(day_in_japan(*seen.last))},
                           {"last_used", last_used ? to_text(*last_used) : std::string()}};
  if (!last_used) return judged(Verdict::Unknown, "archive-without-last-use", told);
  return has_new_contents(seen, *last_used) ? judged(Verdict::Unknown, "archive-changed", told)
                                            : judged(Verdict::Met, "archive-unchanged", told);
}

}  // namespace

Judgement judge_certificates_before(const Question& question) {
  if (auto off = unless_asked<IssuedCertificates>(question, "certificate-search-off")) return *off;
  Judgement out = worst_of<IssuedCertificates>(
      question, [&](const IssuedCertificates& seen, const Observation&) { return before_of(question, seen); });
  for (const Observation* seen : question.facts.of<Registration>(question.target))
    if (!out.evidence.empty()) out.evidence.push_back(seen->id);
  return out;
}

Judgement judge_new_issuer(const Question& question) {
  if (auto off = unless_asked<IssuedCertificates>(question, "certificate-search-off")) return *off;
  Judgement out = worst_of<IssuedCertificates>(
      question, [&](const IssuedCertificates& seen, const Observation&) { return issuer_of(question, seen); });
  for (const Observation* seen : question.facts.of<DeclaredBaseline>(question.target))
    if (!out.evidence.empty()) out.evidence.push_back(seen->id);
  return out;
}

Judgement judge_lookalikes(const Question& question) {
  if (auto off = unless_asked<DomainLookalikes>(question, "lookalikes-off")) return *off;
  return worst_of<DomainLookalikes>(
      question, [](const DomainLookalikes& seen, const Observation&) { return lookalikes_of(seen); });
}

Judgement judge_former_archive(const Question& question) {
  if (auto off = unless_asked<ArchivedPages>(question, "archive-off")) return *off;
  return worst_of<ArchivedPages>(
      question, [&](const ArchivedPages& seen, const Observation&) { return archive_of(question, seen); });
}

}  // namespace kenshin
