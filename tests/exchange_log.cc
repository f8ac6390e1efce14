#include "tests/exchange_log.h"

#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "tests/stream_events.h"

namespace assistants_mock::tests {
namespace {

using Json = nlohmann::ordered_json;

// What is not JSON, though it says so, goes in as text: the schema check then names the exchange.
Json json_or_text(std::string_view bytes) {
  Json json = Json::parse(bytes, nullptr, false);
  return json.is_discarded() ? Json(bytes) : json;
}

Json events_of(std::string_view bytes) {
  Json events = Json::array();
  for (const StreamEvent& event : stream_events(complete_events(bytes)))
    events.push_back({{"event", event.name}, {"data", json_or_text(event.data)}});
  return events;
}

}  // namespace

ExchangeLog ExchangeLog::from_environment() {
  const char* directory = std::getenv("ASSISTANTS_MOCK_EXCHANGES");
  return ExchangeLog(directory == nullptr ? "" : directory);
}

ExchangeLog::ExchangeLog(const std::filesystem::path& directory) {
  if (directory.empty()) return;
  std::filesystem::create_directories(directory);
  const std::filesystem::path path = directory / ("cxx-" + std::to_string(::getpid()) + ".jsonl");
  file_.open(path, std::ios::binary | std::ios::app);
  if (!file_) throw std::runtime_error("cannot write to " + path.string());
}

void ExchangeLog::record(const mock_server::api::Request& request,
                         const mock_server::api::Api::Handled& handled,
                         std::string_view stream_bytes) {
  const mock_server::api::Response& response = handled.response;
  record(request.method, request.target, response.status,
         mock_server::api::header(response.headers, "Content-Type"),
         response.stream ? stream_bytes : response.body);
}

void ExchangeLog::record(std::string_view method, std::string_view target, int status,
                         std::string_view content_type, std::string_view bytes) {
  if (!writes()) return;
  const std::size_t query = std::min(target.find('?'), target.size());
  Json exchange = {{"method", method},
                   {"path", target.substr(0, query)},
                   {"query", target.substr(query)},
                   {"status", status}};
  if (content_type.starts_with("text/event-stream"))
    exchange["events"] = events_of(bytes);
  else
    exchange["body"] = json_or_text(bytes);
  file_ << exchange.dump(-1, ' ', false, Json::error_handler_t::replace) << std::endl;
}

}  // namespace assistants_mock::tests
