#pragma once
// What the rules look at: the requests of a conversation with what each was about, its runs with
// what really happened in them, and above all what the client was shown of that, and when. An
// answer that was sent need not have been read: who closes a stream has not seen its last event.
#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mock_server/check/observed_case.h"

namespace assistants_mock::mock_server::check {

using Json = nlohmann::json;

struct Exchange {
  const RecordedRequest* request = nullptr;
  MachineTime answered{};
  std::string_view operation = {};  // OpenAPI: operationId; empty when there is no such route
  std::string thread_id = {};       // of the path
  std::string run_id = {};          // of the path, or of the run that was created
  std::optional<Json> answer = {};  // when it came whole and is JSON
  std::vector<Json> events = {};    // the data of a stream's events, as far as it was sent
  bool streams = false;

  int status() const { return request->status; }
  bool granted() const { return request->granted; }
  // Made up by the scenario, in place of the real answer.
  bool is_faulty() const { return !request->fault.empty(); }
  // The real refusal of this row.
  bool refused_as(std::string_view row) const { return !is_faulty() && request->refusal == row; }
  // It failed in a way that may pass: too many requests, an error of the server, a lost connection.
  bool may_be_retried() const {
    return status() == 0 || status() == 408 || status() == 409 || status() == 429 ||
           status() >= 500;
  }
  // What was asked for was done, and the client was not told so.
  bool is_lost() const { return granted() && (may_be_retried() || !answer) && !streams; }
};

// A status of a run that an answer told. In a stream it is told to whoever reads that far.
struct Shown {
  std::size_t exchange = 0;
  std::string status = {};
  bool surely = true;
};

struct MessageOfRun {
  std::string id = {};
  std::vector<std::string> texts = {};  // without the markers of citations
  bool shown = false;                   // to the client, its content included
};

struct RoundOfCalls {
  std::size_t calls = 0;
  std::vector<std::string> functions = {};
};

struct RunOfCase {
  std::string id = {};
  std::string thread_id = {};
  std::string status = {};  // at the end of the conversation
  std::size_t number = 0;   // among the runs, from 1
  std::size_t creator = 0;  // the exchange that created it
  bool known = false;       // the client was told its id
  std::vector<Shown> shown = {};
  std::vector<RoundOfCalls> rounds = {};
  std::vector<MessageOfRun> messages = {};

  bool is_over() const;
  std::string name() const { return "run_" + std::to_string(number); }
};

// completed, failed, incomplete, cancelled or expired.
bool is_final(std::string_view status);

// Of a message, as it was sent, who says what: clients may mark each that they send.
Json words_of(const Json& message);

class Evidence {
 public:
  explicit Evidence(const ObservedCase& observed);

  const ObservedCase& observed() const { return observed_; }
  const ClientEnd& end() const { return observed_.end; }
  const std::vector<Exchange>& exchanges() const { return exchanges_; }
  const std::vector<RunOfCase>& runs() const { return runs_; }

  const RunOfCase* run(std::string_view id) const;
  // The last run of each thread, which is what its conversation came to. Who asks the same again on
  // a new thread, once a run is over or was never heard of, goes on with the same conversation.
  std::vector<const RunOfCase*> last_runs() const;
  // The run that locked the thread when the exchange was refused; null when there is none.
  const RunOfCase* active_run(const std::string& thread_id, std::size_t exchange) const;
  // The latest status that the client was surely shown before the exchange.
  static const Shown* last_shown(const RunOfCase& run, std::size_t exchange);
  // Where it was first shown the end; nothing if it never was.
  static std::optional<std::size_t> shown_end(const RunOfCase& run, bool surely);
  // By the client: there is no more of it.
  bool was_deleted(const std::string& thread_id) const;
  // Whether it ever asked for this operation of the run, granted or not.
  bool asked(std::string_view operation, const RunOfCase& run) const;

 private:
  bool takes_place_of(const RunOfCase& earlier, const RunOfCase& later) const;
  // What the user said on the thread.
  std::vector<std::string> question(std::string_view thread_id) const;

  void read_exchanges();
  void read_runs();
  void match_creators();
  void read_shown();
  void show(std::size_t exchange, const Json& object, bool surely);
  void show_message(const Json& message);
  RunOfCase* find_run(std::string_view id);

  const ObservedCase& observed_;
  std::vector<Exchange> exchanges_;
  std::vector<RunOfCase> runs_;
};

// "request 7 (GET /threads/thread_1/runs/run_1)" without the ids: how findings name a request.
std::string named(const Exchange& exchange);

}  // namespace assistants_mock::mock_server::check
