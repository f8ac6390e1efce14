#pragma once
// What must hold between the fields of one object, once each field is right by itself.
#include "mock_server/api/body_path.h"
#include "mock_server/api/body_schema.h"

namespace assistants_mock::mock_server::api {

// Throws an ApiError when `object`, whose fields have the types that its schema asks for, breaks
// `rule`.
void check_together(const Body& object, Together rule, const BodyPath& path);

}  // namespace assistants_mock::mock_server::api
