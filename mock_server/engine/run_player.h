#pragma once
// Plays single acts of a live run: each changes the lifecycle, the store and the log together, so
// that the three never disagree. What is due when is run_engine's business.
#include <string>
#include <vector>

#include "mock_server/engine/live_run.h"
#include "mock_server/engine/run_tools.h"
#include "mock_server/store/id_source.h"

namespace assistants_mock::mock_server::engine {

class RunPlayer {
 public:
  // Without `tools` files that code makes have ids, and are nowhere.
  RunPlayer(LiveRun& live, store::IdSource& ids, store::Store& store, RunTools* tools, Instant now)
      : live_(live), ids_(ids), store_(store), tools_(tools), now_(now) {}

  // Moves the run by one fact and tells its log. What is open on the wire is closed first, as the
  // outcome table of docs/wire/run-lifecycle.md says. False when the lifecycle has no such row.
  bool happen(const state_machine::RunFact& fact);

  // Performs one act of the script. False when it could not happen (a cancelled run cannot call
  // functions); the run is then as before.
  bool perform(const scenarios::Act& act);

  // The open tool_calls step ends with these outputs, in the order of its function calls.
  void finish_calls(const std::vector<std::string>& outputs);

 private:
  void begin_message(const scenarios::BeginMessage& begin);
  void add_to_message(const scenarios::AddToMessage& delta);
  void end_message();
  void begin_calls(const scenarios::BeginCalls& begin);
  void add_call(const scenarios::AddCall& call);
  void add_arguments(const scenarios::AddArguments& delta);
  void add_code(const scenarios::AddCode& code);
  void add_code_input(const scenarios::AddCodeInput& delta);
  void add_logs(const scenarios::AddLogs& logs);
  void add_image(const scenarios::AddImage& image);
  void add_output(std::size_t call, std::size_t output, store::CodeOutput what);
  bool make_file(const scenarios::MakeFile& file);
  void add_search(const scenarios::AddSearch& search);
  bool calls_made();

  std::vector<store::StepCall>& open_calls();
  // Of a file by that name, made by the run; a file's id is its own.
  std::string file_id(const std::string& file) const;
  store::Annotation annotated(const scenarios::AddToMessage& delta) const;
  // More for the steps to come to read.
  void read_output(std::size_t bytes);

  void open_step(std::variant<std::string, std::vector<store::StepCall>> details,
                 const std::optional<scenarios::Usage>& usage);
  void close_message(state_machine::MessageEvent event,
                     std::optional<state_machine::MessageCut> cut);
  void close_step(state_machine::StepEvent event);
  void close_what_is_open(const state_machine::RunFact& fact);
  template <class Data>
  void log(EventName name, Data data);
  store::Usage usage_of(const store::RunStep& step) const;
  store::Usage usage_of_all_steps() const;

  LiveRun& live_;
  store::IdSource& ids_;
  store::Store& store_;
  RunTools* tools_;
  Instant now_;
};

// Tokens are estimated at four bytes each (ours: the service's tokenizer is not here), rounded
// up.
std::int64_t estimate_tokens(std::size_t bytes);

}  // namespace assistants_mock::mock_server::engine
