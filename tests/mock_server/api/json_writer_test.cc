// Our writer beside nlohmann's, which is taken to be right about JSON.
#include "mock_server/api/json_writer.h"

#include <gtest/gtest.h>
// After gtest.
#include <rapidcheck/gtest.h>

namespace assistants_mock::mock_server::api {
namespace {

using Json = nlohmann::ordered_json;

std::string written(const Json& value, Layout layout) {
  std::string text;
  JsonWriter(text, layout).json(value);
  return text;
}

Json any_json(int depth) {
  switch (*rc::gen::inRange(0, depth > 0 ? 7 : 5)) {
    case 0:
      return nullptr;
    case 1:
      return *rc::gen::arbitrary<bool>();
    case 2:
      return *rc::gen::arbitrary<std::int64_t>();
    case 3:
      return *rc::gen::element<std::string>("", "a\"b\\c", "\n\t\x01\x7f", "ü🌮", "</script>");
    case 4:
      return *rc::gen::element(0.5, 1.0, -2.25, 1e300);
    case 5: {
      Json list = Json::array();
      for (int left = *rc::gen::inRange(0, 4); left > 0; --left)
        list.push_back(any_json(depth - 1));
      return list;
    }
    default: {
      Json object = Json::object();
      for (int left = *rc::gen::inRange(0, 4); left > 0; --left)
        object["k" + std::to_string(left)] = any_json(depth - 1);
      return object;
    }
  }
}

RC_GTEST_PROP(JsonWriter, WritesWhatCanBeReadBack, ()) {
  const Json value = any_json(4);
  RC_ASSERT(Json::parse(written(value, Layout::compact)) == value);
  RC_ASSERT(Json::parse(written(value, Layout::indented)) == value);
  RC_ASSERT(written(value, Layout::indented) == value.dump(2));
  RC_ASSERT(written(value, Layout::compact) == value.dump());
}

// What is not UTF-8 must never reach a client as such.
RC_GTEST_PROP(JsonWriter, AlwaysWritesUtf8, (const std::string& bytes)) {
  std::string text;
  JsonWriter(text, Layout::compact).text(bytes);
  const Json expected = Json::parse(
      nlohmann::json(bytes).dump(-1, ' ', false, nlohmann::json::error_handler_t::ignore));
  std::string without_marks = Json::parse(text).get<std::string>();
  const std::string mark = "\xEF\xBF\xBD";
  for (std::size_t at = 0; (at = without_marks.find(mark)) != std::string::npos;)
    without_marks.erase(at, mark.size());
  std::string expected_text = expected.get<std::string>();
  for (std::size_t at = 0; (at = expected_text.find(mark)) != std::string::npos;)
    expected_text.erase(at, mark.size());
  RC_ASSERT(without_marks == expected_text);
}

TEST(JsonWriter, DecimalsKeepTheirPoint) {
  std::string text;
  JsonWriter(text, Layout::compact).decimal(1);
  EXPECT_EQ(text, "1.0") << "as the service wrote temperatures";
}

TEST(JsonWriter, EmptyListsAndObjectsStayOnOneLine) {
  EXPECT_EQ(written({{"a", Json::array()}, {"b", Json::object()}}, Layout::indented),
            "{\n  \"a\": [],\n  \"b\": {}\n}");
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
