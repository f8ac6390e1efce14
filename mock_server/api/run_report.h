#pragma once
// Runs of one world with their logs, told to whoever inspects them.
#include <string>
#include <vector>

#include "assistants_mock/run_report.h"
#include "mock_server/api/world.h"

namespace assistants_mock::mock_server::api {

// In the order of their creation; the tenant is left empty.
std::vector<RunReport> reports(const World& world, const RunQuery& query);

// How many runs the query fits.
std::size_t count_runs(const World& world, const RunQuery& query);

// "rule 2 ("greeting") of chat", or nothing when no rule answers the run; and why not the others.
std::string rule_of(const engine::RunOrigin& origin);
std::vector<std::string> why_not(const engine::RunOrigin& origin);

}  // namespace assistants_mock::mock_server::api
