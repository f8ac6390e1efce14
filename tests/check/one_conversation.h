#pragma once
// One conversation of a client that is written out in a test, and the rule that it breaks.
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "assistants_mock/check_client.h"
#include "tests/check/plain_client.h"

namespace assistants_mock::tests {

using mock_server::check_client;
using mock_server::CheckReport;
using mock_server::ClientEnd;
using scenarios::ScenarioBook;

using Act = std::function<ClientEnd(PlainClient&)>;

inline ClientEnd well(std::string output = "") {
  ClientEnd end;
  end.output = std::move(output);
  return end;
}
inline ClientEnd badly() {
  ClientEnd end;
  end.success = false;
  end.words = "exit status 1";
  return end;
}

inline constexpr std::size_t steady = 2;      // a case whose requests move time by a second each
inline constexpr std::size_t quickening = 3;  // and one whose polls move it further and further

// The rule that a client breaks who does this under that scenario; empty: none.
inline std::string broken(const std::string& yaml, const Act& act, std::size_t number = steady) {
  const CheckReport report = check_client(
      {.scenarios = {ScenarioBook::parse(yaml)}, .first_case = number}, [&](const auto& asked) {
        PlainClient client(asked);
        return act(client);
      });
  EXPECT_EQ(report.could_not_check, "");
  return report.broken.empty() ? "" : report.broken[0].rule;
}

inline const std::string answers = "runs: [{ do: [{ say: Good day. }] }]\n";
inline const std::string works_long = "runs: [{ do: [{ wait: 100s }, { say: Good day. }] }]\n";
inline const std::string calls = "runs: [{ do: [{ call: f }, { call: f }, { say: Good day. }] }]\n";

inline std::string lost(const std::string& operation, const std::string& times = "1") {
  return "faults: [{ on: " + operation + ", times: " + times +
         ", connection: closed, after_work: true }]\n";
}

inline void begin_run(PlainClient& client) {
  client.begin("Hello.");
  client.start_run();
}

inline void ask_to_the_end(PlainClient& client) {
  client.start_run();
  std::string status;
  for (int polls = 0; polls < 30 && status != "failed" && status != "completed" &&
                      status != "incomplete" && status != "expired" && status != "cancelled";
       ++polls)
    status = client.poll();
  if (status == "completed") client.read_reply();
}

}  // namespace assistants_mock::tests
