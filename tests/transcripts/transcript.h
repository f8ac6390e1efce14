#pragma once
// Whole conversations as text files, fixtures/transcripts/*.txt, after cockroachdb/datadriven.
//
//   # What a client learns from this one.
//   scenario weather_tool
//   assistant tools=get_weather
//   create-and-run What is the weather in Oslo?
//   ----
//   asst_1
//   run_1 queued, expires +600s
//   +0s thread_1 created
//   +0s run_1 created, queued
//
// A block is a list of commands, each with the indented lines that belong to it; the line ----; and
// everything that came of them: answers first, then, with its time, what happened to the runs.
// Empty lines stand between blocks. The words: verbs() in conversation.cc.
#include <set>
#include <string>
#include <vector>

#include "mock_server/api/api_version.h"
#include "tests/transcripts/watched_run.h"

namespace assistants_mock::tests {

struct PlayedTranscript {
  std::string text;                 // the transcript with what happens now
  std::vector<std::string> broken;  // demands that its streams did not meet
  std::set<std::string> events_read;
  WatchedRun::Moves moves;
};

// Plays the commands of a transcript from the beginning. Throws std::invalid_argument, naming the
// line, when one cannot be understood. For the first version of the API its client says in the
// words of that one what is written in those of the second.
PlayedTranscript play_transcript(const std::string& text, mock_server::api::ApiVersion version =
                                                              mock_server::api::ApiVersion::second);

}  // namespace assistants_mock::tests
