#include "tests/races/sequential_api.h"

namespace assistants_mock::tests {

SequentialApi::SequentialApi(const Round& round,
                             std::shared_ptr<const scenarios::Scenario> scenario)
    : round_(round), api_(options_of_key(key_of_races), std::move(scenario)) {
  for (const Act& act : round.stage.prologue()) {
    if (act.kind == ActKind::advance)
      api_.advance_to(api_.now() + act.by);
    else
      static_cast<void>(api_.handle(request_of(act)));
  }
}

std::string SequentialApi::play(std::size_t operation) {
  const Played& played = round_.played[operation];
  if (played.opener) {
    std::string answer = read(*played.opener);
    leave_trace(operation);
    return answer;
  }
  if (played.act.kind == ActKind::request) return request(operation, played.act);
  api_.advance_to(api_.now() + played.act.by);
  leave_trace(operation);
  return "";
}

std::string SequentialApi::request(std::size_t operation, const Act& act) {
  Answer answer = answer_of(api_.handle(request_of(act)).response);
  if (answer.stream) streams_.emplace(operation, answer.stream);
  if (answer.status == 200 && act.method != "GET") leave_trace(operation);
  return std::move(answer.text);
}

std::string SequentialApi::read(std::size_t opener) {
  const auto stream = streams_.find(opener);
  if (stream == streams_.end()) return "no stream";
  std::string bytes;
  const EventStream::State state = stream->second->read(bytes, std::chrono::milliseconds{0});
  return text_of_read(state, bytes);
}

}  // namespace assistants_mock::tests
