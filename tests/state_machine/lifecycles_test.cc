// The lifecycles beside the tables and pictures that a person reviewed.
#include <gtest/gtest.h>

#include "state_machine/describe.h"
#include "state_machine/file_batch_lifecycle.h"
#include "state_machine/message_lifecycle.h"
#include "state_machine/run_lifecycle.h"
#include "state_machine/step_lifecycle.h"
#include "state_machine/store_file_lifecycle.h"
#include "state_machine/upload_lifecycle.h"
#include "state_machine/vector_store_lifecycle.h"
#include "tests/golden_file.h"

namespace assistants_mock::state_machine {
namespace {

// Allowed and refused, all 81 pairs.
TEST(RunLifecycle, EveryPairIsAsReviewed) {
  expect_golden("fixtures/tables/run_lifecycle.txt",
                grid(described(run_transitions), run_status_names, run_event_names));
}

TEST(StepLifecycle, EveryPairIsAsReviewed) {
  expect_golden("fixtures/tables/step_lifecycle.txt",
                grid(described(step_transitions), step_status_names, step_event_names));
}

TEST(MessageLifecycle, EveryPairIsAsReviewed) {
  expect_golden("fixtures/tables/message_lifecycle.txt",
                grid(described(message_transitions), message_status_names, message_event_names));
}

TEST(VectorStoreLifecycle, EveryPairIsAsReviewed) {
  expect_golden("fixtures/tables/vector_store_lifecycle.txt",
                grid(described(vector_store_transitions), vector_store_status_names,
                     vector_store_event_names));
}

TEST(StoreFileLifecycle, EveryPairIsAsReviewed) {
  expect_golden(
      "fixtures/tables/store_file_lifecycle.txt",
      grid(described(store_file_transitions), store_file_status_names, store_file_event_names));
}

TEST(FileBatchLifecycle, EveryPairIsAsReviewed) {
  expect_golden(
      "fixtures/tables/file_batch_lifecycle.txt",
      grid(described(file_batch_transitions), file_batch_status_names, file_batch_event_names));
}

TEST(UploadLifecycle, EveryPairIsAsReviewed) {
  expect_golden("fixtures/tables/upload_lifecycle.txt",
                grid(described(upload_transitions), upload_status_names, upload_event_names));
}

TEST(RunLifecycle, ReadmeShowsTheTable) {
  const auto moves = described(run_transitions);
  expect_generated_part("README.md", "run lifecycle",
                        "```mermaid\n" + diagram(moves, run_status_names, name(RunStatus::queued)) +
                            "```\n\n```\n" + grid(moves, run_status_names, run_event_names) +
                            "```\n");
}

// OpenAPI: RunObject.status, and the two sets that pollers tell apart.
TEST(RunLifecycle, EndsAreTheFinalStatuses) {
  std::vector<std::string_view> ends;
  for (std::size_t status = 0; status < run_status_names.size(); ++status)
    if (is_terminal(static_cast<RunStatus>(status))) ends.push_back(run_status_names[status]);
  EXPECT_EQ(ends, (std::vector<std::string_view>{"cancelled", "failed", "completed", "incomplete",
                                                 "expired"}));
}

}  // namespace
}  // namespace assistants_mock::state_machine
