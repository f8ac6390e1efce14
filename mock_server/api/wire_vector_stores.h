#pragma once
// Vector stores, their files and batches to JSON, keys in the order of the wire
// (docs/wire/objects.md, "Vector store"). What is shown of counters is the caller's: it may lag
// (docs/scenarios.md).
#include <string>
#include <vector>

#include "mock_server/api/wire_json.h"
#include "mock_server/store/vector_store.h"
#include "scenarios/hosted_tools.h"

namespace assistants_mock::mock_server::api {

void write(JsonWriter& out, const store::VectorStore& vector_store, const View& view);
void write(JsonWriter& out, const store::StoreFile& file, const View& view);
void write(JsonWriter& out, const store::FileBatch& batch, const View& view);

// OpenAPI: VectorStoreSearchResultsPage.
std::string search_page(const std::vector<std::string>& queries,
                        const std::vector<scenarios::FoundChunk>& results);

// OpenAPI: VectorStoreFileContentResponse.
std::string content_page(std::string_view text);

}  // namespace assistants_mock::mock_server::api
