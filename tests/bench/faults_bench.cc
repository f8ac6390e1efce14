// What a list of faults costs the requests that none of them strikes.
#include <nlohmann/json.hpp>

#include "assistants_mock/mock_server.h"
#include "scenarios/fault_words.h"
#include "scenarios/scenario.h"
#include "tests/bench/benchmarks.h"
#include "tests/bench/measure.h"
#include "tests/mock_server/http/raw_client.h"

namespace assistants_mock::bench {
namespace {

constexpr const char* headers =
    "Authorization: Bearer sk-0123456789\r\nOpenAI-Beta: assistants=v2\r\n"
    "Content-Type: application/json\r\n";

enum class On { each_operation_in_turn, every_request };

// They wait for a time that does not come.
scenarios::ScenarioBook with_faults(std::size_t count, On on) {
  scenarios::Scenario scenario = scenarios::ScenarioBook().scenario();
  const auto operations = scenarios::operations();
  for (std::size_t fault = 0; fault < count; ++fault)
    scenario.faults.push_back(
        {.on = on == On::every_request ? "*"
                                       : std::string(operations[fault % operations.size()].request),
         .times = {.listed = {1'000'000}},
         .error = "srv.500"});
  return scenarios::ScenarioBook(std::move(scenario));
}

// A server with a thread, and the request for it.
struct Subject {
  mock_server::MockServer server;
  std::string get_thread;

  explicit Subject(std::size_t faults, On on = On::each_operation_in_turn)
      : server(
            {.scenarios = with_faults(faults, on), .time_mode = mock_server::TimeMode::immediate}) {
    const auto made = tests::ask(server.port(), post_request("/v1/threads", "{}", headers));
    get_thread = get_request(
        "/v1/threads/" + nlohmann::json::parse(made.body).at("id").get<std::string>(), headers);
  }
};

}  // namespace

void report_faults() {
  const Subject without(0), with(100), counting(100, On::every_request);
  compare({{"no faults", without.server.port(), without.get_thread},
           {"100 faults", with.server.port(), with.get_thread},
           {"100 on *", counting.server.port(), counting.get_thread}},
          "GET thread, beside faults that do not strike");
}

}  // namespace assistants_mock::bench
