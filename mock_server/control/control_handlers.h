#pragma once
// What each of the mock's own routes does: reads its body or query, steers or asks the tenants, and
// gives the JSON of its answer. What is wrong is thrown as ApiError.
#include <string>

#include "mock_server/control/control.h"

namespace assistants_mock::mock_server::control {

std::string health(const ControlCall& call);
std::string version(const ControlCall& call);
std::string read_scenario(const ControlCall& call);
std::string replace_scenario(const ControlCall& call);
std::string clocks(const ControlCall& call);
std::string advance(const ControlCall& call);
std::string journal(const ControlCall& call);
std::string runs(const ControlCall& call);
std::string one_run(const ControlCall& call);
std::string wait(const ControlCall& call);
std::string faults(const ControlCall& call);
std::string add_fault(const ControlCall& call);
std::string clear_faults(const ControlCall& call);
std::string reset(const ControlCall& call);

}  // namespace assistants_mock::mock_server::control
