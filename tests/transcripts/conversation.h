#pragma once
// One client and one API, talking in the vocabulary of transcripts: verbs() in conversation.cc
// lists its words.
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "mock_server/api/api.h"
#include "tests/exchange_log.h"
#include "tests/transcripts/aliases.h"
#include "tests/transcripts/command.h"
#include "tests/transcripts/stream_checker.h"
#include "tests/transcripts/watched_run.h"
#include "tests/transcripts/wording.h"

namespace assistants_mock::tests {

class Conversation {
 public:
  Conversation() = default;
  // Of a client that says in the words of this version what is written in those of the second.
  explicit Conversation(mock_server::api::ApiVersion version)
      : version_(version), replayed_(version == mock_server::api::ApiVersion::first) {}

  // Does what the command says and tells, a line each, what was answered and what happened. Throws
  // std::invalid_argument when there is no such command.
  std::string play(const Command& command);

  // Over the whole conversation: demands that streams broke, names of events that were read from
  // streams, and moves of runs.
  std::vector<std::string> broken() const;
  const std::set<std::string>& events_read() const { return events_read_; }
  WatchedRun::Moves moves() const;

 private:
  using Api = mock_server::api::Api;
  struct Verb;
  struct Answer {
    int status;
    std::string bytes;
    Json body = nullptr;    // null for a stream
    std::string text = {};  // in short
  };
  struct ReadStream {
    std::string run_id;
    std::shared_ptr<mock_server::api::RunStream> events;  // null when it has ended
    StreamChecker checker;
    std::string path;
    std::string bytes = {};  // read so far
  };

  static const std::vector<Verb>& verbs();

  // Setting the scene.
  std::string scenario(const Command& command);
  std::string time(const Command& command);
  std::string profile(const Command& command);
  std::string version(const Command& command);
  std::string use(const Command& command);
  // Requests.
  std::string assistant(const Command& command);
  std::string thread(const Command& command);
  std::string say(const Command& command);
  std::string run(const Command& command);
  std::string create_and_run(const Command& command);
  std::string poll(const Command& command);
  std::string submit(const Command& command);
  std::string cancel(const Command& command);
  std::string messages(const Command& command);
  std::string steps(const Command& command);
  std::string get(const Command& command);
  std::string post(const Command& command);
  std::string erase(const Command& command);
  // Everything else.
  std::string advance(const Command& command);
  std::string read(const Command& command);
  std::string bytes(const Command& command);
  std::string close(const Command& command);
  std::string repeat(const Command& command);

  Api& api();
  Answer ask(const std::string& method, const std::string& path, const std::string& body = "");
  std::string read_stream(const std::string& run_id,
                          std::string (*shown)(const std::string& bytes));
  void record(const std::string& method, const std::string& path, int status,
              std::string_view content_type, std::string_view bytes);
  void watch(const std::string& run_id);
  static std::string raw(const Answer& answer);
  static std::string list_of(const Answer& answer, std::string (*text_of)(const Json&));
  std::string news();

  mock_server::api::ApiOptions options_{.epoch = epoch};
  mock_server::api::ApiVersion version_ = mock_server::api::ApiVersion::second;
  bool replayed_ = false;
  std::shared_ptr<const scenarios::Scenario> scenario_;
  std::optional<Api> api_;
  std::string assistant_;  // the ids of those in use
  std::string thread_;
  std::string run_;
  std::vector<WatchedRun> runs_;
  std::vector<ReadStream> streams_;
  std::vector<std::string> misfits_;  // of answers' heads
  std::set<std::string> events_read_;
  Aliases aliases_;
  ExchangeLog exchanges_ = ExchangeLog::from_environment();
};

}  // namespace assistants_mock::tests
