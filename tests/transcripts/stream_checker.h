#pragma once
// Holds one event stream against what clients demand of it (docs/wire/streaming.md, section 5,
// demands 1 to 24) and against the order of events (section 3). Knows the wire only, nothing of
// how the server makes it.
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/stream_events.h"

namespace assistants_mock::tests {

// The request that a stream answers.
enum class StreamOf { created_thread_and_run, created_run, submitted_outputs };

class StreamChecker {
 public:
  explicit StreamChecker(StreamOf request) : request_(request) {}

  void see(const StreamEvent& event);
  // The server ended the stream.
  void end();

  // What was wrong so far, oldest first: "demand 7: step_2 is created while step_1 is open".
  const std::vector<std::string>& broken() const { return broken_; }

 private:
  using Json = nlohmann::ordered_json;

  // What the deltas of a content part or a tool call have said so far.
  struct Streamed {
    std::string type;
    Json whole;
  };
  struct Message {
    std::string id;
    std::vector<Streamed> parts = {};
  };
  struct Step {
    std::string id;
    std::string type;
    std::string message_id = {};
    std::vector<Streamed> calls = {};
  };

  void demand(int number, bool kept, const std::string& otherwise);
  void require(bool kept, const std::string& otherwise);
  std::optional<Json> object_of(const StreamEvent& event);

  void see_done(const StreamEvent& event);
  void see_error(const Json& data);
  void see_thread(const Json& thread);

  void see_run(const std::string& what, const Json& run);
  void check_order(const std::string& what, const Json& run);
  void check_fields(const Json& run);
  void check_nothing_open(const std::string& what, const Json& run);

  void see_step(const std::string& what, const Json& step);
  void open_step(const Json& step);
  void extend_step(const Json& delta);
  void extend_call(const Json& item);
  void check_function(const Json& function, bool opens);
  void check_code(const Json& code, bool opens);
  void close_step(const std::string& what, const Json& step);

  void see_message(const std::string& what, const Json& message);
  void open_message(const Json& message);
  void extend_message(const Json& delta);
  void extend_part(const Json& item);
  void check_annotations(const Json& so_far, const Json& text, bool first);
  void close_message(const std::string& what, const Json& message);

  // The entry of `known` that a delta's item belongs to; a new one when it is the first of its
  // index; null when its index is not one that may come now.
  Streamed* entry_for(const Json& item, std::vector<Streamed>& known);
  void check_whole(const std::string& of, const Json& streamed, const Json& whole);

  StreamOf request_;
  std::string previous_;  // event name
  std::string run_status_;
  bool run_ended_ = false;
  bool failed_ = false;  // an error event came
  bool done_ = false;
  bool resumed_step_closed_ = false;
  std::optional<Step> step_;
  std::optional<Message> message_;
  std::set<std::string> seen_ids_;  // of steps and messages that were created or ended
  std::optional<std::size_t> last_part_;
  std::vector<std::string> broken_;
};

}  // namespace assistants_mock::tests
