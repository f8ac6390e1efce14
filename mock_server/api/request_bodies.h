#pragma once
// The bodies that the operations accept, by operation: docs/wire/endpoints.md, section 3.
#include "mock_server/api/body_schema.h"

namespace assistants_mock::mock_server::api {

extern const ObjectSchema create_assistant_body;
extern const ObjectSchema modify_assistant_body;
extern const ObjectSchema create_thread_body;
extern const ObjectSchema modify_thread_body;
extern const ObjectSchema create_message_body;
extern const ObjectSchema modify_metadata_body;  // messages and runs: metadata alone
extern const ObjectSchema create_run_body;
extern const ObjectSchema create_thread_and_run_body;
extern const ObjectSchema submit_tool_outputs_body;
extern const ObjectSchema create_upload_body;
extern const ObjectSchema complete_upload_body;

extern const ObjectSchema create_vector_store_body;
extern const ObjectSchema modify_vector_store_body;
extern const ObjectSchema create_store_file_body;
extern const ObjectSchema store_file_attributes_body;
extern const ObjectSchema create_file_batch_body;
extern const ObjectSchema search_vector_store_body;

}  // namespace assistants_mock::mock_server::api
