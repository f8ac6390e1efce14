#pragma once
// Typed reads of a body that check() has found right: a field that is absent or null reads as
// nothing.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assistants_mock/wire_profile.h"
#include "mock_server/api/body_schema.h"
#include "mock_server/store/resources.h"

namespace assistants_mock::mock_server::api {

// Null when the field is absent or null.
const Body* field(const Body& body, std::string_view key);
bool has(const Body& body, std::string_view key);  // there, be it null

std::optional<std::string> read_text(const Body& body, std::string_view key);
std::optional<double> read_number(const Body& body, std::string_view key);
std::optional<std::int64_t> read_integer(const Body& body, std::string_view key);
bool read_flag(const Body& body, std::string_view key, bool otherwise);
store::Json read_json(const Body& body, std::string_view key, store::Json otherwise);
store::Metadata read_metadata(const Body& body);

// Tools as the service gave them back: a function always with parameters and strict, a search with
// its ranking (docs/wire/objects.md, "Tools").
store::Json read_tools(const Body& tools, WireProfile profile);

// The field `file_ids` of a body of the first version: each file once. Nothing when there is no
// such field.
std::optional<std::vector<std::string>> read_file_ids(const Body& body);

// A message as described by the body of CreateMessage; id, thread and date are the caller's.
store::Message read_message(const Body& body);
std::vector<store::Message> read_messages(const Body& body, std::string_view key);

}  // namespace assistants_mock::mock_server::api
