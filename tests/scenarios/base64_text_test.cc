#include "scenarios/base64_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace assistants_mock::scenarios {
namespace {

// RFC 4648, section 10.
TEST(Base64Text, IsThatOfTheStandard) {
  for (const auto& [bytes, text] :
       std::vector<std::pair<std::string, std::string>>{{"", ""},
                                                        {"f", "Zg=="},
                                                        {"fo", "Zm8="},
                                                        {"foo", "Zm9v"},
                                                        {"foob", "Zm9vYg=="},
                                                        {"fooba", "Zm9vYmE="},
                                                        {"foobar", "Zm9vYmFy"},
                                                        {std::string("\xFB\xFF\0", 3), "+/8A"}}) {
    EXPECT_EQ(base64_text(bytes), text);
    EXPECT_EQ(base64_bytes(text), bytes);
  }
}

TEST(Base64Text, MayHaveLines) {
  EXPECT_EQ(base64_bytes(" Zm9v\r\n\tYmFy\n"), "foobar");
}

TEST(Base64Text, RefusesWhatIsNone) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zg===", "====", "Z===", "Zg==Zg==", "Zh==", "Zm9=",
                           "Zm9_", "Zm 9v!", "=Zm9", "Zg=v"})
    EXPECT_EQ(base64_bytes(text), std::nullopt) << text;
}

RC_GTEST_PROP(Base64Text, IsReadBackAsTheSameBytes, (const std::string& bytes)) {
  RC_ASSERT(base64_bytes(base64_text(bytes)) == bytes);
}

RC_GTEST_PROP(Base64Text, HasOneTextForEachBytes, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element('A', 'Q', 'g', '/', '='));
  if (const auto bytes = base64_bytes(text)) RC_ASSERT(base64_text(*bytes) == text);
}

}  // namespace
}  // namespace assistants_mock::scenarios
