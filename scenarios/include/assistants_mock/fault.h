#pragma once
// Something that goes wrong with certain requests: part of a scenario, or laid on a server while it
// runs. docs/scenarios.md has the same for people who write YAML.
//
//   server.add_fault({.on = "createRun", .times = {{1, 2}}, .error = "rl.rpm"});
//   server.add_fault({.on = "createRun",
//                     .stream = StreamFault{.after = "thread.message.delta", .nth = 3}});
#include <array>
#include <chrono>
#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assistants_mock/times.h"

namespace assistants_mock::scenarios {

// What goes wrong inside an event stream, once in each.
struct StreamFault {
  enum class Outcome {  // spelled as in YAML
    none,               // nothing but `pieces`
    cut,                // the connection ends after the event
    reset,              // it is reset there
    hang,               // nothing more comes, and the connection stays open
    end,                // the body ends in order, without [DONE]
    cut_inside,         // the connection ends in the middle of the event
    cut_in_character,   // inside a character of it that has several bytes
    error,              // an error event follows in place of the rest: {"error": {…}}
    bare_error,         // the same with the error itself as its data: {"message": …}
    unknown_event,      // an event that no client knows follows
    repeat,             // the event comes twice
    swap,               // the event comes after the next one
    rename,             // the event comes under the name `as`
  };

  // Where: the `nth` event of this name, or of any.
  std::string after = "*";
  int nth = 1;
  Outcome outcome = Outcome::cut;  // YAML with `pieces` alone means none; here that has to be said
  std::string as = {};             // of `rename`

  // The stream is sent in pieces of so many bytes, wherever characters and events end; 0: in as few
  // as can be.
  int pieces = 0;
  // So much real time passes after each of them, so that the network does not join it to the next.
  std::chrono::milliseconds pause = {};

  auto operator<=>(const StreamFault&) const = default;
};
inline constexpr std::array<std::string_view, 13> stream_outcome_names = {
    "none",  "cut",        "reset",         "hang",   "end",  "cut_inside", "cut_in_character",
    "error", "bare_error", "unknown_event", "repeat", "swap", "rename"};
constexpr std::string_view name(StreamFault::Outcome outcome) {
  return stream_outcome_names[static_cast<std::size_t>(outcome)];
}

// In place of the answer: `error`, `status` or a `connection` that is not kept; one at most.
// Without any of them the answer is the real one, with what else is said here done to it.
struct Fault {
  // Which requests: an operation by its id or by method and path, both as in
  // docs/wire/endpoints.md, or "*" for every request that has a route and a key.
  std::string on = "*";
  // Which of those, counted since the fault was there.
  Times times = {.listed = {1}};
  // Counted for each thread, run, file … by itself: the name of a parameter of the path, such as
  // "run_id". Empty: all are counted together.
  std::string per = {};
  // Only those that find the run of the path in this status, e.g. "requires_action". Empty: any.
  std::string run_status = {};

  // A row of docs/wire/errors.md: its answer, with the words of the example there.
  std::string error = {};
  // Any answer at all.
  std::optional<int> status = {};  // 200 to 599
  std::string body = {};           // of `status`
  // How the connection ends, without a byte of the answer unless keep_bytes says so.
  enum class Connection { kept, closed, reset, hanging };  // spelled as in YAML
  Connection connection = Connection::kept;

  // The work is done first, and what comes in place of its answer hides that.
  bool after_work = false;
  // Take the place of the answer's headers of the same name, or come on top.
  std::vector<std::pair<std::string, std::string>> headers = {};
  // The body ends after so many bytes: in order, or as `connection` says.
  std::optional<std::size_t> keep_bytes = {};
  // The answer comes so much later: real time, as on a slow network, whatever the mock's clock
  // says.
  std::chrono::milliseconds delay = {};
  // For operations that can stream; requests that do not stream do not count.
  std::optional<StreamFault> stream = {};

  auto operator<=>(const Fault&) const = default;
};
inline constexpr std::array<std::string_view, 4> connection_names = {"kept", "closed", "reset",
                                                                     "hanging"};
constexpr std::string_view name(Fault::Connection connection) {
  return connection_names[static_cast<std::size_t>(connection)];
}

// Whether it takes the place of the answer.
inline bool replaces_answer(const Fault& fault) {
  return !fault.error.empty() || fault.status ||
         (fault.connection != Fault::Connection::kept && !fault.keep_bytes);
}

// What the fault does, by the words it is written with: "status 503", "keep_bytes 10, delay 2s",
// "stream cut at thread.message.delta 3".
std::string what_happens(const Fault& fault);

}  // namespace assistants_mock::scenarios
