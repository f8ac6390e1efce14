#pragma once
// A conversation with the real service as somebody recorded it: what was asked and what came back,
// in order. The files are those of openai-dotnet's tests/SessionRecords.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "mock_server/api/request.h"

namespace assistants_mock::tests {

using Json = nlohmann::ordered_json;

// An answer, recorded or the mock's own, ready to be compared with another.
struct Answer {
  struct Event {
    std::string name;
    Json data;  // a text where it is not JSON: "[DONE]"
  };

  int status = 0;
  mock_server::api::Headers headers = {};
  std::string bytes = {};  // of the body, as they went over the wire
  Json body = {};          // of an answer that is no stream
  std::vector<Event> events = {};

  bool is_stream() const;
  std::string_view header(std::string_view name) const;
};

// Reads the bytes as what the Content-Type header says they are. Throws std::runtime_error or
// nlohmann::json::parse_error when they are not.
Answer read_answer(int status, mock_server::api::Headers headers, std::string bytes);

struct Exchange {
  mock_server::api::Request request;  // its target without the origin: /v1/threads
  Answer answer;
};

// A file holds the JSON of a body, not its bytes; those are written out as the service wrote them,
// over two spaces, and must then be as many as the recorded Content-Length says. Throws
// std::runtime_error that names the file when it cannot be read or this does not hold. Of forms
// that were uploaded no body is recorded: theirs are made up to fit the answer.
std::vector<Exchange> read_recording(const std::filesystem::path& file);

}  // namespace assistants_mock::tests
