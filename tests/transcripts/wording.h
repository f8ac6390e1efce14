#pragma once
// How transcripts write down what a client was sent: one line each, null fields left out, times as
// seconds since the conversation began (+3s).
#include <nlohmann/json.hpp>
#include <string>

#include "state_machine/instant.h"
#include "tests/stream_events.h"

namespace assistants_mock::tests {

using Json = nlohmann::ordered_json;

// When every conversation begins.
inline constexpr state_machine::Instant epoch{std::chrono::seconds{1'700'000'000}};

std::string time_text(state_machine::Instant at);  // +1.5s

// Objects as the API answers them.
std::string run_text(const Json& run);          // run_1 in_progress, started +1s, expires +600s
std::string step_text(const Json& step);        // step_1 completed, completed +2s, usage 4+5: …
std::string message_text(const Json& message);  // msg_1 user completed, completed +0s: "Hello"
std::string refusal_text(int status, const Json& body);  // refused 400, code …, param …: message

// Parts of them.
std::string calls_text(const Json& tool_calls);  // call_1 get_weather {"city":"Oslo"}; call_2 …
std::string output_text(const Json& output);     // logs "42", image file-1
std::string content_text(const Json& content);   // "Hello", image_url https://…
std::string error_text(const Json& error);       // server_error: Sorry, something went wrong.

// One event of a stream: its name and its data in short.
std::string event_text(const StreamEvent& event);

// A JSON text with its times as seconds since the beginning.
std::string with_relative_times(const std::string& json_text);

}  // namespace assistants_mock::tests
