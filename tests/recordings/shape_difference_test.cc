#include "tests/recordings/shape_difference.h"

#include <gtest/gtest.h>

namespace assistants_mock::tests {
namespace {

const std::string recorded_id = "msg_AAAAAAAAAAAAAAAAAAAAAAAA";
const std::string mock_id = "msg_BBBBBBBBBBBBBBBBBBBBBBBB";
const std::string other_id = "msg_CCCCCCCCCCCCCCCCCCCCCCCC";

// "place: what" of each difference.
std::vector<std::string> found(const char* recorded, const char* mock) {
  IdPairs ids;
  std::vector<std::string> lines;
  for (const ShapeDifference& difference :
       shape_differences(Json::parse(recorded), Json::parse(mock), ids))
    lines.push_back(difference.at + ": " + difference.what);
  return lines;
}
using Lines = std::vector<std::string>;

TEST(ShapeDifference, IsNotFoundBetweenEqualDocuments) {
  const char* document = R"({"a":1,"b":[1.0,null,{"c":"x"}],"d":{},"e":true})";
  EXPECT_EQ(found(document, document), Lines{});
}

TEST(ShapeDifference, IsAKeyTooFewOrTooMany) {
  EXPECT_EQ(found(R"({"a":{"b":null}})", R"({"a":{"c":2}})"),
            (Lines{"/a/b: the mock has no such key", "/a/c: only the mock has this key: 2"}));
}

TEST(ShapeDifference, IsAnotherOrderOfKeys) {
  EXPECT_EQ(found(R"([{"a":1,"b":2}])", R"([{"b":2,"a":1}])"),
            Lines{R"(/*: the keys are in another order: recorded ["a","b"], mock ["b","a"])"});
}

TEST(ShapeDifference, IsAnotherTypeOrNull) {
  EXPECT_EQ(found(R"({"a":1.0,"b":null,"c":"5"})", R"({"a":1,"b":"","c":5})"),
            (Lines{"/a: recorded 1.0, mock 1", R"(/b: recorded null, mock "")",
                   R"(/c: recorded "5", mock 5)"}));
}

TEST(ShapeDifference, IsAnotherValueOrLength) {
  EXPECT_EQ(found(R"({"a":[{"b":"x"},{"b":"y"}]})", R"({"a":[{"b":"z"}]})"),
            (Lines{"/a: recorded 2 items, mock 1", R"(/a/*/b: recorded "x", mock "z")"}));
}

TEST(ShapeDifference, IsNotThatIdsAreOthersAsLongAsTheyNameTheSameObjects) {
  IdPairs ids;
  const Json recorded = {{"id", recorded_id}, {"last_id", recorded_id}};
  EXPECT_TRUE(shape_differences(recorded, {{"id", mock_id}, {"last_id", mock_id}}, ids).empty());
  // The pair is known now, so another id in its place is a difference.
  EXPECT_EQ(shape_differences(recorded, {{"id", mock_id}, {"last_id", other_id}}, ids).size(), 1U);
}

TEST(IdPairs, ExchangeIdsInATextBothWays) {
  IdPairs ids;
  ASSERT_TRUE(ids.pair(recorded_id, mock_id));
  EXPECT_EQ(ids.to_mock("/messages/" + recorded_id + "?after=" + other_id),
            "/messages/" + mock_id + "?after=" + other_id);
  EXPECT_EQ(ids.to_recorded("[" + mock_id + "," + mock_id + "]"),
            "[" + recorded_id + "," + recorded_id + "]");
}

TEST(IdPairs, BelongToOneAnotherAlone) {
  IdPairs ids;
  ASSERT_TRUE(ids.pair(recorded_id, mock_id));
  EXPECT_TRUE(ids.pair(recorded_id, mock_id));
  EXPECT_FALSE(ids.pair(recorded_id, other_id));
  EXPECT_FALSE(ids.pair(other_id, mock_id));
  EXPECT_FALSE(ids.pair(other_id, "run_CCCCCCCCCCCCCCCCCCCCCCCC")) << "a message is no run";
}

TEST(IdPairs, AreOfWhatLooksLikeAnId) {
  EXPECT_TRUE(IdPairs::is_id(recorded_id));
  EXPECT_FALSE(IdPairs::is_id("msg_tooshort"));
  EXPECT_FALSE(IdPairs::is_id("msg_AAAAAAAAAAAAAAAAAAAAAAA-"));
  EXPECT_FALSE(IdPairs::is_id("day_AAAAAAAAAAAAAAAAAAAAAAAA"));
  EXPECT_FALSE(IdPairs::is_id("threads"));
}

}  // namespace
}  // namespace assistants_mock::tests
