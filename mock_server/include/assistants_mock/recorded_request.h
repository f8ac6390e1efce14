#pragma once
// What a client sent and what it got, as a test may ask about it afterwards.
#include <chrono>
#include <string>

namespace assistants_mock::mock_server {

struct RecordedRequest {
  std::chrono::sys_time<std::chrono::milliseconds> at;  // the mock's time, not the machine's
  std::string method;
  std::string path;  // with its query, as sent
  std::string body;
  int status = 0;       // of the answer
  std::string answer;   // its body; for a stream what was sent of it so far
  std::string refusal;  // the row of docs/wire/errors.md, empty when the request was granted
};

}  // namespace assistants_mock::mock_server
