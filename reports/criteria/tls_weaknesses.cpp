// Documents: the research or RFC each row names. Item 2.5.2-1.xii asks for sufficient strength: a weakness that lets
// others read or alter what is sent breaks it (NotMet); one that enlarges the harm of something else is a condition
// (Attention). A test that malforms messages needs an authorisation; without one its row says so.
#include "reports/criteria/tls_weaknesses.h"

#include <array>

#include "probes/tls/code_points.h"
#include "reports/criteria/evidence.h"

namespace kenshin {

namespace {

constexpr std::array consultation = {Role::Consult, Role::Login, Role::Api, Role::Media};

Judgement told(Verdict verdict, const char* code, const std::string& because) {
  return judged(verdict, code, {{"because", because}});
}

Judgement answered(const Vulnerability& seen, Verdict if_found) {
  switch (seen.vulnerable) {
    case Answer::No: return told(Verdict::Met, "weakness-absent", seen.because);
    case Answer::NotApplicable: return told(Verdict::NotApplicable, "weakness-out-of-question", seen.because);
    case Answer::Yes:
      return told(if_found, if_found == Verdict::NotMet ? "weakness-found" : "weakness-condition", seen.because);
    case Answer::Unknown: break;
  }
  if (seen.because.starts_with("not authorised")) return judged(Verdict::Unknown, "weakness-not-authorised");
  return told(Verdict::Unknown, "weakness-undecided", seen.because);
}

// BREACH needs a compressed body, which the answer over HTTP tells: a page with a body, not a redirect or an error.
Judgement by_bodies(const HttpSecure& seen) {
  if (!seen.encodings.empty()) return told(Verdict::Attention, "weakness-condition", list_text(seen.encodings));
  if (seen.status == 200 && seen.body_size > 0)
    return told(Verdict::Met, "weakness-absent", "HTTP bodies are not compressed");
  const std::string status = "status " + std::to_string(seen.status);
  return told(Verdict::Unknown, "weakness-undecided", seen.status == 200 ? status + ", no body" : status);
}

Judgement breach(const Question& question, const Observation& seen) {
  const Observation* web = beside<HttpSecure>(question, seen);
  if (!web) return told(Verdict::Unknown, "weakness-undecided", "no HTTP facts");
  Judgement out = by_bodies(*fact_of<HttpSecure>(*web));
  out.evidence.push_back(web->id);
  return out;
}

Judgement weakness_at(const Question& question, Weakness weakness, Verdict if_found) {
  return worst_of<TlsWeaknesses>(question, [&](const TlsWeaknesses& all, const Observation& seen) {
    const auto at = all.weaknesses.find(weakness);
    const bool undecided = at == all.weaknesses.end() || at->second.vulnerable == Answer::Unknown;
    if (weakness == Weakness::Breach && undecided) return breach(question, seen);
    if (at == all.weaknesses.end()) return judged(Verdict::Unknown, "weakness-not-asked");
    return answered(at->second, if_found);
  });
}

template <Weakness weakness, Verdict if_found>
Judgement judge_weakness(const Question& question) {
  return weakness_at(question, weakness, if_found);
}

template <Weakness weakness, Verdict if_found, class... More>
constexpr Criterion row(std::string_view id, std::string_view cites, More... more) {
  return {id,
          cites,
          TargetKind::Endpoint,
          consultation,
          gives(Verdict::Unknown, Verdict::NotApplicable, Verdict::Met, if_found, more...),
          judge_weakness<weakness, if_found>};
}

constexpr auto breaks = Verdict::NotMet;
constexpr auto weakens = Verdict::Attention;

constexpr auto weaknesses = std::to_array<Criterion>({
    row<Weakness::Heartbleed, breaks>("tls.weakness.heartbleed", "RFC 6520 4; CVE-2014-0160"),
    row<Weakness::CcsInjection, breaks>("tls.weakness.ccs_injection", "RFC 5246 7.1; CVE-2014-0224"),
    row<Weakness::Ticketbleed, breaks>("tls.weakness.ticketbleed", "RFC 5077 3.4; CVE-2016-9244"),
    row<Weakness::Robot, breaks>("tls.weakness.robot", "RFC 5246 7.4.7.1; Böck, Somorovsky, Young: ROBOT (2018)"),
    row<Weakness::Poodle, breaks>("tls.weakness.poodle", "RFC 7568; CVE-2014-3566"),
    row<Weakness::TlsPoodle, breaks>("tls.weakness.tls_poodle", "RFC 5246 6.2.3.2; CVE-2014-8730"),
    row<Weakness::PaddingOracle, breaks>("tls.weakness.padding_oracle",
                                         "RFC 5246 6.2.3.2; CVE-2016-2107, CVE-2019-1559"),
    // Attention: reports/criteria/certificate_across.cpp
    row<Weakness::Drown, breaks>("tls.weakness.drown", "RFC 6176; CVE-2016-0800", weakens),
    row<Weakness::Freak, breaks>("tls.weakness.freak", "RFC 2246 7.4.3 (RSA_EXPORT); CVE-2015-0204"),
    row<Weakness::Logjam, breaks>("tls.weakness.logjam", "RFC 7919; CVE-2015-4000"),
    row<Weakness::Rc4, breaks>("tls.weakness.rc4", "RFC 7465"),
    row<Weakness::InvalidCurve, breaks>("tls.weakness.invalid_curve", "RFC 8422 5.11"),
    row<Weakness::StarttlsInjection, breaks>("tls.weakness.starttls_injection", "RFC 3207 6; NO STARTTLS (2021)"),
    row<Weakness::InsecureRenegotiation, breaks>("tls.weakness.insecure_renegotiation", "RFC 5746 3.4"),
    row<Weakness::Crime, breaks>("tls.weakness.crime", "RFC 3749; CVE-2012-4929"),
    row<Weakness::ClientRenegotiation, weakens>("tls.weakness.client_renegotiation", "RFC 5246 7.4.1.1"),
    row<Weakness::Opossum, weakens>("tls.weakness.opossum", "RFC 2817 3; Opossum (2025)"),
    row<Weakness::Sweet32, weakens>("tls.weakness.sweet32", "CVE-2016-2183"),
    row<Weakness::FallbackScsv, weakens>("tls.weakness.fallback_scsv", "RFC 7507"),
    row<Weakness::Beast, weakens>("tls.weakness.beast", "RFC 4346 6.2.3.2; CVE-2011-3389"),
    row<Weakness::Lucky13, weakens>("tls.weakness.lucky13", "RFC 7366; CVE-2013-0169"),
    row<Weakness::Breach, weakens>("tls.weakness.breach", "RFC 9110 8.4; CVE-2013-3587"),
    row<Weakness::Raccoon, weakens>("tls.weakness.raccoon", "RFC 5246 8.1.2; CVE-2020-1968"),
    row<Weakness::DheAt, weakens>("tls.weakness.dheat", "RFC 7919; CVE-2002-20001"),
});

}  // namespace

std::span<const Criterion> weakness_criteria() { return weaknesses; }

}  // namespace kenshin
