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
#include "tests/recordings/recording.h"
#include "tests/recordings/replay.h"

namespace assistants_mock::tests {
namespace {

namespace fs = std::filesystem;
using mock_server::WireProfile;
using scenarios::ScenarioBook;

struct Played {
  std::string_view file;
  std::string_view scenario;  // of tests/recordings/scenarios/; empty where nothing runs
};
void PrintTo(const Played& conversation, std::ostream* out) {  // NOLINT: GoogleTest's name
  *out << conversation.file;
}
constexpr Played played[] = {
    {"BasicAssistantOperationsWork", ""},
    {"BasicMessageOperationsWork", ""},
    {"BasicRunOperationsWork", "basic_run_operations"},
    {"BasicThreadOperationsWork", ""},
    {"FunctionToolsWork", "function_tools"},
    {"MessagesWithRoles", ""},
    {"Pagination_CanPageThroughAssistantCollection", ""},
    {"SettingResponseFormatWorks", "setting_response_format"},
    {"StreamingRunWorks", "streaming_run"},
    {"StreamingToolCall()", "streaming_tool_call"},
    {"ThreadWithImageDetailWorks", ""},
    {"ThreadWithInitialMessagesWorks", ""},
};

struct LeftOut {
  std::string_view file;
  std::string_view reason;
};
constexpr LeftOut left_out[] = {
    {"BasicRunStepFunctionalityWorks", "uploads a file and runs the code interpreter on it"},
    {"FileSearchStreamingWorks", "uploads files and searches them in vector stores"},
    {"FileSearchWorks", "uploads files and searches them in vector stores"},
};

// Nothing when there are no recordings here. A folder that was asked for must be there.
std::optional<fs::path> recordings() {
  const char* asked_for = std::getenv("ASSISTANTS_MOCK_RECORDINGS");
  const fs::path root =
      asked_for != nullptr ? fs::path(asked_for) : source_path("../shared/recordings");
  const fs::path folder = root / "AssistantsTests";
  if (fs::is_directory(folder)) return folder;
  if (asked_for != nullptr)
    throw std::runtime_error("ASSISTANTS_MOCK_RECORDINGS: there is no folder " + folder.string());
  return std::nullopt;
}
constexpr const char* skipped =
    "There are no recordings of the real service here: ASSISTANTS_MOCK_RECORDINGS names no folder "
    "of them, and no shared/recordings stands beside the checkout.";

ScenarioBook scenario_of(const Played& conversation) {
  if (conversation.scenario.empty()) return {};
  const auto folder = source_path("tests/recordings/scenarios");
  return ScenarioBook::load((folder / conversation.scenario).string() + ".yaml");
}

// "StreamingRunWorks:3 POST /threads/{id}/runs event thread.run.created /usage: recorded …": which
// exchange of which recording, where in its answer, and what differs.
std::string line_of(const Played& conversation, const Finding& finding) {
  return std::string(conversation.file) + ":" + std::to_string(finding.exchange) + " " +
         finding.place + ": " + finding.what;
}

// A line for each difference.
std::vector<std::string> play(const fs::path& folder, const Played& conversation,
                              WireProfile profile) {
  Replay replay(read_recording(folder / (std::string(conversation.file) + ".json")),
                scenario_of(conversation).shared(), profile);
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
  std::string name(info.param.file);
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
  for (const auto& entry : fs::directory_iterator(*folder)) there.insert(entry.path().stem());
  EXPECT_EQ(named, there);
}

}  // namespace
}  // namespace assistants_mock::tests
