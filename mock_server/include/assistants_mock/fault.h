#pragma once
// Something that goes wrong with certain requests, laid on a server while it runs.
//
//   server.add_fault({.on = "POST /threads/{thread_id}/runs", .times = {1, 2}, .error = "rl.rpm"});
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assistants_mock::mock_server {

// One of `error`, `status` and `cut` says what happens.
struct Fault {
  // Which requests: a method and a path as in docs/wire/endpoints.md, or "*" for every request that
  // has a route and a key.
  std::string on = "*";

  // Which of those requests, counted from 1 since the fault was added.
  std::vector<int> times = {1};
  std::optional<int> from_then_on = std::nullopt;  // these too, and all after them

  // A row of docs/wire/errors.md: its answer, with the words of the example there.
  std::string error = {};

  // Any answer at all.
  std::optional<int> status = std::nullopt;  // 200 to 599
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};

  // The connection ends without an answer, before the work is done or after it.
  enum class Cut { none, before, after };
  Cut cut = Cut::none;

  bool operator==(const Fault&) const = default;
};

// A fault with what became of it.
struct FaultReport {
  Fault fault;
  int asked = 0;  // requests that it looked at: its `on` fitted
  int fired = 0;
};

}  // namespace assistants_mock::mock_server
