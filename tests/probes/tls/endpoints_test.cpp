// Endpoints that do not answer as they should: what may become a "no", and what stays unknown with its reason.
#include <gtest/gtest.h>

#include "probes/net/budget.h"
#include "probes/tls/code_points.h"
#include "probes/tls/conversation.h"
#include "probes/tls/tls.h"
#include "probes/tls/versions.h"
#include "tests/lab/peers.h"
#include "tests/lab/scripted.h"

namespace kenshin {
namespace {

using namespace std::chrono_literals;

Session quick_session(std::chrono::milliseconds timeout) {
  Session out;
  out.now = lab::real_now;
  out.timeout = timeout;
  out.budget = std::make_shared<Budget>();
  return out;
}

Asked consult(std::uint16_t port) { return {{TargetKind::Endpoint, lab::consult_name, port}, "127.0.0.1"}; }

// The one reason why all facts are missing.
Error::Kind why_nothing(std::uint16_t port, std::chrono::milliseconds timeout = 5000ms) {
  Session session = quick_session(timeout);
  const auto seen = observe_tls(consult(port), session);
  EXPECT_EQ(seen.size(), 10U);
  for (const auto& o : seen) {
    EXPECT_FALSE(o.fact) << o.name;
    if (o.fact) return Error::Kind::NotAsked;
    EXPECT_EQ(o.fact.error().kind, seen.front().fact.error().kind) << o.name;
  }
  return seen.front().fact.error().kind;
}

TlsVersions versions_seen(std::uint16_t port, std::chrono::milliseconds timeout) {
  Session session = quick_session(timeout);
  const auto seen = observe_tls(consult(port), session);
  const auto* fact = fact_of<TlsVersions>(seen.front());
  EXPECT_NE(fact, nullptr);
  return fact != nullptr ? *fact : TlsVersions{};
}

// After a few connections, or for most of them, everything is answered by an alert: a limit, not an opinion.
TEST(TlsEndpoint, ThatLimitsByAlertsProvesNoRefusal) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1 TLSv1.1 TLSv1.2 TLSv1.3", "ALL:@SECLEVEL=0", ""});
  int lasting_examined = 0;
  for (const std::uint8_t description : std::initializer_list<std::uint8_t>{40, 49, 70}) {
    const auto alert = lab::says({21, 3, 1, 0, 2, 2, description});
    const auto real = lab::relay(nginx.port());
    for (const bool lasting : {true, false}) {
      if (!lasting && description != 40) continue;
      const lab::Server server(lasting ? lab::first(8, real, alert) : lab::one_in(3, real, alert));
      Session session = quick_session(3s);
      const auto seen = observe_tls(consult(server.port()), session);
      const auto* versions = fact_of<TlsVersions>(seen[0]);
      const auto* suites = fact_of<TlsSuites>(seen[1]);
      if (versions == nullptr || suites == nullptr) {
        EXPECT_FALSE(lasting) << int{description} << ": the first eight connections were answered";
        continue;  // every hello of the opening was refused: nothing is told
      }
      lasting_examined += lasting ? 1 : 0;
      for (const auto& [version, decided] : versions->versions) {
        if (version <= TlsVersion::Ssl3) continue;
        EXPECT_NE(decided.accepted, Answer::No) << version_name(version) << decided.because;
      }
      for (const auto& [version, list] : suites->versions)
        EXPECT_FALSE(list.complete) << version_name(version) << int{description};
    }
  }
  EXPECT_EQ(lasting_examined, 3) << "one by each of the alerts";
}

TEST(TlsEndpoint, ThatClosesHasNoFactsBecauseClosed) {
  const lab::Server server(lab::closes());
  EXPECT_EQ(why_nothing(server.port()), Error::Kind::Closed);
}

TEST(TlsEndpoint, ThatIsSilentCostsItsDeadlineOnce) {
  const lab::Server server(lab::silent());
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(why_nothing(server.port(), 400ms), Error::Kind::Timeout);
  EXPECT_LT(std::chrono::steady_clock::now() - start, 800ms);
}

TEST(TlsEndpoint, ThatSpeaksHttpHasNoFactsBecauseNotTls) {
  const lab::Server server(lab::speaks_http());
  EXPECT_EQ(why_nothing(server.port()), Error::Kind::NotTls);
}

TEST(TlsEndpoint, ThatResetsHasNoFactsBecauseReset) {
  const lab::Server server(lab::resets());
  EXPECT_EQ(why_nothing(server.port()), Error::Kind::Reset);
}

TEST(TlsEndpoint, ThatIsClosedHasNoFactsBecauseRefused) {
  EXPECT_EQ(why_nothing(lab::free_port()), Error::Kind::Refused);
}

// The other probes of the endpoint are spared: Budget::given_up.
TEST(TlsEndpoint, ThatClosesIsGivenUpAndSaysWhy) {
  const lab::Server server(lab::closes());
  Session session = quick_session(5s);
  const Asked asked = consult(server.port());
  session.budget->find_out(asked.target, asked.address);
  observe_tls(asked, session);
  const auto why = session.budget->given_up(asked.target, asked.address);
  ASSERT_TRUE(why);
  EXPECT_EQ(why->kind, Error::Kind::Closed);
}

// A fatal protocol_version alert for every hello.
TEST(TlsEndpoint, ThatRefusesEveryVersionByAlertSpeaksNone) {
  const lab::Server server(lab::says({21, 3, 1, 0, 2, 2, 70}));
  for (const auto& [version, decided] : versions_seen(server.port(), 5s).versions) {
    EXPECT_EQ(decided.accepted, Answer::No) << version_name(version);
    EXPECT_EQ(decided.because, "alert protocol_version") << version_name(version);
  }
}

// internal_error says nothing about what was offered.
TEST(TlsEndpoint, ThatFailsInternallyIsUnknown) {
  const lab::Server server(lab::says({21, 3, 1, 0, 2, 2, 80}));
  const auto seen = versions_seen(server.port(), 5s);
  ASSERT_EQ(seen.versions.size(), 6U);
  for (const auto& [version, decided] : seen.versions) {
    EXPECT_EQ(decided.accepted, Answer::Unknown) << version_name(version);
    EXPECT_EQ(decided.because, "alert internal_error, no control") << version_name(version);
  }
}

// The body's version, bytes 9 and 10 of the record, of a hello up to TLS 1.2.
bool offers(Bytes hello, TlsVersion version) {
  return hello.size() > 10 &&
         static_cast<std::uint16_t>(hello[9] << 8 | hello[10]) == static_cast<std::uint16_t>(version);
}

TEST(TlsEndpoint, ThatAlwaysResetsOneVersionRefusesIt) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.2 TLSv1.3", "", ""});
  const lab::Server server(lab::choose([](Bytes hello) { return offers(hello, TlsVersion::Tls11); }, lab::resets(),
                                       lab::relay(nginx.port())));
  const auto seen = versions_seen(server.port(), 5s);
  EXPECT_EQ(seen.versions.at(TlsVersion::Tls11).accepted, Answer::No);
  EXPECT_EQ(seen.versions.at(TlsVersion::Tls11).because, "reset, thrice alike");
  EXPECT_EQ(seen.versions.at(TlsVersion::Tls12).accepted, Answer::Yes);
}

TEST(TlsEndpoint, ThatIsSilentToOneVersionRefusesItAfterThreeTries) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.1 TLSv1.2 TLSv1.3", "ALL:@SECLEVEL=0", ""});
  const lab::Server server(lab::choose([](Bytes hello) { return offers(hello, TlsVersion::Tls10); }, lab::silent(),
                                       lab::relay(nginx.port())));
  const auto seen = versions_seen(server.port(), 500ms);
  EXPECT_EQ(seen.versions.at(TlsVersion::Tls10).accepted, Answer::No);
  EXPECT_EQ(seen.versions.at(TlsVersion::Tls10).because, "timeout, thrice alike");
}

// Three tries end alike, but a control hello fails in the same way: that proves nothing.
TEST(TlsEndpoint, ThatResetsOneVersionAndItsControlsLeavesItUnknown) {
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.2 TLSv1.3", "", ""});
  const lab::Server flaky(
      lab::first(5, lab::relay(nginx.port()), lab::one_in(3, lab::resets(), lab::relay(nginx.port()))));
  const lab::Server server(lab::choose([](Bytes hello) { return offers(hello, TlsVersion::Tls11); }, lab::resets(),
                                       lab::relay(flaky.port())));
  const auto seen = versions_seen(server.port(), 5s);
  EXPECT_EQ(seen.versions.at(TlsVersion::Tls11).accepted, Answer::Unknown);
  EXPECT_EQ(seen.versions.at(TlsVersion::Tls11).because, "reset, control failed");
  EXPECT_EQ(seen.versions.at(TlsVersion::Tls12).accepted, Answer::Yes);
}

// It chooses 0xC02F whatever is offered: the list holds it once and says why it goes no further.
TEST(TlsEndpoint, ThatChoosesWhatWasNotOfferedHasAnIncompleteList) {
  Writer flight;
  flight.u8(22);
  flight.u16(0x0303);
  flight.vec16([](Writer& record) {
    record.u8(2);
    record.vec24([](Writer& hello) {
      hello.u16(0x0303);
      hello.put(Buffer(32, std::uint8_t{7}));
      hello.u8(0);
      hello.u16(0xC02F);
      hello.u8(0);
    });
  });
  const lab::Server server(lab::says(flight.take()));
  Session session = quick_session(5s);
  const auto seen = observe_tls(consult(server.port()), session);
  const auto* suites = fact_of<TlsSuites>(seen[1]);
  ASSERT_NE(suites, nullptr);
  const auto& list = suites->versions.at(TlsVersion::Tls12);
  EXPECT_EQ(list.suites, (std::vector<SuiteId>{static_cast<SuiteId>(0xC02F)}));
  EXPECT_FALSE(list.complete);
  EXPECT_EQ(list.because, "chose TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, which was not offered");
}

// A ServerHello of which only the beginning arrives: somebody accepted, so it is no refusal, however often it is cut.
TEST(TlsEndpoint, ThatIsCutWithinItsAnswerRefusedNothing) {
  Buffer beginning{22, 3, 1, 0, 90, 2, 0, 0, 86, 3, 1};
  const lab::Pki pki;
  const lab::Nginx nginx(pki, {"TLSv1.2 TLSv1.3", "", ""});
  const auto is_old = [](Bytes hello) { return hello.size() > 10 && hello[10] < 3; };  // client_version below TLS 1.2
  const lab::Server server(lab::choose(is_old, lab::says(beginning), lab::relay(nginx.port())));
  const auto versions = versions_seen(server.port(), 2000ms).versions;
  EXPECT_EQ(versions.at(TlsVersion::Tls12).accepted, Answer::Yes);
  EXPECT_EQ(versions.at(TlsVersion::Tls11).accepted, Answer::Unknown) << versions.at(TlsVersion::Tls11).because;
}

}  // namespace
}  // namespace kenshin
