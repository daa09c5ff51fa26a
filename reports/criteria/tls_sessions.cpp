// Documents: RFC 8446 4.2.9 (psk_ke resumes without forward secrecy), 4.2.10 and 8 (early data can be replayed); the
// ministry's safety guideline for medical information systems, operations volume chapter 13: client certificates where
// medical information is reached over open networks.
#include "reports/criteria/evidence.h"
#include "reports/criteria/judges.h"

namespace kenshin {

namespace {

Judgement undecided(const char* code, const std::string& because) {
  return judged(Verdict::Unknown, code, {{"because", because}});
}

Judgement resumption_at(const TlsSessions& seen) {
  switch (seen.psk_ke.accepted) {
    case Answer::NotApplicable: return judged(Verdict::NotApplicable, "no-tls13-resumption");
    case Answer::No: return judged(Verdict::Met, "resumption-keeps-secrecy");
    case Answer::Unknown: return undecided("resumption-undecided", seen.psk_ke.because);
    case Answer::Yes: break;
  }
  switch (seen.psk_dhe_ke.accepted) {
    case Answer::Yes: return judged(Verdict::Met, "resumption-as-client-asks");
    case Answer::No: return judged(Verdict::Attention, "resumption-without-secrecy");
    default: return undecided("resumption-undecided", seen.psk_dhe_ke.because);
  }
}

Judgement early_data_at(const TlsSessions& seen) {
  switch (seen.early_data.accepted) {
    case Answer::NotApplicable: return judged(Verdict::NotApplicable, "no-tls13-resumption");
    case Answer::No: return judged(Verdict::Met, "early-data-refused");
    case Answer::Yes:
      return judged(Verdict::Attention, "early-data-accepted",
                    {{"bytes", seen.max_early_data ? std::to_string(*seen.max_early_data) : std::string()}});
    case Answer::Unknown: break;
  }
  return undecided("early-data-undecided", seen.early_data.because);
}

Judgement client_certificate_at(const TlsClientCertificate& seen) {
  if (seen.required.accepted == Answer::Yes) return judged(Verdict::Met, "client-certificate-required");
  if (seen.required.accepted == Answer::Unknown && seen.requested.accepted != Answer::No)
    return undecided("client-certificate-undecided", seen.required.because);
  if (seen.requested.accepted == Answer::Yes) return judged(Verdict::Attention, "client-certificate-optional");
  return judged(Verdict::Attention, "client-certificate-not-asked");
}

}  // namespace

Judgement judge_resumption(const Question& question) {
  return worst_of<TlsSessions>(question,
                               [](const TlsSessions& seen, const Observation&) { return resumption_at(seen); });
}

Judgement judge_early_data(const Question& question) {
  return worst_of<TlsSessions>(question,
                               [](const TlsSessions& seen, const Observation&) { return early_data_at(seen); });
}

// The guideline speaks of systems that affect the medical information system; only the clinic can say which do.
Judgement judge_client_certificate(const Question& question) {
  const auto* clinic = question.facts.one<DeclaredClinic>({TargetKind::Clinic, "", 0});
  const Answer affects = clinic ? clinic->affects_medical_information_system : Answer::Unknown;
  return worst_of<TlsClientCertificate>(question, [&](const TlsClientCertificate& seen, const Observation&) {
    if (affects == Answer::No) return judged(Verdict::NotApplicable, "no-medical-information-system");
    if (affects != Answer::Yes) return judged(Verdict::Unknown, "medical-information-system-undeclared");
    return client_certificate_at(seen);
  });
}

}  // namespace kenshin
