// Bytes to JSON: everything that a client could send instead of a body.
#include "mock_server/api/body_parser.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "mock_server/api/api_error.h"

namespace assistants_mock::mock_server::api {
namespace {

using namespace std::string_literals;

bool is_refused(std::string_view text, std::string_view row = "body.notjson") {
  try {
    parse_body(text);
    return false;
  } catch (const ApiError& error) {
    EXPECT_EQ(error.row, row);
    EXPECT_EQ(error.status, 400);
    return true;
  }
}

// Beyond a limit of the mock, which is no fault of the JSON.
bool is_beyond(std::string_view text) {
  return is_refused(text, "ours.limit");
}

std::string nested(std::size_t levels, const std::string& open, const std::string& close) {
  std::string text;
  for (std::size_t i = 0; i < levels; ++i) text += open;
  for (std::size_t i = 0; i < levels; ++i) text += close;
  return text;
}

std::string object_of(std::size_t keys) {
  std::string text = "{";
  for (std::size_t i = 0; i < keys; ++i)
    text += (i ? ",\"" : "\"") + std::to_string(i) + "\":" + std::to_string(i);
  return text + "}";
}

TEST(ParseBody, NothingIsAnEmptyObject) {
  EXPECT_EQ(parse_body(""), Body::object());
}

TEST(ParseBody, ReadsEveryKindOfValueInItsOrder) {
  const std::string text =
      R"({"z":null,"a":[true,false,-1,18446744073709551615,0.5,1e2,"é\u00e9\ud83d\ude00"],"m":{}})";
  const Body body = parse_body(text);
  EXPECT_EQ(body, Body::parse(text));
  EXPECT_EQ(body.begin().key(), "z");
  EXPECT_TRUE(body["a"][3].is_number_unsigned());
  EXPECT_TRUE(body["a"][5].is_number_float());
}

TEST(ParseBody, IndentedBodiesAreRead) {
  EXPECT_EQ(parse_body("{\n  \"role\": \"user\"\n}\r\n"), Body::parse(R"({"role":"user"})"));
}

TEST(ParseBody, RefusesWhatIsNotJson) {
  const std::vector<std::string> bad = {
      " ",
      "{",
      "}",
      "{\"a\":1,}",
      "[1,2",
      "{'a':1}",
      "{\"a\" 1}",
      "{\"a\":01}",
      "{\"a\":+1}",
      "{\"a\":.5}",
      "{\"a\":NaN}",
      "{\"a\":Infinity}",
      "{\"a\":undefined}",
      R"({"a":1} {"b":2})",
      "{\"a\":1} // so far",
      "role=user&content=hi",
      "{\"a\":\"line\nbreak\"}",
  };
  for (const std::string& text : bad) EXPECT_TRUE(is_refused(text)) << text;
}

TEST(ParseBody, RefusesAByteOrderMark) {
  EXPECT_TRUE(is_refused("\xEF\xBB\xBF{}"));
  EXPECT_TRUE(is_refused("\xEF\xBB\xBF"));
  EXPECT_TRUE(is_refused("\xFF\xFE{\0}\0"s));
}

// The reader beneath takes a null byte for the end of the text.
TEST(ParseBody, RefusesNullBytes) {
  EXPECT_TRUE(is_refused("{}\0"s));
  EXPECT_TRUE(is_refused("{}\0garbage"s));
  EXPECT_TRUE(is_refused("\0"s));
  EXPECT_TRUE(is_refused("{\"a\":\"\0\"}"s));
  EXPECT_EQ(parse_body(R"({"a":"\u0000"})")["a"], "\0"s);
}

TEST(ParseBody, RefusesWhatIsNotUtf8) {
  for (const std::string bytes : {"\xFF", "\xC3", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80"}) {
    EXPECT_TRUE(is_refused("{\"a\":\"" + bytes + "\"}"));
    EXPECT_TRUE(is_refused("{\"" + bytes + "\":1}"));
  }
  EXPECT_TRUE(is_refused(R"({"a":"\ud800"})"));
  EXPECT_TRUE(is_refused(R"({"a":"\udc00\ud800"})"));
}

TEST(ParseBody, NestingIsBounded) {
  EXPECT_FALSE(is_refused(nested(Limits{}.json_depth, "[", "]")));
  EXPECT_TRUE(is_beyond(nested(Limits{}.json_depth + 1, "[", "]")));
  const auto objects = [](std::size_t levels) {
    const std::string open = R"({"a":)";
    return nested(levels - 1, open, "}").insert(open.size() * (levels - 1), "{}");
  };
  EXPECT_FALSE(is_refused(objects(Limits{}.json_depth)));
  EXPECT_TRUE(is_beyond(objects(Limits{}.json_depth + 1)));
}

TEST(ParseBody, AMillionOpenBracketsCostNothing) {
  EXPECT_TRUE(is_beyond(std::string(1'000'000, '[')));
  EXPECT_TRUE(is_beyond(nested(200'000, "{\"a\":[", "]}")));
}

TEST(ParseBody, KeysOfAnObjectAreBounded) {
  EXPECT_FALSE(is_refused(object_of(Limits{}.json_keys)));
  EXPECT_TRUE(is_beyond(object_of(Limits{}.json_keys + 1)));
  EXPECT_TRUE(is_beyond("[" + object_of(Limits{}.json_keys + 1) + "]"));
}

TEST(ParseBody, TheLastOfARepeatedKeyCountsInThePlaceOfTheFirst) {
  EXPECT_EQ(parse_body(R"({"a":1,"b":2,"a":{"c":3}})").dump(), R"({"a":{"c":3},"b":2})");
  EXPECT_EQ(parse_body(R"([{"x":1,"x":2,"x":3}])").dump(), R"([{"x":3}])");
  std::string many = object_of(500);
  many.insert(many.size() - 1, R"(,"7":"again","0":"too")");
  const Body body = parse_body(many);
  EXPECT_EQ(body.size(), 500U);
  EXPECT_EQ(body["7"], "again");
  EXPECT_EQ(body.begin().value(), "too");
}

TEST(ParseBody, RefusesNumbersThatWouldChange) {
  EXPECT_TRUE(is_refused(R"({"a":18446744073709551616})"));
  EXPECT_TRUE(is_refused(R"({"a":-9223372036854775809})"));
  EXPECT_TRUE(is_refused(R"({"a":1e400})"));
  EXPECT_TRUE(is_refused(R"({"a":-1e400})"));
  EXPECT_FALSE(is_refused(R"({"a":-9223372036854775808,"b":1e300,"c":123456789012345678901.5})"));
}

// What is read was JSON; all else is refused in one way.
void expect_read_or_refused(const std::string& text) {
  std::optional<Body> body;
  if (!is_refused(text)) body = parse_body(text);
  if (body && !text.empty()) RC_ASSERT(Body::accept(text));
}

RC_GTEST_PROP(ParseBodyProperty, AnyBytesAreReadOrRefused, (const std::string& bytes)) {
  expect_read_or_refused(bytes);
}

RC_GTEST_PROP(ParseBodyProperty, AnyRowOfTokensIsReadOrRefused, ()) {
  const auto tokens = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
      "{", "}", "[", "]", ",", ":", R"("a")", R"("b")", "1", "-2.5", "1e9", "1e999", "true", "null",
      R"("\u00e9")", R"("\ud83d")", "\xC3", " ", "99999999999999999999"));
  std::string text;
  for (const std::string& token : tokens) text += token;
  expect_read_or_refused(text);
}

RC_GTEST_PROP(ParseBodyProperty, WhatWasWrittenIsReadBack, (const std::vector<int>& numbers)) {
  Body body = Body::object();
  for (const int number : numbers) body["k" + std::to_string(number)] = {number, nullptr, "é"};
  RC_ASSERT(parse_body(body.dump()) == body);
  RC_ASSERT(parse_body(body.dump(2)) == body);
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
