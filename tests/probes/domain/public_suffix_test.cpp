#include "probes/domain/public_suffix.h"

#include <gtest/gtest.h>

namespace kenshin {
namespace {

TEST(PublicSuffix, FindsTheNameTheRegistryHolds) {
  EXPECT_EQ(registry_name("www.example.jp"), "example.jp");
  EXPECT_EQ(registry_name("foo.or.jp"), "foo.or.jp");
  EXPECT_EQ(registry_name("a.b.foo.or.jp"), "foo.or.jp");
  EXPECT_EQ(registry_name("www.example.tokyo.jp"), "example.tokyo.jp");
  EXPECT_EQ(registry_name("clinic.example.chuo.tokyo.jp"), "example.chuo.tokyo.jp");
  EXPECT_EQ(registry_name("www.city.kobe.jp"), "city.kobe.jp");
  EXPECT_EQ(registry_name("www.example.com"), "example.com");
}

TEST(PublicSuffix, PutsNamesIntoCanonicalFormFirst) {
  EXPECT_EQ(registry_name("WWW.Foo.OR.JP"), "foo.or.jp");
  EXPECT_EQ(registry_name("foo.or.jp."), "foo.or.jp");
  EXPECT_EQ(registry_name("www.x.東京.jp"), "x.xn--1lqs71d.jp");
  EXPECT_EQ(registry_name("www.x.xn--1lqs71d.jp"), "x.xn--1lqs71d.jp");
}

TEST(PublicSuffix, FindsNothingInWhatHasNoRegistrablePart) {
  for (const auto* name : {"192.0.2.1", "2001:db8::1", "localhost", "jp", "or.jp", "chuo.tokyo.jp",
                           "www.example.invalid", "", ".", "a..jp", "256.1.1.1", "foo bar.jp"})
    EXPECT_EQ(registry_name(name), std::nullopt) << name;
}

TEST(PublicSuffix, TellsATenantFromItsPlatform) {
  EXPECT_EQ(registry_name("clinic.vercel.app"), "vercel.app");
  EXPECT_EQ(site_name("clinic.vercel.app"), "clinic.vercel.app");
  EXPECT_EQ(site_name("www.example.jp"), "example.jp");
  EXPECT_EQ(site_name("vercel.app"), std::nullopt);
  EXPECT_EQ(site_name("192.0.2.1"), std::nullopt);
}

TEST(PublicSuffix, KnowsTheKindsOfJapaneseNames) {
  EXPECT_EQ(registration_kind("www.example.jp"), RegistrationKind::General);
  EXPECT_EQ(registration_kind("example.co.jp"), RegistrationKind::Organisational);
  EXPECT_EQ(registration_kind("example.ne.jp"), RegistrationKind::Organisational);
  EXPECT_EQ(registration_kind("example.tokyo.jp"), RegistrationKind::Prefecture);
  EXPECT_EQ(registration_kind("x.東京.jp"), RegistrationKind::Prefecture);
  EXPECT_EQ(registration_kind("example.chuo.tokyo.jp"), RegistrationKind::Geographic);
  EXPECT_EQ(registration_kind("www.city.kobe.jp"), RegistrationKind::Geographic);
  EXPECT_EQ(registration_kind("example.ward.yokohama.jp"), RegistrationKind::Geographic);
  EXPECT_EQ(registration_kind("example.clinic"), RegistrationKind::Gtld);
  EXPECT_EQ(registration_kind("192.0.2.1"), RegistrationKind::Unknown);
  EXPECT_EQ(registration_kind("or.jp"), RegistrationKind::Unknown);
}

TEST(PublicSuffix, SaysWhichListIsAtWork) {
  const auto list = suffix_list_edition();
  ASSERT_TRUE(list.as_of) << "libpsl of every distribution has a dated list";
  EXPECT_GT(*list.as_of, *parse_day("2015-01-01"));
  EXPECT_EQ(list.edition, to_text(*list.as_of));
  EXPECT_NE(list.source.find("libpsl "), std::string::npos) << list.source;
}

}  // namespace
}  // namespace kenshin
