#include "mock_server/api/api_error.h"
#include "mock_server/api/handlers.h"
#include "mock_server/api/list_answer.h"

namespace assistants_mock::mock_server::api {
namespace {

const store::Collection<store::RunStep>& steps_of(const store::ThreadRecord& thread,
                                                  const store::Run& run) {
  static const store::Collection<store::RunStep> none;  // a run that has just begun has no steps
  const auto steps = thread.steps.find(run.id);
  return steps == thread.steps.end() ? none : steps->second;
}

// The deadline shows while the run is active only (docs/wire/objects.md, "Run steps").
store::RunStep as_read(store::RunStep step, const store::Run& run) {
  step.expires_at = run.state.expires_at;
  return step;
}

}  // namespace

Answer list_run_steps(Call& call) {
  const store::ThreadRecord& thread = thread_of(call);
  const auto run = run_of(call, thread);
  const auto& steps = steps_of(thread, *run);
  auto page = steps.page(page_request(call.query, steps, api_error::no_step));
  for (auto& step : page.items) step = std::make_shared<const store::RunStep>(as_read(*step, *run));
  return {list_body(page, call.view())};
}

Answer get_run_step(Call& call) {
  const store::ThreadRecord& thread = thread_of(call);
  const auto run = run_of(call, thread);
  const auto step = steps_of(thread, *run).find(call.id("step_id"));
  if (!step) throw api_error::no_step(call.id("step_id"));
  return {to_body(as_read(*step, *run), call.view())};
}

}  // namespace assistants_mock::mock_server::api
