// The walk by itself: schemas made for the purpose, order of refusals, counting, arbitrary JSON.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <string>

#include "mock_server/api/body_schema.h"
#include "mock_server/api/request_bodies.h"
#include "tests/mock_server/api/body_generator.h"
#include "tests/mock_server/api/refusal.h"

namespace assistants_mock::mock_server::api {
namespace {

constexpr StringSchema short_text{.max_length = 3};
constexpr StringSchema prefixed{.id_prefix = "file"};
constexpr IntegerSchema any_integer;
constexpr IntegerSchema small{.min = -5, .max = 5};
constexpr DecimalSchema half{.min = -0.5, .max = 0.5};
constexpr ArraySchema anything_in_a_row{.items = {.boolean = true, .null = true}};
constexpr ArraySchema texts{.items = {.string = &short_text}, .max_items = 2};
constexpr auto fields = std::to_array<Field>({
    {"first", {.string = &short_text}, true},
    {"second", {.integer = &small}, true},
    {"id", {.string = &prefixed}},
    {"number", {.decimal = &half}},
    {"whole", {.integer = &any_integer}},
    {"flags", {.array = &anything_in_a_row}},
    {"texts", {.array = &texts}},
    {"flag_or_number", {.decimal = &half, .boolean = true, .array = &texts}},
});
constexpr ObjectSchema closed{.fields = fields};
constexpr ObjectSchema open{.fields = fields, .open = true};

// A body that is right but for what `patch` (a JSON object) says; null removes a field.
Body with(const std::string& patch) {
  Body body = Body::parse(R"({"first":"abc","second":1})");
  body.merge_patch(Body::parse(patch));
  return body;
}

std::string message_of(const std::string& patch) {
  return refusal_of(with(patch), closed).message;
}

TEST(Check, AcceptsWhatFits) {
  EXPECT_EQ(refusal_of(with("{}"), closed), Refusal{});
  EXPECT_EQ(refusal_of(with(R"({"id":"file-1","number":0,"flags":[true,null],"texts":["a","b"],
                                "flag_or_number":false})"),
                       closed),
            Refusal{});
}

TEST(Check, ABodyThatIsNoObjectIsBlamedOnTheHttpLibrary) {
  for (const char* text : {"[]", "null", "true", "1", R"("{\"role\":\"user\"}")"})
    EXPECT_EQ(refusal_of(Body::parse(text), closed).row, "body.notjson") << text;
}

TEST(Check, SaysWhatWasExpectedAndWhatCame) {
  EXPECT_EQ(message_of(R"({"first":1})"),
            "Invalid type for 'first': expected a string, but got an integer instead.");
  EXPECT_EQ(message_of(R"({"second":1.0})"),
            "Invalid type for 'second': expected an integer, but got a decimal number instead.");
  EXPECT_EQ(message_of(R"({"number":"0"})"),
            "Invalid type for 'number': expected a decimal, but got a string instead.");
  EXPECT_EQ(message_of(R"({"flags":{}})"),
            "Invalid type for 'flags': expected an array, but got an object instead.");
  EXPECT_EQ(message_of(R"({"texts":true})"),
            "Invalid type for 'texts': expected an array of strings, but got a boolean instead.");
  EXPECT_EQ(message_of(R"({"texts":["a",[]]})"),
            "Invalid type for 'texts[1]': expected a string, but got an array instead.");
  EXPECT_EQ(message_of(R"({"flag_or_number":"x"})"),
            "Invalid type for 'flag_or_number': expected one of a decimal or boolean or array of "
            "strings, but got a string instead.");
  Body null_first = with("{}");
  null_first["first"] = nullptr;
  EXPECT_EQ(refusal_of(null_first, closed).message,
            "Invalid type for 'first': expected a string, but got null instead.");
}

TEST(Check, LengthsAreCountedInCharacters) {
  EXPECT_EQ(refusal_of(with(R"({"first":"日本語"})"), closed), Refusal{});
  EXPECT_EQ(message_of(R"({"first":"😀😀😀😀"})"),
            "Invalid 'first': string too long. Expected a string with maximum length 3, but got a "
            "string with length 4 instead.");
}

TEST(Check, RangesIncludeTheirEnds) {
  EXPECT_EQ(refusal_of(with(R"({"second":5,"number":0.5})"), closed), Refusal{});
  EXPECT_EQ(refusal_of(with(R"({"second":-5,"number":-0.5})"), closed), Refusal{});
  EXPECT_EQ(message_of(R"({"second":6})"),
            "Invalid 'second': integer above maximum value. Expected a value <= 5, but got 6 "
            "instead.");
  EXPECT_EQ(message_of(R"({"second":-6})"),
            "Invalid 'second': integer below minimum value. Expected a value >= -5, but got -6 "
            "instead.");
  EXPECT_EQ(message_of(R"({"number":0.75})"),
            "Invalid 'number': decimal above maximum value. Expected a value <= 0.5, but got 0.75 "
            "instead.");
  EXPECT_EQ(message_of(R"({"number":-1})"),
            "Invalid 'number': decimal below minimum value. Expected a value >= -0.5, but got -1 "
            "instead.");
}

TEST(Check, IntegersBeyondTheSignedRangeAreTooLarge) {
  EXPECT_EQ(message_of(R"({"second":18446744073709551615})"),
            "Invalid 'second': integer above maximum value. Expected a value <= 5, but got "
            "18446744073709551615 instead.");
  EXPECT_EQ(refusal_of(with(R"({"whole":9223372036854775808})"), closed).row, "v.intmax");
  EXPECT_EQ(refusal_of(with(R"({"whole":-9223372036854775808})"), closed), Refusal{});
}

TEST(Check, OpenObjectsLetUnknownFieldsThrough) {
  EXPECT_EQ(refusal_of(with(R"({"zzz":1})"), closed).message, "Unknown parameter: 'zzz'.");
  EXPECT_EQ(refusal_of(with(R"({"zzz":1})"), open), Refusal{});
}

TEST(Check, AFieldWithoutANameIsAFieldAllTheSame) {
  EXPECT_EQ(refusal_of(with(R"({"":1})"), closed).message, "Unknown parameter: ''.");
}

// Absent, then unknown, then values in the table's order, then prefixes: one row less each time.
TEST(Check, RefusesInTheOrderThatTheServiceDid) {
  const auto row_of = [](const char* text) { return refusal_of(Body::parse(text), closed); };
  const auto param_of = [&](const char* text) { return row_of(text).param; };
  EXPECT_EQ(param_of(R"({"id":"x","texts":1,"number":9,"zzz":1,"aaa":1})"), "first");
  EXPECT_EQ(param_of(R"({"first":1,"id":"x","texts":1,"number":9,"zzz":1,"aaa":1})"), "second");
  EXPECT_EQ(param_of(R"({"second":1,"first":1,"id":"x","texts":1,"number":9,"zzz":1,"aaa":1})"),
            "zzz");
  EXPECT_EQ(param_of(R"({"second":1,"first":1,"id":"x","texts":1,"number":9})"), "first");
  EXPECT_EQ(param_of(R"({"second":1,"first":"","id":"x","texts":1,"number":9})"), "number");
  EXPECT_EQ(param_of(R"({"second":1,"first":"","id":"x","texts":1})"), "texts");
  EXPECT_EQ(param_of(R"({"second":1,"first":"","id":"x"})"), "id");
}

TEST(Check, TablesFitTheirBound) {
  for (const ObjectSchema* schema :
       {&create_assistant_body, &modify_assistant_body, &create_thread_body, &modify_thread_body,
        &create_message_body, &modify_metadata_body, &create_run_body, &create_thread_and_run_body,
        &submit_tool_outputs_body}) {
    EXPECT_GT(schema->fields.size(), 0U);
    EXPECT_LE(schema->fields.size(), max_fields);
  }
}

const ObjectSchema& any_body() {
  return **rc::gen::element(&create_assistant_body, &modify_assistant_body, &create_thread_body,
                            &modify_thread_body, &create_message_body, &modify_metadata_body,
                            &create_run_body, &create_thread_and_run_body,
                            &submit_tool_outputs_body);
}

RC_GTEST_PROP(CheckProperty, WhatATableDescribesIsAccepted, ()) {
  const ObjectSchema& schema = any_body();
  const Body body = BodyGenerator(0).object(schema);
  RC_ASSERT(refusal_of(body, schema) == Refusal{});
}

RC_GTEST_PROP(CheckProperty, AnyJsonIsAcceptedOrRefusedWith400, ()) {
  const ObjectSchema& schema = any_body();
  const int mistakes_in = *rc::gen::element(0, 10, 30, 100);
  const Body body =
      mistakes_in == 0 ? BodyGenerator::anything() : BodyGenerator(mistakes_in).object(schema);
  try {
    check(body, schema);
  } catch (const ApiError& error) {
    RC_ASSERT(error.status == 400);
    RC_ASSERT(error.row.starts_with("v.") || error.row.starts_with("id.") ||
              error.row == "body.notjson");
    RC_ASSERT(Body::accept(to_body(error)));
  }
}

// A refusal is no accident of the first try, and what one table refuses at the top another may not
// let crash.
RC_GTEST_PROP(CheckProperty, TheSameBodyIsRefusedTheSameWay, ()) {
  const Body body = BodyGenerator(10).object(any_body());
  const ObjectSchema& other = any_body();
  RC_ASSERT(refusal_of(body, other) == refusal_of(body, other));
}

}  // namespace
}  // namespace assistants_mock::mock_server::api
