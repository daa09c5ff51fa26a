// The judging functions, one per criterion, grouped by the file that holds them; criteria.cpp makes rows of them.
#pragma once

#include "reports/criteria/criterion.h"

namespace kenshin {

// tls_versions.cpp
Judgement judge_version_floor(const Question&);
Judgement judge_tls12(const Question&);
Judgement judge_tls13(const Question&);
// tls_suites.cpp
Judgement judge_suites_listed(const Question&);
Judgement judge_suites_tls13(const Question&);
Judgement judge_suites_prohibited(const Question&);
Judgement judge_server_order(const Question&);
// tls_groups.cpp
Judgement judge_group_strength(const Question&);
Judgement judge_post_quantum(const Question&);
// tls_schemes.cpp
Judgement judge_signature_schemes(const Question&);
// tls_dh.cpp
Judgement judge_dh_strength(const Question&);
// tls_sessions.cpp
Judgement judge_resumption(const Question&);
Judgement judge_early_data(const Question&);
Judgement judge_client_certificate(const Question&);
// certificate_trust.cpp
Judgement judge_certificate_trusted(const Question&);
Judgement judge_certificate_name(const Question&);
Judgement judge_chain_complete(const Question&);
// certificate_distrust.cpp
Judgement judge_certificate_distrusted(const Question&);
// certificate_dates.cpp
Judgement judge_certificate_validity(const Question&);
Judgement judge_certificate_lifetime(const Question&);
// certificate_strength.cpp
Judgement judge_certificate_key(const Question&);
Judgement judge_certificate_signature(const Question&);
// certificate_flaws.cpp
Judgement judge_key_flaws(const Question&);
// certificate_usage.cpp
Judgement judge_certificate_usage(const Question&);
Judgement judge_certificate_validation(const Question&);
Judgement judge_certificate_conformance(const Question&);
// certificate_revocation.cpp
Judgement judge_certificate_revocation(const Question&);
Judgement judge_must_staple(const Question&);
Judgement judge_certificate_timestamps(const Question&);
// certificate_across.cpp
Judgement judge_key_shared(const Question&);
// certificate_everywhere.cpp
Judgement judge_same_certificates(const Question&);
// http_transport.cpp
Judgement judge_plain_http(const Question&);
Judgement judge_hsts(const Question&);
// http_pages.cpp
Judgement judge_cookies(const Question&);
Judgement judge_page_cache(const Question&);
// place_japan.cpp
Judgement judge_place_japan(const Question&);
// domain_state.cpp
Judgement judge_domain_registered(const Question&);
Judgement judge_domain_state(const Question&);
Judgement judge_domain_own_name(const Question&);
// domain_expiry.cpp
Judgement judge_domain_expiry(const Question&);
// domain_dates.cpp
Judgement judge_domain_created(const Question&);
Judgement judge_domain_young(const Question&);
// domain_holding.cpp
Judgement judge_domain_lock(const Question&);
Judgement judge_domain_registry_lock(const Question&);
Judgement judge_domain_holder(const Question&);
// endpoint_address.cpp
Judgement judge_address_held(const Question&);
// domain_changed.cpp
Judgement judge_domain_changed(const Question&);
Judgement judge_domain_transferred(const Question&);
// domain_across.cpp
Judgement judge_certificate_older(const Question&);
// domain_former.cpp
Judgement judge_former_held(const Question&);
Judgement judge_former_reused(const Question&);
Judgement judge_former_listed(const Question&);
// domain_dns.cpp
Judgement judge_domain_dnssec(const Question&);
Judgement judge_domain_caa(const Question&);
// domain_caa_across.cpp
Judgement judge_caa_issuer(const Question&);
// domain_mail.cpp
Judgement judge_domain_no_mail(const Question&);
Judgement judge_domain_mail(const Question&);
// domain_delegation.cpp
Judgement judge_domain_delegation(const Question&);
Judgement judge_domain_lame(const Question&);
// domain_dependents.cpp
Judgement judge_dependents_registered(const Question&);
Judgement judge_dependents_state(const Question&);
Judgement judge_dependents_expiry(const Question&);
Judgement judge_dependents_dangling(const Question&);
Judgement judge_dependents_takeover(const Question&);
Judgement judge_dependents_newer(const Question&);
Judgement judge_domain_wildcard(const Question&);
// domain_outside.cpp
Judgement judge_certificates_before(const Question&);
Judgement judge_new_issuer(const Question&);
Judgement judge_lookalikes(const Question&);
Judgement judge_former_archive(const Question&);
// host_support.cpp
Judgement judge_os_supported(const Question&);
// host_updates.cpp
Judgement judge_updates_pending(const Question&);
Judgement judge_updates_last_check(const Question&);
Judgement judge_updates_automatic(const Question&);
Judgement judge_reboot(const Question&);
// host_revision.cpp
Judgement judge_updates_current(const Question&);
// host_antivirus.cpp
Judgement judge_antivirus_active(const Question&);
Judgement judge_antivirus_signatures(const Question&);
Judgement judge_antivirus_alone(const Question&);
// host_settings.cpp
Judgement judge_firewall(const Question&);
Judgement judge_disk(const Question&);
Judgement judge_lock(const Question&);
Judgement judge_automatic_login(const Question&);
Judgement judge_accounts(const Question&);
// host_watch.cpp
Judgement judge_logs(const Question&);
Judgement judge_clock(const Question&);
Judgement judge_intrusion_detection(const Question&);
Judgement judge_ports(const Question&);
// host_use.cpp
Judgement judge_software(const Question&);
Judgement judge_residue_files(const Question&);
Judgement judge_residue_features(const Question&);
Judgement judge_other_use(const Question&);

}  // namespace kenshin
