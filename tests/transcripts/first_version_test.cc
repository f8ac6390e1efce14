// Every transcript that speaks the second version of the API, told again by a client of the first.
// What it sees then is in fixtures/first_version/, where it differs at all.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "tests/golden_file.h"
#include "tests/transcripts/transcript.h"

namespace assistants_mock::tests {
namespace {

namespace fs = std::filesystem;
using mock_server::api::ApiVersion;

constexpr std::string_view folder = "fixtures/transcripts/";

// Transcripts about what the first version did not have.
const std::set<std::string>& of_second_version_alone() {
  static const std::set<std::string> names{
      "file_search_content_in_a_stream",      // include[]
      "file_search_content_on_request",       // include[]
      "file_search_recorded_profile",         // profiles are of the second version
      "message_deleted_while_it_is_written",  // messages could not be deleted
      "recorded_profile",
  };
  return names;
}

// Those that choose a version themselves need no second telling.
bool is_told_again(const std::string& name, const std::string& text) {
  return !of_second_version_alone().contains(name) && text.find("\nversion ") == text.npos;
}

std::vector<std::string> told_again() {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(source_path(folder)))
    if (is_told_again(entry.path().stem().string(), file_text(entry.path())))
      names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

class FirstVersionTranscript : public testing::TestWithParam<std::string> {};

TEST_P(FirstVersionTranscript, SeesTheConversationInItsOwnShapes) {
  const std::string text = file_text(source_path(std::string(folder) + GetParam() + ".txt"));
  const std::string golden = "fixtures/first_version/" + GetParam() + ".txt";
  const PlayedTranscript played = play_transcript(text, ApiVersion::first);
  ASSERT_EQ(played.broken, std::vector<std::string>{});
  if (played.text == text)
    EXPECT_FALSE(fs::exists(source_path(golden))) << "it says nothing of its own";
  else
    expect_golden(golden, played.text);
}

INSTANTIATE_TEST_SUITE_P(Conversations, FirstVersionTranscript, testing::ValuesIn(told_again()),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace assistants_mock::tests
