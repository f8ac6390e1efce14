#pragma once
// Bodies as clients of the API's first version send them (docs/wire/first-version.md, "Requests"):
// what they may hold, and what they are in the words of the second version, which handlers read.
#include "mock_server/api/body_schema.h"

namespace assistants_mock::mock_server::api::first_version {

extern const ObjectSchema create_assistant_body;
extern const ObjectSchema modify_assistant_body;
extern const ObjectSchema attach_file_body;  // to an assistant
extern const ObjectSchema create_thread_body;
extern const ObjectSchema modify_metadata_body;  // threads, messages and runs
extern const ObjectSchema create_message_body;
extern const ObjectSchema create_run_body;
extern const ObjectSchema create_thread_and_run_body;

// To be called before a body is checked: a tool's type as the very first clients spelt it,
// "retreival", becomes "retrieval".
void mend_spelling(Body& body);

// A checked body in the words of the second version: retrieval is file_search, values of metadata
// are texts. `file_ids` stays, of assistants and of messages: the second version has no such field.
void translate(Body& body);

}  // namespace assistants_mock::mock_server::api::first_version
