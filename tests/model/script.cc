#include "tests/model/script.h"

#include <algorithm>

namespace assistants_mock::tests::model {

const char* const scenario_path = ASSISTANTS_MOCK_SOURCE_DIR "/fixtures/model/scenario.yaml";

namespace {

using enum MoveKind;

std::vector<Behaviour> table() {
  const std::string words = "one two";
  const std::string quota =
      "You exceeded your current quota, please check your plan and billing details. For more "
      "information on this error, read the docs: "
      "https://platform.openai.com/docs/guides/error-codes/api-errors.";
  return {
      {.message = "tools",
       .moves = {{0, open_calls, {"get_a", "get_b"}},
                 {2'000, demand},
                 {0, open_calls, {"get_c"}},
                 {2'000, demand},
                 {1'000, open_message, {words}},
                 {1'000, close_message},
                 {0, complete}}},
      {.message = "fail", .moves = {{2'000, fail}}, .error = "Sorry, something went wrong."},
      {.message = "break",
       .moves = {{1'000, open_message, {words}}, {1'000, fail}},
       .error = quota},
      {.message = "cut", .moves = {{1'000, open_message, {words}}, {1'000, cut}}},
      {.message = "hang", .moves = {{1'000, open_message, {words}}, {1'000, hang}}},
      {.message = "forever", .moves = {}, .queued = std::nullopt},
      {.message = "late",
       .moves = {{1'000, open_message, {"one two three four"}},
                 {3'000, close_message},
                 {0, open_calls, {"get_a"}},
                 {2'000, demand},
                 {1'000, open_message, {words}},
                 {1'000, close_message},
                 {0, complete}},
       .cancel = CancelKind::too_late},
      {.message = "deaf",
       .moves = {{0, open_calls, {"get_a"}},
                 {2'000, demand},
                 {1'000, open_message, {words}},
                 {1'000, close_message},
                 {0, complete}},
       .cancel = CancelKind::never},
      {.message = "slow",
       .moves = {{6'000, open_message, {words}}, {1'000, close_message}, {0, complete}},
       .settles_after = 3'000},
      {.message = "search",
       .moves = {{0, hosted, {"file_search"}},
                 {2'000, close_calls},
                 {1'000, open_message, {words}},
                 {1'000, close_message},
                 {0, complete}}},
      {.message = "code",
       .moves = {{0, hosted, {"code_interpreter"}},
                 {2'000, make_file},
                 {0, close_calls},
                 {1'000, open_message, {words}},
                 {1'000, close_message},
                 {0, complete}}},
      {.message = "",
       .moves = {{1'000, open_message, {words}}, {1'000, close_message}, {0, complete}}},
  };
}

}  // namespace

const std::vector<Behaviour>& behaviours() {
  static const std::vector<Behaviour> all = table();
  return all;
}

const Behaviour& behaviour_of(const std::string& last_user_message) {
  return *std::ranges::find_if(behaviours(), [&](const Behaviour& one) {
    return last_user_message.starts_with(one.message);
  });
}

const Indexing& indexing_of(const std::string& filename) {
  static const std::vector<Indexing> rules = {{"quick", 0},
                                              {"slow", 10'000},
                                              {"stuck", std::nullopt},
                                              {"bad", 2'000, "An internal error occurred."},
                                              {"", 3'000}};
  return *std::ranges::find_if(
      rules, [&](const Indexing& rule) { return filename.starts_with(rule.filename); });
}

}  // namespace assistants_mock::tests::model
