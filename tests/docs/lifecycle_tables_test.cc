// docs/wire/run-lifecycle.md and vector-stores.md beside the tables of state_machine/.
#include <gtest/gtest.h>

#include <algorithm>
#include <charconv>

#include "state_machine/describe.h"
#include "state_machine/file_batch_lifecycle.h"
#include "state_machine/message_lifecycle.h"
#include "state_machine/run.h"
#include "state_machine/step_lifecycle.h"
#include "state_machine/store_file_lifecycle.h"
#include "state_machine/upload_lifecycle.h"
#include "state_machine/vector_store_lifecycle.h"
#include "tests/docs/joined_table.h"
#include "tests/golden_file.h"

namespace assistants_mock::tests {
namespace {

using namespace state_machine;

constexpr std::string_view lifecycle_page = "docs/wire/run-lifecycle.md";

struct Beginning {  // what is explained like a move, and is none of the table
  std::string_view row;
  std::string move;
};

int number_of(std::string_view row) {
  int number = 0;
  std::from_chars(row.data() + 1, row.data() + row.size(), number);
  return number;
}

std::string shown(const DescribedMove& move) {
  return code(move.from) + " to " + code(move.to) + " on " + code(move.on);
}

// A line for each row: its moves, told one below the other.
JoinedTable table_of(const std::vector<DescribedMove>& moves,
                     const std::vector<Beginning>& beginnings) {
  std::vector<Cells> rows;
  rows.reserve(beginnings.size() + moves.size());
  for (const Beginning& beginning : beginnings)
    rows.push_back({code(beginning.row), beginning.move});
  for (const DescribedMove& move : moves) {
    const auto known =
        std::ranges::find(rows, code(move.row), [](const Cells& cells) { return cells.front(); });
    if (known == rows.end())
      rows.push_back({code(move.row), shown(move)});
    else
      known->back() += "<br>" + shown(move);
  }
  std::ranges::stable_sort(rows, {},
                           [](const Cells& cells) { return number_of(cells[0].substr(1)); });
  return {{"row", "from, to, when"}, {"what changes", "how sure", "held by"}, rows};
}

TEST(WireDocs, RunLifecycleHasEveryRow) {
  expect_joined_table(lifecycle_page, "run transitions",
                      table_of(described(run_transitions),
                               {{"T1", "creation to `queued`"},
                                {"T5", "`queued` again to `in_progress` on `picked_up`"}}));
  expect_joined_table(lifecycle_page, "step transitions",
                      table_of(described(step_transitions), {{"S1", "creation to `in_progress`"}}));
  expect_joined_table(
      lifecycle_page, "message transitions",
      table_of(
          described(message_transitions),
          {{"M1", "creation to `in_progress`; a user's message is `completed` from the start"}}));
}

TEST(WireDocs, VectorStoreLifecyclesHaveEveryRow) {
  constexpr std::string_view stores_page = "docs/wire/vector-stores.md";
  expect_joined_table(
      stores_page, "vector store transitions",
      table_of(
          described(vector_store_transitions),
          {{"V1", "creation to `completed`; one that is created with files moves on at once"}}));
  expect_joined_table(
      stores_page, "store file transitions",
      table_of(described(store_file_transitions), {{"F1", "attaching to `in_progress`"}}));
  expect_joined_table(
      stores_page, "file batch transitions",
      table_of(described(file_batch_transitions), {{"B1", "creation to `in_progress`"}}));
}

TEST(WireDocs, UploadLifecycleHasEveryRow) {
  expect_joined_table(lifecycle_page, "upload transitions",
                      table_of(described(upload_transitions), {{"U1", "creation to `pending`"}}));
}

// How a run comes to be where it is, by the shortest way.
struct Way {
  std::string_view to;
  std::vector<RunEvent> events;
};

std::vector<Way> ways() {
  using enum RunEvent;
  return {{"queued", {}},
          {"in_progress", {picked_up}},
          {"requires_action", {picked_up, tools_called}},
          {"queued (again)", {picked_up, tools_called, tool_outputs_submitted}},
          {"cancelling", {picked_up, cancel_requested}},
          {"cancelled", {picked_up, cancel_requested, cancel_settled}},
          {"completed", {picked_up, answered}},
          {"incomplete", {picked_up, cut_short}},
          {"failed", {picked_up, errored}},
          {"expired", {picked_up, deadline_passed}},
          {"expired (never picked up)", {deadline_passed}}};
}

Run arrived(const Way& way) {
  Run run = created(Instant{});
  for (const RunEvent event : way.events) {
    const RunFact fact{.event = event,
                       .calls = {{"call_1", "f", "{}"}},
                       .error = {"server_error", "Sorry."},
                       .incomplete_reason = "max_prompt_tokens"};
    EXPECT_TRUE(apply(run, fact, Instant{})) << way.to;
  }
  EXPECT_EQ(name(run.status), way.to.substr(0, way.to.find(' ')));
  return run;
}

TEST(WireDocs, FieldsPerStatusAreThoseOfTheCode) {
  const auto set = [](bool there) { return std::string(there ? "set" : "null"); };
  JoinedTable table{{"status", "`started_at`", "`expires_at`", "`completed_at`", "`failed_at`",
                     "`cancelled_at`", "`required_action`", "`last_error`",
                     "`incomplete_details`"}};
  for (const Way& way : ways()) {
    const auto run = arrived(way);
    table.rows.push_back({std::string(way.to), set(run.started_at.has_value()),
                          set(run.expires_at.has_value()), set(run.completed_at.has_value()),
                          set(run.failed_at.has_value()), set(run.cancelled_at.has_value()),
                          set(!run.required_calls.empty()), set(run.last_error.has_value()),
                          set(!run.incomplete_reason.empty())});
  }
  expect_joined_table(lifecycle_page, "fields per status", table);
}

}  // namespace
}  // namespace assistants_mock::tests
