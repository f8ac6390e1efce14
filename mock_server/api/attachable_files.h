#pragma once
// Files as bodies name them: whether they exist, and whether a tool can take them. Everything here
// is asked before anything is done, so that a refusal leaves nothing behind.
#include <span>
#include <string>
#include <vector>

#include "mock_server/api/body_schema.h"
#include "mock_server/api/world.h"
#include "mock_server/engine/indexer.h"

namespace assistants_mock::mock_server::api {

// Throws nf.files-in-body, naming those that are missing.
void require_files(const World& world, std::span<const std::string> ids);

// The same, and f.retrieval for those whose extension file_search does not take.
void require_searchable(const World& world, std::span<const std::string> ids);
void require_searchable(const World& world, std::span<const engine::Attachment> files);

// Throws nf.files-in-body, or v.image.file for what is no image by its name.
void require_image(const World& world, const std::string& id);

// A checked chunking_strategy as it will be used; absent, null and auto are 800 and 400.
search::ChunkSizes read_chunk_sizes(const Body& body);

// What a body with `file_ids` or `files` wants in a store, each file once.
std::vector<engine::Attachment> read_attachments(const Body& body);

}  // namespace assistants_mock::mock_server::api
