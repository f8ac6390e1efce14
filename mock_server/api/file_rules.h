#pragma once
// Which files the service took for what, and gave out again. Rows f.* of docs/wire/errors.md.
#include <optional>
#include <span>
#include <string_view>

#include "state_machine/instant.h"

namespace assistants_mock::mock_server::api {

// What a client may upload for, in the order in which a refusal names them.
std::span<const std::string_view> file_purposes();

// Throws f.extension or f.jsonl for a name that does not fit the purpose.
void require_fitting_name(std::string_view filename, std::string_view purpose);

// Throws upload.mime for a type that does not fit the purpose.
void require_fitting_type(std::string_view mime_type, std::string_view purpose);

// Throws f.download for a file that can only be used and not fetched.
void require_downloadable(std::string_view purpose);

// How long a file lives that was given no expires_after; nothing: until it is deleted.
std::optional<state_machine::Duration> lifetime_of(std::string_view purpose);

}  // namespace assistants_mock::mock_server::api
