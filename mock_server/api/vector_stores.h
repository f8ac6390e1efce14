#pragma once
// What the operations on vector stores, their files and their batches have in common.
#include "mock_server/api/handlers.h"
#include "mock_server/api/wire_vector_stores.h"
#include "mock_server/store/vector_stores.h"

namespace assistants_mock::mock_server::api {

// The objects that a path names, or the refusal (nf.vs, nf.vsfile).
store::VectorStoreRecord& vector_store_of(Call& call);
// One that is to be changed or searched: not an expired one (vs.expired.use).
store::VectorStoreRecord& live_vector_store_of(Call& call);
// The same, once what the request names besides it was found (errors.md, "Order of checks").
void require_live(const store::VectorStoreRecord& record);
std::shared_ptr<const store::StoreFile> store_file_of(Call& call,
                                                      const store::VectorStoreRecord& record);

// A page of a store's files: all of them, or those of one batch.
Answer list_of_files(Call& call, const store::VectorStoreRecord& record,
                     std::string_view batch_id = {});

}  // namespace assistants_mock::mock_server::api
