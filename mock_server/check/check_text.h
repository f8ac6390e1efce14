#pragma once
// What a check found, for people.
#include <functional>
#include <string>

#include "assistants_mock/check_client.h"

namespace assistants_mock::mock_server::check {

// `replay` is the line that plays a broken rule's scenario again.
std::string text_of(const CheckReport& report,
                    const std::function<std::string(const BrokenRule&)>& replay);

// Of a client that ended without a request: what that usually means.
std::string why_nothing_was_asked(const ClientEnd& end);

}  // namespace assistants_mock::mock_server::check
