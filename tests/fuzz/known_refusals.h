#pragma once
// Whether an answer is one that the mock gives on purpose: its refusals are those of the catalogue,
// and its JSON is JSON. Each function throws BrokenContract when it is not.
#include <string_view>

namespace assistants_mock::tests {

// `row` is one of the catalogue's, and `status` is that row's. An internal fault is not one that is
// given on purpose.
void require_known_row(std::string_view row, int status);

// `body` is the envelope of an error whose status, type and code are together in the catalogue.
void require_known_error(int status, std::string_view body);

// `body` is a JSON object.
void require_json_object(std::string_view body);

// `bytes` are server-sent events as the service framed them, with JSON or [DONE] as their data.
// When `ended`, the last of them is `done`.
void require_event_stream(std::string_view bytes, bool ended);

}  // namespace assistants_mock::tests
