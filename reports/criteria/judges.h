// The judging functions, one per criterion, grouped by the file that holds them; criteria.cpp makes rows of them.
#pragma once

#include "reports/criteria/criterion.h"

namespace kenshin {

// tls_versions.cpp
Judgement judge_version_floor(const Question&);
Judgement judge_tls13(const Question&);
// tls_suites.cpp
Judgement judge_suites_listed(const Question&);
Judgement judge_suites_tls13(const Question&);
Judgement judge_suites_prohibited(const Question&);
Judgement judge_server_order(const Question&);
// tls_groups.cpp
Judgement judge_group_strength(const Question&);
// certificate_trust.cpp
Judgement judge_certificate_trusted(const Question&);
Judgement judge_certificate_name(const Question&);
Judgement judge_chain_complete(const Question&);
// certificate_dates.cpp
Judgement judge_certificate_validity(const Question&);
Judgement judge_certificate_lifetime(const Question&);
// certificate_strength.cpp
Judgement judge_certificate_key(const Question&);
Judgement judge_certificate_signature(const Question&);
// domain_state.cpp
Judgement judge_domain_registered(const Question&);
Judgement judge_domain_state(const Question&);
Judgement judge_domain_expiry(const Question&);
// domain_history.cpp
Judgement judge_domain_lock(const Question&);
Judgement judge_domain_young(const Question&);
// host_support.cpp
Judgement judge_os_supported(const Question&);
// host_updates.cpp
Judgement judge_updates_pending(const Question&);
Judgement judge_updates_last_check(const Question&);
Judgement judge_reboot(const Question&);
// host_revision.cpp
Judgement judge_updates_current(const Question&);
// host_antivirus.cpp
Judgement judge_antivirus_active(const Question&);
Judgement judge_antivirus_signatures(const Question&);

}  // namespace kenshin
