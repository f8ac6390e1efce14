#pragma once
// The course of a check: a first look at the client, generated cases until one breaks a rule, and
// the search for the least scenario that breaks it too.
#include "assistants_mock/check_client.h"
#include "mock_server/check/client_driver.h"

namespace assistants_mock::mock_server::check {

// Throws as check_client() does.
CheckReport check(const CheckOptions& options, ClientDriver& driver);

}  // namespace assistants_mock::mock_server::check
