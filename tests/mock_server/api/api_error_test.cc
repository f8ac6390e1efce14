// Every refusal beside its row, status, type, field, code and exact words; the bytes of an answer.
#include "mock_server/api/api_error.h"

#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "mock_server/api/error_catalogue.h"
#include "tests/mock_server/api/error_rows.h"

namespace assistants_mock::mock_server::api {
namespace {

std::string or_dash(const std::optional<std::string>& text) {
  return text.value_or("-");
}

TEST(ErrorCatalogue, EveryRefusalIsWordForWordAsItsRowSays) {
  const auto samples = error_catalogue();
  ASSERT_EQ(samples.size(), error_rows().size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const ApiError& error = samples[i].sample;
    const ErrorRow& expected = error_rows()[i];
    SCOPED_TRACE(expected.row);
    EXPECT_EQ(error.row, expected.row);
    EXPECT_EQ(error.status, expected.status);
    EXPECT_EQ(error.type, expected.type);
    EXPECT_EQ(or_dash(error.code), expected.code);
    EXPECT_EQ(or_dash(error.param), expected.param);
    EXPECT_EQ(error.message, expected.message);
  }
}

TEST(ErrorCatalogue, RowsAreUniqueAndExplained) {
  std::set<std::string_view> seen;
  for (const ErrorSample& entry : error_catalogue()) {
    EXPECT_TRUE(seen.insert(entry.sample.row).second) << entry.sample.row;
    EXPECT_FALSE(entry.situation.empty()) << entry.sample.row;
    EXPECT_FALSE(entry.evidence.empty()) << entry.sample.row;
  }
}

// What came from in front of the API carried none of the API's headers.
TEST(ErrorCatalogue, OnlyRefusalsOfKeysAndRegionsComeFromTheEdge) {
  for (const ErrorSample& entry : error_catalogue())
    EXPECT_EQ(entry.sample.from_edge, entry.sample.row.starts_with("auth.")) << entry.sample.row;
}

TEST(ApiError, KeysAreMaskedAsTheServiceDid) {
  const auto shown = [](std::string_view key) {
    const std::string message = api_error::auth_wrong(key).message;
    const std::size_t begin = std::string_view("Incorrect API key provided: ").size();
    return message.substr(begin, message.find(". You can") - begin);
  };
  const std::string stars(26, '*');
  EXPECT_EQ(shown("not-a-re" + std::string(26, 'x') + "ized"), "not-a-re" + stars + "ized");
  EXPECT_EQ(shown("fake_key"), "fake_key");
  EXPECT_EQ(shown("123456789012"), "123456789012");
  EXPECT_EQ(shown("1234567890123"), "12345678*0123");
}

TEST(ApiError, CallIdsAreListedAsPythonPrintsThem) {
  const std::vector<std::string> odd = {"it's", "a\\b", "both ' and \""};
  EXPECT_EQ(api_error::wrong_call_ids(odd, {}).message,
            R"(Expected tool outputs for call_ids ["it's", 'a\\b', 'both \' and "'], got [])");
}

TEST(ApiError, LongPropertyNamesAreShortenedByCharacters) {
  const std::string key = "äöü" + std::string(60, 'x') + "日本語";
  const ApiError error = api_error::property_name_too_long("thread.metadata", key, 64);
  EXPECT_EQ(error.message,
            "Invalid property name in 'thread.metadata': 'äöü...日本語' is too long. Expected a "
            "string with maximum length 64, but got a string with length 66 instead.");
  EXPECT_EQ(error.param, "thread.metadata." + key);
}

TEST(ApiError, AnIdOfAnUnknownKindHasARowOfItsOwn) {
  EXPECT_EQ(api_error::bad_id("batch_id", "x", "vsfb").row, "id");
}

// The recorded answer to submit_tool_outputs of a run in progress was 170 bytes long, that to a run
// on a busy thread 206.
TEST(ErrorBody, IsIndentedAsRecorded) {
  const std::string body = to_body(api_error::run_takes_no_outputs("in_progress"));
  EXPECT_EQ(body,
            "{\n"
            "  \"error\": {\n"
            "    \"message\": \"Runs in status \\\"in_progress\\\" do not accept tool outputs.\",\n"
            "    \"type\": \"invalid_request_error\",\n"
            "    \"param\": null,\n"
            "    \"code\": null\n"
            "  }\n"
            "}");
  EXPECT_EQ(body.size(), 170U);
  const std::string id(24, 'x');
  EXPECT_EQ(to_body(api_error::thread_busy_for_run("thread_" + id, "run_" + id)).size(), 206U);
}

TEST(ErrorBody, QuotesWhateverTheClientSent) {
  const ApiError error = api_error::no_thread("a\"b\\c\nd\x01\xFF\xC3(\xF0\x9F\x98\x80");
  const auto read = nlohmann::json::parse(to_body(error));
  EXPECT_EQ(read["error"]["message"],
            "No thread found with id 'a\"b\\c\nd\x01\xEF\xBF\xBD\xEF\xBF\xBD(\xF0\x9F\x98\x80'.");
}

TEST(ErrorBody, HasAllFourKeysInTheOrderOfTheWire) {
  for (const ErrorSample& entry : error_catalogue()) {
    const auto read = nlohmann::ordered_json::parse(to_body(entry.sample));
    std::vector<std::string> keys;
    for (const auto& [key, value] : read["error"].items()) keys.push_back(key);
    EXPECT_EQ(keys, (std::vector<std::string>{"message", "type", "param", "code"}));
    EXPECT_EQ(read["error"]["code"].is_null(), !entry.sample.code.has_value());
  }
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
