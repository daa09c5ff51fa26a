// A vulnerable server answers, inside TLS, what came in clear; a mended one does not. Scripted servers play both.
#include "probes/tls/starttls_injection.h"

#include <gtest/gtest.h>

#include <array>

#include "tests/lab/starttls.h"

namespace kenshin {
namespace {

using lab::Leftover;

const lab::Pki& pki() {
  static const lab::Pki one;
  return one;
}

constexpr auto tested = std::to_array({Protocol::Smtp, Protocol::Lmtp, Protocol::Imap, Protocol::Pop3, Protocol::Ftp,
                                       Protocol::Ldap, Protocol::Postgres, Protocol::Sieve, Protocol::Nntp});

Vulnerability seen_at(const lab::Server& server, Protocol protocol, std::chrono::milliseconds timeout) {
  Session session = lab::session_with(pki());
  session.timeout = timeout;
  Tally tally{0};
  const auto out = starttls_injection({{TargetKind::Endpoint, lab::consult_name, server.port(), protocol}, "127.0.0.1"},
                                      session, tally);
  EXPECT_LE(tally.load(), 5);
  return out;
}

Vulnerability seen(Protocol protocol, Leftover leftover, std::chrono::milliseconds timeout = std::chrono::seconds(5)) {
  const lab::Server server(lab::starttls({protocol, leftover}, pki()));
  return seen_at(server, protocol, timeout);
}

TEST(StarttlsInjection, FindsEveryVulnerableServerTenTimesInTen) {
  for (const auto protocol : tested)
    for (int i = 0; i < 10; ++i) {
      const auto found = seen(protocol, Leftover::Executed);
      ASSERT_EQ(found.vulnerable, Answer::Yes) << protocol_name(protocol) << ": " << found.because;
    }
}

TEST(StarttlsInjection, ClearsEveryMendedServerTenTimesInTen) {
  for (const auto leftover : {Leftover::Dropped, Leftover::TakenForTls, Leftover::Refused, Leftover::Dies})
    for (const auto protocol : tested)
      for (int i = 0; i < 10; ++i) {
        if (leftover == Leftover::Refused && (protocol == Protocol::Ldap || protocol == Protocol::Postgres)) continue;
        const auto found = seen(protocol, leftover);
        ASSERT_EQ(found.vulnerable, Answer::No) << protocol_name(protocol) << ": " << found.because;
      }
}

TEST(StarttlsInjection, CannotTellWithoutAControl) {
  // The first connection is served, and refuses; no later one is.
  const lab::Server server(lab::first(1, lab::starttls({Protocol::Smtp, Leftover::Refused}, pki()), lab::closes()));
  const auto found = seen_at(server, Protocol::Smtp, std::chrono::seconds(2));
  EXPECT_EQ(found.vulnerable, Answer::Unknown);
  EXPECT_TRUE(found.because.ends_with("control failed")) << found.because;
}

TEST(StarttlsInjection, BelievesALossOnlyThriceAlike) {
  const auto dying = lab::starttls({Protocol::Imap, Leftover::Dies}, pki());
  const lab::Server flaky(lab::first(1, dying, lab::starttls({Protocol::Imap, Leftover::Executed}, pki())));
  const auto found = seen_at(flaky, Protocol::Imap, std::chrono::seconds(2));
  EXPECT_EQ(found.vulnerable, Answer::Unknown);
  EXPECT_TRUE(found.because.ends_with("tries differ")) << found.because;
}

TEST(StarttlsInjection, TakesABusyServerForNoRefusal) {
  const auto usual = lab::starttls({Protocol::Smtp, Leftover::Executed}, pki());
  for (const char* greeting : {"421 too many connections\r\n", "220 hi\r\n250 lab\r\n454 not now\r\n"}) {
    const auto busy = lab::starttls({Protocol::Smtp, Leftover::Dropped, true, greeting}, pki());
    const lab::Server server(lab::first(1, busy, usual));
    EXPECT_EQ(seen_at(server, Protocol::Smtp, std::chrono::seconds(2)).vulnerable, Answer::Unknown) << greeting;
  }
}

TEST(StarttlsInjection, BelievesARefusalInWordsOnlyThriceAlike) {
  const auto refusing = lab::starttls({Protocol::Pop3, Leftover::Refused}, pki());
  const auto vulnerable = lab::starttls({Protocol::Pop3, Leftover::Executed}, pki());
  const lab::Server once(lab::first(1, refusing, vulnerable));
  EXPECT_EQ(seen_at(once, Protocol::Pop3, std::chrono::seconds(2)).vulnerable, Answer::Unknown);
}

TEST(StarttlsInjection, AccusesNobodyWhoUnderstandsNothingInsideTls) {
  for (const auto protocol : {Protocol::Pop3, Protocol::Ftp}) {
    const lab::Server server(lab::starttls({protocol, Leftover::Dropped, true, {}, true}, pki()));
    const auto found = seen_at(server, protocol, std::chrono::seconds(2));
    EXPECT_EQ(found.vulnerable, Answer::Unknown) << found.because;
    EXPECT_TRUE(found.because.ends_with("control failed")) << found.because;
  }
}

TEST(StarttlsInjection, BelievesAnAnswerOnlyThriceAlike) {
  for (const auto protocol : {Protocol::Pop3, Protocol::Smtp}) {
    const auto mended = lab::starttls({protocol, Leftover::Dropped}, pki());
    const auto odd = lab::starttls({protocol, Leftover::Dropped, true, {}, true}, pki());
    const lab::Server once(lab::first(1, odd, mended)), second(lab::one_in(2, mended, odd)),
        third(lab::one_in(3, mended, odd));
    for (const auto* server : {&once, &second, &third}) {
      const auto found = seen_at(*server, protocol, std::chrono::seconds(2));
      EXPECT_NE(found.vulnerable, Answer::Yes) << protocol_name(protocol) << ": " << found.because;
    }
  }
}

TEST(StarttlsInjection, BelievesACloseOfPostgresOnlyThriceAlike) {
  const auto closing = lab::starttls({Protocol::Postgres, Leftover::Dropped}, pki());
  const lab::Server once(lab::first(1, closing, lab::starttls({Protocol::Postgres, Leftover::Executed}, pki())));
  const auto found = seen_at(once, Protocol::Postgres, std::chrono::seconds(2));
  EXPECT_EQ(found.vulnerable, Answer::Unknown) << found.because;
}

TEST(StarttlsInjection, CannotTellWhereNothingAnswers) {
  for (const auto& behaviour : {lab::silent(), lab::closes(), lab::resets()}) {
    const lab::Server server(behaviour);
    EXPECT_EQ(seen_at(server, Protocol::Smtp, std::chrono::milliseconds(200)).vulnerable, Answer::Unknown);
  }
}

TEST(StarttlsInjection, AsksNobodyWhoDidNotAgree) {
  Session session = lab::session_with(pki());
  Tally tally{0};
  const Target target{TargetKind::Endpoint, "mail.example.jp", 587, Protocol::Smtp};
  const auto found = starttls_injection({target, "192.0.2.1"}, session, tally);
  EXPECT_EQ(found, (Vulnerability{Answer::Unknown, "not authorised"}));
  EXPECT_EQ(tally.load(), 0);
}

TEST(StarttlsInjection, IsNoQuestionWhereTlsBeginsAtOnce) {
  Session session = lab::session_with(pki());
  Tally tally{0};
  const Target target{TargetKind::Endpoint, "tele.example.jp", 443};
  EXPECT_EQ(starttls_injection({target, "127.0.0.1"}, session, tally).vulnerable, Answer::NotApplicable);
  const Target rdp{TargetKind::Endpoint, "tele.example.jp", 3389, Protocol::Rdp};
  EXPECT_EQ(starttls_injection({rdp, "127.0.0.1"}, session, tally).vulnerable, Answer::Unknown);
}

TEST(StarttlsInjection, TakesNoOtherWordsForAnAnswer) {
  EXPECT_EQ(whose_answer(Protocol::Smtp, bytes_of("221 bye\r\n"), false), Said::No);
  EXPECT_EQ(whose_answer(Protocol::Smtp, bytes_of("421 too slow\r\n"), false), Said::Wrong);
  EXPECT_EQ(whose_answer(Protocol::Smtp, bytes_of("25"), false), Said::More);
  EXPECT_EQ(whose_answer(Protocol::Smtp, bytes_of("25"), true), Said::Wrong);
  EXPECT_EQ(whose_answer(Protocol::Pop3, bytes_of("-ERR unknown\r\n"), false), Said::Yes);
  for (const char* busy : {"-ERR [SYS/TEMP] try later\r\n", "-ERR [IN-USE] locked\r\n", "-ERR [LOGIN-DELAY] wait\r\n"})
    EXPECT_EQ(whose_answer(Protocol::Pop3, bytes_of(busy), false), Said::Wrong) << busy;
  EXPECT_EQ(whose_answer(Protocol::Imap, bytes_of("* 1 EXISTS\r\nk3 OK\r\n"), false), Said::No);
  EXPECT_EQ(whose_answer(Protocol::Sieve, bytes_of("OK\r\n"), true), Said::No);
  EXPECT_EQ(whose_answer(Protocol::Postgres, bytes_of("E"), true), Said::Wrong);
}

}  // namespace
}  // namespace kenshin
