#include "mock_server/api/run_report.h"

#include "mock_server/api/wire_json.h"

namespace assistants_mock::mock_server::api {
namespace {

std::shared_ptr<const store::Run> created_run(const engine::EventLog& log) {
  std::size_t place = 0;
  while (log[place].name != engine::EventName::run_created) ++place;  // after thread.created
  return std::get<std::shared_ptr<const store::Run>>(log[place].data);
}

std::string_view status_of(const store::Run& run) {
  return state_machine::name(run.state.status);
}

// As it is now; null when its thread is gone.
std::shared_ptr<const store::Run> current_run(const World& world, const engine::EventLog& log) {
  const auto created = created_run(log);
  const store::ThreadRecord* thread = world.store.thread(created->thread_id);
  return thread == nullptr ? nullptr : thread->runs.find(created->id);
}

bool fits(const store::Run& run, const RunQuery& query) {
  return (query.id.empty() || run.id == query.id) &&
         (query.thread_id.empty() || run.thread_id == query.thread_id) &&
         (query.status.empty() || status_of(run) == query.status);
}

template <class Told>
void each_fitting(const World& world, const RunQuery& query, Told told) {
  const auto offer = [&](const engine::EventLog& log) {
    const auto run = current_run(world, log);
    if (run && fits(*run, query)) told(*run, log);
  };
  if (query.id.empty()) {
    for (const auto& log : world.engine.logs()) offer(*log);
  } else if (const auto log = world.engine.log(query.id)) {
    offer(*log);
  }
}

RunReport report(const World& world, const store::Run& run, const engine::EventLog& log,
                 bool events) {
  RunReport report{.id = run.id,
                   .thread_id = run.thread_id,
                   .status = std::string(status_of(run)),
                   .created_at = run.state.created_at,
                   .rule = rule_of(*log.origin()),
                   .why_not = why_not(*log.origin())};
  if (const auto due = world.engine.due(run.id)) {
    report.due = due->at;
    report.due_action = due->what;
  }
  for (std::size_t place = 0; events && place < log.size(); ++place)
    report.events.push_back({log[place].at, std::string(engine::name(log[place].name)),
                             event_data(log[place], world.options.profile)});
  return report;
}

}  // namespace

std::vector<RunReport> reports(const World& world, const RunQuery& query) {
  std::vector<RunReport> all;
  each_fitting(world, query, [&](const store::Run& run, const engine::EventLog& log) {
    if (all.size() < query.limit) all.push_back(report(world, run, log, query.events));
  });
  return all;
}

std::size_t count_runs(const World& world, const RunQuery& query) {
  std::size_t count = 0;
  each_fitting(world, query, [&](const store::Run&, const engine::EventLog&) { ++count; });
  return count;
}

std::string rule_of(const engine::RunOrigin& origin) {
  const auto& match = origin.choice.match;
  return match ? scenarios::rule_label(*origin.scenario, match->rule) : "";
}

std::vector<std::string> why_not(const engine::RunOrigin& origin) {
  return scenarios::why_not(*origin.scenario, origin.choice);
}

}  // namespace assistants_mock::mock_server::api
