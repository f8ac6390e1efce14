#pragma once
// What a client sent and what it got, as a test may ask about it afterwards.
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assistants_mock::mock_server {

struct RecordedRequest {
  std::chrono::sys_time<std::chrono::milliseconds> at;  // the mock's time, not the machine's
  std::uint64_t number = 0;                             // among the requests of its tenant, from 1
  std::string tenant = {};  // empty for a request that had no key, or could not be read
  std::string method = {};
  std::string path = {};  // with its query, as sent, but without /tenant/NAME
  std::vector<std::pair<std::string, std::string>> headers = {};
  // As much as Limits::journal_body_bytes keeps; of an uploaded form a line of JSON with its fields
  // and the file's name and size.
  std::string body = {};
  std::size_t body_bytes = 0;  // all of it
  int status = 0;              // of the answer; 0 when the connection was cut instead
  std::string answer = {};     // what was sent of its body, as much as is kept and by now
  std::size_t answer_bytes = 0;
  std::vector<std::pair<std::string, std::string>> answer_headers = {};  // of refusals alone
  // The row of docs/wire/errors.md, or "fault" for a refusal that a fault made up and for no answer
  // at all; empty when the request was granted.
  std::string refusal = {};
  bool granted = false;  // what was asked for was done, whatever a fault made of the answer
  // What a fault did to the answer, in the words of docs/scenarios.md: "status 503", "keep_bytes
  // 10", "stream cut at event 3"; empty when none did anything so far.
  std::string fault = {};

  // Of a request that created a run: the rule of the scenario that answers the run, and the rules
  // asked before, each with what kept it from fitting.
  std::string rule = {};
  std::vector<std::string> why_not = {};
  bool unmatched = false;  // no rule answers the run
};

// Which requests are asked about. All that is given must hold.
struct RequestQuery {
  std::string method = {};
  // A path as in docs/wire/endpoints.md: /threads/{thread_id}/runs; {anything} and * take one
  // segment. With or without /v1; queries are left aside.
  std::string path = {};
  std::optional<int> status = std::nullopt;
  std::string refusal = {};  // a row, or "*" for any
  // Fields of the request's JSON body with their values: {"role", "user"}, {"messages.0.role",
  // "user"}. A value that is no text is compared as JSON: "true", "3".
  std::vector<std::pair<std::string, std::string>> body = {};
  bool unmatched = false;   // only those whose run no rule answers
  std::uint64_t after = 0;  // only those with a higher number
  // The oldest of all that fit; counts and waits go by all of them.
  std::size_t limit = std::numeric_limits<std::size_t>::max();

  bool operator==(const RequestQuery&) const = default;
};

}  // namespace assistants_mock::mock_server
