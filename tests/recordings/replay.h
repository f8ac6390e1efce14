#pragma once
// Plays a recorded conversation against the mock and tells where the mock answered differently.
#include <memory>
#include <string>
#include <vector>

#include "assistants_mock/wire_profile.h"
#include "mock_server/api/api.h"
#include "tests/exchange_log.h"
#include "tests/recordings/id_pairs.h"
#include "tests/recordings/recording.h"

namespace assistants_mock::tests {

struct Finding {
  // What differs, the same for every exchange of a kind: "header Server", "GET /assistants
  // /data/*/name", "POST /threads/runs event thread.run.created /usage".
  std::string place;
  std::string what;
  std::size_t exchange = 0;  // counted from 1
};

class Replay {
 public:
  // Time begins at the conversation's first moment.
  Replay(std::vector<Exchange> recording, std::shared_ptr<const scenarios::Scenario> scenario,
         mock_server::WireProfile profile);

  // Plays all of it once. Every exchange is written to `log`.
  std::vector<Finding> play(ExchangeLog& log);

  // Runs that the scenario had no rule for.
  std::uint64_t unmatched_runs() const { return api_.unmatched_runs(); }

 private:
  mock_server::api::Request request_of(const Exchange& exchange) const;
  Answer answer(const mock_server::api::Request& request, ExchangeLog& log);
  std::string read_to_the_end(mock_server::api::RunStream& stream);

  void compare(const Answer& recorded, const Answer& mock);
  void compare_headers(const Answer& recorded, const Answer& mock);
  void compare_bodies(const Json& recorded, const Json& mock);
  void compare_events(const Answer& recorded, const Answer& mock);
  void compare_events(const std::vector<Answer::Event>& recorded,
                      const std::vector<Answer::Event>& mock);
  void compare_json(const std::string& place, const Json& recorded, const Json& mock);
  Json without_the_account(const Json& recorded);
  void found(std::string place, std::string what);

  std::vector<Exchange> recording_;
  std::vector<state_machine::Instant> moments_;
  mock_server::api::Api api_;
  IdPairs ids_;
  std::vector<Finding> findings_;
  std::size_t exchange_ = 0;
  std::string route_;  // of the exchange that is being played: "GET /threads/{id}"
};

}  // namespace assistants_mock::tests
