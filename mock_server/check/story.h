#pragma once
// A conversation told for people: in a dozen lines, and whole.
#include <string>
#include <vector>

#include "mock_server/check/observed_case.h"

namespace assistants_mock::mock_server::check {

// "  4 s  polls run_1 5 times: queued, in_progress, incomplete": at most some twelve lines, the
// middle left out of longer ones; ends with how the client ended.
std::vector<std::string> story_of(const ObservedCase& observed);

// Every request with its answer, bodies included.
std::string transcript_of(const ObservedCase& observed);

}  // namespace assistants_mock::mock_server::check
