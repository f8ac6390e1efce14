#include "tests/recordings/recording.h"

#include <stdexcept>

#include "tests/golden_file.h"
#include "tests/stream_events.h"

namespace assistants_mock::tests {
namespace {

using mock_server::api::Headers;

std::vector<Answer::Event> read_events(std::string_view bytes) {
  std::vector<Answer::Event> events;
  for (const StreamEvent& event : stream_events(bytes))
    events.push_back(
        {event.name, event.data.starts_with('{') ? Json::parse(event.data) : Json(event.data)});
  return events;
}

// A header that came several times has a list of values.
Headers read_headers(const Json& recorded) {
  Headers headers;
  for (const auto& [name, value] : recorded.items())
    for (const Json& one : value.is_array() ? value : Json::array({value}))
      headers.emplace_back(name, one.get<std::string>());
  return headers;
}

// "https://api.openai.com/v1/threads?limit=2" is asked for as "/v1/threads?limit=2".
std::string target_of(const std::string& uri) {
  const std::size_t host = uri.find("://") + 3;
  return uri.substr(uri.find('/', host));
}

// Uploads were recorded without their bodies: the form that fits the answer, with as many bytes as
// the service counted.
std::string form_of(std::string_view content_type, const Json& answer) {
  std::string boundary(content_type.substr(content_type.find("boundary=") + 9));
  std::erase(boundary, '"');
  const bool refused = answer.contains("error");
  const std::string purpose = refused ? "world_domination" : answer.at("purpose");
  const std::string filename = refused ? "images_dog_and_cat.png" : answer.at("filename");
  const std::size_t bytes = refused ? 1 : answer.at("bytes").get<std::size_t>();
  const std::string disposition = "\r\nContent-Disposition: form-data; name=";
  return "--" + boundary + disposition + "file; filename=\"" + filename + "\"\r\n\r\n" +
         std::string(bytes, 'x') + "\r\n--" + boundary + disposition + "purpose\r\n\r\n" + purpose +
         "\r\n--" + boundary + "--\r\n";
}

mock_server::api::Request read_request(const Json& entry) {
  mock_server::api::Request request;
  request.method = entry.at("RequestMethod");
  request.target = target_of(entry.at("RequestUri"));
  request.headers = read_headers(entry.at("RequestHeaders"));
  const std::string_view type = mock_server::api::header(request.headers, "Content-Type");
  if (type.starts_with("multipart/"))
    request.body = form_of(type, entry.at("ResponseBody"));
  else if (const Json& body = entry.at("RequestBody"); !body.is_null())
    request.body = body.dump();
  return request;
}

// A stream is recorded as its text, or as the lines of it; everything else as its JSON.
std::string body_bytes(const Json& body) {
  if (body.is_string()) return body;
  if (!body.is_array()) return body.dump(2);
  std::string text;
  for (const Json& line : body) text += line.get<std::string>();
  return text;
}

Answer read_recorded_answer(const Json& entry) {
  Answer answer = read_answer(entry.at("StatusCode"), read_headers(entry.at("ResponseHeaders")),
                              body_bytes(entry.at("ResponseBody")));
  const std::string_view length = answer.header("Content-Length");
  if (length == std::to_string(answer.bytes.size() + 1)) answer.bytes += '\n';  // about files
  if (!answer.is_stream() && length != std::to_string(answer.bytes.size()))
    throw std::runtime_error("a body of " + std::to_string(answer.bytes.size()) +
                             " bytes, but its Content-Length is " + std::string(length));
  return answer;
}

}  // namespace

bool Answer::is_stream() const {
  return header("Content-Type").starts_with("text/event-stream");
}

std::string_view Answer::header(std::string_view name) const {
  return mock_server::api::header(headers, name);
}

Answer read_answer(int status, Headers headers, std::string bytes) {
  Answer answer{.status = status, .headers = std::move(headers), .bytes = std::move(bytes)};
  if (answer.is_stream())
    answer.events = read_events(answer.bytes);
  else
    answer.body = Json::parse(answer.bytes);
  return answer;
}

std::vector<Exchange> read_recording(const std::filesystem::path& file) {
  try {
    const Json recording = Json::parse(file_text(file));
    std::vector<Exchange> exchanges;
    for (const Json& entry : recording.at("Entries"))
      exchanges.push_back({read_request(entry), read_recorded_answer(entry)});
    return exchanges;
  } catch (const std::exception& error) {
    throw std::runtime_error(file.filename().string() + ": " + error.what());
  }
}

}  // namespace assistants_mock::tests
