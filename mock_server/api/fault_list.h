#pragma once
// The faults that were laid on one world: checked when they are added, counted as requests come.
#include <optional>
#include <string_view>
#include <vector>

#include "assistants_mock/fault.h"
#include "assistants_mock/limits.h"
#include "mock_server/api/request.h"
#include "mock_server/api/routes.h"

namespace assistants_mock::mock_server::api {

// Throws std::invalid_argument, which names what was meant, for a fault that can never fire or that
// does not say what happens.
void require_valid(const Fault& fault);

class FaultList {
 public:
  // The fault must be valid. Throws ours.limit when there are too many.
  void add(Fault fault, const Limits& limits);
  void clear() { faults_.clear(); }
  std::vector<FaultReport> reports() const { return faults_; }

  // What happens to this request: the first fault whose turn it is. Every fault that looks at the
  // request counts it.
  const Fault* next(const Route& route);

 private:
  std::vector<FaultReport> faults_;
};

// The answer that the fault gives in place of the work, and the row that it stands for ("fault"
// when it is none); `request_id` is that of the request. Of a cut there is no answer: its stream
// breaks before the first byte.
struct FaultAnswer {
  Response response;
  std::string_view row;
};
FaultAnswer answer_of(const Fault& fault, const std::string& request_id);

}  // namespace assistants_mock::mock_server::api
