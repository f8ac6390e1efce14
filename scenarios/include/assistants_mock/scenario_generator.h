#pragma once
// Scenarios by chance, for properties of clients. Needs RapidCheck, and the CMake target
// assistants_mock::generator; check_client.h does all of this by itself and needs neither.
//
//   RC_GTEST_PROP(MyClient, EndsWhateverComes, (const ScenarioBook& scenario)) {
//     MockServer server({.scenarios = scenario, .time_mode = TimeMode::stepped});
//     RC_ASSERT(converse(server.base_url()).ended);
//   }
//
// What fails is shrunk towards a scenario that answers at once, and shown as YAML.
#include <rapidcheck.h>

#include <ostream>

#include "assistants_mock/case_profile.h"
#include "assistants_mock/scenario_book.h"

namespace assistants_mock::scenarios {

rc::Gen<ScenarioBook> case_scenario(CaseProfile profile = CaseProfile::rough,
                                    const ClientTraits& traits = {});

// How RapidCheck shows one: its YAML.
void showValue(const ScenarioBook& scenario, std::ostream& out);

}  // namespace assistants_mock::scenarios

namespace rc {

// Rough, for a client that declares no functions.
template <>
struct Arbitrary<assistants_mock::scenarios::ScenarioBook> {
  static Gen<assistants_mock::scenarios::ScenarioBook> arbitrary() {
    return assistants_mock::scenarios::case_scenario();
  }
};

}  // namespace rc
