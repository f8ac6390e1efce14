// Plays fixtures/transcripts/*.txt; UPDATE_FIXTURES=1 records anew what happens. Whatever a
// transcript says, every stream in it has to meet what clients demand of streams.
#include "tests/transcripts/transcript.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "scenarios/stream_events.h"
#include "state_machine/run_lifecycle.h"
#include "tests/golden_file.h"

namespace assistants_mock::tests {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view folder = "fixtures/transcripts/";

std::vector<std::string> transcripts() {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(source_path(folder)))
    names.push_back(entry.path().stem().string());
  std::ranges::sort(names);
  return names;
}

std::string path_of(const std::string& name) {
  return std::string(folder) + name + ".txt";
}

class Transcript : public testing::TestWithParam<std::string> {};

TEST_P(Transcript, HappensAsReviewed) {
  const std::string text = file_text(source_path(path_of(GetParam())));
  EXPECT_TRUE(text.starts_with("# ")) << "its first line says what a client learns from it";
  const PlayedTranscript played = play_transcript(text);
  ASSERT_EQ(played.broken, std::vector<std::string>{});  // or else it would be recorded
  expect_golden(path_of(GetParam()), played.text);
}

INSTANTIATE_TEST_SUITE_P(Conversations, Transcript, testing::ValuesIn(transcripts()),
                         [](const auto& name) { return name.param; });

// What all of them show together.

const PlayedTranscript& all_transcripts() {
  static const PlayedTranscript together = [] {
    PlayedTranscript all;
    for (const std::string& name : transcripts()) {
      PlayedTranscript played = play_transcript(file_text(source_path(path_of(name))));
      all.events_read.merge(played.events_read);
      all.moves.merge(played.moves);
    }
    return all;
  }();
  return together;
}

WatchedRun::Moves rows_of_the_lifecycle() {
  WatchedRun::Moves rows{{"", "queued"},                    // T1
                         {"queued again", "in_progress"}};  // T5
  for (const auto& row : state_machine::run_transitions)
    rows.emplace(state_machine::name(row.from), state_machine::name(row.to));
  return rows;
}

TEST(Transcripts, ShowEveryMoveOfARun) {
  const WatchedRun::Moves shown = all_transcripts().moves;
  for (const auto& [from, to] : rows_of_the_lifecycle())
    EXPECT_TRUE(shown.contains({from, to})) << "no transcript goes from '" << from << "' to " << to;
}

TEST(Transcripts, ReadEveryEventOfAStream) {
  std::set<std::string> named{"done"};
  for (const std::string_view name : scenarios::stream_event_names) named.emplace(name);
  EXPECT_EQ(all_transcripts().events_read, named);
}

TEST(Transcripts, AreToldApartFromMistakes) {
  EXPECT_THROW(play_transcript("advanse 1s\n"), std::invalid_argument);
  EXPECT_THROW(play_transcript("advance 1\n"), std::invalid_argument);
  EXPECT_THROW(play_transcript("  {}\n"), std::invalid_argument);
  EXPECT_THROW(play_transcript("read\n"), std::invalid_argument);
  EXPECT_THROW(play_transcript("time stepped\nassistant\nadvance 1s\n"), std::invalid_argument);
}

}  // namespace
}  // namespace assistants_mock::tests
