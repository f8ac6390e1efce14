#pragma once
// Objects of the API as the pages of docs/wire/ show them, and how two forms of one stand side by
// side.
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "mock_server/store/resources.h"

namespace assistants_mock::tests {

inline constexpr state_machine::Instant birth{std::chrono::seconds{1'700'000'000}};

mock_server::store::Assistant assistant();
mock_server::store::Thread thread();
mock_server::store::Message message();
mock_server::store::Run run_with_usage();
mock_server::store::RunStep step();

// A field's value in backticks, or "absent".
std::string value_of(const nlohmann::ordered_json& object, const std::string& key);

// The keys of both, each in the order of the wire.
std::vector<std::string> merged_keys(const nlohmann::ordered_json& one,
                                     const nlohmann::ordered_json& other);

}  // namespace assistants_mock::tests
