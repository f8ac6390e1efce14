#pragma once
// The sequential world that races are compared with: an api::Api asked by one thread.
#include <map>
#include <memory>
#include <string>

#include "tests/races/race.h"

namespace assistants_mock::tests {

class SequentialApi : public SequentialWorld {
 public:
  // `round` must outlive this.
  SequentialApi(const Round& round, std::shared_ptr<const scenarios::Scenario> scenario);

  std::string play(std::size_t operation) override;

  // What was granted, in its order: nothing else leaves a trace, request ids left aside. Refusals
  // and GETs may stand anywhere.
  std::string state() const override { return granted_; }

 private:
  std::string request(std::size_t operation, const Act& act);
  std::string read(std::size_t opener);
  void leave_trace(std::size_t operation) { granted_ += std::to_string(operation) + " "; }

  const Round& round_;
  mock_server::api::Api api_;
  std::map<std::size_t, std::shared_ptr<EventStream>> streams_;  // by their requests
  std::string granted_;
};

}  // namespace assistants_mock::tests
