#pragma once
// The filters of a search in a body (OpenAPI: ComparisonFilter, CompoundFilter), which nest without
// end but for the depth of JSON that is read at all.
#include "mock_server/api/body_path.h"
#include "mock_server/api/body_schema.h"
#include "mock_server/search/attribute_filter.h"

namespace assistants_mock::mock_server::api {

// Throws the first refusal: an ApiError of v.missing, v.unknown, v.type, v.enum or v.arrmax.
search::AttributeFilter read_filter(const Body& filter, const BodyPath& path);

}  // namespace assistants_mock::mock_server::api
