#include "mock_server/api/sse.h"

namespace assistants_mock::mock_server::api {
namespace {

void append_data(std::string& bytes, std::string_view data) {
  while (true) {
    const std::size_t end = data.find_first_of("\r\n");
    bytes.append("data: ").append(data.substr(0, end)).push_back('\n');
    if (end == std::string_view::npos) return;
    data.remove_prefix(end + (data.substr(end, 2) == "\r\n" ? 2 : 1));
  }
}

}  // namespace

void append_event(std::string& bytes, std::string_view name, std::string_view data) {
  bytes += "event: ";
  for (const char letter : name)
    if (letter != '\r' && letter != '\n') bytes.push_back(letter);
  bytes.push_back('\n');
  append_data(bytes, data);
  bytes.push_back('\n');
}

void begin_event(std::string& bytes, std::string_view name) {
  bytes.append("event: ").append(name).append("\ndata: ");
}

void end_event(std::string& bytes) {
  bytes.append("\n\n");
}

}  // namespace assistants_mock::mock_server::api
