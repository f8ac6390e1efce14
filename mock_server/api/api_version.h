#pragma once
// Which version of the API a request speaks, by its header OpenAI-Beta
// (docs/wire/first-version.md). Bodies and objects differ; nothing below this folder knows of it.
#include "assistants_mock/wire_profile.h"

namespace assistants_mock::mock_server::api {

struct Request;
struct RouteMatch;

enum class ApiVersion { first, second };

// Throws what keeps the request from its route: beta.missing, beta.v1, beta.v1-only-route; for an
// operation that the first version did not have, route.unknown or route.method.
ApiVersion version_of(const Request& request, const RouteMatch& match, FirstVersion first_version);

}  // namespace assistants_mock::mock_server::api
