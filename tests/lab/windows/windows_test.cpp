// What the collector asks of Windows itself, as far as wine answers.
#include <gtest/gtest.h>
#include <windows.h>

#include "probes/host/collectors/windows/asked.h"
#include "probes/host/collectors/windows/registry.h"
#include "probes/host/collectors/windows/wide_text.h"

namespace kenshin::windows {
namespace {

TEST(WideText, KeepsEveryCharacterAndMarksWhatIsNone) {
  EXPECT_EQ(narrow(L"受付PC-1 \U0001F4A1"), "受付PC-1 \U0001F4A1");
  EXPECT_EQ(wide(narrow(L"受付 \U0001F4A1")), L"受付 \U0001F4A1");
  const wchar_t half[] = {L'a', wchar_t(0xD83D), L'b', 0};
  EXPECT_EQ(narrow(half), "a\uFFFDb");
  EXPECT_EQ(narrow(std::wstring_view()), "");
}

TEST(Answers, TellDeniedFromFailed) {
  EXPECT_EQ(no_answer("wua", "Search", 0x80070005UL).kind, Error::Kind::Denied);
  EXPECT_EQ(no_answer("registry", "RegOpenKeyEx", ERROR_ACCESS_DENIED).kind, Error::Kind::Denied);
  EXPECT_EQ(no_answer("wua", "Search", 0x80240438UL).kind, Error::Kind::Failed);
  EXPECT_EQ(no_answer("wua", "Search", 0x80240438UL).code, "0x80240438");
}

class Registry : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(RegCreateKeyExW(HKEY_CURRENT_USER, path.c_str(), 0, nullptr, 0, KEY_ALL_ACCESS, nullptr, &key_, nullptr),
              ERROR_SUCCESS);
  }
  void TearDown() override {
    RegCloseKey(key_);
    RegDeleteTreeW(HKEY_CURRENT_USER, path.c_str());
  }
  void set(const wchar_t* name, DWORD kind, const void* bytes, std::size_t size) {
    ASSERT_EQ(RegSetValueExW(key_, name, 0, kind, static_cast<const BYTE*>(bytes), static_cast<DWORD>(size)),
              ERROR_SUCCESS);
  }
  const std::wstring path = L"Software\\kenshin-test";
  HKEY key_ = nullptr;
};

TEST_F(Registry, TellsNothingThereFromZero) {
  const DWORD zero = 0;
  set(L"zero", REG_DWORD, &zero, sizeof zero);
  EXPECT_EQ(*registry_number(HKEY_CURRENT_USER, path, L"zero"), 0U);
  EXPECT_TRUE(registry_number(HKEY_CURRENT_USER, path, L"none").is_absent());
  EXPECT_TRUE(registry_number(HKEY_CURRENT_USER, path + L"\\none", L"none").is_absent());
  EXPECT_EQ(*registry_number_or(HKEY_CURRENT_USER, path, L"none", 7), 7U);
}

TEST_F(Registry, TakesTextThatIsANumberForOneAndNothingElse) {
  const std::wstring number = L"19045", word = L"many", without_end = L"21H2";
  set(L"number", REG_SZ, number.c_str(), (number.size() + 1) * sizeof(wchar_t));
  set(L"word", REG_SZ, word.c_str(), (word.size() + 1) * sizeof(wchar_t));
  set(L"bare", REG_SZ, without_end.c_str(), without_end.size() * sizeof(wchar_t));
  EXPECT_EQ(*registry_number(HKEY_CURRENT_USER, path, L"number"), 19045U);
  EXPECT_FALSE(registry_number(HKEY_CURRENT_USER, path, L"word"));
  EXPECT_EQ(*registry_text(HKEY_CURRENT_USER, path, L"word"), "many");
  EXPECT_EQ(*registry_text(HKEY_CURRENT_USER, path, L"bare"), "21H2");
  EXPECT_EQ(*registry_value_count(HKEY_CURRENT_USER, path), 3);
  EXPECT_TRUE(registry_key_written(HKEY_CURRENT_USER, path));
}

}  // namespace
}  // namespace kenshin::windows
