// What diverged once, shrunk: fixtures/model/*.txt hold transcripts as a failing test prints them,
// to be put there as they are. Each is asked again.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/model/checked_api.h"
#include "tests/model/sequences.h"
#include "tests/model/transcript_line.h"

namespace assistants_mock::tests::model {
namespace {

namespace fs = std::filesystem;

std::string replay(const fs::path& path) {
  Tally tally;
  CheckedApi api(tally);
  std::ifstream file(path);
  try {
    for (std::string line; std::getline(file, line);)
      if (const auto asked = asked_by(line)) api.ask(*asked);
  } catch (const Divergence& divergence) {
    return divergence.what();
  }
  return tally.commands == 0 ? "nothing is asked" : "";
}

TEST(Model, WhatDivergedOnceIsAsTheModelSays) {
  int replayed = 0;
  for (const auto& entry : fs::directory_iterator(ASSISTANTS_MOCK_SOURCE_DIR "/fixtures/model")) {
    if (entry.path().extension() != ".txt") continue;
    ++replayed;
    EXPECT_EQ(replay(entry.path()), "") << entry.path();
  }
  EXPECT_GT(replayed, 0);
}

// A transcript can be put into the folder as it is: what is told of a command is read as the same.
TEST(Model, CommandsAreReadAsTheyAreTold) {
  Tally tally;
  CheckedApi api(tally);
  for (const Choice& choice : drawn_sequence(1, 2'000)) {
    bool possible = true;
    const Asked asked = drawn(api.world(), *choice.operation, choice.choices, possible);
    std::string line = told(asked);
    std::erase(line, '@');
    ASSERT_EQ(told(asked_by(line).value()), told(asked)) << line;
    api.ask(asked);
  }
}

}  // namespace
}  // namespace assistants_mock::tests::model
