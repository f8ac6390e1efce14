// Plays what was recorded of the real service against the mock. The recordings are not part of the
// project: where they are not at hand every test here that needs them is skipped.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <ostream>
#include <set>
#include <stdexcept>

#include "assistants_mock/scenario_book.h"
#include "tests/golden_file.h"
#include "tests/recordings/known_differences.h"
#include "tests/recordings/recorded_script.h"
#include "tests/recordings/recording.h"
#include "tests/recordings/replay.h"

namespace assistants_mock::tests {
namespace {

namespace fs = std::filesystem;
using mock_server::WireProfile;
using scenarios::ScenarioBook;

struct Played {
  std::string_view file;      // with its folder
  std::string_view scenario;  // of tests/recordings/scenarios/; empty where nothing runs
};
constexpr std::string_view from_its_steps = "from its steps";  // recorded_script.h
void PrintTo(const Played& conversation, std::ostream* out) {  // NOLINT: GoogleTest's name
  *out << conversation.file;
}
constexpr Played played[] = {
    {"AssistantsTests/BasicAssistantOperationsWork", ""},
    {"AssistantsTests/BasicMessageOperationsWork", ""},
    {"AssistantsTests/BasicRunOperationsWork", "basic_run_operations"},
    {"AssistantsTests/BasicRunStepFunctionalityWorks", from_its_steps},
    {"AssistantsTests/BasicThreadOperationsWork", ""},
    {"AssistantsTests/FileSearchStreamingWorks", "file_search_streaming"},
    {"AssistantsTests/FileSearchWorks", "file_search"},
    {"AssistantsTests/FunctionToolsWork", "function_tools"},
    {"AssistantsTests/MessagesWithRoles", ""},
    {"AssistantsTests/Pagination_CanPageThroughAssistantCollection", ""},
    {"AssistantsTests/SettingResponseFormatWorks", "setting_response_format"},
    {"AssistantsTests/StreamingRunWorks", "streaming_run"},
    {"AssistantsTests/StreamingToolCall()", "streaming_tool_call"},
    {"AssistantsTests/ThreadWithImageDetailWorks", ""},
    {"AssistantsTests/ThreadWithInitialMessagesWorks", ""},
    {"FilesTests/DeleteFile(False)", ""},
    {"FilesTests/DeleteFile(True)", ""},
    {"FilesTests/DeleteFileCanParseServiceError", ""},
    {"FilesTests/DownloadFileCanParseServiceError", ""},
    {"FilesTests/GetFile", ""},
    {"FilesTests/GetFileCanParseServiceError", ""},
    {"FilesTests/NonAsciiFilename", ""},
    {"FilesTests/UploadFile(UsingBinaryData)", ""},
    {"FilesTests/UploadFile(UsingFilePath)", ""},
    {"FilesTests/UploadFile(UsingStream)", ""},
    {"FilesTests/UploadFileCanParseServiceError", ""},
    {"FilesTests/UserDataPurpose", ""},
    {"VectorStoresTests/CanApplyChunkingStrategy(Auto)", "indexed_in_part"},
    {"VectorStoresTests/CanApplyChunkingStrategy(Static)", ""},
    {"VectorStoresTests/CanAssociateFiles", "indexed_at_once"},
    {"VectorStoresTests/CanCreateGetAndDeleteVectorStores", ""},
    {"VectorStoresTests/CanEnumerateVectorStores", ""},
    {"VectorStoresTests/CanGetVectorStores", ""},
    {"VectorStoresTests/CanPaginateGetVectorStoreFilesInBatch", "indexed_at_once"},
    {"VectorStoresTests/CanRehydrateGetVectorStoreFilesInBatchPagination", "indexed_at_once"},
    {"VectorStoresTests/CanTestGetVectorStoreFilesInBatchCollectionOptions", "indexed_at_once"},
    {"VectorStoresTests/CanUseBatchIngestion", "indexed_at_once"},
};

struct LeftOut {
  std::string_view file;
  std::string_view reason;
};
constexpr LeftOut left_out[] = {
    {"FilesTests/SerializeFileCollection", "nothing was recorded"},
};

// "FileSearchWorks": how findings and differences name it.
std::string_view short_name(const Played& conversation) {
  return conversation.file.substr(conversation.file.find('/') + 1);
}

// Nothing when there are no recordings here. A folder that was asked for must be there.
std::optional<fs::path> recordings() {
  const char* asked_for = std::getenv("ASSISTANTS_MOCK_RECORDINGS");
  const fs::path root =
      asked_for != nullptr ? fs::path(asked_for) : source_path("../shared/recordings");
  if (fs::is_directory(root / "AssistantsTests")) return root;
  if (asked_for != nullptr)
    throw std::runtime_error("ASSISTANTS_MOCK_RECORDINGS: there is no folder AssistantsTests in " +
                             root.string());
  return std::nullopt;
}
constexpr const char* skipped =
    "There are no recordings of the real service here: ASSISTANTS_MOCK_RECORDINGS names no folder "
    "of them, and no shared/recordings stands beside the checkout.";

std::shared_ptr<const scenarios::Scenario> scenario_of(const Played& conversation,
                                                       const std::vector<Exchange>& recording) {
  if (conversation.scenario.empty()) return ScenarioBook().shared();
  if (conversation.scenario == from_its_steps) return script_of(recording);
  const auto folder = source_path("tests/recordings/scenarios");
  return ScenarioBook::load((folder / conversation.scenario).string() + ".yaml").shared();
}

// "StreamingRunWorks:3 POST /threads/{id}/runs event thread.run.created /usage: recorded …": which
// exchange of which recording, where in its answer, and what differs.
std::string line_of(const Played& conversation, const Finding& finding) {
  return std::string(short_name(conversation)) + ":" + std::to_string(finding.exchange) + " " +
         finding.place + ": " + finding.what;
}

// A line for each difference.
std::vector<std::string> play(const fs::path& folder, const Played& conversation,
                              WireProfile profile) {
  std::vector<Exchange> recording =
      read_recording(folder / (std::string(conversation.file) + ".json"));
  auto scenario = scenario_of(conversation, recording);
  Replay replay(std::move(recording), std::move(scenario), profile);
  // What differs from the schema on purpose must not be held against it.
  ExchangeLog log =
      profile == WireProfile::schema ? ExchangeLog::from_environment() : ExchangeLog("");
  std::vector<std::string> lines;
  for (const Finding& finding : replay.play(log)) lines.push_back(line_of(conversation, finding));
  EXPECT_EQ(replay.unmatched_runs(), 0U) << "the scenario does not fit its recording";
  return lines;
}

class Recorded : public testing::TestWithParam<Played> {
 protected:
  static void expect_known_differences_only(WireProfile profile) {
    const auto folder = recordings();
    if (!folder) GTEST_SKIP() << skipped;
    for (const std::string& line : play(*folder, GetParam(), profile))
      EXPECT_NE(explanation_of(line, profile), nullptr) << line;
  }
};

TEST_P(Recorded, IsAnsweredAsTheServiceDid) {
  expect_known_differences_only(WireProfile::recorded);
}

TEST_P(Recorded, IsAnsweredAsTheSchemaSays) {
  expect_known_differences_only(WireProfile::schema);
}

std::string name_of(const testing::TestParamInfo<Played>& info) {
  std::string name(short_name(info.param));
  std::erase_if(name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
  return name;
}
INSTANTIATE_TEST_SUITE_P(Recordings, Recorded, testing::ValuesIn(played), name_of);

class Differences : public testing::TestWithParam<WireProfile> {};

TEST_P(Differences, AreListedOnlyIfTheyStillOccur) {
  const auto folder = recordings();
  if (!folder) GTEST_SKIP() << skipped;
  std::vector<std::string> lines;
  for (const Played& conversation : played)
    for (std::string& line : play(*folder, conversation, GetParam()))
      lines.push_back(std::move(line));
  for (const Difference& difference : known_differences(GetParam()))
    for (const std::string_view where : difference.where)
      EXPECT_TRUE(std::ranges::any_of(lines, [&](const auto& line) { return fits(where, line); }))
          << difference.name << " no longer occurs, take it off the list: " << where;
}

INSTANTIATE_TEST_SUITE_P(Recordings, Differences,
                         testing::Values(WireProfile::recorded, WireProfile::schema),
                         [](const auto& info) {
                           return info.param == WireProfile::recorded ? "recorded" : "schema";
                         });

TEST(Recordings, AreAllPlayedOrLeftOutForAReason) {
  const auto folder = recordings();
  if (!folder) GTEST_SKIP() << skipped;
  std::set<std::string> named;
  for (const Played& conversation : played) named.emplace(conversation.file);
  for (const LeftOut& conversation : left_out) {
    EXPECT_FALSE(conversation.reason.empty()) << conversation.file;
    named.emplace(conversation.file);
  }
  std::set<std::string> there;
  for (const std::string part : {"AssistantsTests", "FilesTests", "VectorStoresTests"})
    for (const auto& entry : fs::directory_iterator(*folder / part))
      there.insert(part + "/" + entry.path().stem().string());
  EXPECT_EQ(named, there);
}

}  // namespace
}  // namespace assistants_mock::tests
