#pragma once
// One server-sent event as its bytes: "event: NAME\ndata: JSON\n\n". No id, no retry, no comment
// lines: the service sent none (docs/wire/streaming.md).
#include <string>
#include <string_view>

namespace assistants_mock::mock_server::api {

// Appends the event to `bytes`. `data` is JSON on one line, or [DONE]; should it hold line ends all
// the same, each of its lines becomes a data line of its own, as the format wants it. Line ends in
// `name` are left out.
void append_event(std::string& bytes, std::string_view name, std::string_view data);

// What stands before and after data that is appended in place: without line ends, and `name` too.
void begin_event(std::string& bytes, std::string_view name);
void end_event(std::string& bytes);

}  // namespace assistants_mock::mock_server::api
